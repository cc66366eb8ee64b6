import JSONSchema
import JSONText
import Testing

struct MessageCase: CustomTestStringConvertible {
  let schema: String
  let instance: String
  let messages: [String]

  init(_ schema: String, _ instance: String, _ messages: String...) {
    self.schema = schema
    self.instance = instance
    self.messages = messages
  }

  var testDescription: String { "\(schema) \(instance)" }
}

@Suite("violation messages")
struct ViolationMessageTests {
  static let record = #"""
    {"type":"object","required":["title","status"],"additionalProperties":false,"properties":{
      "title":{"type":"string","minLength":1,"maxLength":5},
      "status":{"enum":["new","triaged","done"]},
      "severity":{"type":"integer","minimum":1,"maximum":5},
      "tags":{"type":"array","minItems":1,"maxItems":2,"uniqueItems":true,"items":{"pattern":"^[a-z]+$"}},
      "jobStory":{"type":"object","required":["when","want"]},
      "day":{"type":"string","format":"date"},
      "evidence":{"type":"array","items":{"required":["team"]}}}}
    """#

  @Test(
    "each is a sentence about the value",
    arguments: [
      MessageCase(
        record, #"{"title":"t","status":"trigged"}"#,
        #"22..<31 /status enum: status is "trigged", not one of "new", "triaged", "done"; did you mean "triaged"?"#
      ),
      MessageCase(record, "{}", "0..<2  required: title and status are missing"),
      MessageCase(
        record, #"{"titel":"x","status":"new"}"#, "0..<28  required: title is missing",
        #"1..<8 /titel additionalProperties: titel is not a known key; did you mean "title"?"#),
      MessageCase(
        record, #"{"title":"","status":"new","severity":7}"#,
        "9..<11 /title minLength: title is empty",
        "38..<39 /severity maximum: severity is 7; at most 5 is expected"),
      MessageCase(
        record, #"{"title":"too long","status":"new","severity":1.5}"#,
        "9..<19 /title maxLength: title has 8 characters; at most 5 are allowed",
        "46..<49 /severity type: severity is 1.5; an integer is expected"),
      MessageCase(
        record, #"{"title":"t","status":"new","tags":["a","a","B"]}"#,
        "35..<48 /tags maxItems: tags has 3 items; at most 2 are allowed",
        "35..<48 /tags uniqueItems: tags has the same item twice: tags.0 and tags.1",
        #"44..<47 /tags/2 pattern: tags.2 is "B"; it does not match ^[a-z]+$"#),
      MessageCase(
        record,
        #"{"title":"t","status":"new","tags":[],"jobStory":{"want":1},"evidence":[{}],"day":"2024-02-30","weather":1}"#,
        "35..<37 /tags minItems: tags is empty",
        "49..<59 /jobStory required: jobStory.when is missing",
        "72..<74 /evidence/0 required: evidence.0.team is missing",
        #"82..<94 /day format: day is "2024-02-30"; a date (YYYY-MM-DD) is expected: February 2024 has 29 days"#,
        "95..<104 /weather additionalProperties: weather is not a known key"),
      MessageCase(record, "[]", "0..<2  type: the value is an array; an object is expected"),
      MessageCase(#"{"const":"a"}"#, #""b""#, #"0..<3  const: the value is "b"; "a" is expected"#),
      MessageCase(
        #"{"type":["string","null"]}"#, "true",
        "0..<4  type: the value is true; null or a string is expected"),
      MessageCase(
        #"{"multipleOf":0.01}"#, "1.005",
        "0..<5  multipleOf: the value is 1.005; a multiple of 0.01 is expected"),
      MessageCase(
        #"{"exclusiveMaximum":3}"#, "3",
        "0..<1  exclusiveMaximum: the value is 3; less than 3 is expected"),
      MessageCase(
        #"{"exclusiveMinimum":3}"#, "3.0",
        "0..<3  exclusiveMinimum: the value is 3.0; more than 3 is expected"),
      MessageCase(
        #"{"not":{"type":"string"}}"#, #""x""#,
        "0..<3  not: the value is a string, which is not allowed here"),
      MessageCase("false", "1", "0..<1  : the value is not allowed here"),
      MessageCase(#"{"properties":{"a":false}}"#, #"{"a":1}"#, "5..<6 /a a: a is not allowed here"),
      MessageCase(
        #"{"prefixItems":[true],"items":false}"#, "[1,2]", "3..<4 /1 items: item 1 is one too many"),
      MessageCase(
        #"{"contains":{"const":1}}"#, "[2]",
        "0..<3  contains: no item is 1"),
      MessageCase(
        #"{"contains":true,"maxContains":1}"#, "[2,3]",
        "0..<5  contains: the value has 2 items that fit the schema at #/contains; at most 1 is allowed"
      ),
      MessageCase(
        #"{"minProperties":1}"#, "{}",
        "0..<2  minProperties: the value has no keys; at least 1 is expected"),
      MessageCase(
        #"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#,
        "0..<7  dependentRequired: b is missing; a asks for it"),
      MessageCase(
        #"{"propertyNames":{"pattern":"^[a-z]+$"}}"#, #"{"A":1}"#,
        #"1..<4 /A pattern: the key "A" does not match ^[a-z]+$"#),
      MessageCase(
        #"{"oneOf":[{"required":["kind"],"properties":{"kind":{"const":"x"},"n":{"type":"string"}}},{"properties":{"kind":{"const":"y"}},"required":["kind","m"]}]}"#,
        #"{"kind":"x","n":1}"#, "0..<18  oneOf: n is the number 1; a string is expected"),
      MessageCase(
        #"{"oneOf":[true,{"type":"number"}]}"#, "1",
        "0..<1  oneOf: the value fits more than one of the forms allowed here (1 and 2); exactly one is asked for"
      ),
      MessageCase(
        #"{"properties":{"name":true},"unevaluatedProperties":false}"#, #"{"nmae":1}"#,
        #"1..<7 /nmae unevaluatedProperties: nmae is not a known key; did you mean "name"?"#),
      MessageCase(
        #"{"properties":{"a.b":{"type":"null"}}}"#, #"{"a.b":[]}"#,
        #"7..<9 /a.b type: "a.b" is an array; null is expected"#),
    ])
  func says(_ example: MessageCase) throws {
    let schema = try testSchema(example.schema, options: SchemaOptions(assertFormat: true))
    #expect(try findings(schema, example.instance) == example.messages)
  }

  @Test("a violation carries its locations, its schema's description and its causes")
  func locates() throws {
    let schema = try testSchema(
      ##"{"$id":"urn:a","properties":{"p":{"$ref":"#/$defs/d"}},"$defs":{"d":{"description":"A day.","anyOf":[{"type":"number"},{"type":"array"}]}}}"##
    )
    let violation = try #require(
      schema.validate(try JSONDocument(parsing: #"{"p":"x"}"#).root).first)
    #expect(violation.pointer.description == "/p")
    #expect(violation.keywordLocation.description == "/properties/p/$ref/anyOf")
    #expect(violation.absoluteKeywordLocation == "urn:a#/$defs/d/anyOf")
    #expect(violation.schemaNodeDescription == "A day.")
    #expect(violation.failure == .noBranch(count: 1))
    #expect(
      violation.causes.map(\.failure) == [.wrongType(expected: ["number", "array"], found: "x")])
    #expect(violation.message == "p is a string; a number or an array is expected")
  }
}

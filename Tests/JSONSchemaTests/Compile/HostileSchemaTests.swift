import JSONSchema
import JSONText
import Testing

/// Schemas and instances made to make the validator run forever or fall over.
@Suite("hostile schemas", .timeLimit(.minutes(1)))
struct HostileSchemaTests {
  private func failures(_ schema: String, _ instance: String) throws -> [Failure] {
    let schema = try testSchema(schema, options: SchemaOptions(maximumApplications: 20_000))
    let node = try JSONDocument(parsing: instance).root
    let isValid = schema.isValid(node)
    let result = schema.validationResult(node)
    #expect(isValid == result.violations.isEmpty)
    #expect(result.isDecided == !result.violations.contains { $0.failure.isUnfinished })
    return result.violations.map(\.failure)
  }

  @Test(
    "references that never step into the value end",
    arguments: [
      ##"{"$ref":"#"}"##,
      ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
      ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
      ##"{"if":{"$ref":"#"},"then":true}"##,
      ##"{"$dynamicAnchor":"m","oneOf":[{"$dynamicRef":"#m"},true]}"##,
      ##"{"allOf":[{"$ref":"#"},{"$ref":"#"},{"$ref":"#"}]}"##,
    ])
  func endsReferences(_ schema: String) throws {
    let found = try failures(schema, "[1]")
    #expect(found.count == 1)
    guard case .endlessReference? = found.first else {
      Issue.record("\(found)")
      return
    }
  }

  @Test("exponential alternatives are given up")
  func limitsWork() throws {
    var definitions = (0..<40).map {
      ##""d\##($0)":{"anyOf":[{"$ref":"#/$defs/d\##($0 + 1)"},{"$ref":"#/$defs/d\##($0 + 1)"}]}"##
    }
    definitions.append(#""d40":{"type":"null"}"#)
    let schema = ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ","))}}"##
    #expect(try failures(schema, "1") == [.tooMuchWork])
  }

  @Test("long chains of references and deep recursion are refused, not followed off the stack")
  func limitsDepth() throws {
    let count = 5000
    let definitions = (0..<count).map { ##""d\##($0)":{"$ref":"#/$defs/d\##($0 + 1)"}"## }
    let chain =
      ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ",")),"d\##(count)":true}}"##
    #expect(try failures(chain, "1") == [.tooDeep])
  }

  @Test("as many levels as JSON may have are judged, schemas by the meta-schema included")
  func judgesAllLevels() throws {
    let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(try failures(##"{"items":{"$ref":"#"}}"##, deep).isEmpty)
    #expect(try failures(##"{"items":{"$ref":"#"},"maxItems":0}"##, deep).count == 511)
    let schema =
      String(repeating: #"{"properties":{"a":"#, count: 250) + "{}"
      + String(repeating: "}}", count: 250)
    #expect(try failures(schema, "1").isEmpty)
  }

  @Test(
    "patterns that backtrack without end are given up",
    arguments: ["^(a+)+$", "^(a|a)*$", "^(?:a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
  func limitsPatterns(_ pattern: String) throws {
    let text = String(repeating: "a", count: 5000) + "!"
    let schema = #"{"pattern":"\#(pattern)"}"#
    #expect(try failures(schema, "\"\(text)\"") == [.matchLimit(pattern: pattern)])
    let names = #"{"patternProperties":{"\#(pattern)":true}}"#
    #expect(try failures(names, "{\"\(text)\":1}") == [.matchLimit(pattern: pattern)])
  }

  @Test("huge numbers cost neither time nor memory")
  func survivesNumbers() throws {
    #expect(try failures(#"{"multipleOf":1e-99999999999}"#, "1e999999999999999999999").isEmpty)
    #expect(try failures(#"{"maximum":1e999999999}"#, "1e999999999999999999999").count == 1)
    #expect(try failures(#"{"multipleOf":3}"#, "1e999999999999999999999").count == 1)
    let digits = String(repeating: "3", count: 100_000)
    #expect(try failures(#"{"multipleOf":3,"minimum":\#(digits)}"#, digits).isEmpty)
    #expect(try failures(#"{"type":"integer","minLength":1e400}"#, digits).isEmpty)
  }

  @Test("many items are compared in good time")
  func comparesManyItems() throws {
    let items = (0..<50_000).map { #"{"id":\#($0),"x":[\#($0)]}"# }.joined(separator: ",")
    #expect(try failures(#"{"uniqueItems":true}"#, "[\(items)]").isEmpty)
    #expect(
      try failures(#"{"uniqueItems":true}"#, "[\(items),{\"x\":[7.0],\"id\":7e0}]") == [
        .notUnique(first: 7, second: 50_000)
      ])
  }

  @Test(
    "a match that is given up is no answer, whatever stands around it",
    arguments: [
      #"{"not":{"pattern":"^(?:a|b)*$"}}"#, #"{"if":{"pattern":"^(?:a|b)*$"},"then":false}"#,
      #"{"oneOf":[{"pattern":"^(?:a|b)*$"},{"type":"string"}]}"#,
      #"{"anyOf":[{"pattern":"^(?:a|b)*$"},{"type":"string"}]}"#,
      #"{"allOf":[{"not":{"pattern":"^(?:a|b)*$"}}],"unevaluatedItems":false}"#,
    ])
  func endsWithoutAnswer(_ schema: String) throws {
    let text = "\"" + String(repeating: "ab", count: 100_000) + "\""
    let found = try failures(schema, text)
    guard case .matchLimit? = found.first, found.count == 1 else {
      Issue.record("\(found)")
      return
    }
  }

  @Test("a key that can't be matched ends a check in patternProperties under not")
  func endsAtKeys() throws {
    let text = String(repeating: "ab", count: 100_000)
    let found = try failures(
      #"{"not":{"patternProperties":{"^(?:a|b)*$":true}}}"#, "{\"\(text)\":1}")
    #expect(found == [.matchLimit(pattern: "^(?:a|b)*$")])
  }

  @Test("so many violations are kept, and others counted")
  func countsViolations() throws {
    let schema = try testSchema(#"{"items":{"type":"string"}}"#)
    let items = Array(repeating: "1", count: 5000).joined(separator: ",")
    let result = schema.validationResult(try JSONDocument(parsing: "[\(items)]").root)
    #expect(result.violations.count == 1000)
    #expect(result.omitted == 4000)
    let output = schema.output(try JSONDocument(parsing: "[\(items)]").root, format: .basic).value
    #expect(output["errors"]?.array?.last?["error"] == "at least 4000 more violations")
  }

  @Test("alternatives inside one another are told by a few")
  func boundsAlternatives() throws {
    var definitions = (0..<14).map {
      ##""d\##($0)":{"anyOf":[{"$ref":"#/$defs/d\##($0 + 1)"},{"$ref":"#/$defs/d\##($0 + 1)"}]}"##
    }
    definitions.append(#""d14":{"type":"null"}"#)
    let schema = try testSchema(
      ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ","))}}"##)
    let result = schema.validationResult(try JSONDocument(parsing: "1").root)
    #expect(result.violations.count == 1)
    func causes(_ violation: Violation) -> Int {
      violation.causes.reduce(1) { $0 + causes($1) }
    }
    #expect(result.violations.map(causes).reduce(0, +) <= 20_000)
  }

  @Test("what was meant is looked for a limited number of times")
  func boundsSpelling() throws {
    let names = (0..<1000).map { #""name\#($0)":true"# }.joined(separator: ",")
    let keys = (0..<900).map { #""nme\#($0)x":1"# }.joined(separator: ",")
    let schema = try testSchema(#"{"properties":{\#(names)},"additionalProperties":false}"#)
    let failures = schema.validate(try JSONDocument(parsing: "{\(keys)}").root).map(\.failure)
    let told = failures.count {
      if case .unknownKey(_, .some) = $0 { true } else { false }
    }
    #expect(failures.count == 900)
    #expect((1...20).contains(told), "\(told)")
  }
}

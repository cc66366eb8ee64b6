import JSONSchema
import JSONText
import Testing

@Suite("output formats")
struct OutputFormatTests {
  static let polygon = #"""
    {"$id":"https://example.com/polygon","$defs":{"point":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"}},"additionalProperties":false,"required":["x","y"]}},
     "type":"array","items":{"$ref":"#/$defs/point"},"minItems":3}
    """#

  private func output(_ schema: String, _ instance: String, _ format: OutputFormat) throws
    -> JSONValue
  {
    try testSchema(schema).output(try JSONDocument(parsing: instance).root, format: format).value
  }

  /// The example of core §12.4.
  @Test("basic lists each error with its three locations")
  func basic() throws {
    let value = try output(Self.polygon, #"[{"x":2.5,"y":1.3},{"x":1,"z":6.7}]"#, .basic)
    let errors = try #require(value["errors"]?.array)
    let leaf = try #require(
      errors.first {
        $0["keywordLocation"]?.string == "/items/$ref/additionalProperties"
          && $0["instanceLocation"]?.string == "/1/z"
      })
    #expect(
      leaf["absoluteKeywordLocation"]?.string
        == "https://example.com/polygon#/$defs/point/additionalProperties")
    let locations = errors.compactMap { $0["keywordLocation"]?.string }
    for location in ["", "/minItems", "/items", "/items/$ref", "/items/$ref/required"] {
      #expect(locations.contains(location), "\(location)")
    }
    #expect(value["valid"]?.bool == false)
  }

  @Test("detailed is a tree without units that say nothing")
  func detailed() throws {
    let value = try output(
      #"{"properties":{"a":{"type":"string"},"b":{"type":"null"}}}"#, #"{"a":1,"b":2}"#, .detailed)
    let text = String(decoding: JSONPrinter.compact(value), as: UTF8.self)
    #expect(
      text
        == #"{"valid":false,"keywordLocation":"/properties","absoluteKeywordLocation":"urn:test#/properties","instanceLocation":"","errors":[{"valid":false,"keywordLocation":"/properties/a/type","absoluteKeywordLocation":"urn:test#/properties/a/type","instanceLocation":"/a","error":"a is the number 1; a string is expected"},{"valid":false,"keywordLocation":"/properties/b/type","absoluteKeywordLocation":"urn:test#/properties/b/type","instanceLocation":"/b","error":"b is the number 2; null is expected"}]}"#
    )
  }

  @Test("annotations of what holds are listed")
  func annotations() throws {
    let schema =
      #"{"title":"T","x-note":[1],"properties":{"a":{"description":"D","format":"date"}},"anyOf":[{"title":"no","type":"null"},{"title":"yes"}],"not":{"title":"never","const":1}}"#
    let value = try output(schema, #"{"a":"b"}"#, .basic)
    let notes = try #require(value["annotations"]?.array).map {
      "\($0["instanceLocation"]?.string ?? "") \($0["keywordLocation"]?.string ?? "") \(String(decoding: JSONPrinter.compact($0["annotation"] ?? .null), as: UTF8.self))"
    }
    #expect(
      notes.sorted() == [
        #" /anyOf/1/title "yes""#, #" /properties ["a"]"#, #" /title "T""#, " /x-note [1]",
        #"/a /properties/a/description "D""#, #"/a /properties/a/format "date""#,
      ])
  }

  private func notes(_ schema: String, _ instance: String) throws -> [String] {
    let value = try output(schema, instance, .basic)
    return try #require(value["annotations"]?.array).map {
      "\($0["instanceLocation"]?.string ?? "") \($0["keywordLocation"]?.string ?? "") \(String(decoding: JSONPrinter.compact($0["annotation"] ?? .null), as: UTF8.self))"
    }.sorted()
  }

  /// Core §10.3.1.3, §11.2, §11.3.
  @Test("contains and the unevaluated keywords annotate")
  func annotatesUnevaluated() throws {
    #expect(
      try notes(#"{"contains":{"type":"string","title":"T"}}"#, #"[1,"a",2,"b"]"#) == [
        " /contains [1,3]", #"/1 /contains/title "T""#, #"/3 /contains/title "T""#,
      ])
    #expect(
      try notes(#"{"prefixItems":[true],"unevaluatedItems":true}"#, "[1,2]") == [
        " /prefixItems 0", " /unevaluatedItems true",
      ])
    #expect(
      try notes(#"{"properties":{"a":true},"unevaluatedProperties":{}}"#, #"{"a":1,"b":2,"c":3}"#)
        == [#" /properties ["a"]"#, #" /unevaluatedProperties ["b","c"]"#])
  }

  @Test("a list under dependencies has one step in a location")
  func locatesDependencies() throws {
    let value = try output(#"{"dependencies":{"a":["b"]}}"#, #"{"a":1}"#, .basic)
    let locations = (value["errors"]?.array ?? []).compactMap { $0["keywordLocation"]?.string }
    #expect(locations.contains("/dependencies/a"))
    #expect(!locations.contains { $0.hasSuffix("/dependencies/a/dependencies") })
  }

  @Test("what can't be checked says so in each format", arguments: OutputFormat.allCases)
  func saysWhatIsUnknown(_ format: OutputFormat) throws {
    let answer = try testSchema(##"{"not":{"$ref":"#"}}"##).output(
      try JSONDocument(parsing: "1").root, format: format)
    #expect(!answer.isDecided)
    let error = answer.value["error"] ?? answer.value["errors"]?[0]?["error"]
    #expect(error?.string?.contains("refers to itself without end") == true)
  }

  @Test("flag says one thing")
  func flag() throws { #expect(try output("false", "1", .flag) == ["valid": false]) }
}

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
    try testSchema(schema).output(try JSONDocument(parsing: instance).root, format: format)
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

  @Test("flag says one thing")
  func flag() throws { #expect(try output("false", "1", .flag) == ["valid": false]) }
}

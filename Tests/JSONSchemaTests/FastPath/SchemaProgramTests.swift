import JSONSchema
import JSONText
import Testing

/// What a program says at once, and what it leaves to the schema; that the two never differ is
/// asked of every case of the official suite.
@Suite("schema programs")
struct SchemaProgramTests {
  private static let schema = """
    {"type": "object", "required": ["id", "state"], "additionalProperties": false,
     "properties": {"id": {"$ref": "#/$defs/id"}, "state": {"enum": ["open", "done"]},
       "size": {"type": "integer", "minimum": -3, "maximum": 5000000000},
       "words": {"type": "array", "uniqueItems": true, "items": {"maxLength": 3}}},
     "if": {"properties": {"state": {"const": "done"}}}, "then": {"required": ["words"]},
     "$defs": {"id": {"type": "string", "pattern": "^[a-z]+$"}}}
    """

  @Test(
    "everyday values are judged at once",
    arguments: [
      (#"{"id": "a", "state": "open"}"#, SchemaProgram.Verdict.valid),
      (#"{"state": "open", "size": -3, "id": "a"}"#, .valid),
      (#"{"id": "a", "state": "done", "words": ["x", "y", "été"]}"#, .valid),
      (#"{"id": "a", "state": "open", "size": 5000000000}"#, .valid),
      (#"{"id": "a", "state": "open", "size": 5000000001}"#, .invalid),
      (#"{"id": "a", "state": "open", "size": -4}"#, .invalid),
      (#"{"id": "a"}"#, .invalid),
      (#"{"id": "A", "state": "open"}"#, .invalid),
      (#"{"id": "a", "state": "shut"}"#, .invalid),
      (#"{"id": "a", "state": "open", "more": 1}"#, .invalid),
      (#"{"id": "a", "state": "done"}"#, .invalid),
      (#"{"id": "a", "state": "done", "words": ["x", "x"]}"#, .invalid),
      (#"{"id": "a", "state": "done", "words": ["long"]}"#, .invalid),
      (#"[]"#, .invalid),
    ])
  func everyday(_ text: String, _ expected: SchemaProgram.Verdict) throws {
    #expect(try verdict(text) == expected)
  }

  @Test(
    "escapes and unusual numbers are left to the schema",
    arguments: [
      #"{"id": "\u0061", "state": "open"}"#, #"{"\u0069d": "a", "state": "open"}"#,
      #"{"id": "a", "state": "open", "size": 1e0}"#,
    ])
  func unknown(_ text: String) throws {
    #expect(try verdict(text) == .unknown)
  }

  private func verdict(_ text: String) throws -> SchemaProgram.Verdict {
    let uri = "urn:test"
    let schema = try SchemaRegistry(documents: [(uri, try JSONDocument(parsing: Self.schema))])
      .schema(uri: uri)
    return SchemaRun(SchemaProgram([schema]))
      .verdict(of: 0, at: try JSONDocument(parsing: text).root)
  }
}

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

  @Test("every day of four years, and what is none, is judged as the schema judges it")
  func days() throws {
    var options = SchemaOptions()
    options.assertDates = true
    let text = #"{"format": "date", "pattern": "^.*$"}"#
    let schema = try SchemaRegistry(
      documents: [("urn:test", try JSONDocument(parsing: text))], options: options
    ).schema(uri: "urn:test")
    let run = SchemaRun(SchemaProgram([schema]))
    var days = [
      "2024-1-01", "2024-01-1", "24-01-01", "2024-01-01 ", "2024/01/01", "", "٢٠٢٤-٠١-٠١",
    ]
    for year in ["1900", "2000", "2023", "2024"] {
      for month in 0...13 {
        for day in 0...32 {
          func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
          days.append("\(year)-\(two(month))-\(two(day))")
        }
      }
    }
    var valid = 0
    for day in days {
      let value = try JSONDocument(parsing: "\"\(day)\"").root
      let isValid = schema.isValid(value)
      #expect(run.verdict(of: 0, at: value) == (isValid ? .valid : .invalid), "\(day)")
      valid += isValid ? 1 : 0
    }
    #expect(valid == 365 + 366 + 365 + 366)
  }

  private func verdict(_ text: String) throws -> SchemaProgram.Verdict {
    let uri = "urn:test"
    let schema = try SchemaRegistry(documents: [(uri, try JSONDocument(parsing: Self.schema))])
      .schema(uri: uri)
    return SchemaRun(SchemaProgram([schema]))
      .verdict(of: 0, at: try JSONDocument(parsing: text).root)
  }
}

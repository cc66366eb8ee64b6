import JSONText
import Testing

@testable import Records

/// What counts as a schema asking for less.
@Suite struct SchemaStrictnessTests {
  static let old = """
    {"type": "object", "required": ["title", "status"], "properties": {
      "title": {"type": "string", "description": "x", "maxLength": 80},
      "by": {"x-docket-person": true}, "why": {"x-docket-text": "plain"},
      "type": {"enum": ["a", "b"]},
      "list": {"type": "array", "items": {"required": ["id"], "properties": {"id": {"pattern": "^a"}}}}},
      "allOf": [{"required": ["area"]}], "additionalProperties": false}
    """

  @Test(
    "a loss is named where it stands",
    arguments: [
      ("\"maxLength\": 80", "\"maxLength\": 800", "/properties/title/maxLength"),
      ("\"maxLength\": 80", "\"minLength\": 1", "/properties/title/maxLength"),
      ("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]", "/properties/type/enum"),
      ("[\"title\", \"status\"]", "[\"title\"]", "/required"),
      ("\"pattern\": \"^a\"", "\"x\": 1", "/properties/list/items/properties/id/pattern"),
      ("[\"id\"]", "[]", "/properties/list/items/required"),
      ("[\"area\"]", "[]", "/allOf/0/required"),
      ("\"x-docket-person\": true", "\"x\": 1", "/properties/by/x-docket-person"),
      ("\"x-docket-person\": true", "\"x-docket-person\": 1", "/properties/by/x-docket-person"),
      ("\"x-docket-text\": \"plain\"", "\"x\": 1", "/properties/why/x-docket-text"),
      ("\"type\": {\"enum\": [\"a\", \"b\"]},", "", "/properties/type"),
      (", \"additionalProperties\": false", "", "/additionalProperties"),
    ])
  func losses(_ text: String, _ replacement: String, _ place: String) throws {
    let changed = Self.old.replacing(text, with: replacement)
    #expect(changed != Self.old)
    #expect(try losses(to: changed).map(\.pointer.description) == [place])
  }

  @Test(
    "annotations and additions are no loss",
    arguments: [
      ("\"description\": \"x\"", "\"description\": \"y\", \"title\": \"z\""),
      ("[\"title\", \"status\"]", "[\"status\", \"title\", \"area\"]"),
      ("\"type\": {\"enum\"", "\"new\": {\"type\": \"string\"}, \"type\": {\"enum\""),
      ("\"pattern\": \"^a\"", "\"pattern\": \"^a\", \"minLength\": 2"),
      ("\"maxLength\": 80", "\"maxLength\": 40"),
      ("[\"a\", \"b\"]", "[\"b\"]"),
      ("\"x-docket-text\": \"plain\"", "\"x-docket-text\": \"markdown\""),
    ])
  func gains(_ text: String, _ replacement: String) throws {
    let changed = Self.old.replacing(text, with: replacement)
    #expect(changed != Self.old)
    #expect(try losses(to: changed).isEmpty)
  }

  private func losses(to changed: String) throws -> [SchemaStrictness.Loss] {
    try SchemaStrictness.losses(
      from: JSONDocument(parsing: Self.old).root.value,
      to: JSONDocument(parsing: changed).root.value)
  }
}

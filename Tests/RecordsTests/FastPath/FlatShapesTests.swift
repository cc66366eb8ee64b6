import JSONText
import Testing

@testable import Records

/// What a kind's model says of keys, items and people, seen at once.
@Suite("shapes laid flat") struct FlatShapesTests {
  private static let schema = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:docket:thing:1",
     "title": "Thing", "x-docket": {"prefix": "TH", "directory": "things"}, "type": "object",
     "additionalProperties": false,
     "properties": {
       "owner": {"type": "string", "x-docket-person": true},
       "members": {"type": "array", "items": {"type": "string", "x-docket-person": true}},
       "free": {"type": "object", "additionalProperties": true, "properties": {"inner": {"$ref": "#/$defs/closed"}}},
       "tree": {"$ref": "#/$defs/tree"},
       "notes": {"type": "array", "x-docket-merge": {"by": "id"}, "items": {"$ref": "#/$defs/closed"}}},
     "$defs": {
       "closed": {"type": "object", "additionalProperties": false, "properties": {"id": {}, "text": {}}},
       "tree": {"type": "object", "additionalProperties": false,
         "properties": {"leaf": {"x-docket-person": true}, "left": {"$ref": "#/$defs/tree"}}}}}
    """

  private static let roster = Roster([
    "people": [
      ["handle": "ada", "name": "Ada"], ["handle": "ben", "name": "Ben", "from": "2026-01-01"],
    ]
  ])

  private func fits(_ text: String, _ roster: Roster) throws -> Bool {
    let catalog = KindCatalog(files: [(name: "thing.schema.json", bytes: Array(Self.schema.utf8))])
    let kind = try #require(catalog.kind(named: "thing"))
    let shapes = FlatShapes(kind.view)
    #expect(shapes.isPlain)
    return try JSONDocument(parsing: text).withNodes { shapes.fit($0, roster.people) }
  }

  @Test(
    "keys, items and people",
    arguments: [
      ("{}", true), (#"{"owner": "ada", "members": ["ada"]}"#, true), (#"{"more": 1}"#, false),
      (#"{"owner": "zoe"}"#, false), (#"{"members": ["ada", "zoe"]}"#, false),
      // Whether somebody was there on a day is for a closer look.
      (#"{"owner": "ben"}"#, false), (#"{"owner": 1}"#, true),
      (#"{"free": {"anything": {"goes": 1}}}"#, true), (#"{"free": {"inner": {"no": 1}}}"#, false),
      (#"{"tree": {"left": {"left": {"leaf": "ada"}}}}"#, true),
      (#"{"tree": {"left": {"left": {"leaf": "zoe"}}}}"#, false),
      (#"{"tree": {"left": {"left": {"right": {}}}}}"#, false),
      (#"{"notes": [{"id": "a"}, {"id": "b", "text": "x"}, {"text": "y"}]}"#, true),
      (#"{"notes": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}"#, false),
      (#"{"notes": [{"id": "a"}, {"id": "\u0061"}]}"#, false),
      (#"{"notes": [{"id": 1}, {"id": 1}]}"#, true),
      (#"{"\u006fwner": "ada"}"#, false), (#"{"owner": "\u0061da"}"#, false),
    ])
  func fits(text: String, expected: Bool) throws {
    #expect(try fits(text, Self.roster) == expected)
  }

  @Test("without a roster everybody is known")
  func noRoster() throws { #expect(try fits(#"{"owner": "zoe"}"#, Roster())) }

  @Test("a long list's names are for a closer look")
  func longLists() throws {
    let notes = (0..<33).map { #"{"id": "\#($0)"}"# }
    #expect(try fits(#"{"notes": [\#(notes.prefix(32).joined(separator: ","))]}"#, Roster()))
    #expect(try !fits(#"{"notes": [\#(notes.joined(separator: ","))]}"#, Roster()))
  }
}

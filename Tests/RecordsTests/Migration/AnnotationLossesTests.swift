import JSONText
import Testing

@testable import Records

@Suite("annotations that a changed schema strips") struct AnnotationLossesTests {
  private static let kind = ##"""
    {"$id": "urn:kestrel:loan:1", "title": "Loan",
     "x-docket": {"prefix": "LO", "directory": "loans", "date": "on", "plural": "loans",
       "carries": {"relation": "a", "origin": "b"},
       "collections": {"notes": {"kind": "remark", "by": "on"}}, "frozen": [{}],
       "workflow": {"property": "s", "initial": "a", "enters": {"b": {"required": ["on"]}}}},
     "type": "object", "additionalProperties": false,
     "properties": {
       "on": {"type": "string", "format": "date"},
       "who": {"type": "string", "x-docket-person": true},
       "why": {"type": "array", "x-docket-text": "plain"},
       "list": {"type": "array", "x-docket-merge": {"by": "id"}, "items": {"$ref": "#/$defs/item"}}},
     "$defs": {"item": {"type": "object", "additionalProperties": false,
       "properties": {"id": {}, "by": {"x-docket-person": true}}}}}
    """##

  private func kind(_ text: String) throws -> Kind {
    try #require(
      KindCatalog(files: [("loan.schema.json", Array(text.utf8))]).kind(named: "loan"))
  }

  private func losses(_ old: String, _ new: String) throws -> [String] {
    let changed = Self.kind.replacing(old, with: new)
    #expect(changed != Self.kind)
    return AnnotationLosses.between(try kind(Self.kind), try kind(changed))
  }

  @Test(
    "what a rule hangs on",
    arguments: [
      (#", "x-docket-person": true},"#, "},", "take who for a person's handle"),
      (#""x-docket-person": true},"#, #""x-docket-person": false},"#, "take who for a person"),
      (#""x-docket-text": "plain""#, #""title": "Why""#, "keep why as the lines of a text"),
      (#""x-docket-merge": {"by": "id"}, "#, "", "items of list by their id"),
      // Beside a reference, keywords take the place of those in its target.
      (
        ##"{"$ref": "#/$defs/item"}"##,
        ##"{"$ref": "#/$defs/item", "properties": {"id": {}, "by": {}}}"##,
        "take list.*.by for a person's handle"
      ),
      (
        ##"{"$ref": "#/$defs/item"}"##,
        ##"{"$ref": "#/$defs/item", "additionalProperties": true}"##, "unknown keys of list.*"
      ),
      (
        #""additionalProperties": false,"#, #""additionalProperties": true,"#,
        "unknown keys of the record"
      ),
      (#""date": "on","#, #""date": "who","#, "take its date from elsewhere"),
      (#""carries": {"relation": "a", "origin": "b"}"#, #""columns": []"#, "x-docket.carries"),
      (#""notes": {"kind": "remark", "by": "on"}"#, "", "no longer collect notes"),
      (#""by": "on"}"#, #""by": "at"}"#, "no longer collect notes"),
      (#", "enters": {"b": {"required": ["on"]}}"#, "", "no longer bring records to b"),
      (
        #""list": {"type": "array","#, #""list": {"type": "array", "retired": {"to": "remark"},"#,
        "let the items of list be taken out"
      ),
    ] as [(String, String, String)])
  func stripped(_ old: String, _ new: String, _ says: String) throws {
    let losses = try losses(old, new)
    #expect(losses.contains { $0.contains(says) }, "\(losses)")
  }

  @Test(
    "words, and what is added, are no loss",
    arguments: [
      (#""plural": "loans","#, ""), (#""x-docket-text": "plain""#, #""x-docket-text": "markdown""#),
      (#""title": "Loan","#, #""title": "Loan", "description": "d","#),
      (#""who": {"#, #""whose": {"x-docket-person": true}, "who": {"#),
    ] as [(String, String)])
  func kept(_ old: String, _ new: String) throws { #expect(try losses(old, new) == []) }

  @Test("a schema that refers to itself ends")
  func recursive() throws {
    let text = Self.kind.replacing(
      #""by": {"x"#, with: ##""more": {"$ref": "#/$defs/item"}, "by": {"x"##)
    #expect(AnnotationLosses.between(try kind(text), try kind(text)) == [])
  }
}

import Foundation
import JSONSchema
import JSONText
import TestSupport
import Testing

@testable import Records

@Suite("a schema compiled for the keys of a record") struct PartialSchemaTests {
  private func valid(_ schema: String, _ record: String) throws -> (whole: Bool, part: Bool) {
    let catalog = KindCatalog(files: [("loan.schema.json", Array(schema.utf8))])
    let kind = try #require(catalog.kind(named: "loan"))
    let root = try JSONDocument(parsing: Array(record.utf8)).root
    let keys = root.members.compactMap { $0.key.string }
    return (
      try catalog.schema(inFile: kind.fileName).isValid(root),
      try catalog.schema(of: kind, forKeys: keys).isValid(root)
    )
  }

  private static let model = #""title": "Loan", "x-docket": {"prefix": "LO", "directory": "loans"}"#

  @Test(
    "says the same as the whole, also where a schema refers to itself or looks at other keys",
    arguments: [
      #""properties": {"a": {"type": "string"}, "b": {}}, "required": ["a"], "additionalProperties": false"#,
      ##""properties": {"a": {"$ref": "#"}, "b": {"type": "integer"}}, "additionalProperties": false"##,
      ##""properties": {"a": {"$ref": "#/properties/b"}, "b": {"type": "integer"}}"##,
      ##""properties": {"a": {"$ref": "#/$defs/x"}, "b": {"type": "integer"}}, "$defs": {"x": {"$ref": "#/properties/b"}}"##,
      #""properties": {"a": {}}, "unevaluatedProperties": false, "allOf": [{"properties": {"b": {}}}]"#,
      #""properties": {"a": {"$id": "other", "type": "string"}, "b": {}}, "dependentRequired": {"a": ["b"]}"#,
      ##""$defs": {"x": {"$dynamicAnchor": "n", "type": "string"}}, "properties": {"a": {"$dynamicRef": "#n"}}"##,
    ],
    [
      #"{}"#, #"{"a": "x"}"#, #"{"a": 1}"#, #"{"b": 1}"#, #"{"a": {"b": 1}}"#,
      #"{"a": {"b": "x"}}"#,
      #"{"a": "x", "b": 1, "c": 2}"#, #"{"a": {"c": 1}}"#,
    ])
  func same(_ schema: String, _ record: String) throws {
    let (whole, part) = try valid("{\(Self.model), \(schema)}", record)
    #expect(whole == part, "\(schema) \(record)")
  }
}

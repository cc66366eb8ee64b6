import JSONSchema
import JSONText

/// A schema given as text, at `urn:test`.
func testSchema(
  _ text: String, options: SchemaOptions = SchemaOptions(), others: [(String, String)] = []
) throws -> Schema {
  var documents: [(uri: String, document: JSONDocument)] = [
    ("urn:test", try JSONDocument(parsing: text))
  ]
  for (uri, other) in others { documents.append((uri, try JSONDocument(parsing: other))) }
  return try SchemaRegistry(documents: documents, options: options).schema(uri: "urn:test")
}

/// One line a violation: `offset..<offset pointer keyword: message`.
func findings(_ schema: Schema, _ instance: String) throws -> [String] {
  let document = try JSONDocument(parsing: instance)
  return schema.validate(document.root).map {
    "\($0.range) \($0.pointer) \($0.keyword): \($0.message)"
  }
}

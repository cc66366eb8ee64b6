package import JSONSchema
import JSONText

extension KindCatalog {
  /// Compiles a kind's schema as far as a record with some keys needs it: whether such a record is valid
  /// comes out the same, and most properties of a kind are in few records.
  ///
  /// - Returns: the whole schema, where it refers to itself in ways that the keys of a record don't show.
  package func schema(of kind: Kind, forKeys keys: [String]) throws(SchemaError) -> Schema {
    let wanted = Set(keys.map { JSONName($0) })
    guard let pruned = Self.pruned(kind.document.root, keeping: wanted),
      files.documents["common.schema.json"].map({ common in
        common.root.members.allSatisfy { Self.refersToShapesAlone($1) }
      }) ?? true,
      let document = try? JSONDocument(parsing: JSONPrinter.compact(.object(pruned)))
    else { return try schema(inFile: kind.fileName) }
    var documents = files.documents
    documents[kind.fileName] = document
    return try Self.registry(of: SchemaFiles(documents: documents), isChecked: false).schema(
      uri: Self.uri(ofFile: kind.fileName))
  }

  /// Returns the members of a schema that judge a record with these keys; `nil` if a reference may lead
  /// back to the whole.
  private static func pruned(_ root: JSONNode, keeping keys: Set<JSONName>) -> JSONObject? {
    var result = JSONObject()
    for (name, value) in root.members {
      switch name.string {
      case "x-docket": continue
      case "properties":
        var properties = JSONObject()
        for (key, property) in value.members {
          guard let key = key.string, keys.contains(JSONName(key)) else { continue }
          guard refersToShapesAlone(property) else { return nil }
          properties.members.append(JSONMember(key: key, value: property.value))
        }
        result.members.append(JSONMember(key: "properties", value: .object(properties)))
      default:
        guard let key = name.string, refersToShapesAlone(value) else { return nil }
        result.members.append(JSONMember(key: key, value: value.value))
      }
    }
    return result
  }

  /// Whether all references in a part of a schema lead to definitions, of its own file or of the shared
  /// one, and not to a kind as a whole or to a part of another.
  private static func refersToShapesAlone(_ node: JSONNode) -> Bool {
    switch node.kind {
    case .object:
      return node.members.allSatisfy { key, value in
        switch key.string {
        case "$ref":
          let reference = value.string?.utf8
          return reference?.starts(with: "common.schema.json#/$defs/".utf8) == true
            || reference?.starts(with: "#/$defs/".utf8) == true
        case "$dynamicRef", "$id", "$anchor", "$dynamicAnchor": return !value.isString
        default: return refersToShapesAlone(value)
        }
      }
    case .array: return node.elements.allSatisfy(refersToShapesAlone)
    default: return true
    }
  }
}

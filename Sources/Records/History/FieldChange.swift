package import JSONText

/// One field of one record that a change touched.
package struct FieldChange: Sendable {
  package let pointer: JSONPointer
  /// `evidence.k3x9q.team`: items by their id.
  package let key: String
  package let before: JSONValue?
  package let after: JSONValue?

  /// The fields in which two versions of a record differ; everything, if one is absent.
  package static func between(_ before: JSONValue?, _ after: JSONValue?, view: SchemaView?)
    -> [FieldChange]
  {
    // A record that comes or goes changes each of its keys, not one thing at the root.
    let empty = JSONValue.object(JSONObject())
    return JSONDifference.between(
      before ?? empty, after ?? empty, listKey: { view?.at($0)?.itemKey }
    ).map {
      FieldChange(pointer: $0.pointer, key: $0.key, before: $0.before, after: $0.after)
    }
  }
}

extension FieldChange {
  /// A pointer as a field's name, whichever item of a list it leads through: `evidence.team`.
  package static func name(of pointer: JSONPointer) -> String {
    pointer.tokens.filter { Int($0) == nil }.joined(separator: ".")
  }
}

package import JSONText

/// A changed field of a record.
package struct FieldChange: Sendable {
  package let pointer: JSONPointer
  /// The dotted key, with items by their id: `evidence.k3x9q.team`.
  package let key: String
  package let before: JSONValue?
  package let after: JSONValue?

  /// Returns the fields in which two versions of a record differ; all fields if one is `nil`.
  package static func between(_ before: JSONValue?, _ after: JSONValue?, view: SchemaView?)
    -> [FieldChange]
  {
    // An added or deleted record changes each of its keys, rather than one value at the root.
    let empty = JSONValue.object(JSONObject())
    return JSONDifference.between(
      before ?? empty, after ?? empty, listKey: { view?.at($0)?.itemKey }
    ).map {
      FieldChange(pointer: $0.pointer, key: $0.key, before: $0.before, after: $0.after)
    }
  }
}

extension FieldChange {
  /// Returns a pointer as a field name without positions in lists: `evidence.team`.
  package static func name(of pointer: JSONPointer) -> String {
    pointer.tokens.filter { Int($0) == nil }.joined(separator: ".")
  }
}

import JSONText

/// What many people add to a record: records of a kind of their own that link to it.
package struct RecordCollection: Sendable, Hashable {
  /// The name that users type as they would a list's: `evidence`.
  package let name: String
  /// The kind of its records.
  package let kind: String
  /// The relation, of that kind, that leads to the record they are added to.
  package let relation: String

  init?(name: String, _ node: JSONNode) {
    guard let kind = node["kind"]?.string, let relation = node["by"]?.string else { return nil }
    (self.name, self.kind, self.relation) = (name, kind, relation)
  }
}

/// A list that is read and no longer written, because its items are records of their own now.
package struct RetiredList: Sendable, Equatable {
  package let name: String
  /// The kind of those records.
  package let kind: String
  /// The keys that are called something else there: `text` is `said`.
  package let renames: [String: String]

  /// Returns `nil` if the schema of the property doesn't retire it.
  init?(name: String, _ property: JSONNode) {
    guard let node = property["retired"], let kind = node["to"]?.string else { return nil }
    self.name = name
    self.kind = kind
    var renames: [String: String] = [:]
    for (key, value) in node["renames"]?.members.map({ $0 }) ?? [] {
      renames[key.string ?? ""] = value.string
    }
    self.renames = renames
  }
}

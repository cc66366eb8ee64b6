package import JSONText

/// The list item that a record was before a migration, as its `migrated` says.
package struct MigrationOrigin: Sendable, Hashable {
  /// The record that held the list.
  package let record: RecordID
  package let list: String
  /// The item's id in the list.
  package let item: String

  package init(record: RecordID, list: String, item: String) {
    (self.record, self.list, self.item) = (record, list, item)
  }

  /// The property of a record that names its origin.
  package static let key = "migrated"

  package init?(_ record: some JSONReadable) {
    guard let origin = record[Self.key],
      let id = origin["record"]?.string.flatMap({ RecordID($0) }),
      let list = origin["list"]?.string, let item = origin["item"]?.string
    else { return nil }
    self.init(record: id, list: list, item: item)
  }

  package var value: JSONValue {
    var object = JSONObject()
    object["record"] = .string(record.text)
    object["list"] = .string(list)
    object["item"] = .string(item)
    return .object(object)
  }

  /// The id of the record that the item becomes: the first fifty bits of the SHA-256 of
  /// `PP-8KX3M2Q4TZ`, a line feed, `evidence`, a line feed and `k3x9q`, in UTF-8.
  ///
  /// It is the same on every branch, so that two of them that migrate write the same file.
  package func derivedID(prefix: String) -> RecordID {
    let bytes = Array("\(record.text)\n\(list)\n\(item)".utf8)
    return RecordID(
      prefix: prefix, random: SHA256.leadingBits(RecordID.digitCount * 5, of: bytes))
  }
}

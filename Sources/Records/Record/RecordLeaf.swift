package import JSONText

/// A value of a record with its own author: a scalar, a line of long text, an element of a plain
/// list, or an empty list or object.
package struct RecordLeaf: Sendable, Hashable {
  package let pointer: JSONPointer
  /// The dotted key, `evidence.k3x9q.team`: items of keyed lists by their key, lines and other
  /// elements by position.
  package let key: String
  package let value: JSONValue
  /// Whether it is meant for programs: the schema's path, the record's id and the ids of items.
  package let isIdentity: Bool

  /// Returns every leaf of a record, in the order of its text.
  package static func all(of record: JSONValue, view: SchemaView?) -> [RecordLeaf] {
    var leaves: [RecordLeaf] = []
    func visit(
      _ value: JSONValue, _ view: SchemaView?, _ pointer: JSONPointer, _ names: [String],
      _ isIdentity: Bool
    ) {
      switch value {
      case .object(let object) where !object.isEmpty:
        for member in object.members {
          visit(
            member.value, view?.property(member.key), pointer.appending(member.key),
            names + [member.key],
            isIdentity || pointer == .root && Kind.identityKeys.contains(member.key))
        }
      case .array(let items) where !items.isEmpty:
        let itemKey = view?.itemKey
        let itemNames = itemKey.flatMap { ItemNames(of: items, by: $0) }
        for (index, item) in items.enumerated() {
          let place = pointer.appending(index)
          let name = itemNames?.order[index] ?? String(index)
          guard let itemKey, itemNames != nil, case .object(let object) = item else {
            visit(item, view?.items, place, names + [name], isIdentity)
            continue
          }
          for member in object.members {
            visit(
              member.value, view?.items?.property(member.key), place.appending(member.key),
              names + [name, member.key], isIdentity || member.key == itemKey)
          }
        }
      default:
        leaves.append(
          RecordLeaf(
            pointer: pointer, key: names.joined(separator: "."), value: value,
            isIdentity: isIdentity))
      }
    }
    visit(record, view, .root, [], false)
    return leaves
  }
}

/// The names of a list's items, by the member that identifies them (`x-docket-merge`).
struct ItemNames {
  let order: [String]
  let index: [JSONName: Int]

  /// Reads the names; `nil` unless every item has a unique name.
  init?(of items: [JSONValue], by key: String) {
    var order: [String] = []
    var index: [JSONName: Int] = [:]
    for (place, item) in items.enumerated() {
      guard let value = item[key] else { return nil }
      let name = value.plainText
      guard index.updateValue(place, forKey: JSONName(name)) == nil else { return nil }
      order.append(name)
    }
    self.order = order
    self.index = index
  }
}

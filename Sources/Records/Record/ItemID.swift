package import JSONText

/// Ids for the items of keyed lists: five random lower-case Crockford characters, `k3x9q`.
package enum ItemID {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  package static func make(from random: UInt64) -> String {
    String((0..<length).map { alphabet[Int(random >> (5 * $0) & 31)] })
  }

  package static let length = 5

  package static func isValid(_ text: String) -> Bool {
    text.utf8.count == length && text.allSatisfy { alphabet.contains($0) }
  }

  /// Adds an id to every item of a keyed list that has none, at any depth.
  package static func fill(in value: inout JSONValue, view: SchemaView, makeItemID: () -> String) {
    switch value {
    case .object(var object):
      for index in object.members.indices {
        guard let inner = view.property(object.members[index].key) else { continue }
        fill(in: &object.members[index].value, view: inner, makeItemID: makeItemID)
      }
      value = .object(object)
    case .array(var list):
      guard let items = view.items else { return }
      var taken = Set(view.itemKey.map { key in list.compactMap { $0[key]?.string } } ?? [])
      for index in list.indices {
        if let key = view.itemKey, case .object(var object) = list[index], object[key] == nil {
          var id = makeItemID()
          for _ in 0..<100 where taken.contains(id) { id = makeItemID() }
          taken.insert(id)
          object.insert(key: key, .string(id))
          list[index] = .object(object)
        }
        fill(in: &list[index], view: items, makeItemID: makeItemID)
      }
      value = .array(list)
    default: return
    }
  }
}

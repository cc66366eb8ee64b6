package import JSONText

/// Pseudonyms for people who aren't named: participants of interviews, reporters, voices in a
/// retro.
///
/// Who they are is stored nowhere in a repository; see `IdentityMap` in Store.
package enum Pseudonym {
  /// Typed for a pseudonym to ask for an unused one.
  package static let fresh = "new"

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  /// Returns `p-` and six random lower-case Crockford characters.
  package static func make(from random: UInt64) -> String {
    "p-" + String((0..<6).map { alphabet[Int(random >> (5 * $0) & 31)] })
  }

  /// Replaces "new" by a fresh pseudonym wherever the kind allows one.
  ///
  /// - Returns: the new pseudonyms, in the order of their places.
  package static func resolve(
    in value: inout JSONValue, view: SchemaView, random: () -> UInt64
  ) -> [String] {
    var made: [String] = []
    visit(&value, view) { text in
      guard text == fresh else { return text }
      let pseudonym = make(from: random())
      made.append(pseudonym)
      return pseudonym
    }
    return made
  }

  /// Returns all texts of a record at places that allow a pseudonym.
  package static func texts(in value: JSONValue, view: SchemaView) -> [String] {
    var value = value
    var texts: [String] = []
    visit(&value, view) { text in
      if !texts.contains(text) { texts.append(text) }
      return text
    }
    return texts
  }

  private static func visit(
    _ value: inout JSONValue, _ view: SchemaView, _ replacing: (String) -> String
  ) {
    switch value {
    case .object(var object):
      for index in object.members.indices {
        guard let inner = view.property(object.members[index].key) else { continue }
        visit(&object.members[index].value, inner, replacing)
      }
      value = .object(object)
    case .array(var list):
      guard let items = view.items else { return }
      for index in list.indices { visit(&list[index], items, replacing) }
      value = .array(list)
    case .string(let text) where view.isPseudonym: value = .string(replacing(text))
    default: return
    }
  }
}

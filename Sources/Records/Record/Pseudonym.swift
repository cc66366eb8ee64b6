package import JSONText

/// Names for people who aren't named: participants of interviews, reporters, voices in a retro.
///
/// Who somebody is stands nowhere in a repository; see `IdentityMap` in Store.
package enum Pseudonym {
  /// Typed where a pseudonym may stand, for one that nobody has yet.
  package static let fresh = "new"

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  /// `p-` and six random lower-case Crockford characters.
  package static func make(from random: UInt64) -> String {
    "p-" + String((0..<6).map { alphabet[Int(random >> (5 * $0) & 31)] })
  }

  /// Puts a fresh pseudonym in place of "new" wherever the kind may have one.
  ///
  /// - Returns: those made, in the order of their places.
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

  /// All texts of a record that stand where a pseudonym may stand.
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

/// The identity of a person named by evidence, so that each person counts once.
package struct Person: Hashable, Sendable, Comparable {
  /// The name for comparing: in lower case, with white space collapsed; empty for an unnamed
  /// person.
  package let name: String
  /// The team; empty if unknown, and for handles on the roster, which identify one person in any
  /// team.
  package let team: String

  package static func < (left: Self, right: Self) -> Bool {
    (left.name, left.team) < (right.name, right.team)
  }

  package static func key(_ text: String?) -> String {
    guard let text else { return "" }
    // Most names are ASCII, for which working on bytes is many times faster.
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      var key: [UInt8] = []
      key.reserveCapacity(text.utf8.count)
      for byte in text.utf8 {
        if byte == 0x20 || (0x09...0x0D).contains(byte) {
          if let last = key.last, last != 0x20 { key.append(0x20) }
        } else {
          key.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
      }
      if key.last == 0x20 { key.removeLast() }
      return String(decoding: key, as: UTF8.self)
    }
    return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

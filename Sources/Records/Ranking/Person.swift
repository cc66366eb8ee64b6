/// Somebody as evidence names them, so that one person counts once.
package struct Person: Hashable, Sendable, Comparable {
  /// For comparing: without case, blanks run together; empty for somebody unnamed.
  package let name: String
  /// Empty where the team isn't told, and for handles of the roster, who are one person everywhere.
  package let team: String

  package static func < (left: Self, right: Self) -> Bool {
    (left.name, left.team) < (right.name, right.team)
  }

  package static func key(_ text: String?) -> String {
    guard let text else { return "" }
    // Nearly all names are ASCII, where bytes tell the same many times as fast.
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

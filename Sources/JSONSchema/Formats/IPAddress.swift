/// IP addresses (RFC 2673 §3.2, RFC 4291 §2.2).
enum IPAddress {
  /// Returns whether a text is four decimal numbers up to 255, without leading zeros.
  static func isVersion4(_ text: Substring) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count),
          part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
          part.count == 1 || part.first != UInt8(ascii: "0")
        else { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } < 256
      }
  }

  static func isVersion6(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= 45 else { return false }
    var groups: [Substring] = text.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count >= 3 else { return false }
    var length = 0
    if let last = groups.last, last.utf8.contains(UInt8(ascii: ".")) {
      guard isVersion4(last) else { return false }
      length = 1
      groups[groups.count - 1] = "0"
    }
    // One run of empty groups means zeros; at either end it is written with two colons.
    let empty = groups.indices.filter { groups[$0].isEmpty }
    var compressed = false
    if !empty.isEmpty {
      compressed = true
      switch empty {
      case [0, 1] where groups.count > 2, [0, 1, 2] where groups.count == 3: break
      case [groups.count - 2, groups.count - 1]: break
      case let one where one.count == 1 && one[0] > 0 && one[0] < groups.count - 1: break
      default: return false
      }
    }
    let written = groups.filter { !$0.isEmpty }
    guard
      written.allSatisfy({ group in
        group.utf8.count <= 4 && group.utf8.allSatisfy(isHexDigit)
      })
    else { return false }
    length += written.count
    return compressed ? length < 8 : length == 8
  }

  static func isHexDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}

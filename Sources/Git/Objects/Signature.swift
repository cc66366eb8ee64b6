/// The name and address of an author or committer, with the time by their own clock.
package struct Signature: Sendable, Hashable {
  /// Bytes that are not UTF-8 are replaced.
  package let name: String
  package let email: String
  /// Seconds since 1970-01-01T00:00:00Z.
  package let time: Int64
  /// Minutes east of UTC.
  package let offsetMinutes: Int

  package init(name: String, email: String, time: Int64, offsetMinutes: Int = 0) {
    (self.name, self.email, self.time, self.offsetMinutes) = (name, email, time, offsetMinutes)
  }

  /// The form in commits and reflogs: `Ada <ada@example.org> 1767323045 +0100`.
  var gitText: String {
    let minutes = abs(offsetMinutes)
    let digits = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
    return "\(name) <\(email)> \(time) \(offsetMinutes < 0 ? "-" : "+")\(digits)"
  }

  /// Parses leniently, as git does: missing parts are empty or zero.
  init(parsing bytes: some BidirectionalCollection<UInt8>) {
    let open = bytes.firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
    var nameEnd = open
    while nameEnd > bytes.startIndex, bytes[bytes.index(before: nameEnd)] == UInt8(ascii: " ") {
      nameEnd = bytes.index(before: nameEnd)
    }
    name = String(decoding: bytes[..<nameEnd], as: UTF8.self)
    let afterOpen = open < bytes.endIndex ? bytes.index(after: open) : open
    let close = bytes.lastIndex(of: UInt8(ascii: ">")) ?? bytes.endIndex
    email = afterOpen <= close ? String(decoding: bytes[afterOpen..<close], as: UTF8.self) : ""
    let rest = close < bytes.endIndex ? bytes[bytes.index(after: close)...] : bytes[close...]
    let words = rest.split(separator: UInt8(ascii: " "))
    time = words.first.flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0
    let zone = words.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    offsetMinutes = zone / 100 * 60 + zone % 100
  }
}

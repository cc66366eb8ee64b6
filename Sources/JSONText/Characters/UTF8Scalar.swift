/// Scalars of valid UTF-8 text, by the offset of their first byte (RFC 3629 §3).
package enum UTF8Scalar {
  /// The number of bytes of the scalar that begins with `first`.
  package static func length(_ first: UInt8) -> Int {
    switch first {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
  }

  /// Returns the scalar at `at`; U+FFFD if the text ends inside it.
  package static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Unicode.Scalar {
    let first = bytes[at]
    let length = length(first)
    guard length > 1 else { return Unicode.Scalar(first) }
    guard at + length <= bytes.count else { return "\u{FFFD}" }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for place in at + 1..<at + length { value = value << 6 | UInt32(bytes[place] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Returns the scalar that ends before `at`, or `nil` at the start.
  package static func before(_ at: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
    var start = at - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? nil : decode(bytes, at: start)
  }
}

/// Decodes the source text of strings.
enum StringText {
  /// Decodes the string `node`, which the parser has checked.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ node: PackedNode) -> String {
    let content = UnsafeBufferPointer(
      rebasing: bytes[Int(node.start) + 1..<Int(node.end) - 1])
    return node.flag ? unescape(content) : String(decoding: content, as: UTF8.self)
  }

  /// Resolves the escapes of `text`; the result is never longer than `text`.
  private static func unescape(_ text: UnsafeBufferPointer<UInt8>) -> String {
    guard let source = text.baseAddress else { return "" }
    return String(unsafeUninitializedCapacity: text.count) { target in
      var written = 0
      func put(_ byte: UInt8) {
        target.initializeElement(at: written, to: byte)
        written += 1
      }
      var at = 0
      while at < text.count {
        guard source[at] == UInt8(ascii: "\\") else {
          put(source[at])
          at += 1
          continue
        }
        switch source[at + 1] {
        case UInt8(ascii: "b"): put(0x08)
        case UInt8(ascii: "f"): put(0x0C)
        case UInt8(ascii: "n"): put(0x0A)
        case UInt8(ascii: "r"): put(0x0D)
        case UInt8(ascii: "t"): put(0x09)
        case UInt8(ascii: "u"):
          var scalar = HexDigits.four(source + at + 2) ?? 0xFFFD
          at += 4
          if scalar & 0xFC00 == 0xD800 {
            // The parser has checked that the low surrogate follows.
            let low = HexDigits.four(source + at + 4) ?? 0xDC00
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
            at += 6
          }
          for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}")
            ?? UTF8.encodedReplacementCharacter
          { put(byte) }
        default: put(source[at + 1])  // quote, backslash, slash
        }
        at += 2
      }
      return written
    }
  }
}

/// Percent-encoding (RFC 3986 §2.1).
package enum PercentEncoding {
  /// Returns the text with every byte written as `%XX`, except ASCII letters, digits and `plain`.
  package static func encoded(_ text: String, keeping plain: String) -> String {
    encoded(text.utf8) { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        false
      default: !plain.utf8.contains(byte)
      }
    }
  }

  /// Returns UTF-8 text with the bytes for which `isEncoded` holds written as `%XX`.
  package static func encoded(_ text: some Sequence<UInt8>, where isEncoded: (UInt8) -> Bool)
    -> String
  {
    var encoded: [UInt8] = []
    for byte in text {
      if isEncoded(byte) {
        encoded += "%\(HexDigits.padded(byte, to: 2))".utf8
      } else {
        encoded.append(byte)
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

/// Parses the entries of a colon-separated list, which may be in double quotes with C escapes.
enum CQuote {
  /// Removes one entry and the colon after it from the start of `bytes`.
  static func take(from bytes: inout ArraySlice<UInt8>) -> String {
    let whole = bytes
    if bytes.first == UInt8(ascii: "\""), let entry = takeQuoted(from: &bytes) {
      if bytes.first == UInt8(ascii: ":") { bytes.removeFirst() }
      return entry
    }
    bytes = whole
    let entry = bytes.prefix { $0 != UInt8(ascii: ":") }
    bytes = bytes.dropFirst(entry.count + 1)
    return String(decoding: entry, as: UTF8.self)
  }

  private static func takeQuoted(from bytes: inout ArraySlice<UInt8>) -> String? {
    bytes.removeFirst()
    var word: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        return String(decoding: word, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = bytes.popFirst() else { return nil }
        switch escaped {
        case UInt8(ascii: "a"): word.append(7)
        case UInt8(ascii: "b"): word.append(8)
        case UInt8(ascii: "t"): word.append(9)
        case UInt8(ascii: "n"): word.append(10)
        case UInt8(ascii: "v"): word.append(11)
        case UInt8(ascii: "f"): word.append(12)
        case UInt8(ascii: "r"): word.append(13)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
          let digits = [escaped] + bytes.prefix(2)
          guard digits.count == 3,
            let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
          else { return nil }
          bytes.removeFirst(2)
          word.append(value)
        default: word.append(escaped)
        }
      default: word.append(byte)
      }
    }
    return nil
  }
}

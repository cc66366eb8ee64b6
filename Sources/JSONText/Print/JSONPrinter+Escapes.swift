extension JSONPrinter {
  /// Returns printed text with an escape such as `\u202e` for each character that would control a
  /// terminal or reorder displayed text; it parses to the same value.
  ///
  /// Escapes U+007F to U+009F, the bidirectional marks, embeddings and isolates (UAX #9), the line
  /// and paragraph separators, and the byte order mark.
  ///
  /// - Parameter text: UTF-8, as the printer writes it.
  package static func withoutControls(_ text: [UInt8]) -> [UInt8] {
    guard var place = text.firstIndex(where: { $0 >= 0x7F }) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var copied = 0
    // Such characters occur only inside strings, and each is one UTF-16 unit.
    while place < text.count {
      guard text[place] >= 0x7F else {
        place += 1
        continue
      }
      let (scalar, length) = scalar(in: text, at: place)
      switch scalar {
      case 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        result += text[copied..<place]
        let digits = String(scalar, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
        result += "\\u\(zeros)\(digits)".utf8
        copied = place + length
      default: break
      }
      place += length
    }
    return result + text[copied...]
  }

  /// Returns the scalar whose first byte, non-ASCII or DEL, is at `place` (RFC 3629, section 3).
  private static func scalar(in text: [UInt8], at place: Int) -> (value: UInt32, length: Int) {
    let first = text[place]
    let (bits, length): (UInt8, Int) =
      switch first {
      case 0xF0...: (first & 0x07, 4)
      case 0xE0...: (first & 0x0F, 3)
      case 0xC0...: (first & 0x1F, 2)
      default: (first, 1)
      }
    let value = text[(place + 1)...].prefix(length - 1).reduce(UInt32(bits)) {
      $0 << 6 | UInt32($1 & 0x3F)
    }
    return (value, length)
  }
}

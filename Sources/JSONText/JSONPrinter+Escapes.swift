extension JSONPrinter {
  /// Printed text with `\u202e` and the like for each character that would steer a terminal or
  /// reorder what is read: it parses to the same value.
  ///
  /// These are U+007F to U+009F, the bidirectional marks, embeddings and isolates (UAX #9), the line
  /// and paragraph separators, and the byte order mark.
  package static func withoutControls(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { $0 >= 0x7F }) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    // Such characters stand inside strings only, and each is one UTF-16 unit.
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
        result += Array("\\u\(zeros)\(digits)".utf8)
      default: result += Array(String(scalar).utf8)
      }
    }
    return result
  }
}

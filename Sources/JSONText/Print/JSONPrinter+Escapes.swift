extension JSONPrinter {
  /// Returns the canonical form as it may be shown: with an escape such as `\u202e` for each
  /// deceptive character. It parses to the same value.
  package static func printable(_ value: JSONValue) -> [UInt8] {
    withoutControls(canonical(value))
  }

  /// Returns printed text with an escape for each character of ``DeceptiveCharacters``, as a
  /// surrogate pair where UTF-16 needs one; it parses to the same value.
  ///
  /// - Parameter text: UTF-8, as the printer writes it. Such characters are only inside strings.
  package static func withoutControls(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      guard var found = DeceptiveCharacters.next(in: bytes, from: 0) else { return text }
      var result: [UInt8] = []
      result.reserveCapacity(text.count + 64)
      var copied = 0
      while true {
        result += bytes[copied..<found.at]
        for unit in UTF16.encode(found.scalar) ?? .init() {
          result += "\\u\(HexDigits.padded(unit, to: 4, uppercase: false))".utf8
        }
        copied = found.at + found.length
        guard let next = DeceptiveCharacters.next(in: bytes, from: copied) else { break }
        found = next
      }
      return result + bytes[copied...]
    }
  }
}

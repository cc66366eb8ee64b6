/// Strings, numbers and words (RFC 8259 §3, §6, §7).
extension JSONParser {
  /// Scans to the end of a string whose opening quote, at `start`, has been read.
  ///
  /// - Returns: whether the string contains escapes.
  @inline(__always)
  mutating func scanString(_ start: Int) throws(JSONSyntaxError) -> Bool {
    // Eight bytes at a time, until one that is a quote, a backslash, a control or not ASCII.
    while at &+ 8 <= end {
      let stop = ByteWord.stops(UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      if stop == 0 {
        at &+= 8
        continue
      }
      at &+= stop.trailingZeroBitCount &>> 3
      if base[at] == UInt8(ascii: "\"") {
        at &+= 1
        return false
      }
      break
    }
    return try scanRestOfString(start)
  }

  /// Handles the general case: escapes, non-ASCII characters, and the last bytes of the text.
  @inline(never)
  private mutating func scanRestOfString(_ start: Int) throws(JSONSyntaxError) -> Bool {
    var escaped = false
    while at < end {
      let byte = base[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return escaped
      case UInt8(ascii: "\\"):
        escaped = true
        try scanEscape(start)
      case 0..<0x20:
        throw error(.controlCharacter)
      case 0x80...:
        let length = UTF8Sequence.length(base + at, limit: end - at)
        guard length > 0 else { throw error(.invalidUTF8) }
        at += length
      default:
        at += 1
        while at &+ 8 <= end {
          let stop = ByteWord.stops(UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
          if stop == 0 {
            at &+= 8
          } else {
            at &+= stop.trailingZeroBitCount &>> 3
            break
          }
        }
      }
    }
    throw error(.unterminatedString, at: start)
  }

  /// Scans one escape, or a surrogate pair of two.
  private mutating func scanEscape(_ start: Int) throws(JSONSyntaxError) {
    guard at + 1 < end else { throw error(.unterminatedString, at: start) }
    switch base[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
    case UInt8(ascii: "u"):
      let escape = at
      let unit = try scanHexDigits()
      guard unit & 0xF800 == 0xD800 else { return }
      guard unit < 0xDC00, at + 1 < end, base[at] == UInt8(ascii: "\\"),
        base[at + 1] == UInt8(ascii: "u")
      else { throw error(.loneSurrogate, at: escape) }
      let low = try scanHexDigits()
      guard low & 0xFC00 == 0xDC00 else { throw error(.loneSurrogate, at: escape) }
    default:
      throw error(.invalidEscape)
    }
  }

  /// Scans `\uXXXX` and returns its code unit.
  private mutating func scanHexDigits() throws(JSONSyntaxError) -> UInt32 {
    guard at + 6 <= end else { throw error(.invalidUnicodeEscape) }
    guard let unit = HexDigits.four(base + at + 2) else { throw error(.invalidUnicodeEscape) }
    at += 6
    return unit
  }

  /// Scans a number and returns whether it consists of digits with at most a sign.
  @inline(__always)
  mutating func scanNumber() throws(JSONSyntaxError) -> Bool {
    let start = at
    if base[at] == UInt8(ascii: "-") { at += 1 }
    guard let first = digit() else { throw error(.invalidNumber, at: start) }
    at += 1
    if first == 0 {
      if digit() != nil { throw error(.leadingZero, at: start) }
    } else {
      while digit() != nil { at += 1 }
    }
    guard at < end else { return true }
    let byte = base[at]
    guard byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") else { return true }
    try scanFraction(start)
    return false
  }

  @inline(never)
  private mutating func scanFraction(_ start: Int) throws(JSONSyntaxError) {
    if base[at] == UInt8(ascii: ".") {
      at += 1
      guard digit() != nil else { throw error(.invalidNumber, at: start) }
      while digit() != nil { at += 1 }
    }
    guard at < end, base[at] | 0x20 == UInt8(ascii: "e") else { return }
    at += 1
    if at < end, base[at] == UInt8(ascii: "+") || base[at] == UInt8(ascii: "-") { at += 1 }
    guard digit() != nil else { throw error(.invalidNumber, at: start) }
    while digit() != nil { at += 1 }
  }

  @inline(__always)
  private func digit() -> UInt8? {
    guard at < end else { return nil }
    let value = base[at] &- UInt8(ascii: "0")
    return value < 10 ? value : nil
  }

  @inline(__always)
  mutating func scanWord(_ word: StaticString) throws(JSONSyntaxError) {
    let length = word.utf8CodeUnitCount
    guard at + length <= end else { throw error(.invalidLiteral) }
    for index in 0..<length where base[at + index] != word.utf8Start[index] {
      throw error(.invalidLiteral)
    }
    at += length
  }
}

/// Eight bytes as one word, the lowest address in the lowest byte.
enum ByteWord {
  /// Marks the bytes at which a string scan must stop: quote, backslash, control character,
  /// non-ASCII.
  ///
  /// The lowest bit set is the high bit of the first such byte; higher bits are meaningless.
  @inline(__always)
  static func stops(_ loaded: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: loaded)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let slashes = word ^ (ones &* 0x5C)
    let found =
      word
      | ((quotes &- ones) & ~quotes)
      | ((slashes &- ones) & ~slashes)
      | ((word &- ones &* 0x20) & ~word)
    return found & (ones &* 0x80)
  }
}

enum UTF8Sequence {
  /// Returns the length of the well-formed sequence at `bytes`, or 0 (Unicode 16, table 3-7).
  static func length(_ bytes: UnsafePointer<UInt8>, limit: Int) -> Int {
    func continues(_ index: Int) -> Bool { bytes[index] & 0xC0 == 0x80 }
    let first = bytes[0]
    switch first {
    case 0..<0x80:
      return 1
    case 0xC2...0xDF:
      return limit >= 2 && continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard limit >= 3, continues(1), continues(2) else { return 0 }
      if first == 0xE0, bytes[1] < 0xA0 { return 0 }  // overlong
      if first == 0xED, bytes[1] > 0x9F { return 0 }  // surrogate
      return 3
    case 0xF0...0xF4:
      guard limit >= 4, continues(1), continues(2), continues(3) else { return 0 }
      if first == 0xF0, bytes[1] < 0x90 { return 0 }  // overlong
      if first == 0xF4, bytes[1] > 0x8F { return 0 }  // above U+10FFFF
      return 4
    default:
      return 0
    }
  }
}

/// The characters that control what shows a text, or hide or reorder part of it: the one list that the
/// rule `text.control-character` and every output go by.
///
/// Unicode 15.1: the controls (Cc) but line feed and tab, which each output treats for itself; the
/// bidirectional controls of UAX #9; line and paragraph separators; interlinear annotations; tag
/// characters; the other characters that show nothing (Cf and Default_Ignorable_Code_Point, with the
/// Hangul fillers); noncharacters.
///
/// Joiners and variation selectors are part of how scripts and emoji are written. They are deceptive
/// only where they join nothing: see ``isDeceptive(_:after:before:)``.
package enum DeceptiveCharacters {
  /// Whether a scalar is on the list wherever it is, or may be, for joiners and variation selectors.
  package static func mayDeceive(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160,
      0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164,
      0xFDD0...0xFDEF, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xFFFE...0xFFFF,
      0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// Whether a scalar deceives between its neighbours; `nil` is the start or the end of the text.
  ///
  /// - A joiner (U+200C, U+200D) is needed between letters of the scripts that have joined or
  ///   stacked forms, and between emoji.
  /// - A variation selector is needed once, right after a character that shows; more in a row can
  ///   carry a hidden message.
  package static func isDeceptive(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Bool {
    guard mayDeceive(scalar) else { return false }
    switch scalar.value {
    case 0x200C, 0x200D:
      guard let previous, let next else { return true }
      return !isJoined(previous) || !isJoined(next)
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180D, 0x180F:
      guard let previous else { return true }
      return previous.value <= 0x20 || mayDeceive(previous)
    default: return true
    }
  }

  /// Whether a joiner beside the scalar can change how it is written.
  private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
    // Before Arabic lie Latin, Greek, Cyrillic, Armenian and Hebrew, which join nothing.
    if 0xFE00...0xFE0F ~= scalar.value { return true }
    guard scalar.value >= 0x600, !mayDeceive(scalar) else { return false }
    let properties = scalar.properties
    if properties.isAlphabetic || properties.isEmoji { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  /// Whether a text has any character of the list, line feeds and tabs aside.
  package static func occur(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { next(in: $0, from: 0) != nil }
  }

  /// Whether the scalar whose first byte is at `at` deceives there, in valid UTF-8.
  package static func isDeceptive(at: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let scalar = UTF8Scalar.decode(bytes, at: at)
    guard mayDeceive(scalar) else { return false }
    let end = at + UTF8Scalar.length(bytes[at])
    return isDeceptive(
      scalar, after: UTF8Scalar.before(at, in: bytes),
      before: end < bytes.count ? UTF8Scalar.decode(bytes, at: end) : nil)
  }

  /// Finds the first deceptive character of UTF-8 text at or after a byte.
  ///
  /// - Parameter bytes: valid UTF-8, as of a `String` or of text that the parser has taken.
  /// - Returns: the scalar, the offset of its first byte, and how many bytes it has.
  package static func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int)
    -> (scalar: Unicode.Scalar, at: Int, length: Int)?
  {
    var at = start
    while let candidate = candidate(in: bytes, from: at) {
      let length = UTF8Scalar.length(bytes[candidate])
      if isDeceptive(at: candidate, in: bytes) {
        return (UTF8Scalar.decode(bytes, at: candidate), candidate, length)
      }
      at = candidate + length
    }
    return nil
  }

  /// Returns the offset of the next byte that may begin a character of the list.
  private static func candidate(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    while at < bytes.count {
      // Eight bytes of printable ASCII at once.
      if at + 8 <= bytes.count, let base = bytes.baseAddress {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let deletes = word ^ (ones &* 0x7F)
        let unusual = word | ((word &- ones &* 0x20) & ~word) | ((deletes &- ones) & ~deletes)
        if unusual & (ones &* 0x80) == 0 {
          at += 8
          continue
        }
      }
      if leads[Int(bytes[at])] { return at }
      at += 1
    }
    return nil
  }

  /// The bytes that begin a character of the list in UTF-8.
  private static let leads: [Bool] = (0...255).map { (byte: UInt8) in
    switch byte {
    case 0x00...0x08, 0x0B...0x1F, 0x7F, 0xC2, 0xCD, 0xD8, 0xE1...0xE3, 0xEF...0xF4: true
    default: false
    }
  }

  /// Whether a byte begins a character of the list in UTF-8, or may.
  package static func mayBegin(with byte: UInt8) -> Bool { leads[Int(byte)] }

  /// Returns a text in which every character of the list is written out, `\u{202E}`.
  ///
  /// - Parameters:
  ///   - lines: how line feeds and tabs are treated.
  ///   - replacement: what is written for a character, its notation if `nil`.
  package static func shown(
    in text: String, lines: LineBreaks = .written,
    replacement: (Unicode.Scalar) -> String? = { _ in nil }
  ) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isPlain { return text }
    var text = text
    return text.withUTF8 { bytes in
      var result: [UInt8] = []
      var copied = 0
      var at = 0
      while at < bytes.count {
        let found = next(in: bytes, from: at)
        let end = found?.at ?? bytes.count
        for place in at..<end where bytes[place] == 0x0A || bytes[place] == 0x09 {
          guard let replacement = lines.replacement(for: bytes[place]) else { continue }
          result += bytes[copied..<place]
          result += replacement
          copied = place + 1
        }
        guard let found else { break }
        result += bytes[copied..<end]
        result += (replacement(found.scalar) ?? notation(of: found.scalar)).utf8
        at = found.at + found.length
        copied = at
      }
      if copied == 0 && result.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      result += bytes[copied...]
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// `\u{202E}`.
  package static func notation(of scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }

  /// How `shown` treats line feeds and tabs, which control nothing in a text of several lines but
  /// forge one where a value is part of a line.
  package enum LineBreaks: Sendable {
    /// Both stay.
    case kept
    /// Both become spaces.
    case spaces
    /// Both are written out, `\u{A}`.
    case written

    fileprivate func replacement(for byte: UInt8) -> [UInt8]? {
      switch self {
      case .kept: nil
      case .spaces: [0x20]
      case .written: Array(notation(of: Unicode.Scalar(byte)).utf8)
      }
    }
  }
}

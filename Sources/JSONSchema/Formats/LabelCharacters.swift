/// The code points that an internationalized label may contain (RFC 5892), derived from the
/// properties in the standard library.
enum LabelCharacters {
  static func isAllowed(_ label: [Unicode.Scalar], at index: Int) -> Bool {
    let scalar = label[index]
    switch scalar.value {
    // §2.6, exceptions.
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    // Appendix A, contextual rules.
    case 0xB7: return at(label, index - 1) == "l" && at(label, index + 1) == "l"
    case 0x375: return at(label, index + 1).map(isGreek) ?? false
    case 0x5F3, 0x5F4: return at(label, index - 1).map(isHebrew) ?? false
    case 0x30FB: return label.contains(where: isJapanese)
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
    case 0x200D: return isVirama(at(label, index - 1))
    case 0x200C: return isVirama(at(label, index - 1)) || breaksJoin(label, index)
    case 0x2D: return true
    default: return isProtocolValid(scalar)
    }
  }

  /// §2.1 to §2.9, and §3.
  private static func isProtocolValid(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch scalar.value {
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return false  // old Hangul letters
    default: break
    }
    guard !properties.changesWhenNFKCCaseFolded, !properties.isDefaultIgnorableCodePoint,
      !properties.isNoncharacterCodePoint
    else { return false }
    switch properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber,
      .nonspacingMark, .spacingMark:
      return true
    default: return false
    }
  }

  private static func at(_ label: [Unicode.Scalar], _ index: Int) -> Unicode.Scalar? {
    label.indices.contains(index) ? label[index] : nil
  }

  private static func isVirama(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.canonicalCombiningClass == .virama
  }

  private static func isGreek(_ scalar: Unicode.Scalar) -> Bool {
    (0x370...0x3FF).contains(scalar.value) || (0x1F00...0x1FFF).contains(scalar.value)
  }

  private static func isHebrew(_ scalar: Unicode.Scalar) -> Bool {
    (0x591...0x5F4).contains(scalar.value) || (0xFB1D...0xFB4F).contains(scalar.value)
  }

  /// Hiragana, Katakana or Han.
  private static func isJapanese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x309F, 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x3005, 0x3007,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
      true
    default: false
    }
  }

  /// Returns whether, ignoring marks, a left-joining letter comes before and a right-joining one
  /// after (RFC 5892 appendix A.1); for the Arabic block.
  private static func breaksJoin(_ label: [Unicode.Scalar], _ index: Int) -> Bool {
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.generalCategory == .nonspacingMark
    }
    guard let before = label[..<index].last(where: { !isMark($0) }),
      let after = label[(index + 1)...].first(where: { !isMark($0) })
    else { return false }
    return isArabicLetter(before) && !joinsOnlyRight(before.value) && isArabicLetter(after)
  }

  private static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x620...0x6FF).contains(scalar.value) && scalar.properties.generalCategory == .otherLetter
  }

  private static func joinsOnlyRight(_ value: UInt32) -> Bool {
    switch value {
    case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677,
      0x688...0x699, 0x6C0, 0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6D5, 0x6EE, 0x6EF:
      true
    default: false
    }
  }
}

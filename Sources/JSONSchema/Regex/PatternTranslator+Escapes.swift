import JSONText

/// Backslash escapes (ECMA-262 §22.2.1, AtomEscape).
extension PatternTranslator {
  /// Translates what follows a backslash outside of a class.
  mutating func escape() throws(PatternError) {
    guard let scalar = peek() else { throw PatternError(reason: #"\ at the end"#) }
    let start = at - 1
    at += 1
    switch scalar {
    case "d", "D", "w", "W", "b", "B": put("\\" + String(scalar))
    case "s": put("[\(PatternSets.space)]")
    case "S": put("[\(PatternSets.notSpace)]")
    case "1"..."9":
      var digits = String(scalar)
      while let next = peek(), isDigit(next) {
        digits.unicodeScalars.append(next)
        at += 1
      }
      put(#"\g{\#(digits)}"#)
      if let number = Int(digits) { refer(to: number, place: start) }
    case "k":
      guard peek() == "<" else { throw PatternError(reason: #"\k takes <name>"#) }
      at += 1
      let name = try groupName()
      guard let number = groups.names[JSONName(name)] else {
        throw PatternError(reason: "no group has the name \(name)", place: start)
      }
      put(#"\g{\#(number)}"#)
      refer(to: number, place: start)
    case "p", "P": put(try property(scalar))
    default:
      let code = try characterEscape(scalar)
      // Half of a surrogate pair: no text contains one.
      if code & 0xFFFF_F800 == 0xD800 { put("(?!)") } else { put(code: code) }
    }
  }

  /// Returns the code point of an escape whose first character has been read.
  mutating func characterEscape(_ scalar: Unicode.Scalar) throws(PatternError) -> UInt32 {
    let start = at - 2
    switch scalar {
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    case "0":
      guard !isDigit(peek()) else {
        throw PatternError(reason: "octal escapes are not known", place: start)
      }
      return 0
    case "c":
      guard let letter = peek(), letter.isASCII, letter.properties.isAlphabetic else {
        throw PatternError(reason: #"\c takes a letter"#, place: start)
      }
      at += 1
      return letter.value & 0x1F
    case "x":
      guard let value = hexadecimal(2) else {
        throw PatternError(reason: #"\x takes two hexadecimal digits"#, place: start)
      }
      return value
    case "u": return try unicodeEscape()
    default:
      // With `u`, only syntax characters may be escaped; other punctuation is common and harmless.
      guard scalar.isASCII, !isDigit(scalar), !scalar.properties.isAlphabetic else {
        throw PatternError(reason: #"\\#(scalar) is not an escape of ECMA-262"#, place: start)
      }
      return scalar.value
    }
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    guard at + count <= input.count else { return nil }
    var value: UInt32 = 0
    for scalar in input[at..<at + count] {
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    at += count
    return value
  }

  /// Returns the code point after `\u`; two escapes are read together if they are a surrogate pair.
  /// May return half of a surrogate pair.
  mutating func unicodeEscape() throws(PatternError) -> UInt32 {
    let problem = PatternError(
      reason: #"\u takes four hexadecimal digits, or {digits} up to 10FFFF"#, place: at - 2)
    if peek() == "{" {
      at += 1
      var value: UInt32 = 0
      var count = 0
      while let scalar = peek(), scalar != "}" {
        guard scalar.isASCII, let digit = Character(scalar).hexDigitValue, value <= 0x10FFFF else {
          throw problem
        }
        value = value << 4 | UInt32(digit)
        count += 1
        at += 1
      }
      guard peek() == "}", count > 0, value <= 0x10FFFF else { throw problem }
      at += 1
      return value
    }
    guard let unit = hexadecimal(4) else { throw problem }
    guard unit & 0xFC00 == 0xD800, peek() == "\\", peek(1) == "u", case let mark = at else {
      return unit
    }
    at += 2
    if let low = hexadecimal(4), low & 0xFC00 == 0xDC00 {
      return 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
    }
    at = mark
    return unit
  }

  /// Translates `\p{…}` for PCRE2, which knows only the short names of general categories.
  mutating func property(_ kind: Unicode.Scalar) throws(PatternError) -> String {
    let start = at - 2
    guard peek() == "{" else { throw PatternError(reason: #"\p takes {a property}"#, place: start) }
    at += 1
    var name = ""
    while let scalar = peek(), scalar != "}" {
      guard scalar.isASCII,
        scalar.properties.isAlphabetic || isDigit(scalar) || "_=".unicodeScalars.contains(scalar)
      else { throw PatternError(reason: "an unknown property", place: start) }
      name.unicodeScalars.append(scalar)
      at += 1
    }
    guard peek() == "}" else { throw PatternError(reason: #"\p lacks }"#, place: start) }
    at += 1
    if name == "Assigned" { return kind == "p" ? #"\P{Cn}"# : #"\p{Cn}"# }
    if UnicodeProperties.missing.contains(name) {
      throw PatternError(
        reason: "the property \(name) is not at hand", isUnsupported: true, place: start)
    }
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
      name.removeFirst(prefix.count)
    }
    return "\\" + String(kind) + "{" + (UnicodeProperties.categories[name] ?? name) + "}"
  }
}

enum UnicodeProperties {
  /// Properties of ECMA-262 that PCRE2 lacks, or that cover more in PCRE2 than in Unicode.
  static let missing: Set = [
    "Changes_When_NFKC_Casefolded", "CWKCF", "Script_Extensions=Common",
    "Script_Extensions=Zyyy", "Script_Extensions=Inherited", "Script_Extensions=Zinh",
    "Script_Extensions=Qaai", "scx=Common", "scx=Zyyy", "scx=Inherited", "scx=Zinh", "scx=Qaai",
  ]

  /// The long names of general categories (Unicode, PropertyValueAliases.txt).
  static let categories = [
    "Letter": "L", "Cased_Letter": "L&", "LC": "L&", "Uppercase_Letter": "Lu",
    "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm",
    "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn",
    "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd",
    "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P",
    "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps",
    "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf",
    "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc",
    "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z", "Space_Separator": "Zs",
    "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc",
    "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
  ]
}

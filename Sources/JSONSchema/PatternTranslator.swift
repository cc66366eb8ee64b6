/// Rewrites a regular expression of ECMA-262 (with the `u` flag) for PCRE2.
///
/// What both write alike but mean differently is written out: `.`, `\s`, `\v`, `\c`, `\u`, `[]`,
/// brackets inside a class. What only PCRE2 knows (verbs, inline options, `\A`, possessive and
/// atomic groups, recursion) is refused.
struct PatternTranslator {
  private var input: [Unicode.Scalar]
  private var at = 0
  private var output: [UInt8] = []

  static func translate(_ text: String) throws(PatternError) -> [UInt8] {
    var translator = PatternTranslator(input: Array(text.unicodeScalars))
    try translator.run()
    return translator.output
  }

  private init(input: [Unicode.Scalar]) { self.input = input }

  private static let space =
    #"\x09-\x0d\x20\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
  private static let notSpace =
    #"\x00-\x08\x0e-\x1f\x21-\x9f\xa1-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"#
    + #"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    at + offset < input.count ? input[at + offset] : nil
  }

  private mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }

  private mutating func put(_ scalar: Unicode.Scalar) {
    put(#"\x{\#(String(scalar.value, radix: 16))}"#)
  }

  private mutating func run() throws(PatternError) {
    while let scalar = peek() {
      switch scalar {
      case "\\":
        at += 1
        try escape(inClass: false)
      case "[": try characterClass()
      case "(": try group()
      case ".":
        at += 1
        put(#"[^\n\r\x{2028}\x{2029}]"#)
      case "*", "+", "?":
        at += 1
        put(String(scalar))
        try endQuantifier()
      case "{": try braces()
      case "}", "]":
        at += 1
        put("\\" + String(scalar))
      case "^", "$", "|", ")":
        at += 1
        put(String(scalar))
      default:
        at += 1
        put(String(scalar))
      }
    }
  }

  /// After a quantifier: `?` makes it lazy, and PCRE2's possessive `+` is nothing in ECMA-262.
  private mutating func endQuantifier() throws(PatternError) {
    if peek() == "?" {
      at += 1
      put("?")
    }
    if let next = peek(), next == "+" || next == "*" || next == "?" {
      throw PatternError(reason: "nothing to repeat before \(next)")
    }
  }

  /// `{n}`, `{n,}`, `{n,m}`; any other brace stands for itself.
  private mutating func braces() throws(PatternError) {
    var end = at + 1
    var commas = 0
    var digits = 0
    while end < input.count, input[end] != "}" {
      if input[end] == ",", digits > 0 {
        commas += 1
      } else if ("0"..."9").contains(input[end]) {
        digits += 1
      } else {
        break
      }
      end += 1
    }
    guard end < input.count, input[end] == "}", digits > 0, commas <= 1 else {
      at += 1
      put(#"\{"#)
      return
    }
    for index in at...end { put(String(input[index])) }
    at = end + 1
    try endQuantifier()
  }

  private mutating func group() throws(PatternError) {
    at += 1
    if peek() == "*" { throw PatternError(reason: "nothing to repeat after (") }
    guard peek() == "?" else {
      put("(")
      return
    }
    for prefix in ["?:", "?=", "?!", "?<=", "?<!"] {
      let scalars = Array(prefix.unicodeScalars)
      if input[at...].starts(with: scalars) {
        at += scalars.count
        put("(" + prefix)
        return
      }
    }
    guard peek(1) == "<", let first = peek(2),
      first.properties.isIDStart || "$_".unicodeScalars.contains(first)
    else { throw PatternError(reason: "an unknown kind of group") }
    put("(?<")
    at += 2
    try groupName()
  }

  /// A name up to and with its `>`.
  private mutating func groupName() throws(PatternError) {
    while let scalar = peek() {
      at += 1
      if scalar == ">" {
        put(">")
        return
      }
      guard scalar.properties.isIDContinue || scalar == "_" else {
        throw PatternError(reason: "a group's name has letters, digits and _")
      }
      put(String(scalar))
    }
    throw PatternError(reason: "a group's name lacks >")
  }

  private mutating func characterClass() throws(PatternError) {
    at += 1
    let negated = peek() == "^"
    if negated { at += 1 }
    if peek() == "]" {
      at += 1
      put(negated ? "(?s:.)" : "(?!)")
      return
    }
    let start = output.count
    put(negated ? "[^" : "[")
    let content = output.count
    while let scalar = peek() {
      at += 1
      switch scalar {
      case "]":
        if output.count == content {
          // Only halves of surrogate pairs stood here; no text contains one.
          output.removeSubrange(start...)
          put(negated ? "(?s:.)" : "(?!)")
        } else {
          put("]")
        }
        return
      case "\\": try escape(inClass: true)
      case "[": put(#"\["#)
      case "^": put(#"\^"#)
      default: put(String(scalar))
      }
    }
    throw PatternError(reason: "a character class lacks ]")
  }

  // MARK: Escapes

  private mutating func escape(inClass: Bool) throws(PatternError) {
    guard let scalar = peek() else { throw PatternError(reason: #"\ at the end"#) }
    at += 1
    switch scalar {
    case "d", "D", "w", "W": put("\\" + String(scalar))
    case "s": put(inClass ? Self.space : "[\(Self.space)]")
    case "S": put(inClass ? Self.notSpace : "[\(Self.notSpace)]")
    case "b": put(inClass ? #"\x08"# : #"\b"#)
    case "B" where !inClass: put(#"\B"#)
    case "f", "n", "r", "t": put("\\" + String(scalar))
    case "v": put(#"\x0b"#)
    case "0":
      guard !isDigit(peek()) else { throw PatternError(reason: "octal escapes are not known") }
      put(#"\x00"#)
    case "1"..."9" where !inClass:
      var number = String(scalar)
      while let next = peek(), isDigit(next) {
        number.unicodeScalars.append(next)
        at += 1
      }
      put(#"\g{\#(number)}"#)
    case "k" where !inClass:
      guard peek() == "<" else { throw PatternError(reason: #"\k takes <name>"#) }
      at += 1
      put(#"\k<"#)
      try groupName()
    case "c":
      guard let letter = peek(), letter.isASCII, letter.properties.isAlphabetic else {
        throw PatternError(reason: #"\c takes a letter"#)
      }
      at += 1
      put(Unicode.Scalar(UInt8(letter.value & 0x1F)))
    case "x":
      guard let value = hexadecimal(2), let decoded = Unicode.Scalar(value) else {
        throw PatternError(reason: #"\x takes two hexadecimal digits"#)
      }
      put(decoded)
    case "u": try unicodeEscape(inClass: inClass)
    case "p", "P": try property(scalar)
    case "-" where inClass: put(#"\-"#)
    default:
      // With `u`, only syntax characters may be escaped; other punctuation is common and harmless.
      guard scalar.isASCII, !isDigit(scalar), !scalar.properties.isAlphabetic else {
        throw PatternError(reason: #"\\#(scalar) is not an escape of ECMA-262"#)
      }
      put(scalar)
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

  private mutating func unicodeEscape(inClass: Bool) throws(PatternError) {
    let problem = PatternError(reason: #"\u takes four hexadecimal digits, or {digits}"#)
    if peek() == "{" {
      at += 1
      var digits = ""
      while let scalar = peek(), scalar != "}" {
        digits.unicodeScalars.append(scalar)
        at += 1
      }
      guard peek() == "}", let value = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw problem }
      at += 1
      put(scalar)
      return
    }
    guard let unit = hexadecimal(4) else { throw problem }
    if let scalar = Unicode.Scalar(unit) {
      put(scalar)
    } else if unit < 0xDC00, peek() == "\\", peek(1) == "u", case let mark = at {
      at += 2
      if let low = hexadecimal(4), low & 0xFC00 == 0xDC00,
        let scalar = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF))
      {
        put(scalar)
      } else {
        at = mark
        if !inClass { put("(?!)") }
      }
    } else if !inClass {
      put("(?!)")
    }
  }

  /// `\p{…}`: PCRE2 knows the short names of general categories only.
  private mutating func property(_ kind: Unicode.Scalar) throws(PatternError) {
    guard peek() == "{" else { throw PatternError(reason: #"\p takes {a property}"#) }
    at += 1
    var name = ""
    while let scalar = peek(), scalar != "}" {
      guard scalar.isASCII,
        scalar.properties.isAlphabetic || isDigit(scalar) || "_=".unicodeScalars.contains(scalar)
      else { throw PatternError(reason: "an unknown property") }
      name.unicodeScalars.append(scalar)
      at += 1
    }
    guard peek() == "}" else { throw PatternError(reason: #"\p lacks }"#) }
    at += 1
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
      name.removeFirst(prefix.count)
    }
    put("\\" + String(kind) + "{" + (GeneralCategory.shortNames[name] ?? name) + "}")
  }
}

/// The long names of general categories (Unicode, PropertyValueAliases.txt).
enum GeneralCategory {
  static let shortNames = [
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

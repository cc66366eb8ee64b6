/// Character classes (ECMA-262 §22.2.1, CharacterClass).
extension PatternTranslator {
  /// An element of a class: one code point, which may be half of a surrogate pair, or a set, in
  /// PCRE2 syntax.
  private enum Item {
    case code(UInt32)
    case set(String)
  }

  private static let never = "(?!)"
  private static let any = "(?s:.)"

  mutating func characterClass() throws(PatternError) {
    let start = at
    at += 1
    let isNegated = peek() == "^"
    if isNegated { at += 1 }
    var content = ""
    while let scalar = peek() {
      if scalar == "]" {
        at += 1
        // Also if there were only halves of surrogate pairs: no text contains one.
        put(
          content.isEmpty
            ? isNegated ? Self.any : Self.never : (isNegated ? "[^" : "[") + content + "]")
        return
      }
      let place = at
      let item = try classItem()
      guard case .code(let lower) = item, peek() == "-", let next = peek(1), next != "]" else {
        content += text(item)
        continue
      }
      at += 1
      switch try classItem() {
      case .code(let upper):
        guard lower <= upper else {
          throw PatternError(reason: "a range of a character class is out of order", place: place)
        }
        content += Self.range(lower, upper)
      case .set(let set): content += text(item) + #"\-"# + set
      }
    }
    throw PatternError(reason: "a character class lacks ]", place: start)
  }

  private func text(_ item: Item) -> String {
    switch item {
    case .code(let code): Self.range(code, code)
    case .set(let set): set
    }
  }

  /// Returns a range without the halves of surrogate pairs, which no text contains.
  private static func range(_ lower: UInt32, _ upper: UInt32) -> String {
    let lower = lower & 0xFFFF_F800 == 0xD800 ? 0xE000 : lower
    let upper = upper & 0xFFFF_F800 == 0xD800 ? 0xD7FF : upper
    guard lower <= upper else { return "" }
    let first = #"\x{\#(String(lower, radix: 16))}"#
    return lower == upper ? first : first + #"-\x{\#(String(upper, radix: 16))}"#
  }

  private mutating func classItem() throws(PatternError) -> Item {
    guard let scalar = peek() else { throw PatternError(reason: "a character class lacks ]") }
    at += 1
    guard scalar == "\\" else { return .code(scalar.value) }
    guard let escaped = peek() else { throw PatternError(reason: #"\ at the end"#) }
    at += 1
    switch escaped {
    case "d": return .set(#"\d"#)
    case "w": return .set(#"\w"#)
    case "s": return .set(PatternSets.space)
    // Written out, because PCRE2 misreads a negated class that has them beside `\p`.
    case "D": return .set(PatternSets.notDigit)
    case "W": return .set(PatternSets.notWord)
    case "S": return .set(PatternSets.notSpace)
    case "b": return .code(8)
    case "p", "P": return .set(try property(escaped))
    default: return .code(try characterEscape(escaped))
    }
  }
}

/// Sets of characters in PCRE2 syntax, for use inside a class.
enum PatternSets {
  static let space =
    #"\x09-\x0d\x20\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
  static let notSpace =
    #"\x00-\x08\x0e-\x1f\x21-\x9f\xa1-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"#
    + #"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#
  static let notDigit = #"\x00-\x2f\x3a-\x{10ffff}"#
  static let notWord = #"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x{10ffff}"#
}

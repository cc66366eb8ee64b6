import JSONText

/// Translates a regular expression of ECMA-262 (with the `u` flag) for PCRE2.
///
/// Syntax that both share with different meanings is rewritten: `.`, `\s`, `\v`, `\c`, `\u`, `[]`,
/// brackets inside a class, names of groups. Syntax that only PCRE2 knows (verbs, inline options,
/// `\A`, possessive and atomic groups, recursion) is refused, and so is what PCRE2 would get wrong.
struct PatternTranslator {
  var input: [Unicode.Scalar]
  var at = 0
  private(set) var output: [UInt8] = []
  private(set) var groups = PatternGroups()
  /// Maps positions of the output to positions of the input.
  private var marks: [(output: Int, input: Int)] = []

  struct Translation {
    let text: [UInt8]
    fileprivate let marks: [(output: Int, input: Int)]

    /// Returns the offset in the expression, in characters from 0, of a byte of the translation.
    func place(of offset: Int) -> Int { marks.last { $0.output <= offset }?.input ?? 0 }
  }

  static func translate(_ text: String) throws(PatternError) -> Translation {
    var translator = PatternTranslator(input: Array(text.unicodeScalars))
    do throws(PatternError) {
      try translator.run()
    } catch {
      var error = error
      if error.place == nil { error.place = max(0, translator.at - 1) }
      throw error
    }
    return Translation(text: translator.output, marks: translator.marks)
  }

  private init(input: [Unicode.Scalar]) { self.input = input }

  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    at + offset < input.count ? input[at + offset] : nil
  }

  mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }

  mutating func put(code: UInt32) { put(#"\x{\#(String(code, radix: 16))}"#) }

  private mutating func run() throws(PatternError) {
    groups.names = try names()
    while let scalar = peek() {
      marks.append((output.count, at))
      let closed = groups.closed
      groups.closed = nil
      switch scalar {
      case "\\":
        at += 1
        try escape()
      case "[": try characterClass()
      case "(": try group()
      case ".":
        at += 1
        put(#"[^\n\r\x{2028}\x{2029}]"#)
      case "*", "+", "?":
        at += 1
        put(String(scalar))
        try endQuantifier()
        groups.repeats(closed, isOptional: scalar != "+", isMany: scalar != "?")
      case "{": try braces(after: closed)
      case "}", "]":
        at += 1
        put("\\" + String(scalar))
      case "|":
        at += 1
        put("|")
        groups.alternate()
      case ")":
        at += 1
        put(")")
        groups.close()
      default:
        at += 1
        put(String(scalar))
      }
    }
    marks.append((output.count, max(0, at - 1)))
    try groups.checkReferences()
  }

  mutating func refer(to number: Int, place: Int) { groups.refer(to: number, place: place) }

  /// Reads a quantifier's `?`, which makes it lazy; PCRE2's possessive `+` is an error in ECMA-262.
  private mutating func endQuantifier() throws(PatternError) {
    if peek() == "?" {
      at += 1
      put("?")
    }
    if let next = peek(), next == "+" || next == "*" || next == "?" {
      throw PatternError(reason: "nothing to repeat before \(next)", place: at)
    }
  }

  /// Reads `{n}`, `{n,}` or `{n,m}`; any other brace is literal.
  private mutating func braces(after group: Int?) throws(PatternError) {
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
    var text = String.UnicodeScalarView()
    for index in at...end {
      put(String(input[index]))
      text.append(input[index])
    }
    at = end + 1
    let bounds = String(text).dropFirst().dropLast().split(
      separator: ",", omittingEmptySubsequences: false
    ).map { Int($0) }
    groups.repeats(
      group, isOptional: bounds.first == 0,
      isMany: !(bounds.last.map { $0 == 0 || $0 == 1 } ?? false))
    try endQuantifier()
  }

  // MARK: Groups

  private mutating func group() throws(PatternError) {
    let start = at
    at += 1
    if peek() == "*" { throw PatternError(reason: "nothing to repeat after (", place: at) }
    guard peek() == "?" else {
      put("(")
      groups.open(captures: true)
      return
    }
    for prefix in ["?:", "?=", "?!", "?<=", "?<!"] {
      let scalars = Array(prefix.unicodeScalars)
      if input[at...].starts(with: scalars) {
        at += scalars.count
        put("(" + prefix)
        groups.open(captures: false)
        return
      }
    }
    guard peek(1) == "<" else {
      let isFlags = peek(1).map { "imsxnJU-^".unicodeScalars.contains($0) } ?? false
      throw PatternError(
        reason: isFlags
          ? "inline flags such as (?i) are not part of ECMA-262" : "an unknown kind of group",
        place: start)
    }
    at += 2
    _ = try groupName()
    // The number is enough: names have been read already.
    put("(")
    groups.open(captures: true)
  }

  /// Reads a name including its `>`; it may contain `\u` escapes.
  mutating func groupName() throws(PatternError) -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek() {
      at += 1
      if scalar == ">" {
        guard !name.isEmpty else { throw PatternError(reason: "a group's name is empty") }
        return String(name)
      }
      var letter = scalar
      if scalar == "\\" {
        guard peek() == "u", case let start = at else {
          throw PatternError(reason: #"a group's name has no other escape than \u"#)
        }
        at += 1
        guard let decoded = Unicode.Scalar(try unicodeEscape()) else {
          throw PatternError(reason: "a group's name has letters, digits, $ and _", place: start)
        }
        letter = decoded
      }
      let fits =
        name.isEmpty
        ? letter.properties.isIDStart || "$_".unicodeScalars.contains(letter)
        : letter.properties.isIDContinue || "$_\u{200C}\u{200D}".unicodeScalars.contains(letter)
      guard fits else {
        throw PatternError(
          reason: name.isEmpty
            ? "a group's name begins with a letter, $ or _"
            : "a group's name has letters, digits, $ and _")
      }
      name.append(letter)
    }
    throw PatternError(reason: "a group's name lacks >")
  }

  /// Returns the numbers of named groups; read first, because a reference may precede its group.
  private mutating func names() throws(PatternError) -> [JSONName: Int] {
    var names: [JSONName: Int] = [:]
    var number = 0
    var inClass = false
    defer { at = 0 }
    while let scalar = peek() {
      at += 1
      switch scalar {
      case "\\": at += 1
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass:
        guard peek() == "?" else {
          number += 1
          continue
        }
        guard peek(1) == "<", let next = peek(2), next != "=", next != "!" else { continue }
        at += 2
        number += 1
        let start = at
        let name = try groupName()
        guard names.updateValue(number, forKey: JSONName(name)) == nil else {
          throw PatternError(reason: "two groups have the name \(name)", place: start)
        }
      default: break
      }
    }
    return names
  }
}

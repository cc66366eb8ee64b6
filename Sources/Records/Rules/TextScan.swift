import JSONText

/// Finds deceptive characters, e-mail addresses and secrets in a record's text.
enum TextScan {
  enum Suspect: Equatable {
    /// A code point that controls a terminal or reorders text, such as `U+202E`.
    case control(String)
    case emailAddress(String)
    case secret
  }

  static func suspects(in text: String) -> [Suspect] {
    var text = text
    let traits = text.withUTF8(Traits.init)
    var found: [Suspect] = []
    for scalar in deceptive(in: text) {
      let name = "U+" + HexDigits.padded(scalar.value, to: 4)
      if !found.contains(.control(name)) { found.append(.control(name)) }
    }
    if traits.hasAt, let address = emailAddress(in: text) { found.append(.emailAddress(address)) }
    if traits.longestWord >= 16 || traits.hasFrame, holdsSecret(text) { found.append(.secret) }
    return found
  }

  /// Whether a text is what docket prints where something is to be filled in, and nothing else.
  static func isPlaceholder(_ text: String) -> Bool { text.utf8.elementsEqual(placeholder) }

  /// U+2026 in UTF-8.
  private static let placeholder: [UInt8] = [0xE2, 0x80, 0xA6]

  private static func deceptive(in text: String) -> [Unicode.Scalar] {
    var text = text
    return text.withUTF8 { bytes in
      var found: [Unicode.Scalar] = []
      var at = 0
      while let next = DeceptiveCharacters.next(in: bytes, from: at) {
        found.append(next.scalar)
        at = next.at + next.length
      }
      return found
    }
  }

  /// What one pass over the bytes finds, to skip the more expensive checks.
  private struct Traits {
    var hasAt = false
    /// In bytes, so never less than in characters.
    var longestWord = 0
    /// Whether there are five dashes, as PEM frames a key (RFC 7468); text may be a list of lines,
    /// so the line may come alone.
    var hasFrame = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      var word = 0
      var dashes = 0
      for byte in bytes {
        if byte == 0x20 || byte == 0x0A || byte == 0x09 {
          longestWord = max(longestWord, word)
          word = 0
          dashes = 0
          continue
        }
        word += 1
        dashes = byte == 0x2D ? dashes + 1 : 0
        if dashes == 5 { hasFrame = true }
        if byte == 0x40 { hasAt = true }
      }
      longestWord = max(longestWord, word)
    }
  }

  /// Returns the first word that looks like an e-mail address, `local@domain.tld`.
  static func emailAddress(in text: String) -> String? {
    for word in text.split(whereSeparator: { $0.isWhitespace || "<>()[]\",;:".contains($0) }) {
      let parts = word.split(separator: "@", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !word.contains("/") else { continue }
      let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
      if domain.count >= 2, domain.allSatisfy({ !$0.isEmpty }), let last = domain.last,
        last.count >= 2, last.allSatisfy(\.isLetter),
        domain.joined().allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
      {
        return String(word)
      }
    }
    return nil
  }

  /// Prefixes of tokens by issuer, with the least length of what follows.
  private static let issued: [(prefix: String, rest: Int)] = [
    ("ghp_", 30), ("gho_", 30), ("ghs_", 30), ("github_pat_", 30), ("glpat-", 18), ("AKIA", 16),
    ("xoxb-", 20), ("xoxp-", 20), ("sk_live_", 16), ("sk-", 32), ("npm_", 30), ("AIza", 30),
    ("eyJhbGciOi", 30),
  ]

  static func holdsSecret(_ text: String) -> Bool {
    if text.utf8.contains(0x2D), text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") {
      return true
    }
    return text.utf8.split(whereSeparator: isSeparator).contains { word in
      issued.contains { token in
        guard word.starts(with: token.prefix.utf8) else { return false }
        let rest = word.dropFirst(token.prefix.utf8.count)
        return rest.count >= token.rest && rest.contains(where: isDigit)
          && rest.allSatisfy(isOfToken)
      }
    }
  }

  /// Whether a whole JSON text certainly has no suspects and no placeholder, in keys or in strings.
  ///
  /// Conservative: returns `false` for any `@` and most escapes, which `suspects(in:)` then
  /// decides.
  static func isClean(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    classes.withUnsafeBufferPointer {
      InnocenceScan(text: text, classes: $0, leastToken: leastToken).run()
    }
  }

  /// The pass of `isClean` over a text, eight bytes at once where none can be suspect.
  private struct InnocenceScan {
    let text: UnsafeBufferPointer<UInt8>
    let classes: UnsafeBufferPointer<UInt8>
    let leastToken: Int

    func run() -> Bool {
      var at = 0
      while true {
        // A word that ends in calm bytes began at most seven bytes before them, so it is too short
        // for a token.
        let first = at
        while at + 8 <= text.count, isCalm(at) { at += 8 }
        guard at < text.count else { return true }
        // The word may have begun earlier.
        var start = at
        while start > first, classes[Int(text[start - 1])] == plain { start -= 1 }
        guard let next = closer(at, from: start) else { return false }
        at = next
      }
    }

    /// Whether a whole string is "…", which begins here.
    private func isPlaceholder(at start: Int) -> Bool {
      let end = start + placeholder.count
      return start > 0 && end < text.count && text[start - 1] == 0x22 && text[end] == 0x22
        && text[start..<end].elementsEqual(placeholder)
    }

    /// Whether the eight bytes from `at` have nothing suspect and include the end of a word.
    private func isCalm(_ at: Int) -> Bool {
      guard let base = text.baseAddress else { return false }
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
      let ones: UInt64 = 0x0101_0101_0101_0101
      let tops: UInt64 = 0x8080_8080_8080_8080
      func holds(_ byte: UInt64) -> UInt64 {
        let zeroed = word ^ (ones &* byte)
        return (zeroed &- ones) & ~zeroed
      }
      let blanks = (word &- ones &* 0x21) & ~word
      let suspects = word | holds(0x7F) | holds(0x40) | holds(0x5C) | holds(0x2D)
      return suspects & tops == 0 && (blanks | holds(0x22)) & tops != 0
    }

    /// Checks each byte from `at`, in a word that began at `start`, up to the end of a word after
    /// at least eight bytes. Returns the offset to go on from, or `nil` if something is suspect.
    private func closer(_ at: Int, from start: Int) -> Int? {
      let least = at + 8
      var at = at
      var word = at - start
      var dashes = 0
      while at < text.count {
        let end = at
        at += 1
        switch classes[Int(text[end])] {
        case plain:
          word += 1
          dashes = 0
          continue
        case dash:
          word += 1
          dashes += 1
          if dashes == 5 { return nil }
          continue
        case escape:
          // Escaped quotes, line feeds and tabs are separators.
          guard at < text.count, [0x22, 0x6E, 0x74].contains(text[at]) else { return nil }
          at += 1
        case lead:
          if DeceptiveCharacters.isDeceptive(at: end, in: text) || isPlaceholder(at: end) {
            return nil
          }
        case suspect: return nil
        default: break
        }
        if word >= leastToken, beginsAsIssued(text[(end - word)..<end]) { return nil }
        word = 0
        dashes = 0
        if at >= least { return at }
      }
      return at
    }
  }

  private static let plain: UInt8 = 0
  private static let separator: UInt8 = 1
  private static let dash: UInt8 = 2
  private static let escape: UInt8 = 3
  private static let lead: UInt8 = 4
  private static let suspect: UInt8 = 5

  /// The class of each byte of a JSON text for `isClean`.
  private static let classes: [UInt8] = (0...255).map { (byte: UInt8) in
    switch byte {
    case 0x2D: dash
    case 0x5C: escape
    case 0x40: suspect
    case let byte where byte >= 0x7F && DeceptiveCharacters.mayBegin(with: byte): lead
    default: isSeparator(byte) ? separator : plain
    }
  }

  private static let leastToken = issued.map { $0.prefix.utf8.count + $0.rest }.min() ?? 0

  private static func beginsAsIssued(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    issued.contains { word.starts(with: $0.prefix.utf8) }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte >= 0x7F || "\"'`=,;()<>".utf8.contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isOfToken(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF) || "_-./+".utf8.contains(byte)
  }
}

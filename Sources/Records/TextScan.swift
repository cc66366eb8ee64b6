/// Looks through a record's text for what shouldn't be there.
enum TextScan {
  enum Suspect: Equatable {
    /// A code point that steers a terminal or reorders text, as `U+202E`.
    case control(String)
    case emailAddress(String)
    case secret
  }

  static func suspects(in text: String) -> [Suspect] {
    var found: [Suspect] = []
    var hasAt = false
    var longestWord = 0
    var word = 0
    // As PEM frames a key (RFC 7468): the line may stand alone, in a list of lines.
    var dashes = 0
    var hasFrame = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x20: word = 0
      case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        if !found.contains(.control(name)) { found.append(.control(name)) }
        word = 0
      case 0x2D:
        dashes += 1
        if dashes == 5 { hasFrame = true }
        word += 1
        longestWord = max(longestWord, word)
        continue
      case 0x40:
        hasAt = true
        word += 1
      default: word += 1
      }
      dashes = 0
      longestWord = max(longestWord, word)
    }
    if hasAt, let address = emailAddress(in: text) { found.append(.emailAddress(address)) }
    if longestWord >= 16 || hasFrame, holdsSecret(text) { found.append(.secret) }
    return found
  }

  /// The first thing that reads as an address: `local@domain.tld`.
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

  /// Prefixes that issuers give to their tokens, with the least length of what follows.
  private static let issued: [(prefix: String, rest: Int)] = [
    ("ghp_", 30), ("gho_", 30), ("ghs_", 30), ("github_pat_", 30), ("glpat-", 18), ("AKIA", 16),
    ("xoxb-", 20), ("xoxp-", 20), ("sk_live_", 16), ("sk-", 32), ("npm_", 30), ("AIza", 30),
    ("eyJhbGciOi", 30),
  ]

  static func holdsSecret(_ text: String) -> Bool {
    if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") { return true }
    for word in text.split(whereSeparator: { $0.isWhitespace || "\"'`=,;()<>".contains($0) }) {
      for token in issued where word.hasPrefix(token.prefix) {
        let rest = word.dropFirst(token.prefix.count)
        if rest.count >= token.rest, rest.contains(where: \.isNumber),
          rest.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-./+".contains($0)) })
        {
          return true
        }
      }
    }
    return false
  }
}

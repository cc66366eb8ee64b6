/// An address or issue number in running text without Markdown.
struct BareReference: Sendable, Equatable {
  var link: LinkDraft
  var range: Range<String.Index>

  /// Returns `https://…`, `#12` and `owner/name#12`, in order; an issue number has no address.
  static func find(in text: String) -> [BareReference] {
    var found: [BareReference] = []
    for word in words(of: text) {
      let core = strip(word)
      guard !core.isEmpty else { continue }
      if let scheme = ["https://", "http://"].first(where: { core.contains($0) }) {
        var start = core.startIndex
        while !core[start...].hasPrefix(scheme) { start = core.index(after: start) }
        let url = String(core[start...])
        if url.count > scheme.count {
          found.append(
            BareReference(link: LinkDraft(label: url, url: url), range: start..<core.endIndex))
        }
      } else if isIssue(core) {
        found.append(
          BareReference(
            link: LinkDraft(label: String(core), url: ""), range: core.startIndex..<core.endIndex))
      }
    }
    return found
  }

  /// Whether `label` names an issue: `#12`, `!12`, `name#12`, `owner/name#12`.
  static func isIssue(_ label: some StringProtocol) -> Bool {
    guard let mark = label.lastIndex(where: { $0 == "#" || $0 == "!" }) else { return false }
    let digits = label[label.index(after: mark)...]
    guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy(\.isASCIIDigit) else {
      return false
    }
    let owner = label[..<mark]
    return !owner.hasSuffix(".")
      && owner.split(separator: "/", omittingEmptySubsequences: false).count <= 2
      && owner.allSatisfy { $0.isASCIIWord || "-./".contains($0) }
  }

  private static func words(of text: String) -> [Substring] {
    text.split { $0.isWhitespace || "<>\"“”".contains($0) }
  }

  private static func strip(_ word: Substring) -> Substring {
    var core = word
    while let first = core.first, "([*_`,;:".contains(first) { core = core.dropFirst() }
    while let last = core.last,
      ".,;:!?*_`'’".contains(last) || (last == ")" && !core.balanced)
        || last == "]"
    {
      core = core.dropLast()
    }
    return core
  }
}

extension Substring {
  fileprivate var balanced: Bool {
    count(where: { $0 == "(" }) >= count(where: { $0 == ")" })
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }
  var isASCIIWord: Bool { isASCII && (isLetter || isNumber || self == "_") }
}

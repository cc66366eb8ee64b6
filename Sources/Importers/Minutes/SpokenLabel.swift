/// The label of a line marked as a decision or an action.
struct SpokenLabel: Sendable, Equatable {
  enum Kind: Sendable, Equatable { case decision, action }

  var kind: Kind
  /// The text after the label, without Markdown marks; empty if it is on the next lines.
  var text: String
  /// The person named in `Action for Ana:`.
  var addressee: String?
  var isDone = false
  /// Whether it is docket's own `**Decision:**` or `**Action:**`, which is not repeated in the
  /// notes.
  var isOwnForm = false

  /// Parses a source line: `* Decision: …`, `AI: …`, `- [x] …`, `Action item for Ana: …`.
  ///
  /// - Returns: nil for anything else, including talk about decisions
  ///   (`decision from last week was …`).
  static func find(in line: String) -> SpokenLabel? {
    var content = MarkdownLine.content(of: line)
    let box = box(in: content)
    if let box { content = box.rest }
    for (mark, kind) in [("**Decision:**", Kind.decision), ("**Action:**", .action)] {
      guard content.hasPrefix(mark), kind == .action || box == nil else { continue }
      let text = InlineText(String(content.dropFirst(mark.count))).plain
      if !text.isEmpty {
        return SpokenLabel(
          kind: kind, text: text, isDone: box?.isDone ?? false, isOwnForm: true)
      }
    }
    let plain = InlineText(content).plain
    if var label = labelled(plain) {
      label.isDone = box?.isDone ?? false
      if box == nil || label.kind == .action { return label }
    }
    guard let box, !plain.isEmpty else { return nil }
    return SpokenLabel(kind: .action, text: plain, isDone: box.isDone)
  }

  /// Whether `text` only says that there is none: `None`, `n/a`, `-`.
  static func isNone(_ text: String) -> Bool {
    let bare = text.lowercased().filter { $0.isLetter || $0 == "/" || $0 == " " }.trimmed
    return [
      "", "none", "n/a", "na", "nothing", "no actions", "no action", "no action items",
      "none so far", "no decisions", "no decision", "tbd",
    ].contains(bare)
  }

  /// Whether a source line is an item with a check box.
  static func hasBox(_ line: String) -> Bool {
    MarkdownLine.bulletEnd(of: line.trimmed[...]) != nil
      && box(in: MarkdownLine.content(of: line)) != nil
  }

  private static func box(in content: String) -> (isDone: Bool, rest: String)? {
    for mark in ["[ ]", "[x]", "[X]"] where content.hasPrefix(mark) {
      let rest = content.dropFirst(mark.count)
      guard rest.first?.isWhitespace ?? false else { return nil }
      return (mark != "[ ]", rest.trimmed)
    }
    return nil
  }

  private static func labelled(_ plain: String) -> SpokenLabel? {
    let labels: [(word: String, kind: Kind)] = [
      ("action items", .action), ("action item", .action), ("action points", .action),
      ("action point", .action), ("actions", .action), ("action", .action), ("todo", .action),
      ("to do", .action), ("ai", .action), ("ais", .action),
      ("decisions", .decision), ("decision", .decision), ("decided", .decision),
      ("resolutions", .decision), ("resolution", .decision), ("resolved", .decision),
      ("agreed", .decision),
    ]
    let start = plain.lowercased()
    guard let label = labels.first(where: { begins(start, with: $0.word) }) else { return nil }
    let said = plain.prefix(label.word.count)
    // "ai" and "Ai" may be a word or a name.
    if label.word.hasPrefix("ai"), said.first?.isUppercase != true || said.dropFirst().first != "I"
    {
      return nil
    }
    let rest = plain.dropFirst(label.word.count)
    if rest.isBlank {
      return SpokenLabel(kind: label.kind, text: "")
    }
    if label.word == "resolved", said == "RESOLVED", rest.first == " " || rest.first == "," {
      return SpokenLabel(kind: .decision, text: rest.dropFirst().trimmed)
    }
    guard let colon = separator(in: rest) else { return nil }
    let between = rest[..<colon.lowerBound].trimmed
    let text = rest[colon.upperBound...].trimmed
    if between.isEmpty {
      return SpokenLabel(kind: label.kind, text: text)
    }
    let words = between.split(separator: " ")
    guard label.kind == .action, (2...5).contains(words.count),
      ["to", "for", "on"].contains(words[0].lowercased())
    else { return nil }
    return SpokenLabel(
      kind: .action, text: text, addressee: words.dropFirst().joined(separator: " "))
  }

  private static func begins(_ text: String, with word: String) -> Bool {
    guard text.hasPrefix(word) else { return false }
    return text.dropFirst(word.count).first.map { !$0.isLetter && !$0.isNumber } ?? true
  }

  /// Returns the range of a colon, or of a dash between spaces at the start.
  private static func separator(in rest: Substring) -> Range<String.Index>? {
    for dash in [" - ", " – ", " — "] where rest.hasPrefix(dash) {
      return rest.startIndex..<rest.index(rest.startIndex, offsetBy: dash.count)
    }
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    return colon..<rest.index(after: colon)
  }
}

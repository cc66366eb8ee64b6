/// Finds decisions, actions and references in verbatim notes by their labels.
struct SpokenNotes {
  let title: String
  /// The notes with their line numbers in the source.
  let lines: [(line: Int, text: String)]
  let isLiteral: (Int) -> Bool
  let roster: AttendeeRoster

  private(set) var decisions: [String] = []
  private(set) var actions: [ActionDraft] = []
  private(set) var references: [LinkDraft] = []

  init(
    title: String, lines: [(line: Int, text: String)], isLiteral: @escaping (Int) -> Bool,
    roster: AttendeeRoster
  ) {
    self.title = title
    self.lines = lines
    self.isLiteral = isLiteral
    self.roster = roster
  }

  mutating func read() {
    if let whole = SpokenLabel.find(in: title + ":"), whole.text.isEmpty {
      _ = listed(whole, from: 0, under: nil)
      return
    }
    var index = 0
    while index < lines.count {
      let (line, text) = lines[index]
      index += 1
      guard !isLiteral(line), !text.isBlank else { continue }
      if isReferences(text) {
        index = readReferences(from: index - 1)
      } else if let label = SpokenLabel.find(in: text) {
        if !label.text.isEmpty {
          add(label, wrapped(label.text, from: &index, under: text), line: line)
        } else if standsAlone(text) {
          index = listed(label, from: index, under: text)
        }
      }
    }
  }

  /// Whether a label without text counts: it ends in a colon, is a heading or has its own line.
  private func standsAlone(_ text: String) -> Bool {
    let content = MarkdownLine.content(of: text)
    return content.hasSuffix(":") || content.hasSuffix(":**") || text.trimmed.hasPrefix("#")
      || MarkdownLine.bulletEnd(of: text.trimmed[...]) == nil
  }

  /// Returns a sentence including its continuation lines, which are indented more than its bullet.
  private func wrapped(_ start: String, from index: inout Int, under text: String) -> String {
    var words = start
    guard MarkdownLine.bulletEnd(of: text.trimmed[...]) != nil else { return words }
    while index < lines.count {
      let next = lines[index].text
      guard !next.isBlank, next.indentation.count > text.indentation.count,
        MarkdownLine.bulletEnd(of: next.trimmed[...]) == nil
      else { break }
      words += " " + InlineText(next.trimmed).plain
      index += 1
    }
    return words
  }

  /// Reads the lines under a label, up to a blank line after them, a heading or a smaller
  /// indentation.
  private mutating func listed(_ label: SpokenLabel, from start: Int, under text: String?) -> Int {
    var index = start
    while index < lines.count, lines[index].text.isBlank { index += 1 }
    guard index < lines.count else { return index }
    // After a blank line only a list belongs to the label.
    let isList = MarkdownLine.bulletEnd(of: lines[index].text.trimmed[...]) != nil
    if text != nil, index > start, !isList { return start }
    let indentation = lines[index].text.indentation.count
    if let text, MarkdownLine.bulletEnd(of: text.trimmed[...]) != nil,
      indentation <= text.indentation.count
    {
      return start
    }
    while index < lines.count {
      let (line, next) = lines[index]
      if next.isBlank {
        let follows = lines[(index + 1)...].first { !$0.text.isBlank }?.text
        guard isList, let follows, MarkdownLine.bulletEnd(of: follows.trimmed[...]) != nil,
          text == nil || follows.indentation.count == indentation
        else { break }
      } else if next.trimmed.hasPrefix("#") || next.indentation.count < indentation
        || (isList && next.indentation.count == indentation
          && MarkdownLine.bulletEnd(of: next.trimmed[...]) == nil)
      {
        break
      } else if next.indentation.count == indentation {
        index += 1
        if let inner = SpokenLabel.find(in: next), !inner.text.isEmpty {
          add(inner, wrapped(inner.text, from: &index, under: next), line: line)
        } else {
          let words = InlineText(MarkdownLine.content(of: next)).plain
          add(label, wrapped(words, from: &index, under: next), line: line)
        }
        continue
      }
      index += 1
    }
    return max(index, start)
  }

  private mutating func add(_ label: SpokenLabel, _ text: String, line: Int) {
    guard !SpokenLabel.isNone(text) else { return }
    switch label.kind {
    case .decision:
      decisions.append(text)
    case .action:
      actions.append(
        ActionText.parse(
          text, addressee: label.addressee, done: label.isDone, agenda: title, line: line,
          roster: roster))
    }
  }

  // MARK: References

  private func isReferences(_ text: String) -> Bool {
    let content = MarkdownLine.content(of: text).lowercased()
    return ["refs:", "ref:", "references:", "**refs**:", "**references**:"]
      .contains(where: content.hasPrefix)
  }

  private mutating func readReferences(from start: Int) -> Int {
    let indentation = lines[start].text.indentation.count
    var index = start
    repeat {
      references += InlineText(MarkdownLine.content(of: lines[index].text)).links
      index += 1
    } while index < lines.count && !lines[index].text.isBlank
      && lines[index].text.indentation.count > indentation
    return index
  }
}

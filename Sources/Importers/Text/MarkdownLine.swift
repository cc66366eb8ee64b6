/// Converts plain text to Markdown that displays as that text, and back.
enum MarkdownLine {
  /// Escapes characters that Markdown would treat as marks inside a line.
  static func escape(_ text: String) -> String {
    var escaped = ""
    var previous: Character = " "
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let isMark: Bool
      switch character {
      case "\\", "`", "*", "[", "]", "<": isMark = true
      case "_":
        isMark = !(previous.isLetter || previous.isNumber) || !(next.isLetter || next.isNumber)
      case "&": isMark = next == "#" || next.isLetter
      case "#": isMark = index == 0 || index == characters.count - 1
      default: isMark = false
      }
      if isMark { escaped.append("\\") }
      escaped.append(character)
      previous = character
    }
    return escaped
  }

  /// Returns `[label](url)`, or `<url>` if the address is its own label.
  static func link(_ link: LinkDraft) -> String {
    if link.url.isEmpty { return escape(link.label) }
    let isPlain = link.url.allSatisfy {
      $0.isASCII && !$0.isWhitespace && !"<>()\\&*_`[]".contains($0)
    }
    if link.label == link.url, link.url.contains("://"),
      link.url.allSatisfy({ $0.isASCII && !$0.isWhitespace && !"<>&".contains($0) })
    {
      return "<\(link.url)>"
    }
    let destination = isPlain ? link.url : "<\(escapeDestination(link.url))>"
    let label = escape(link.label)
    return "[\(label.hasPrefix("\\#") ? String(label.dropFirst()) : label)](\(destination))"
  }

  private static func escapeDestination(_ url: String) -> String {
    url.reduce(into: "") { text, character in
      if "\\<>&*_`[]".contains(character) { text.append("\\") }
      text.append(character)
    }
  }

  /// Returns the content of a line, without list bullet and box, block quote marks or heading
  /// marks.
  static func content(of line: some StringProtocol) -> String {
    var rest = line.trimmed[...]
    while rest.first == ">" { rest = rest.dropFirst().trimmed[...] }
    if let bullet = bulletEnd(of: rest) { rest = rest[bullet...].trimmed[...] }
    let marks = rest.prefix { $0 == "#" }
    if (1...6).contains(marks.count), rest.dropFirst(marks.count).first?.isWhitespace ?? true {
      rest = rest.dropFirst(marks.count).trimmed[...]
      let closing = rest.reversed().prefix { $0 == "#" }.count
      if closing > 0, rest.dropLast(closing).last?.isWhitespace ?? true {
        rest = rest.dropLast(closing).trimmed[...]
      }
    }
    return String(rest)
  }

  /// Returns the start of the text after a list bullet (`-`, `*`, `+`, `1.`, `2)`); nil if there is
  /// none.
  static func bulletEnd(of line: Substring) -> String.Index? {
    guard let first = line.first else { return nil }
    var end = line.index(after: line.startIndex)
    if first.isASCIIDigit {
      while end < line.endIndex, line[end].isASCIIDigit { end = line.index(after: end) }
      guard line.distance(from: line.startIndex, to: end) <= 9, end < line.endIndex,
        ".)".contains(line[end])
      else { return nil }
      end = line.index(after: end)
    } else if !"-*+•".contains(first) {
      return nil
    }
    guard end == line.endIndex || line[end].isWhitespace else { return nil }
    return end
  }
}

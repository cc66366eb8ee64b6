import JSONText

/// Writes GitHub-flavoured Markdown in which foreign text has no markup.
enum MarkdownText {
  /// Escapes foreign text for a paragraph, a heading, a list item or a table's cell.
  ///
  /// Nothing in it can become emphasis, code, HTML, a link, an image, a table's border or the start
  /// of a block. A backslash before punctuation is enough for that (CommonMark §2.4), except where
  /// GitHub processes the rendered text: it links `@name`, `#123`, `GH-123`, the ids of commits and
  /// what looks like a mail address, but not inside code, so these are written as code.
  static func escaped(_ text: String) -> String {
    let scalars = Array(DeceptiveCharacters.shown(in: text).unicodeScalars)
    var escaped = ""
    var place = 0
    while place < scalars.count {
      let signs = scalars[place...].prefix { $0 == "@" || $0 == "#" }
      if !signs.isEmpty {
        // One code span for all of them: two in a row would give a double backtick.
        escaped += code(String(String.UnicodeScalarView(signs)))
        place += signs.count
        continue
      }
      if let word = reference(at: place, in: scalars) {
        escaped += code(word)
        place += word.unicodeScalars.count
        continue
      }
      let scalar = scalars[place]
      if needsBackslash(scalar, at: place, in: scalars) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
      place += 1
    }
    return escaped
  }

  /// Returns the word at `place` if forges link it, or a part of it: `GH-123`, or a commit's id of 7 to
  /// 40 digits (docs.github.com, "Autolinked references and URLs").
  private static func reference(at place: Int, in scalars: [Unicode.Scalar]) -> String? {
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      "a"..."z" ~= scalar || "A"..."Z" ~= scalar || "0"..."9" ~= scalar
    }
    guard isWord(scalars[place]), place == 0 || !isWord(scalars[place - 1]) else { return nil }
    let word = scalars[place...].prefix(while: isWord)
    if 7...40 ~= word.count, word.allSatisfy({ $0.properties.isASCIIHexDigit }) {
      return String(String.UnicodeScalarView(word))
    }
    // A record's id whose digits could be a commit's stays in one piece: who searches for it finds it.
    if 2...5 ~= word.count, word.allSatisfy({ "A"..."Z" ~= $0 }), word.endIndex < scalars.endIndex,
      scalars[word.endIndex] == "-"
    {
      let digits = scalars[(word.endIndex + 1)...].prefix(while: isWord)
      if digits.count == 10, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) {
        return String(String.UnicodeScalarView(scalars[place..<digits.endIndex]))
      }
    }
    guard word.count == 2, word.map(\.properties.uppercaseMapping) == ["G", "H"],
      word.endIndex < scalars.endIndex, scalars[word.endIndex] == "-"
    else { return nil }
    let digits = scalars[(word.endIndex + 1)...].prefix { "0"..."9" ~= $0 }
    return digits.isEmpty
      ? nil : String(String.UnicodeScalarView(scalars[place..<digits.endIndex]))
  }

  private static func needsBackslash(
    _ scalar: Unicode.Scalar, at place: Int, in scalars: [Unicode.Scalar]
  ) -> Bool {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "!", "$", "{", "}", "^": true
    // Bare addresses: http://… and www.…
    case ":": place + 1 < scalars.count && scalars[place + 1] == "/"
    case ".", ")":
      place > 0 && scalars[place - 1].properties.lowercaseMapping == "w"
        || isNumber(scalars[..<place])
    // Starts of blocks: lists, underlined headings, rules.
    case "-", "+", "=": place == 0
    default: false
    }
  }

  /// Returns text as a code span, or as plain text if something in it could end the span.
  static func code(_ text: String) -> String {
    let isHarmless = text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || " -_./:~^=@#".unicodeScalars.contains($0)
    }
    return isHarmless && !text.isEmpty ? "`\(text)`" : escaped(text)
  }

  /// Returns a table; the cells are finished Markdown.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private static func isNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    !scalars.isEmpty && scalars.allSatisfy { ("0"..."9").contains($0) }
  }
}

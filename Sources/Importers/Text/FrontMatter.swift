/// A block of `key: value` lines between two `---` lines at the start of a file.
struct FrontMatter: Sendable {
  var fields: [HeaderField]
  var lineCount: Int

  /// - Returns: nil if the lines do not start with such a block.
  init?(_ lines: [String]) {
    guard lines.first?.trimmed == "---",
      let end = lines.dropFirst().prefix(100).firstIndex(where: {
        ["---", "..."].contains($0.trimmed)
      })
    else { return nil }
    fields = []
    for index in 1..<end {
      let line = lines[index]
      guard let colon = line.firstIndex(of: ":"), !(line.first?.isWhitespace ?? true) else {
        if line.isBlank { continue }
        // Lists and nested values are kept as lines that were not understood.
        fields.append(HeaderField(line: index + 1, name: "", value: ""))
        continue
      }
      var value = line[line.index(after: colon)...].trimmed
      // YAML's indicators (YAML 1.2 §5.3) begin what is no plain text: a list, a block, an anchor. Read as
      // text it would be something else, so it is kept as a line that was not understood.
      if let first = value.utf8.first, "[]{}|>&*!%@`".utf8.contains(first) {
        fields.append(HeaderField(line: index + 1, name: "", value: ""))
        continue
      }
      for quote in ["\"", "'"] where value.count > 1 && value.hasPrefix(quote) {
        if value.hasSuffix(quote) { value = String(value.dropFirst().dropLast()) }
      }
      fields.append(
        HeaderField(line: index + 1, name: line[..<colon].trimmed.lowercased(), value: value))
    }
    lineCount = end + 1
  }
}

/// A `Name: value` line at the head of a meeting.
struct HeaderField: Sendable, Equatable {
  var line: Int
  /// Lower case.
  var name: String
  /// Markdown source.
  var value: String

  init(line: Int, name: String, value: String) {
    self.line = line
    self.name = name
    self.value = value
  }

  /// Parses `Date: …`, `- **Date:** …`, `* **Date**: …`; nil for other lines.
  init?(_ source: String, line: Int) {
    let content = MarkdownLine.content(of: source)
    guard let colon = content.firstIndex(of: ":") else { return nil }
    let marks: Set<Character> = ["*", "_"]
    let name = content[..<colon].filter { !marks.contains($0) }.trimmed
    guard !name.isEmpty, name.count <= 40, !name.contains("["), !name.contains("/") else {
      return nil
    }
    var value = content[content.index(after: colon)...]
    if content.first.map(marks.contains) == true {
      // The bold name's closing marks may come after the colon.
      while let first = value.first, marks.contains(first) { value = value.dropFirst() }
    }
    self.init(line: line, name: name.lowercased(), value: value.trimmed)
  }
}

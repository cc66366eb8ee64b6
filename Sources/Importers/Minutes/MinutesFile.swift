import Records

/// Splits a file into meetings and dates them.
struct MinutesFile {
  private let source: String
  private let text: SourceText
  /// The lines, with headings of one form.
  private let lines: [String]
  private let blocks: [MarkdownBlock]
  private let people: [AttendeeDraft]
  private let frontMatter: FrontMatter?

  /// - Parameter people: who is known besides the meeting's own attendance list.
  init(_ text: SourceText, source: String, people: [AttendeeDraft]) {
    self.text = text
    self.people = people
    self.source = source
    frontMatter = FrontMatter(text.lines)
    var lines = text.lines
    if let frontMatter {
      for index in 0..<frontMatter.lineCount { lines[index] = "" }
    }
    let normalized = lines.reduce(into: "") { $0 += $1 + "\n" }
    var blocks = MarkdownBlock.parse(normalized, lineCount: lines.count)
    self.lines = Self.takeUnderlines(from: text.lines, &blocks)
    self.blocks = blocks
  }

  /// Returns the lines with underlined headings (setext, CommonMark §4.3) written as those with number
  /// signs, in one line each: the rest of the reader knows one form.
  private static func takeUnderlines(from lines: [String], _ blocks: inout [MarkdownBlock])
    -> [String]
  {
    var lines = lines
    for index in blocks.indices {
      let block = blocks[index]
      guard case .heading(let level) = block.kind, block.lines.count > 1 else { continue }
      // The parser may count the blank line behind the underline too.
      let words = block.lines.map { lines[$0 - 1].trimmed }.filter { !$0.isEmpty }
      let text = words.dropLast().joined(separator: " ")
      for line in block.lines { lines[line - 1] = "" }
      let first = block.lines.lowerBound
      lines[first - 1] = String(repeating: "#", count: level) + " " + text
      blocks[index].lines = first...first
    }
    return lines
  }

  func read() -> MinutesImport {
    var result = MinutesImport()
    guard text.encoding != .brokenUTF16 else {
      result.problems.append(
        ImportProblem(.empty, message: "begins like UTF-16 and isn't; save it as UTF-8"))
      return result
    }
    guard text.lines.contains(where: { !$0.isBlank }) else {
      result.problems.append(ImportProblem(.empty, message: "no text"))
      return result
    }
    if text.encoding == .windows1252 {
      result.problems.append(
        ImportProblem(.notUTF8, message: "not UTF-8; read as Windows-1252: check the names"))
    }
    let starts = meetingStarts()
    guard starts.count > 1 else {
      readMeeting(
        1...text.lines.count, heading: starts.first, isOnly: true, body: nil, into: &result)
      return result
    }
    let intro = leadingBody(before: starts[0].line)
    for (index, heading) in starts.enumerated() {
      let last = index + 1 < starts.count ? starts[index + 1].line - 1 : text.lines.count
      readMeeting(
        heading.line...last, heading: heading, isOnly: false, body: intro?.text, into: &result)
    }
    for line in 1..<starts[0].line where line != intro?.line {
      keep(line, in: &result)
    }
    result.unparsed.sort { $0.line < $1.line }
    return result
  }

  private func readMeeting(
    _ lines: ClosedRange<Int>, heading: MeetingHeading?, isOnly: Bool, body: String?,
    into result: inout MinutesImport
  ) {
    var parser = MeetingParser(
      lines: self.lines, range: lines,
      blocks: Array(
        blocks[firstBlock(from: lines.lowerBound)..<firstBlock(from: lines.upperBound + 1)]),
      heading: heading, fields: isOnly ? frontMatter?.fields ?? [] : [], people: people)
    parser.draft.body = body ?? ""
    parser.read()
    var dating = MeetingDate(parser: parser, source: isOnly ? source : nil)
    dating.decide()
    result.problems += dating.problems
    guard let day = dating.day else {
      for line in lines { keep(line, in: &result) }
      return
    }
    var draft = parser.draft
    draft.heldOn = day
    if draft.title.isEmpty { draft.title = "Minutes \(day)" }
    let meant = text.lines[(lines.lowerBound - 1)...(lines.upperBound - 1)]
    let first = meant.firstIndex { !$0.isBlank } ?? meant.startIndex
    let last = meant.lastIndex { !$0.isBlank } ?? first
    let bytes: [UInt8] = meant[first...last].flatMap { Array($0.utf8) + [0x0A] }
    draft.provenance = ProvenanceDraft(
      source: source, firstLine: first + 1, lastLine: last + 1,
      digest: "sha256:" + SHA256.hex(of: bytes))
    result.meetings.append(draft)
  }

  /// Returns the index of the first block that starts at or after `line`, by bisection: a file may
  /// contain very many meetings.
  private func firstBlock(from line: Int) -> Int {
    var low = blocks.startIndex
    var high = blocks.endIndex
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].lines.lowerBound < line { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func keep(_ line: Int, in result: inout MinutesImport) {
    let words = text.lines[line - 1]
    if !words.isBlank { result.unparsed.append(UnparsedLine(line: line, text: words)) }
  }

  /// Returns the dated headings of the highest level used; below level 1, only those that name
  /// nothing else.
  private func meetingStarts() -> [MeetingHeading] {
    let dated = blocks.compactMap { block -> MeetingHeading? in
      guard let heading = MeetingHeading(block, lines: lines), heading.date != nil else {
        return nil
      }
      return heading
    }
    guard let level = dated.map(\.level).min() else { return [] }
    return dated.filter { $0.level == level && ($0.level == 1 || $0.isAboutAMeeting) }
  }

  /// Returns the first heading before the first meeting, which gives the committee's name.
  private func leadingBody(before line: Int) -> (text: String, line: Int)? {
    for block in blocks where block.lines.lowerBound < line {
      if let heading = MeetingHeading(block, lines: lines) {
        return (MeetingHeading.body(of: heading.text), heading.line)
      }
    }
    return nil
  }
}

/// A heading that may begin a meeting.
struct MeetingHeading: Sendable, Equatable {
  var line: Int
  var level: Int
  /// Without Markdown marks.
  var text: String

  init?(_ block: MarkdownBlock, lines: [String]) {
    guard case .heading(let level) = block.kind else { return nil }
    self.init(line: block.lines.lowerBound, level: level, source: lines[block.lines.lowerBound - 1])
  }

  init(line: Int, level: Int, source: String) {
    self.line = line
    self.level = level
    text = InlineText(MarkdownLine.content(of: source)).plain
  }

  var date: String? { DateMention.find(in: text).lazy.compactMap(\.day).first }

  /// Whether the heading contains nothing besides the date, or only words for a meeting.
  var isAboutAMeeting: Bool {
    let rest = DateMention.remove(from: text).lowercased()
    if rest.hasPrefix("next ") || rest.hasPrefix("upcoming") { return false }
    return rest.isEmpty
      || ["meeting", "minutes", "call", "session", "office hours", "review", "sync"]
        .contains { rest.contains($0) }
  }

  /// Returns the committee's name in a heading: without the date and words for the meeting itself.
  static func body(of heading: String) -> String {
    var words = DateMention.remove(from: heading).split(separator: " ")
    // A malformed date (`2026-03-041`) is not part of a name.
    words.removeAll { word in
      word.count >= 8 && word.allSatisfy { $0.isASCIIDigit || $0 == "-" }
    }
    let tail: Set<String> = ["meeting", "meetings", "minutes", "notes", "call", "of", "the", "for"]
    while let last = words.last, tail.contains(last.lowercased().filter(\.isLetter)) {
      words.removeLast()
    }
    let head: Set<String> = ["minutes", "notes", "meeting", "of", "the", "for"]
    while let first = words.first, head.contains(first.lowercased().filter(\.isLetter)) {
      words.removeFirst()
    }
    var name = words.joined(separator: " ")
    while let last = name.last, ":,-–—|".contains(last) || last.isWhitespace { name.removeLast() }
    while let first = name.first, ":,-–—|".contains(first) || first.isWhitespace {
      name.removeFirst()
    }
    return name
  }
}

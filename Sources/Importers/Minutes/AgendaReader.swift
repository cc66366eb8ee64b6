/// An agenda item before its notes are read.
struct RawItem: Sendable {
  var title: String
  var group: String?
  var references: [LinkDraft]
  /// Lines that belong entirely to the title.
  var headLines: [Int]
  /// Whether the title is a heading rather than a list item.
  var isHeading: Bool
  /// The title's line.
  var first: Int
  /// The last line of the notes.
  var last: Int
}

/// The content under one heading of an agenda: one topic, or a list of topics.
struct AgendaReader {
  let lines: [String]
  let literal: Set<Int>
  let part: MeetingPart
  let taken: Set<Int>
  let isOwnForm: Bool
  let roster: AttendeeRoster
  /// The items of each list; a list's other lines belong to the preceding item.
  private let lists: [[Int]]
  /// List items that are topics themselves.
  private let topics: Set<Int>
  private let topicBullets: Set<Character>

  init(
    lines: [String], literal: Set<Int>, part: MeetingPart, taken: Set<Int>, isOwnForm: Bool,
    roster: AttendeeRoster
  ) {
    self.lines = lines
    self.literal = literal
    self.part = part
    self.taken = taken
    self.isOwnForm = isOwnForm
    self.roster = roster
    lists = part.blocks.compactMap { block in
      guard case .list(let items) = block.kind else { return nil }
      let inside = items.filter { part.lines.contains($0) && !taken.contains($0) }
      return inside.isEmpty ? nil : inside
    }
    var topics: Set<Int> = []
    for list in lists {
      for (index, item) in list.enumerated() {
        let end = index + 1 < list.count ? list[index + 1] : part.lastLine + 1
        if Self.isTopic(item, before: end, in: lines) { topics.insert(item) }
      }
    }
    self.topics = topics
    topicBullets = Set(topics.compactMap { lines[$0 - 1].trimmed.first })
  }

  /// Whether the line names an issue or pull request.
  static func isIssueLine(_ line: String) -> Bool {
    InlineText(MarkdownLine.content(of: line)).segments.contains { segment in
      segment.url.map { isIssueURL($0) || BareReference.isIssue(segment.text.trimmed) } ?? false
    }
  }

  static func isIssueURL(_ url: String) -> Bool {
    ["/issues/", "/pull/", "/merge_requests/", "/discussions/"].contains { url.contains($0) }
  }

  /// Whether a list under the heading contains topics, recognized by their issues.
  var hasIssues: Bool { !topics.isEmpty }

  func read() -> [RawItem] {
    let starts = isGroup ? topicStarts : []
    var found: [RawItem] = []
    let firstStart = starts.first ?? part.lastLine + 1
    if let headingLine = part.headingLine, part.role != .agenda,
      !isGroup || SectionName.isTopic(part.heading)
        || (hasWords(part.firstLine..<firstStart) && part.role != .opening)
    {
      let title = Self.title(of: lines[headingLine - 1])
      found.append(
        RawItem(
          title: title.text, group: nil, references: title.links, headLines: [headingLine],
          isHeading: true, first: headingLine, last: firstStart - 1))
    }
    let isNamedGroup =
      part.role == .sub || (part.role == .run && !SectionName.isTopic(part.heading))
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : lastLine(of: start)
      found.append(listItem(start, end: end, group: isNamedGroup ? part.heading : nil))
    }
    return found
  }

  // MARK: Topics of a list

  private var isGroup: Bool {
    if part.role == .agenda || part.role == .opening || part.role == .people(.present) {
      return true
    }
    if isOwnForm { return false }
    if part.role == .sub { return hasIssues }
    if SectionName.isRepository(part.heading) { return true }
    return hasIssues
  }

  private var topicStarts: [Int] {
    var starts: [Int] = []
    for (index, list) in lists.enumerated() {
      let followsList =
        index == 0 || lists[index - 1].last.map { isNext(list[0], after: $0) } == true
      guard hasIssues else {
        // A box is something to do, not a topic.
        if followsList { starts += list.filter { !SpokenLabel.hasBox(lines[$0 - 1]) } }
        continue
      }
      guard followsList || list.contains(where: topics.contains) else { continue }
      // Among topics with issues, a speaker's words are a note, and so is an item that follows
      // without a blank line.
      starts += list.filter { item in
        if topics.contains(item) { return true }
        let isApart = (item > 1 && lines[item - 2].isBlank) || item == part.firstLine
        return isApart && !isSpoken(lines[item - 1]) && hasTopicBullet(item)
      }
    }
    if part.role == .run, SectionName.isTopic(part.heading) {
      // The next group's heading is missing: its issues are separate topics.
      guard let first = starts.first(where: { Self.endsWithIssue(lines[$0 - 1]) }) else {
        return []
      }
      starts.removeAll { $0 < first }
    }
    return starts.filter { !MarkdownLine.content(of: lines[$0 - 1]).isEmpty }
  }

  /// Whether the line is `AR: …`, `Ana: …` or a label such as `Action: …`.
  private func isSpoken(_ line: String) -> Bool {
    if SpokenLabel.find(in: line) != nil { return true }
    let content = MarkdownLine.content(of: line)
    guard let colon = content.firstIndex(of: ":") else { return false }
    let speaker = content[..<colon]
    let isInitials = speaker.count <= 7 && speaker.allSatisfy { $0.isUppercase || $0 == "/" }
    return isInitials || roster.named(String(speaker)) != nil
  }

  /// Whether the item has the same bullet as the topics, or a number.
  private func hasTopicBullet(_ item: Int) -> Bool {
    lines[item - 1].trimmed.first.map { topicBullets.contains($0) || $0.isNumber } ?? false
  }

  private static func endsWithIssue(_ line: String) -> Bool {
    InlineText(MarkdownLine.content(of: line)).segments.last { !$0.text.isBlank }.map {
      $0.url != nil && BareReference.isIssue($0.text.trimmed)
    } ?? false
  }

  /// Whether the block before the line's is the list that contains `item`.
  private func isNext(_ line: Int, after item: Int) -> Bool {
    guard let index = part.blocks.firstIndex(where: { $0.lines.contains(line) }), index > 0 else {
      return false
    }
    return part.blocks[index - 1].lines.contains(item)
  }

  private static func isTopic(_ start: Int, before end: Int, in lines: [String]) -> Bool {
    if isIssueLine(lines[start - 1]) { return true }
    let next = (start + 1..<max(start + 1, end)).prefix(3).filter { !lines[$0 - 1].isBlank }
    return next.contains { line in
      let content = MarkdownLine.content(of: lines[line - 1]).lowercased()
      return content.hasPrefix("refs:") || content.hasSuffix("timebox")
    }
  }

  /// Returns the last line of a list item's text: the end of the part or, in minutes without
  /// headings, of its list.
  private func lastLine(of start: Int) -> Int {
    guard part.role == .opening else { return part.lastLine }
    return part.blocks.last { block in
      if case .list = block.kind { true } else { false }
    }?.lines.upperBound ?? part.lastLine
  }

  private func listItem(_ start: Int, end: Int, group: String?) -> RawItem {
    var head = [start]
    var source = MarkdownLine.content(of: lines[start - 1])
    let indentation = lines[start - 1].indentation.count
    var next = start + 1
    while next <= end, !lines[next - 1].isBlank {
      let line = lines[next - 1]
      let trimmed = line.trimmed
      let links = InlineText(source).links
      let isWrapped = line.indentation.count >= indentation + 2 && !source.hasSuffix(":")
      let isLink = trimmed.hasPrefix("[") && InlineText(trimmed).segments.first?.url != nil
      guard links.isEmpty, isWrapped, MarkdownLine.bulletEnd(of: trimmed[...]) == nil,
        isLink || !lines[next - 2].hasSuffix("  "), !trimmed.hasPrefix("#")
      else { break }
      source += " " + trimmed
      head.append(next)
      next += 1
    }
    let title = Self.title(of: source)
    return RawItem(
      title: title.text, group: group, references: title.links, headLines: head, isHeading: false,
      first: start, last: end)
  }

  /// Returns the title without trailing issue links, and all links.
  static func title(of source: String) -> (text: String, links: [LinkDraft]) {
    var inline = InlineText(MarkdownLine.content(of: source))
    let links = inline.links
    let whole = inline.plain
    while let last = inline.segments.last {
      let isEmpty = last.url == nil && last.text.allSatisfy { $0.isWhitespace || $0 == "," }
      guard isEmpty || (last.url != nil && BareReference.isIssue(last.text.trimmed)) else { break }
      inline.segments.removeLast()
    }
    let text = inline.plain
    return (text.isEmpty ? whole : text, links)
  }

  private func hasWords(_ range: Range<Int>) -> Bool {
    range.contains { line in
      part.lines.contains(line) && !taken.contains(line)
        && lines[line - 1].contains { $0.isLetter || $0.isNumber }
        && !NotesReader.isBoilerplate(lines[line - 1])
    }
  }
}

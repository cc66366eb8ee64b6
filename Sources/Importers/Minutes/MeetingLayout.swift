/// Splits a meeting at its headings and assigns each part a role.
struct MeetingLayout {
  let lines: [String]
  let range: ClosedRange<Int>
  let taken: Set<Int>
  let isOwnForm: Bool
  let titleLevel: Int

  private(set) var parts: [MeetingPart] = []
  private(set) var headingLines: Set<Int> = []

  init(
    lines: [String], range: ClosedRange<Int>, taken: Set<Int>, isOwnForm: Bool, titleLevel: Int
  ) {
    self.lines = lines
    self.range = range
    self.taken = taken
    self.isOwnForm = isOwnForm
    self.titleLevel = titleLevel
  }

  var hasAgenda: Bool {
    parts.contains { $0.role == .agenda || $0.role == .run }
  }

  mutating func arrange(_ blocks: [MarkdownBlock]) {
    parts = [MeetingPart(role: .opening, firstLine: range.lowerBound, lastLine: range.upperBound)]
    for block in blocks {
      if taken.contains(block.lines.lowerBound), block.lines.count <= 2 { continue }
      if case .heading(let level) = block.kind {
        let line = block.lines.lowerBound
        let text = InlineText(MarkdownLine.content(of: lines[line - 1])).plain
        begin(text, level: level, at: line, contentFrom: block.lines.upperBound + 1)
      } else if let (text, section) = labelHeading(block), !isInAgenda {
        let line = block.lines.lowerBound
        begin(text, level: 2, at: line, contentFrom: line + 1, section: section)
        if block.lines.count > 1 { parts[parts.count - 1].blocks.append(block) }
      } else {
        parts[parts.count - 1].blocks.append(block)
      }
    }
  }

  private var isInAgenda: Bool {
    switch parts.last?.role {
    case .agenda, .run, .sub: true
    default: false
    }
  }

  /// Returns the heading and section of a paragraph that begins with only a section's name:
  /// `**Attendees:**`.
  private func labelHeading(_ block: MarkdownBlock) -> (String, SectionName)? {
    guard block.kind == .paragraph else { return nil }
    let content = lines[block.lines.lowerBound - 1].trimmed
    let text = InlineText(content).plain
    guard text.hasSuffix(":") || content.hasPrefix("**") || content.hasPrefix("__"),
      let section = SectionName(text), section != .unparsed
    else { return nil }
    return (text, section)
  }

  private mutating func begin(
    _ text: String, level: Int, at line: Int, contentFrom first: Int, section: SectionName? = nil
  ) {
    let previous = parts[parts.count - 1]
    parts[parts.count - 1].lastLine = line - 1
    // A heading at the meeting's own level or above is misplaced; treat it as a topic.
    let level = level <= titleLevel ? 3 : level
    let role = role(of: text, level: level, section: section ?? SectionName(text), after: previous)
    headingLines.insert(line)
    parts.append(
      MeetingPart(
        role: role, headingLine: line, heading: text,
        level: role == .sub ? previous.level : level, firstLine: first,
        lastLine: range.upperBound))
  }

  private func role(
    of text: String, level: Int, section: SectionName?, after previous: MeetingPart
  ) -> MeetingPart.Role {
    switch previous.role {
    case .run, .sub:
      if level > previous.level { return .sub }
      if isOwnForm, level >= 3 { return .run }
    case .agenda:
      if level > previous.level, isOwnForm || section == .agenda { return .run }
    default:
      break
    }
    switch section {
    case .links?: return .links
    case .people(let kind)?: return .people(kind)
    case .agenda?: return isInAgenda && level > 2 ? .run : .agenda
    case .actions?: return .actions
    case .aside?: return .aside
    case .unparsed?: return .unparsed
    case nil: return .run
    }
  }
}

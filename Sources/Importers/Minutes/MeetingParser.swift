/// Reads the lines of one meeting.
///
/// Every line is consumed by one part of the draft; the rest become `unparsed`.
struct MeetingParser {
  let lines: [String]
  let range: ClosedRange<Int>
  private let blocks: [MarkdownBlock]
  private let heading: MeetingHeading?
  private let literal: Set<Int>

  var draft = MeetingDraft(title: "", heldOn: "")
  private(set) var titleLine: Int?
  private(set) var dateField: HeaderField?
  /// Lines before the first section that are not in a list and may contain a date.
  private(set) var openingLines: [(line: Int, text: String)] = []
  private var fields: [HeaderField]
  private let people: [AttendeeDraft]
  private var named: Set<String> = []
  private var taken: Set<Int> = []
  private var items: [RawItem] = []

  /// - Parameters:
  ///   - lines: the lines of the whole file.
  ///   - blocks: the blocks that begin in `range`.
  ///   - heading: the dated heading, if any.
  ///   - fields: the fields of the file's front matter.
  ///   - people: who is known besides the attendance list.
  init(
    lines: [String], range: ClosedRange<Int>, blocks: [MarkdownBlock], heading: MeetingHeading?,
    fields: [HeaderField], people: [AttendeeDraft]
  ) {
    self.people = people
    self.lines = lines
    self.range = range
    self.blocks = blocks
    self.heading = heading
    self.fields = fields
    literal = Set(blocks.flatMap { $0.literalLines.flatMap(Array.init) })
  }

  mutating func read() {
    readTitle()
    for field in fields where apply(field) { taken.insert(field.line) }
    let isForm = isOwnForm()
    var layout = MeetingLayout(
      lines: lines, range: range, taken: taken, isOwnForm: isForm, titleLevel: heading?.level ?? 1)
    layout.arrange(blocks)
    taken.formUnion(layout.headingLines)

    for part in layout.parts {
      if case .people(let kind) = part.role { readPeople(part, kind) }
    }
    for part in layout.parts {
      switch part.role {
      case .opening: readOpening(part, isWhole: !layout.hasAgenda, isOwnForm: isForm)
      case .links, .aside: readLinks(part)
      case .people: break
      case .agenda, .run: readRun(part, isOwnForm: isForm)
      case .sub: extendItem(part)
      case .actions: break
      case .unparsed: readUnparsed(part)
      }
    }
    finishItems(isOwnForm: isForm)
    for part in layout.parts where part.role == .actions { readActions(part) }
    readBoxes()
    for part in layout.parts where part.role == .opening { readLinks(part) }
    for line in range where !taken.contains(line) && !isDecoration(lines[line - 1]) {
      draft.unparsed.append(UnparsedLine(line: line, text: lines[line - 1]))
    }
    draft.unparsed.sort { $0.line < $1.line }
    if !named.contains("type") { draft.type = Self.type(of: draft.title + " " + draft.body) }
  }

  private var roster: AttendeeRoster {
    AttendeeRoster(draft.present + draft.guests + draft.absent, others: people)
  }

  // MARK: Head

  private mutating func readTitle() {
    let headings = blocks.compactMap { MeetingHeading($0, lines: lines) }
    let first = headings.first.flatMap { SectionName($0.text) == nil ? $0 : nil }
    if let title = heading ?? first {
      setTitle(title.text, line: title.line)
      if let first, first.line < title.line, draft.body.isEmpty {
        draft.body = MeetingHeading.body(of: first.text)
        taken.insert(first.line)
      }
    } else if let block = blocks.first, block.kind == .paragraph {
      // A heading without its space or with an extra mark: `*# Minutes 2026-03-04`.
      let line = block.lines.lowerBound
      let text = String(lines[line - 1].trimmed.drop { "*#_ ".contains($0) })
      let isTitle =
        !DateMention.find(in: text).isEmpty || text.lowercased().contains("meeting")
        || text.lowercased().contains("minutes")
      if isTitle, text.count <= 200, HeaderField(text, line: line)?.name != "date" {
        setTitle(InlineText(text).plain, line: line)
      }
    }
  }

  private mutating func setTitle(_ title: String, line: Int) {
    draft.title = title
    titleLine = line
    taken.insert(line)
    let body = MeetingHeading.body(of: title)
    if !body.isEmpty { draft.body = body }
  }

  /// Whether the head has all the fields that docket writes.
  private func isOwnForm() -> Bool {
    var found: Set<String> = []
    for line in (titleLine ?? range.lowerBound)...range.upperBound where line != titleLine {
      let text = lines[line - 1]
      if text.hasPrefix("#") { break }
      if let field = HeaderField(text, line: line) { found.insert(field.name) }
    }
    return found.isSuperset(of: ["date", "body", "type"])
  }

  /// Applies a `Name: value` line to the draft; false if it is not used.
  private mutating func apply(_ field: HeaderField) -> Bool {
    let plain = InlineText(field.value).plain
    switch field.name {
    case "date", "held on", "when", "meeting date":
      guard dateField == nil else { return false }
      dateField = field
      // Keep further words beside the date (a time, a place) visible in `unparsed`.
      return DateMention.remove(from: plain).isEmpty
    case "title":
      guard draft.title.isEmpty, !plain.isEmpty else { return false }
      draft.title = plain
      if draft.body.isEmpty { draft.body = MeetingHeading.body(of: plain) }
    case "body", "committee", "group", "team", "board":
      guard !named.contains("body") else { return false }
      draft.body = plain
      named.insert("body")
    case "type":
      guard MinutesType.all.contains(plain.lowercased()), !named.contains("type") else {
        return plain.isEmpty
      }
      draft.type = plain.lowercased()
      named.insert("type")
    default:
      guard case .people(let kind)? = SectionName(field.name), !field.value.isEmpty else {
        return readLink(field)
      }
      for name in AttendanceList.split(field.value) {
        if let person = AttendeeLine.parse(name) { draft[kind].append(person) }
      }
    }
    return true
  }

  private mutating func readLink(_ field: HeaderField) -> Bool {
    let text = InlineText(field.value)
    let links = text.links.filter { !$0.url.isEmpty }
    guard let link = links.first, links.count == 1, text.plain == link.label else { return false }
    let content = MarkdownLine.content(of: lines[field.line - 1])
    let name = String(content.prefix { $0 != ":" }.filter { $0 != "*" && $0 != "_" }).trimmed
    let label = link.label == link.url ? InlineText(name).plain : link.label
    guard link.label == link.url || label == name else { return false }
    draft.links.append(LinkDraft(label: label, url: link.url))
    return true
  }

  private mutating func readOpening(_ part: MeetingPart, isWhole: Bool, isOwnForm: Bool) {
    // Front matter has been read, and what of it wasn't understood isn't a line like any other.
    let front = Set(fields.map(\.line))
    for line in part.lines where !taken.contains(line) && !front.contains(line) {
      if let field = HeaderField(lines[line - 1], line: line), !isWhole || fieldIsAtTop(line, part),
        apply(field)
      {
        taken.insert(line)
      }
    }
    openingLines = part.lines.filter { $0 != titleLine && !lines[$0 - 1].isBlank }.prefix(8).map {
      ($0, lines[$0 - 1])
    }
    if isWhole { readRun(part, isOwnForm: isOwnForm) }
  }

  /// Whether a `Name: value` line is a field of the head: among the topics of minutes without
  /// sections, only a few names are; others are notes.
  private func fieldIsAtTop(_ line: Int, _ part: MeetingPart) -> Bool {
    let lists = part.blocks.compactMap { block -> Int? in
      if case .list = block.kind { block.lines.lowerBound } else { nil }
    }
    guard let first = lists.first, line >= first else { return true }
    let names = [
      "date", "body", "type", "present", "attendees", "participants", "absent", "guests",
    ]
    return HeaderField(lines[line - 1], line: line).map { names.contains($0.name) } ?? false
  }

  static func type(of words: String) -> String {
    let words = words.lowercased()
    if words.contains("advisory board") { return "advisory-board" }
    if words.contains("sprint review") { return "sprint-review" }
    if words.contains("office hours") { return "office-hours" }
    return "other"
  }

  // MARK: Sections

  private mutating func readLinks(_ part: MeetingPart) {
    for line in part.lines where !taken.contains(line) {
      let content = MarkdownLine.content(of: lines[line - 1])
      if let field = HeaderField(content, line: line), readLink(field) {
        taken.insert(line)
        continue
      }
      let text = InlineText(content)
      let links = text.links.filter { !$0.url.isEmpty }
      if links.count == 1, let link = links.first {
        if text.plain == link.label {
          draft.links.append(link)
          taken.insert(line)
        } else if link.label != link.url || text.plain.hasSuffix(link.url) {
          let words =
            link.label == link.url
            ? String(text.plain.dropLast(link.url.count)).trimmed : text.plain
          let label = words.hasSuffix(":") ? String(words.dropLast()) : words
          draft.links.append(LinkDraft(label: label.isEmpty ? link.label : label, url: link.url))
          taken.insert(line)
        }
      }
    }
  }

  private mutating func readPeople(_ part: MeetingPart, _ kind: SectionName.People) {
    var list = AttendanceList()
    var rest = part
    for line in part.lines where !taken.contains(line) {
      let text = lines[line - 1]
      if MarkdownLine.bulletEnd(of: text[...]) != nil, AgendaReader.isIssueLine(text) {
        // The agenda's heading is missing.
        rest.firstLine = line
        rest.role = .agenda
        break
      }
      list.add(text, line: line)
    }
    for (line, people) in list.people() {
      draft[kind] += people
      taken.insert(line)
    }
    if rest.role == .agenda { readRun(rest, isOwnForm: false) }
  }

  private mutating func readRun(_ part: MeetingPart, isOwnForm: Bool) {
    let run = AgendaReader(
      lines: lines, literal: literal, part: part, taken: taken, isOwnForm: isOwnForm,
      roster: roster)
    let found = run.read()
    items += found
    taken.formUnion(found.flatMap(\.headLines))
  }

  /// Handles a heading inside a topic: part of its notes or, inside a group, a new topic.
  private mutating func extendItem(_ part: MeetingPart) {
    guard let last = items.indices.last, let line = part.headingLine else { return }
    if items[last].group != nil || !items[last].isHeading {
      let run = AgendaReader(
        lines: lines, literal: literal, part: part, taken: taken, isOwnForm: false,
        roster: roster)
      if run.hasIssues {
        let found = run.read()
        items += found
        taken.formUnion(found.flatMap(\.headLines))
        return
      }
    }
    taken.remove(line)
    items[last].last = max(items[last].last, part.lastLine)
  }

  private mutating func finishItems(isOwnForm: Bool) {
    let roster = roster
    items.sort { $0.first < $1.first }
    for raw in items {
      let notes = NotesReader(
        lines: lines, literal: literal, item: raw, taken: taken, roster: roster,
        isOwnForm: isOwnForm)
      let result = notes.read()
      taken.formUnion(result.taken)
      draft.agenda.append(result.item)
      draft.actions += result.actions
    }
  }

  private mutating func readActions(_ part: MeetingPart) {
    let listed = ActionList.read(part, lines: lines, taken: taken, roster: roster)
    taken.formUnion(listed.taken)
    for action in listed.actions {
      let isRepeated = draft.actions.contains { $0.title == action.title && $0.agenda != nil }
      if !isRepeated || action.done { draft.actions.append(action) }
    }
  }

  /// Reads the boxes that no topic and no list of actions has: those above the first topic.
  private mutating func readBoxes() {
    for line in range where !taken.contains(line) && !literal.contains(line) {
      guard SpokenLabel.hasBox(lines[line - 1]), let label = SpokenLabel.find(in: lines[line - 1])
      else { continue }
      taken.insert(line)
      draft.actions.append(
        ActionText.parse(
          label.text, addressee: label.addressee, done: label.isDone, agenda: nil, line: line,
          roster: roster))
    }
  }

  private mutating func readUnparsed(_ part: MeetingPart) {
    let fence = part.blocks.first
    guard let fence, case .fencedCode = fence.kind else { return }
    taken.insert(fence.lines.lowerBound)
    taken.insert(fence.lines.upperBound)
  }

  /// Whether a line consists only of rules, underlines and marks.
  private func isDecoration(_ line: String) -> Bool {
    line.allSatisfy { $0.isWhitespace || "-=_*".contains($0) }
  }
}

enum MinutesType {
  static let all = ["advisory-board", "sprint-review", "office-hours", "other"]
}

extension MeetingDraft {
  subscript(_ kind: SectionName.People) -> [AttendeeDraft] {
    get {
      switch kind {
      case .present: present
      case .absent: absent
      case .guests: guests
      }
    }
    set {
      switch kind {
      case .present: present = newValue
      case .absent: absent = newValue
      case .guests: guests = newValue
      }
    }
  }
}

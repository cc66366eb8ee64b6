/// Writes docket's form of minutes.
struct MinutesPrinter {
  private let meeting: MeetingDraft

  init(_ meeting: MeetingDraft) {
    self.meeting = meeting
  }

  func text() -> String {
    var out = head(meeting)
    if !meeting.links.isEmpty {
      out += "\n## Links\n\n"
      for link in meeting.links { out += "- \(MarkdownLine.link(link))\n" }
    }
    for (name, people) in [
      ("Present", meeting.present), ("Absent", meeting.absent), ("Guests", meeting.guests),
    ] where !people.isEmpty {
      out += "\n## \(name)\n\n"
      for person in people { out += "- \(AttendeeLine.print(person))\n" }
    }
    out += "\n## Agenda\n"
    for item in meeting.agenda { out += "\n" + print(item) }
    let titles = Set(meeting.agenda.map(\.title))
    let loose = meeting.actions.filter { $0.agenda.map { !titles.contains($0) } ?? true }
    if !loose.isEmpty {
      out += "\n## Actions\n\n"
      for action in loose { out += "- \(box(action)) \(ActionText.print(action))\n" }
    }
    if !meeting.unparsed.isEmpty {
      let lines = meeting.unparsed.map(\.text)
      let fence = fence(for: lines)
      out += "\n## Not understood\n\n\(fence)\n"
      for line in lines { out += line + "\n" }
      out += fence + "\n"
    }
    return out
  }

  private func head(_ meeting: MeetingDraft) -> String {
    """
    # \(MarkdownLine.escape(meeting.title))

    - Date: \(meeting.heldOn)
    - Body: \(MarkdownLine.escape(meeting.body))
    - Type: \(meeting.type)

    """
  }

  private func print(_ item: AgendaItemDraft) -> String {
    let actions = meeting.actions.filter { $0.agenda == item.title }
    let plain = section(item, actions: actions, isFenced: false)
    if reads(plain, as: item, actions) { return plain }
    return section(item, actions: actions, isFenced: true)
  }

  private func section(
    _ item: AgendaItemDraft, actions: [ActionDraft], isFenced: Bool
  ) -> String {
    var spoken = SpokenNotes(
      title: item.title, lines: item.notes.map { (0, $0) }, isLiteral: { _ in false },
      roster: roster)
    spoken.read()
    let heading = heading(item, without: spoken.references)
    var out = heading.line
    var fields = ""
    if let group = item.group { fields += "- Group: \(MarkdownLine.escape(group))\n" }
    if !heading.rest.isEmpty {
      fields += "- References: "
      fields += heading.rest.map(MarkdownLine.link).joined(separator: ", ") + "\n"
    }
    if !fields.isEmpty { out += "\n" + fields }
    if !item.notes.isEmpty {
      out += "\n"
      let fence = fence(for: item.notes)
      if isFenced { out += fence + "notes\n" }
      for line in item.notes { out += line + "\n" }
      if isFenced { out += fence + "\n" }
    }
    var own = ""
    for decision in missing(item.decisions, from: spoken.decisions) {
      own += "- **Decision:** \(MarkdownLine.escape(decision))\n"
    }
    for action in actions where !spoken.actions.contains(where: { isSame($0, action) }) {
      own += "- \(box(action)) **Action:** \(ActionText.print(action))\n"
    }
    if !own.isEmpty { out += "\n" + own }
    return out
  }

  /// Returns the title with its issue links; other links not in the title go on a line of their
  /// own.
  private func heading(
    _ item: AgendaItemDraft, without known: [LinkDraft]
  ) -> (line: String, rest: [LinkDraft]) {
    let title = MarkdownLine.escape(item.title)
    let inTitle = AgendaReader.title(of: "### \(title)").links
    let needed = item.references.filter { !inTitle.contains($0) && !known.contains($0) }
    let issues = needed.prefix { !$0.url.isEmpty && BareReference.isIssue($0.label) }
    let links = issues.map { " " + MarkdownLine.link($0) }.joined()
    return ("### \(title)\(links)\n", Array(needed.dropFirst(issues.count)))
  }

  private var roster: AttendeeRoster {
    AttendeeRoster(meeting.present + meeting.guests + meeting.absent)
  }

  private func box(_ action: ActionDraft) -> String { action.done ? "[x]" : "[ ]" }

  private func isSame(_ one: ActionDraft, _ other: ActionDraft) -> Bool {
    var one = one
    one.line = other.line
    return one == other
  }

  private func missing(_ all: [String], from known: [String]) -> [String] {
    var known = known
    return all.filter { decision in
      guard let index = known.firstIndex(of: decision) else { return true }
      known.remove(at: index)
      return false
    }
  }

  /// Whether the section parses back to the same item in an otherwise empty meeting.
  private func reads(_ section: String, as item: AgendaItemDraft, _ actions: [ActionDraft]) -> Bool
  {
    var empty = MeetingDraft(title: "Meeting", heldOn: "2000-01-01")
    empty.present = meeting.present + meeting.guests + meeting.absent
    var text = head(empty) + "\n## Present\n\n"
    for person in empty.present { text += "- \(AttendeeLine.print(person))\n" }
    // The section must not swallow what follows either.
    text += "\n## Agenda\n\n" + section + "\n### Next\n"
    let read = MinutesMarkdown.parse(Array(text.utf8), source: "").meetings.first
    guard let read, read.agenda.count == 2, read.agenda[0].notes == item.notes,
      read.agenda[1].title == "Next", read.unparsed.isEmpty
    else { return false }
    return read.actions.count == actions.count
  }

  /// Returns a fence of tildes, longer than any that begins a line.
  private func fence(for lines: [String]) -> String {
    let longest = lines.map { $0.trimmed.prefix { $0 == "~" }.count }.max() ?? 0
    return String(repeating: "~", count: max(3, longest + 1))
  }
}

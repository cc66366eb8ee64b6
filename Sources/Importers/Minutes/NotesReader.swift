/// Reads the notes of one agenda item: the verbatim lines, and those labelled as decisions and
/// actions.
struct NotesReader {
  struct Result {
    var item: AgendaItemDraft
    var actions: [ActionDraft]
    var taken: Set<Int>
  }

  let lines: [String]
  let literal: Set<Int>
  let item: RawItem
  let taken: Set<Int>
  let roster: AttendeeRoster
  let isOwnForm: Bool

  /// Whether the line is one that agenda generators put before the topics.
  static func isBoilerplate(_ line: String) -> Bool {
    let words = line.lowercased().filter { $0 != "*" && $0 != "_" }.trimmed
    return words.hasPrefix("extracted from ")
      && (words.contains("labelled issues") || words.contains("labeled issues"))
  }

  func read() -> Result {
    var draft = AgendaItemDraft(
      title: item.title, group: item.group, references: item.references)
    var result = Result(item: draft, actions: [], taken: [])
    let first = (item.headLines.max() ?? item.first) + 1
    var body = (first..<max(first, item.last + 1)).filter {
      !taken.contains($0) && !Self.isBoilerplate(lines[$0 - 1])
    }
    var isVerbatim = false
    if isOwnForm {
      readFields(&body, &draft, &result.taken)
      isVerbatim = openFence(&body, &draft, &result.taken)
    }

    var own: [(line: Int, label: SpokenLabel)] = []
    body.removeAll { line in
      guard !literal.contains(line), let label = SpokenLabel.find(in: lines[line - 1]),
        label.isOwnForm
      else { return false }
      own.append((line, label))
      return true
    }
    result.taken.formUnion(own.map(\.line))

    let notes = isVerbatim ? [] : trim(body)
    result.taken.formUnion(notes.filter { !lines[$0 - 1].isBlank })
    if !isVerbatim { draft.notes = dedent(notes.map { lines[$0 - 1] }) }
    let noteLines = isVerbatim ? Array(0..<draft.notes.count) : notes
    var spoken = SpokenNotes(
      title: draft.title,
      lines: zip(noteLines, draft.notes).map { (isVerbatim ? item.first : $0, $1) },
      isLiteral: isVerbatim ? { _ in false } : { literal.contains($0) }, roster: roster)
    spoken.read()
    draft.decisions = spoken.decisions
    draft.references = (draft.references + spoken.references).uniqued()
    result.actions = spoken.actions

    for (line, label) in own {
      switch label.kind {
      case .decision:
        draft.decisions.append(label.text)
      case .action:
        let action = ActionText.parse(
          label.text, done: label.isDone, agenda: draft.title, line: line, roster: roster)
        result.actions.removeAll { $0.title == action.title }
        result.actions.append(action)
      }
    }
    result.item = draft
    return result
  }

  /// Reads `- Group: …` and `- References: …` directly under the heading.
  private func readFields(
    _ body: inout [Int], _ draft: inout AgendaItemDraft, _ taken: inout Set<Int>
  ) {
    while let line = body.first {
      if lines[line - 1].isBlank {
        body.removeFirst()
        continue
      }
      guard lines[line - 1].hasPrefix("- "), let field = HeaderField(lines[line - 1], line: line)
      else { return }
      if field.name == "group", draft.group == nil {
        draft.group = InlineText(field.value).plain
      } else if field.name == "references" {
        draft.references = (draft.references + InlineText(field.value).links).uniqued()
      } else {
        return
      }
      taken.insert(line)
      body.removeFirst()
    }
  }

  /// Reads notes inside `~~~notes` verbatim.
  private func openFence(
    _ body: inout [Int], _ draft: inout AgendaItemDraft, _ taken: inout Set<Int>
  ) -> Bool {
    guard let open = body.first, lines[open - 1].hasPrefix("~~~"),
      lines[open - 1].hasSuffix("~notes")
    else { return false }
    let fence = String(lines[open - 1].dropLast("notes".count))
    guard let close = body.dropFirst().first(where: { lines[$0 - 1] == fence }) else {
      return false
    }
    draft.notes = body.filter { $0 > open && $0 < close }.map { lines[$0 - 1] }
    taken.formUnion(open...close)
    body.removeAll { $0 <= close }
    return true
  }

  private func trim(_ body: [Int]) -> [Int] {
    var rest = body[...]
    while let line = rest.first, lines[line - 1].isBlank { rest = rest.dropFirst() }
    while let line = rest.last, lines[line - 1].isBlank { rest = rest.dropLast() }
    return Array(rest)
  }

  private func dedent(_ notes: [String]) -> [String] {
    let filled = notes.filter { !$0.isBlank }
    guard var common = filled.first.map({ String($0.indentation) }) else { return [] }
    for line in filled {
      while !line.hasPrefix(common) { common.removeLast() }
    }
    return notes.map { $0.isBlank ? "" : String($0.dropFirst(common.count)) }
  }
}

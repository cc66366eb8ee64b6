import Files
import JSONText
import Records
import Store

/// The answer to "what now?", for people and for programs.
struct Status {
  private let tracker: Tracker
  private let state: RecordState
  private let inbox: Inbox
  private let shortIDs: ShortIDs
  private let handle: String?
  private let parts: CloneParts
  /// What new feedback may be about, by its id.
  private let similar: [RecordID: RecordID]
  /// How many commits others can't have yet; `nil` where there is nobody to share with.
  private let unpublished: Int?
  /// What waits for the user, or for anybody if the user is unknown.
  let waiting: [Inbox.Item]

  init(_ tracker: Tracker, _ state: RecordState) {
    self.tracker = tracker
    self.state = state
    inbox = Inbox(state.records, catalog: tracker.catalog, on: tracker.today) { files in
      guard let (teller, tell) = tracker.catalog.tellKind,
        let head = try? tracker.headCommit(),
        // What history can't tell is shown: better one too many than somebody forgotten.
        let found = try? tracker.unanswered(among: files, teller, tell, at: head)
      else { return Set(files.map(\.id)) }
      return Set(found.map(\.id))
    }
    similar = Self.subjects(state, tracker.catalog)
    // Only a line of the answer hangs on it.
    let place = (try? tracker.publication()) ?? nil
    unpublished = place?.remote == nil ? nil : place?.ahead.count
    shortIDs = ShortIDs(state.records.map(\.id))
    handle = tracker.handle
    parts = CloneParts(tracker, Invocation.current)
    waiting =
      handle.map { [roster = tracker.definition.roster, inbox] in
        inbox.items(for: $0, on: roster)
      } ?? inbox.items
  }

  private var isStranger: Bool {
    let roster = tracker.definition.roster
    return handle.map { !roster.people.isEmpty && roster[$0] == nil } ?? false
  }

  // MARK: For people

  private static let fewMine = 5
  private static let fewTeams = 4

  func lines(all: Bool) -> [String] {
    var lines = [Terminal.styled(Terminal.safe(heading), .bold)]
    guard !state.records.isEmpty else {
      return lines + unreadable + notes + [
        "", "Next: docket note \"…\" · docket new pain-point title=\"…\" · docket help",
      ]
    }
    lines += unreadable
    if let unpublished, unpublished > 0 {
      let what = unpublished == 1 ? "1 change isn't" : "\(unpublished) changes aren't"
      lines.append("\(what) published: docket sync")
    }
    lines += notes
    if handle == nil {
      lines.append("Who are you? git config docket.handle YOUR-HANDLE")
    } else if isStranger {
      lines.append(
        Terminal.styled(
          Terminal.safe("\(handle ?? "") is nobody on the roster, \(Roster.path)"), .yellow))
    }
    let shown = all ? waiting[...] : waiting.prefix(Self.fewMine)
    lines += table(shown.map(row))
    if shown.count < waiting.count {
      lines.append("  and \(waiting.count - shown.count) more: docket --all")
    }
    if !inbox.items.isEmpty {
      lines += ["", Terminal.styled("The team", .bold)]
      let counts = all ? inbox.counts[...] : inbox.counts.prefix(Self.fewTeams)
      lines += table(counts.map(row))
    }
    return lines + [
      "",
      "Next: docket note \"…\" · docket new KIND · docket list · docket report audit · docket help",
    ]
  }

  private var heading: String {
    let name = tracker.config.name ?? "docket"
    if state.records.isEmpty { return "\(name): no records yet" }
    guard let handle else { return name }
    switch waiting.count {
    case 0: return "\(name): nothing waits for you, \(handle)"
    case 1: return "\(name): one thing waits for you, \(handle)"
    default: return "\(name): \(waiting.count) things wait for you, \(handle)"
    }
  }

  private var unreadable: [String] {
    let count = state.unreadable.count
    guard count > 0 else { return [] }
    return [
      Terminal.styled(
        "\(count) file\(count == 1 ? "" : "s") can't be read: docket check says why", .red)
    ]
  }

  /// What the clone lacks, and schemas of another docket.
  private var notes: [String] {
    let missing = parts.text.map { ["\($0.capitalizedFirst): docket init"] } ?? []
    return missing + schemas
  }

  private var schemas: [String] {
    if let later = tracker.laterDocketText {
      return [Terminal.styled(Terminal.safe(later.capitalizedFirst), .yellow)]
    }
    let earlier = tracker.schemaOrigins.compactMap { schema -> DocketVersion?? in
      if case .earlier(let version) = schema.origin { .some(version) } else { nil }
    }
    guard let first = earlier.first else { return [] }
    let version = earlier.allSatisfy { $0 == first } ? first : nil
    let docket = version.map { "docket \($0)" } ?? "an earlier docket"
    return ["Schemas here are of \(docket): docket migrate --dry-run"]
  }

  private struct Row {
    var id = ""
    let what: String
    let isLate: Bool
    var title = ""
    let next: String
  }

  private func row(_ item: Inbox.Item) -> Row {
    let id = shortIDs[item.record.id]
    var what = item.rule.what
    if let due = item.due { what += ", " + DueWords.text(due, on: tracker.today) }
    if handle == nil, item.people.count == 1 { what = "\(item.people[0]): \(what)" }
    return Row(
      id: id, what: what, isLate: item.isLate, title: item.kind.caption(of: item.record.value),
      next: next(item, id: id) { shortIDs[$0] } ?? "docket show \(id)")
  }

  /// Returns the next command for an item, with the record that it is probably about in place of the
  /// placeholder.
  private func next(_ item: Inbox.Item, id: String, name: (RecordID) -> String) -> String? {
    guard let command = item.next(id), let subject = similar[item.record.id] else {
      return item.next(id)
    }
    // Words of a schema: nothing is escaped by it.
    return command.replacing("\(subject.prefix)-…", with: name(subject))
  }

  /// Returns, for what isn't said to be about anything, the open ranked record whose heading has the
  /// most words in common with it.
  private static func subjects(_ state: RecordState, _ catalog: KindCatalog) -> [RecordID: RecordID]
  {
    guard let (kind, binding) = catalog.noteKind else { return [:] }
    let fresh = state.records.filter {
      $0.id.prefix == kind.prefix && !kind.isClosed($0.root)
        && kind.links(binding.about, of: $0.root).isEmpty
    }
    guard !fresh.isEmpty else { return [:] }
    let ranked = SimilarRecords.subjectKinds(binding, of: kind, catalog)
    let targets = state.records.compactMap { record -> (id: RecordID, words: Set<String>)? in
      guard let kind = ranked.first(where: { $0.prefix == record.id.prefix }),
        !kind.isClosed(record.root)
      else { return nil }
      return (record.id, Similarity.words(kind.heading(of: record.root)))
    }
    var found: [RecordID: RecordID] = [:]
    for record in fresh {
      let words = Similarity.words(kind.caption(of: record.value))
      let best = targets.map { (id: $0.id, common: words.intersection($0.words).count) }
        .filter { $0.common >= 2 }.max { ($0.common, $1.id) < ($1.common, $0.id) }
      found[record.id] = best?.id
    }
    return found
  }

  private func row(_ entry: (kind: Kind, rule: WaitingRule, count: Int, late: Int)) -> Row {
    let noun = entry.kind.noun(entry.count)
    let late = entry.late > 0 ? ", \(entry.late) late" : ""
    return Row(
      what: "\(entry.count) \(noun) \(entry.rule.what)\(late)", isLate: entry.late > 0,
      next: "docket list \(entry.rule.list ?? "kind:\(entry.kind.name)")")
  }

  /// Returns rows as a table; on a terminal, titles are cut so that lines fit.
  private func table(_ rows: [Row]) -> [String] {
    let ids = rows.map { $0.id.utf8.count }.max() ?? 0
    let whats = rows.map { Terminal.columns(Terminal.safe($0.what)) }.max() ?? 0
    let nexts = rows.map { Terminal.columns(Terminal.safe($0.next)) }.max() ?? 0
    var titles = rows.map { Terminal.columns(Terminal.safe($0.title)) }.max() ?? 0
    if !Terminal.isPiped {
      titles = min(titles, max(24, Terminal.width - ids - whats - nexts - 8))
    }
    return rows.map { row in
      var line = "  "
      if ids > 0 { line += Terminal.styled(Terminal.padded(row.id, to: ids), .cyan) + "  " }
      let what = Terminal.padded(Terminal.safe(row.what), to: whats)
      line += (row.isLate ? Terminal.styled(what, .red) : what) + "  "
      if titles > 0 {
        line +=
          Terminal.padded(Terminal.cut(Terminal.safe(row.title), to: titles), to: titles) + "  "
      }
      return line + Terminal.styled(Terminal.safe(row.next), .dim)
    }
  }

  // MARK: For programs

  var envelope: JSONValue {
    var members: [(String, JSONValue)] = []
    if let name = tracker.config.name { members.append(("tracker", .string(name))) }
    if let handle { members.append(("handle", .string(handle))) }
    members.append(("today", .string(tracker.today.description)))
    members.append(("waiting", .array(waiting.map(item))))
    members.append(("team", .array(inbox.counts.map(item))))
    if let unpublished { members.append(("unpublished", .number(JSONNumber(unpublished)))) }
    members.append(("unreadable", .array(state.unreadable.map { Output.item($0) })))
    members.append(("missing", .array(parts.names.map { .string($0) })))
    members.append(("docket", .string(Docket.version)))
    members.append(("schemas", .array(tracker.schemaOrigins.compactMap(item))))
    return Output.envelope("status", members)
  }

  /// Returns a copy of a schema of docket's that another docket brought; others are nobody's business.
  private func item(_ schema: (name: String, origin: SchemaOrigin)) -> JSONValue? {
    let (origin, version) = schema.origin.words
    guard origin == "earlier" || origin == "later" else { return nil }
    return Output.object([
      ("schema", .string("\(TrackerDefinition.schemaFolder)/\(schema.name)")),
      ("origin", .string(origin)), ("docket", version.map { .string($0) }),
    ])
  }

  func item(_ item: Inbox.Item) -> JSONValue {
    Output.object([
      ("id", .string(item.record.id.text)), ("kind", .string(item.kind.name)),
      ("path", .string(item.record.path.text)),
      ("title", .string(item.kind.caption(of: item.record.value))),
      ("what", .string(item.rule.what)),
      ("for", .array(item.people.map { .string($0) })),
      ("due", item.due.map { .string($0.description) }),
      ("daysLate", item.daysLate.flatMap { $0 > 0 ? .number(JSONNumber($0)) : nil }),
      ("next", next(item, id: item.record.id.text) { $0.text }.map { .string($0) }),
    ])
  }

  private func item(_ entry: (kind: Kind, rule: WaitingRule, count: Int, late: Int)) -> JSONValue {
    Output.object([
      ("kind", .string(entry.kind.name)), ("what", .string(entry.rule.what)),
      ("count", .number(JSONNumber(entry.count))), ("late", .number(JSONNumber(entry.late))),
      ("list", entry.rule.list.map { .string("docket list \($0)") }),
    ])
  }
}

extension SchemaOrigin {
  /// Returns the origin's name in JSON, and the version of docket that wrote the file where it says it.
  var words: (origin: String, version: String?) {
    switch self {
    case .current: ("current", Docket.version)
    case .earlier(let version): ("earlier", version?.description)
    case .later(let version): ("later", version.description)
    case .changed: ("changed", nil)
    }
  }
}

import ArgumentParser
import JSONText
import Records
import Store

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", _superCommandName: "docket",
    abstract: "Tell what changed, field by field, newest first.",
    usage:
      "docket log [ID|QUERY…] [A..B] [--own] [--field KEY] [--author NAME] [--since DATE] [--until DATE] [-n N]",
    discussion: """
        docket log PP-8KX3                  the life of one record, and of what was added to it
        docket log PP-8KX3 --own            of the record alone
        docket log kind:decision            of the records a query finds
        docket log --field status --since 2026-06
        docket log --author mira -n 10      the ten newest commits of one person
        docket log main..topic              what topic has that main hasn't
        docket log 2026-06..2026-08         what came in after June, until August ended
      """)

  @Argument(
    help: ArgumentHelp(
      "An id, or a query as `docket list` takes it; and two revisions or dates, A..B.",
      valueName: "id|query"),
    completion: Completions.ids)
  var words: [String] = []

  @Flag(help: "Of one record, only its own changes: not those of the records in its collections.")
  var own = false
  @Option(
    help: ArgumentHelp("Only changes of this key, like status or evidence.team.", valueName: "key"),
    completion: Completions.keys)
  var field: String?
  @Option(
    help: ArgumentHelp(
      "Only commits whose author's name or address has this in it.", valueName: "name"))
  var author: String?
  @Option(help: ArgumentHelp("Only what came in on or after this date.", valueName: "date"))
  var since: String?
  @Option(help: ArgumentHelp("Only what came in on or before this date.", valueName: "date"))
  var until: String?
  @Option(
    name: [.customShort("n"), .customLong("max-count")],
    help: ArgumentHelp("At most this many commits.", valueName: "n"))
  var count: Int?
  @OptionGroup var output: FormatOption
  @OptionGroup var pager: PagerOption
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    if let count, count < 0 { throw ValidationError("-n takes a number of commits, 0 or more") }
    if own, words.isEmpty { throw ValidationError("--own goes with the id of a record") }
  }

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    Progress.show(for: tracker)
    tracker.expectHistory()
    var selection = HistoryWalk.Selection()
    try Self.refuseReversed(since, until)
    selection.since = try since.map { try Self.second($0, DatePeriod.firstSecond) }
    selection.until = try until.map { try Self.second($0, DatePeriod.lastSecond) }
    let pattern = try field.map { (key) throws(KeyProblem) in try FieldPattern(key) }
    var filter = LogFilter(pattern: pattern, author: author)
    filter.collection = pattern.flatMap { CollectionKey($0, tracker.catalog) }
    var entries: [LogEntry] = []
    let range = try RevisionRange.taken(from: &words)
    let start = try range.map { (range) throws(StoreError) in
      try RevisionRange.commit(range.from, in: tracker)
    }
    let end = try range.map { (range) throws(StoreError) in
      try RevisionRange.commit(range.to ?? "", in: tracker)
    }
    if let head = try end ?? tracker.headCommit() {
      var absence: StoreError?
      let finds = try select(tracker, &selection, &filter, &absence)
      if finds {
        filter.collection?.target = selection.members?.target
        if own || !selection.ids.isEmpty && selection.members == nil { filter.collection = nil }
        let found = try tracker.log(
          to: head, selection, field: selection.ids.isEmpty ? pattern?.topLevelKey : nil,
          orKinds: filter.collection?.prefixes ?? [])
        if found.isEmpty, let absence, !tracker.isTruncated, since == nil, until == nil,
          range == nil
        {
          throw absence
        }
        try filter.resolve(among: found)
        entries = filter.apply(found)
        if let start {
          let within = Set(try tracker.commits(since: start, to: head).map(\.id))
          entries.removeAll { !within.contains($0.commit.id) }
        }
      }
    }
    // A key that no schema has any more may still have a past; one without a past is a slip.
    if entries.isEmpty, filter.collection?.isKnown != true,
      let problem = pattern?.problem(among: tracker.catalog.kinds)
    {
      throw problem
    }
    if let count { entries = Array(entries.prefix(count)) }
    switch output.format {
    case .json:
      Output.write(
        Output.envelope(
          "log",
          [
            ("truncated", .bool(tracker.isTruncated)),
            ("items", .array(entries.map { Output.item($0) })),
          ]))
    case .jsonl: Output.writeLines(entries.map { Output.item($0) })
    case .text:
      if !entries.isEmpty { pager.start() }
      for (index, entry) in entries.enumerated() {
        Terminal.print(lines: (index == 0 ? "" : "\n") + LogText.text(entry))
      }
    }
    HistoryNotes.show(of: tracker)
  }

  /// Selects the records; returns `false` if a query finds none.
  private func select(
    _ tracker: Tracker, _ selection: inout HistoryWalk.Selection, _ filter: inout LogFilter,
    _ absence: inout StoreError?
  ) throws -> Bool {
    if words.isEmpty { return true }
    try refuseSlips(tracker)
    if words.count == 1, let abbreviation = IDAbbreviation(words[0]),
      abbreviation.prefix != nil || abbreviation.digits.count >= 4
    {
      do throws(StoreError) {
        select(try tracker.find(words[0]).id, tracker, &selection)
        return true
      } catch {
        // A deleted record still has a history.
        if let id = abbreviation.complete {
          select(id, tracker, &selection)
          absence = error
          return true
        }
        if abbreviation.prefix != nil { throw error }
      }
    }
    let query = try RecordQuery(words)
    // For whole kinds, deleted records are included too.
    if query.words.isEmpty, query.terms.count == 1, let term = query.terms.first,
      term.key == "kind", case .anyOf(let names) = term.match, !term.isNegated
    {
      filter.kinds = Set(
        try names.map { (name) throws(StoreError) in try tracker.kind(named: name).name })
      return true
    }
    let answer = try RecordList(tracker).run(query)
    selection.ids = Set(answer.subjects.map(\.id))
    return !selection.ids.isEmpty
  }

  private func select(
    _ id: RecordID, _ tracker: Tracker, _ selection: inout HistoryWalk.Selection
  ) {
    selection.ids = [id]
    selection.members = CollectionMembers(of: id, in: tracker.catalog)
    selection.isOwn = own
  }

  /// Throws for words that other verbs accept, and that this one would search for as text.
  private func refuseSlips(_ tracker: Tracker) throws {
    let prefixes = tracker.catalog.kinds.map(\.prefix)
    let isID = words.map { word in IDAbbreviation(word)?.prefix.map(prefixes.contains) ?? false }
    if words.count > 1, isID[0] {
      let isKey =
        (try? FieldPattern(words[1]))?.problem(among: tracker.catalog.kinds) == nil && !isID[1]
      throw ValidationError(
        isID[1]
          ? "log takes one id; of several records: docket log id:\(words.joined(separator: ","))"
          : "log takes one id, and nothing beside it"
            + (isKey ? "; for one field: docket log \(words[0]) --field \(words[1])" : ""))
    }
    let word = words[0].uppercased()
    if words.count == 1,
      let kind = tracker.catalog.kinds.first(where: { [$0.prefix, $0.prefix + "-"].contains(word) })
    {
      throw ValidationError(
        "\"\(words[0])\" is no id; of all such records: docket log kind:\(kind.name)")
    }
  }

  /// Throws for a period that ends before it begins: its answer would be empty, and look like one.
  static func refuseReversed(_ since: String?, _ until: String?) throws {
    guard let since, let until, DatePeriod.isReversed(since, until) else { return }
    throw ValidationError("--until \(until) ends before --since \(since) begins")
  }

  static func second(_ text: String, _ reading: (String) -> Int64?) throws -> Int64 {
    guard let second = reading(text) else {
      throw ValidationError(DatePeriod.complaint(of: text))
    }
    return second
  }
}

/// Selects changes of commits.
struct LogFilter {
  var pattern: FieldPattern?
  var author: String?
  /// Names of kinds; all if empty.
  var kinds: Set<String> = []
  /// The pattern as one of a collection's records, if it names a collection.
  var collection: CollectionKey?

  /// Finds the record that the pattern names by the beginning of its id, if it does.
  mutating func resolve(among entries: [LogEntry]) throws {
    guard let candidates = collection?.resolve(among: entries.lazy.flatMap(\.changes)) else {
      return
    }
    throw StoreError.refused(
      "\(pattern?.text ?? "") could be any of \(candidates.count) records",
      hint: "type more of it:\n" + candidates.map { "  \($0)" }.joined(separator: "\n"))
  }

  func apply(_ entries: [LogEntry]) -> [LogEntry] {
    entries.compactMap { entry in
      if let author, !isBy(author, entry.commit) { return nil }
      let changes = entry.changes.compactMap(found)
      return changes.isEmpty
        ? nil : LogEntry(commit: entry.commit, changes: changes, broughtAt: entry.broughtAt)
    }
  }

  private func isBy(_ author: String, _ commit: CommitInfo) -> Bool {
    "\(commit.authorName) <\(commit.authorEmail)>".lowercased().contains(author.lowercased())
  }

  private func found(_ change: RecordChange) -> RecordChange? {
    if !kinds.isEmpty, !kinds.contains(change.kind?.name ?? "") { return nil }
    guard let pattern else { return change }
    if let part = collection?.part(of: change) { return part }
    var part = change.with(change.fields.flatMap(pattern.parts))
    part.wentOn = change.wentOn.filter {
      pattern.names(list: $0.origin.list, item: $0.origin.item)
    }
    return part.fields.isEmpty && part.wentOn.isEmpty ? nil : part
  }
}

/// History as text.
enum LogText {
  static func text(_ entry: LogEntry) -> String {
    let commit = entry.commit
    var lines = [
      Terminal.styled(commit.shortID, .yellow) + "  " + Instant.text(commit.committedAt) + "  "
        + Terminal.safe(commit.authorName) + "  "
        + Terminal.styled(Terminal.safe(commit.subject), .dim)
    ]
    for change in entry.changes { lines += ChangeText.lines(change) }
    return lines.joined(separator: "\n")
  }
}

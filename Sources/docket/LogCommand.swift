import ArgumentParser
import JSONText
import Records
import Store

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Tell what changed, field by field, newest first.",
    usage: "docket log [ID] [QUERY…] [--field KEY] [--since DATE] [--until DATE]",
    discussion: """
        docket log PP-8KX3                  the life of one record
        docket log kind:decision            of the records a query finds
        docket log --field status --since 2026-06
      """)

  @Argument(
    help: ArgumentHelp("An id, or a query as `docket list` takes it.", valueName: "id|query"))
  var words: [String] = []

  @Option(help: ArgumentHelp("Only changes of this key.", valueName: "key")) var field: String?
  @Option(help: ArgumentHelp("Only what came in on or after this date.", valueName: "date"))
  var since: String?
  @Option(help: ArgumentHelp("Only what came in on or before this date.", valueName: "date"))
  var until: String?
  @OptionGroup var output: FormatOption
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    Progress.show(for: tracker)
    var selection = HistoryWalk.Selection()
    selection.since = try since.map { try Self.second($0, Instant.firstSecond) }
    selection.until = try until.map { try Self.second($0, Instant.lastSecond) }
    var entries: [LogEntry] = []
    if let head = try tracker.headCommit() {
      let finds = try select(tracker, &selection)
      if finds {
        entries = try tracker.history(
          to: head, selection, field: selection.ids.isEmpty ? field : nil)
      }
    }
    if let field { entries = Self.only(field, entries) }
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
      for entry in entries { Terminal.print(LogText.text(entry), terminator: "\n\n") }
    }
    if tracker.isTruncated {
      Terminal.note(
        "this clone is shallow: what came before its boundary is unknown (git fetch --unshallow)")
    }
  }

  /// Which records are asked for; `false` if a query finds none.
  private func select(_ tracker: Tracker, _ selection: inout HistoryWalk.Selection) throws -> Bool {
    if words.isEmpty { return true }
    if words.count == 1, let abbreviation = IDAbbreviation(words[0]),
      abbreviation.prefix != nil || abbreviation.digits.count >= 4
    {
      do throws(StoreError) {
        selection.ids = [try tracker.find(words[0]).id]
        return true
      } catch {
        // A record that is gone still has a history.
        if let id = abbreviation.complete {
          selection.ids = [id]
          return true
        }
        if abbreviation.prefix != nil { throw error }
      }
    }
    let answer = try RecordList(tracker).run(try RecordQuery(words))
    selection.ids = Set(answer.subjects.map(\.id))
    return !selection.ids.isEmpty
  }

  static func second(_ text: String, _ reading: (String) -> Int64?) throws -> Int64 {
    guard let second = reading(text) else {
      throw ValidationError("\"\(text)\" is no date; write it like 2026, 2026-07 or 2026-07-01")
    }
    return second
  }

  private static func only(_ key: String, _ entries: [LogEntry]) -> [LogEntry] {
    entries.compactMap { entry in
      let changes = entry.changes.compactMap { change -> RecordChange? in
        let fields = change.fields.filter {
          $0.key == key || $0.key.hasPrefix(key + ".") || $0.pointer.description == key
            || FieldChange.name(of: $0.pointer) == key
        }
        guard !fields.isEmpty else { return nil }
        return RecordChange(
          id: change.id, kind: change.kind, path: change.path, from: change.from, sort: change.sort,
          fields: fields, before: change.before, after: change.after, problem: change.problem)
      }
      return changes.isEmpty
        ? nil : LogEntry(commit: entry.commit, changes: changes, broughtAt: entry.broughtAt)
    }
  }
}

/// History in words.
enum LogText {
  static func text(_ entry: LogEntry) -> String {
    let commit = entry.commit
    var lines = [
      Terminal.styled(commit.shortID, .yellow) + "  " + Instant.text(commit.committedAt) + "  "
        + Terminal.safe(commit.authorName) + "  "
        + Terminal.styled(Terminal.safe(commit.subject), .dim)
    ]
    for change in entry.changes { lines += Self.lines(change) }
    return lines.joined(separator: "\n")
  }

  private static func lines(_ change: RecordChange) -> [String] {
    let heading = Terminal.safe(change.heading)
    let verb =
      switch change.sort {
      case .added: "added"
      case .deleted: "deleted"
      case .renamed: "moved from \(change.from ?? "elsewhere")"
      case .modified: ""
      }
    var lines = [
      "  " + Terminal.styled(change.id.text, .cyan) + (heading.isEmpty ? "" : "  " + heading)
        + (verb.isEmpty ? "" : "  (\(Terminal.safe(verb)))")
    ]
    if let problem = change.problem { lines.append("    " + problem) }
    let told = change.sort == .added ? change.fields.filter { !isPlain($0, change) } : change.fields
    if change.sort == .deleted { return lines }
    for field in told {
      lines.append("    " + Terminal.safe(ChangeWords.sentence(field, view: change.kind?.view)))
    }
    return lines
  }

  /// What a new record's first line has said already.
  private static func isPlain(_ field: FieldChange, _ change: RecordChange) -> Bool {
    ["$schema", "id", change.kind?.titleKey].contains(field.key)
  }
}

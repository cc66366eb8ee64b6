import ArgumentParser
import JSONText
import Records
import Reports
import Store

struct DiffCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable { case text, md, json }

  static let configuration = CommandConfiguration(
    commandName: "diff", _superCommandName: "docket",
    abstract: "Tell how the records of two states differ, in words.",
    usage: "docket diff [A | A..B | A...B] [ID…] [QUERY…] [--staged] [--format text|md|json]",
    discussion: """
        docket diff                       what isn't committed yet
        docket diff --staged              what is staged
        docket diff v1.2                  this revision against the working tree
        docket diff 2026-03..2026-06      two states, by revision or date
        docket diff main...HEAD           what this branch did since it left main
        docket diff main..HEAD kind:decision PP-8KX3
      """)

  @Argument(
    help: ArgumentHelp(
      "Revisions or dates, ids, and key:value terms of a query.", valueName: "rev|id|query"),
    completion: Completions.ids)
  var words: [String] = []

  @Flag(name: [.long, .customLong("cached")], help: "What is staged, against HEAD or A.")
  var staged = false
  @Option(help: "text, md or json.") var format: Format = .text
  @OptionGroup var pager: PagerOption
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    let request = try DiffRequest(words, in: tracker)
    let (old, new) = try request.sides(staged: staged, in: tracker)
    let difference = try tracker.difference(from: old, to: new)
    let changes = ChangePage.sorted(request.chosen(difference.changes))
    let page = ChangePage(changes)
    switch format {
    case .json:
      Output.write(
        Output.envelope(
          "diff",
          [
            ("truncated", .bool(tracker.isTruncated)),
            ("changes", .array(changes.map { Output.item($0) })),
          ]))
    case .md:
      Terminal.print(lines: "## Records: \(page.summary)\n\n" + page.sections(), terminator: "")
    case .text:
      pager.start()
      Terminal.print(lines: DiffText.text(changes), terminator: "")
    }
  }
}

/// What to compare, parsed from words in any order.
struct DiffRequest {
  private var range: RevisionRange?
  private var revisions: [String] = []
  private var ids: Set<RecordID> = []
  private var query: RecordQuery

  init(_ words: [String], in tracker: Tracker) throws {
    var terms: [String] = []
    var names: [String] = []
    var words = words
    range = try RevisionRange.taken(from: &words)
    for word in words {
      if word.contains("@{") {
        revisions.append(word)
      } else if !RevisionRange.isEnd(word) {
        terms.append(word)
      } else {
        names.append(word)
      }
    }
    query = try RecordQuery(terms)
    if let key = query.terms.map(\.key).first(where: Self.historic.contains) {
      throw ValidationError("a difference can't be asked by \(key): docket list can")
    }
    query = try RecordList.resolved(query, in: tracker)
    for name in names { try read(name, in: tracker) }
    guard revisions.count + (range == nil ? 0 : 2) <= 2 else {
      throw ValidationError("at most two states can be compared: write A..B")
    }
  }

  private static let historic = ["created", "changed", "author", "linkedby"]

  /// Adds a word as a revision or date if it names one, else as an id.
  private mutating func read(_ word: String, in tracker: Tracker) throws {
    let abbreviation = IDAbbreviation(word)
    let isID = abbreviation?.prefix.map { prefix in
      tracker.catalog.kinds.contains { $0.prefix == prefix }
    }
    if isID != true, (try? tracker.commit(meantBy: word)) != nil {
      revisions.append(word)
      return
    }
    if let id = abbreviation?.complete {
      // A record that is deleted, or not committed yet, can be named by its whole id.
      ids.insert(id)
    } else if try isID == true || tracker.hasRecord(abbreviation) {
      ids.insert(try tracker.find(word).id)
    } else {
      throw StoreError.refused(
        "\"\(word)\" is neither a revision, nor a date, nor a record's id",
        hint: "docket help diff")
    }
  }

  func sides(staged: Bool, in tracker: Tracker) throws -> (StateSide, StateSide) {
    var ends = revisions
    if let range { ends = [range.from, range.to ?? ""] }
    let commits = try ends.map { (end) throws(StoreError) in
      try RevisionRange.commit(end, in: tracker)
    }
    if staged, commits.count == 2 {
      throw ValidationError("--staged compares one state with the index: leave out one end")
    }
    switch commits.count {
    case 2:
      let start =
        range?.isSinceParting == true
        ? try RevisionRange.parting(commits[0], commits[1], in: tracker) : commits[0]
      return (.commit(start), .commit(commits[1]))
    default:
      let start = try commits.first ?? tracker.headCommit()
      if tracker.root == nil {
        throw StoreError.failed(
          "a bare repository has no working tree to compare with",
          hint: "docket diff A..B compares two revisions")
      }
      return (.commit(start), staged ? .index : .workingTree)
    }
  }

  /// Returns the changes of the selected records: selected as they are now, or were before.
  func chosen(_ changes: [RecordChange]) -> [RecordChange] {
    var chosen = changes
    if !ids.isEmpty { chosen.removeAll { !ids.contains($0.id) } }
    guard !query.terms.isEmpty || !query.words.isEmpty else { return chosen }
    return chosen.filter { change in
      guard let kind = change.kind else { return false }
      return [change.after, change.before].contains { value in
        value.map { query.matches(QuerySubject(id: change.id, kind: kind, record: $0)) } ?? false
      }
    }
  }
}

extension Tracker {
  /// Whether any record's id begins with digits typed without a prefix.
  fileprivate func hasRecord(_ abbreviation: IDAbbreviation?) throws(StoreError) -> Bool {
    guard let abbreviation, abbreviation.digits.utf8.count >= 4, let head = try headCommit() else {
      return false
    }
    return try ids(at: head).contains { abbreviation.matches($0) }
  }
}

/// A difference as text: what was added, closed, changed.
enum DiffText {
  static func text(_ changes: [RecordChange]) -> String {
    RecordChange.Deed.allCases.compactMap { deed -> String? in
      let group = changes.filter { $0.deed == deed }
      guard !group.isEmpty else { return nil }
      let heading = "\(deed)".capitalizedFirst + " (\(group.count))"
      let lines = group.flatMap { ChangeText.lines($0, saysDeed: false) }
      return Terminal.styled(heading, .bold) + "\n" + lines.map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }
}

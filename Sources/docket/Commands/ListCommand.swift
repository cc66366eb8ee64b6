import ArgumentParser
import JSONText
import Records
import Reports
import Store

struct ListCommand: ReadsItsOwnOptions {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List records, with a query if you like.",
    usage: "docket list [QUERY…] [--at REV|DATE] [--format text|csv|json|jsonl] [--no-pager]",
    discussion: """
      Words look in all text; key:value asks a field; not:, .. and commas mean what they say. \
      No quotes are needed:

        docket list kind:pain-point status:triaged,validated severity:4..
        docket list kind:action status:open sort:due
        docket list not:area:docs flaky deploys created:2026-01.. limit:20
      """)

  enum Format: String, CaseIterable { case text, csv, json, jsonl }

  static let ownOptions = options(formats: "text, csv, json")

  /// The options that `options(_:at:format:)` takes out of the words.
  static func options(formats: String) -> [VerbPage.Row] {
    [
      VerbPage.Row(
        label: "--at REV|DATE", words: "A revision, or a date: YYYY[-MM[-DD[Thh:mm:ssZ]]]."),
      VerbPage.Row(
        label: "--format FORMAT",
        words: "\(formats), or jsonl (items alone, one a line). Without it: text."),
      VerbPage.Row(label: "--no-pager", words: "Don't show long output page by page."),
      VerbPage.Row(
        label: "--color WHEN", words: "Colour: auto, always or never. Without it: auto."),
    ]
  }

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("Words and key:value terms.", valueName: "query"),
    completion: Completions.terms)
  var words: [String] = []

  mutating func run() throws {
    var at: String?
    var format = Format.text
    let query = try RecordQuery(try ListCommand.options(words, at: &at, format: &format))
    let present = try Invocation.current.tracker()
    let commit = try at.map { (text) throws(StoreError) in try present.commit(meantBy: text) }
    let tracker = try commit.map { (id) throws(StoreError) in try present.asOf(id) } ?? present
    Progress.show(for: tracker)
    let day = try at.flatMap { text in try commit.map { try present.day(meantBy: text, $0) } }
    let answer = try RecordList(tracker).run(query, at: commit, on: day)
    switch format {
    case .json:
      var members: [(String, JSONValue)] = []
      if answer.usesHistory || at != nil {
        members.append(("truncated", .bool(tracker.isTruncated)))
      }
      members.append(("items", .array(items(answer))))
      Output.write(Output.envelope("list", members))
    case .jsonl: Output.writeLines(items(answer))
    case .csv:
      Terminal.print(
        RecordTable.csv(
          answer.subjects, paths: answer.paths,
          showsScores: query.asks(for: QuerySubject.scoreKey)),
        terminator: "")
      for problem in answer.unreadable { FindingText.complain([problem.finding]) }
    case .text:
      if answer.subjects.isEmpty {
        try noteEmptiness(query, tracker)
      } else {
        Pager.start()
        Terminal.print(
          RecordTable.text(
            answer.subjects, kinds: tracker.catalog.kinds,
            showsScores: query.asks(for: QuerySubject.scoreKey)),
          terminator: "")
      }
      for problem in answer.unreadable { FindingText.complain([problem.finding]) }
    }
    if answer.usesHistory { HistoryNotes.show(of: tracker) }
  }

  /// On a terminal: that nothing was found, and what could have been asked for instead.
  private func noteEmptiness(_ query: RecordQuery, _ tracker: Tracker) throws {
    guard Terminal.isInteractive, !words.isEmpty else { return }
    let query = try RecordList.resolved(query, in: tracker)
    let term = query.impossibleTerm(among: tracker.catalog.kinds)
    let others = term.map {
      Spelling.question(for: $0.value, or: "\($0.key) is one of", among: $0.choices)
    }
    Terminal.note("no record matches" + (others ?? ""))
  }

  private func items(_ answer: RecordList.Answer) -> [JSONValue] {
    answer.subjects.map { subject in
      Output.object([
        ("id", .string(subject.id.text)), ("kind", .string(subject.kind.name)),
        ("path", answer.paths[subject.id].map { .string($0) }), ("record", subject.record),
      ])
    } + answer.unreadable.map { Output.item($0) }
  }

  /// Takes the options out of words that may stand in any order.
  static func options<Format: RawRepresentable<String> & CaseIterable>(
    _ words: [String], at: inout String?, format: inout Format
  ) throws -> [String] {
    var rest: [String] = []
    var index = 0
    func value(_ option: String) throws -> String {
      if let equals = words[index].firstIndex(of: "=") {
        return String(words[index][words[index].index(after: equals)...])
      }
      index += 1
      guard index < words.count else { throw ValidationError("\(option) needs a value") }
      return words[index]
    }
    while index < words.count {
      switch words[index].split(separator: "=").first.map(String.init) ?? "" {
      case "--at": at = try value("--at")
      case "--format":
        guard let known = Format(rawValue: try value("--format")) else {
          let names = Format.allCases.map(\.rawValue)
          throw ValidationError(
            "--format is \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")")
        }
        format = known
      case "--sort": rest.append("sort:" + (try value("--sort")))
      case "--json": format = Format(rawValue: "json") ?? format
      case "--color":
        guard let choice = Terminal.ColorChoice(rawValue: try value("--color")) else {
          throw ValidationError("--color is auto, always or never")
        }
        Terminal.setColor(choice)
      case "--no-pager": Pager.forbid()
      case "--no-input", "--": break
      case "--help", "-h": throw CleanExit.helpRequest(ListCommand.self)
      case let option where option.hasPrefix("--"):
        throw ValidationError("there is no option \(option)")
      default: rest.append(words[index])
      }
      index += 1
    }
    return rest
  }
}

/// Answers a query on the records of a commit.
struct RecordList {
  struct Answer {
    var subjects: [QuerySubject] = []
    var unreadable: [UnreadableRecord] = []
    var paths: [RecordID: String] = [:]
    var usesHistory = false
  }

  private let tracker: Tracker

  init(_ tracker: Tracker) { self.tracker = tracker }

  /// - Parameter day: as of which scores are computed; today where absent.
  func run(_ query: RecordQuery, at commit: Revision? = nil, on day: CivilDate? = nil) throws
    -> Answer
  {
    let query = try Self.resolved(query, in: tracker)
    var answer = Answer()
    guard let commit = try commit ?? tracker.headCommit() else { return answer }
    let candidates = try tracker.candidates(for: query, at: commit)
    answer.unreadable = candidates.unreadable
    let historic = ["created", "changed", "author"]
    answer.usesHistory =
      query.terms.contains { historic.contains($0.key) }
      || query.sort.contains { historic.contains($0.key) }
    let times = answer.usesHistory ? try tracker.times(to: commit) : [:]
    let points = try query.asks(for: QuerySubject.scoreKey) ? points(at: commit, on: day) : [:]
    var subjects: [QuerySubject] = []
    for record in candidates.records {
      guard let kind = tracker.catalog.kind(of: record.id) else { continue }
      var subject = QuerySubject(id: record.id, kind: kind, record: record.value)
      if let time = times[record.id] {
        subject.created = time.created
        subject.changed = time.changed
        subject.authors = time.authors
      }
      subject.linkedBy = candidates.linkedBy[record.id] ?? []
      subject.points = points[record.id]
      guard query.matches(subject) else { continue }
      subjects.append(subject)
      answer.paths[record.id] = record.path
    }
    answer.subjects = query.arranged(subjects)
    return answer
  }

  /// The points of ranked records, duplicates left out.
  private func points(at commit: Revision, on day: CivilDate?) throws -> [RecordID: String] {
    let state = try tracker.records(at: commit)
    let rankings = tracker.catalog.rankings(
      of: state.records, roster: tracker.definition.roster, on: day ?? tracker.today)
    return Dictionary(
      rankings.flatMap(\.entries).map { ($0.id, RankText.points($0.score.tenths)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The query with words for kinds and "me" made plain; a key that no kind has is a slip.
  static func resolved(_ query: RecordQuery, in tracker: Tracker) throws -> RecordQuery {
    var query = query
    try resolveKinds(in: &query, tracker)
    query = try query.resolvingMe(handle: tracker.handle, kinds: tracker.catalog.kinds)
    if let key = query.unknownKey(among: tracker.catalog.kinds) {
      if key.contains("."),
        let problem = try FieldPattern(key).problem(among: tracker.catalog.kinds)
      {
        throw problem
      }
      let known = tracker.catalog.kinds.flatMap(\.view.propertyNames) + RecordQuery.reserved
      throw KeyProblem(
        "no kind here has the key \"\(key)\""
          + Spelling.question(for: key, among: known))
    }
    return query
  }

  /// `kind:` takes any word that means a kind; one that means none is a slip, not an empty list.
  private static func resolveKinds(in query: inout RecordQuery, _ tracker: Tracker) throws {
    for index in query.terms.indices where query.terms[index].key == "kind" {
      guard case .anyOf(let words) = query.terms[index].match else { continue }
      let names = try words.map { (word) throws(StoreError) in
        try tracker.kindInUse(named: word).name
      }
      query.terms[index] = RecordQuery.Term(
        key: "kind", match: .anyOf(names), isNegated: query.terms[index].isNegated)
    }
  }
}

/// Records as tables, one for each kind.
enum RecordTable {
  /// - Parameter showsScores: whether to show what is computed too, because it was asked for.
  static func text(_ subjects: [QuerySubject], kinds: [Kind], showsScores: Bool = false) -> String {
    var text = ""
    let present = kinds.filter { kind in subjects.contains { $0.kind.name == kind.name } }
    for kind in present {
      let rows = subjects.filter { $0.kind.name == kind.name }
      if present.count > 1 {
        let heading =
          "\(kind.plural.prefix(1).uppercased())\(kind.plural.dropFirst()) (\(rows.count))"
        text += (text.isEmpty ? "" : "\n") + Terminal.styled(heading, .bold) + "\n"
      }
      text += table(rows, kind, showsScores)
    }
    return text
  }

  /// One table for a spreadsheet, in the query's order: id, kind and path, then the keys of the kinds'
  /// columns as they first come up.
  static func csv(
    _ subjects: [QuerySubject], paths: [RecordID: String], showsScores: Bool
  ) -> String {
    var keys: [String] = []
    var seen: Set<String> = []
    for kind in subjects.map(\.kind) where seen.insert(kind.name).inserted {
      keys += columns(of: kind, showsScores).filter { !keys.contains($0) }
    }
    var text = CSVText()
    text.add(["id", "kind", "path"] + keys)
    for subject in subjects {
      text.add(
        [subject.id.text, subject.kind.name, paths[subject.id] ?? ""]
          + keys.map { value(of: $0, in: subject) ?? "" })
    }
    return text.text
  }

  private static func columns(of kind: Kind, _ showsScores: Bool) -> [String] {
    var columns =
      kind.columns.isEmpty
      ? [kind.titleKey, kind.workflow?.property].compactMap { $0 } : kind.columns
    if showsScores, kind.hasScore, !columns.contains(QuerySubject.scoreKey) {
      columns.insert(QuerySubject.scoreKey, at: 0)
    }
    return columns
  }

  private static func table(_ subjects: [QuerySubject], _ kind: Kind, _ showsScores: Bool)
    -> String
  {
    let columns = columns(of: kind, showsScores)
    // The heading is what is cut when the terminal is narrow, so it goes last.
    let ordered = columns.filter { $0 != kind.titleKey } + columns.filter { $0 == kind.titleKey }
    let heading = ["id"] + ordered.map { kind.view.property($0)?.title?.lowercased() ?? $0 }
    let rows = subjects.map { subject in
      [subject.id.text]
        + ordered.map { Terminal.safe(ChangeWords.shortened(cell($0, of: subject), to: 200)) }
    }
    return TextTable.text([heading] + rows)
  }

  private static func cell(_ key: String, of subject: QuerySubject) -> String {
    value(of: key, in: subject) ?? "–"
  }

  private static func value(of key: String, in subject: QuerySubject) -> String? {
    if key == QuerySubject.scoreKey, subject.kind.view.property(key) == nil {
      let scores = subject.kind.scores(of: subject.record).compactMap { score in
        score.value.map { "\(score.formula.name) \($0.printed)\(score.formula.unit)" }
      }
      let all = scores + [subject.points].compactMap { $0 }
      return all.isEmpty ? nil : all.joined(separator: ", ")
    }
    guard let value = subject.record[key] else { return nil }
    return value.array?.map(\.plainText).joined(separator: ", ") ?? value.plainText
  }
}

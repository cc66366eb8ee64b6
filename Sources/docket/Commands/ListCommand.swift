import ArgumentParser
import Files
import JSONText
import Records
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

  /// The options that `options(_:at:format:)` parses.
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
      let table = RecordTable.csv(
        answer.subjects, paths: answer.paths,
        showsScores: query.asks(for: QuerySubject.scoreKey))
      Terminal.print(Array(table.utf8), as: .text)
      for problem in answer.unreadable { FindingText.complain([problem.finding]) }
    case .text:
      if answer.subjects.isEmpty {
        try noteEmptiness(query, tracker)
      } else {
        Pager.start()
        Terminal.print(
          lines:
            RecordTable.text(
              answer.subjects, kinds: tracker.catalog.kinds,
              showsScores: query.asks(for: QuerySubject.scoreKey)),
          terminator: "")
      }
      for problem in answer.unreadable { FindingText.complain([problem.finding]) }
    }
    if answer.usesHistory { HistoryNotes.show(of: tracker) }
  }

  /// Notes on a terminal that nothing was found, and suggests other values.
  private func noteEmptiness(_ query: RecordQuery, _ tracker: Tracker) throws {
    guard Terminal.isInteractive, !words.isEmpty else { return }
    let query = try RecordList.resolved(query, in: tracker)
    let term = query.impossibleTerm(among: tracker.catalog.kinds)
    let others = term.map {
      Spelling.question(for: $0.value, or: "\($0.key) is one of", among: $0.choices)
    }
    Terminal.note("no record matches\(others ?? "")")
  }

  private func items(_ answer: RecordList.Answer) -> [JSONValue] {
    answer.subjects.map { subject in
      Output.object([
        ("id", .string(subject.id.text)), ("kind", .string(subject.kind.name)),
        ("path", answer.paths[subject.id].map { .string($0.text) }), ("record", subject.record),
      ])
    } + answer.unreadable.map { Output.item($0) }
  }

  /// Removes the options from words in any order, and returns the rest.
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

import ArgumentParser
import Files
import JSONText
import Records
import Reports
import Store

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Report on decisions, evidence and outcomes; every line names its commit.",
    usage:
      "docket report audit [--at REV|DATE] [--since DATE] [--until DATE] [--format FORMAT] [-o FILE]",
    discussion: """
      The same repository state and the same command give the same bytes: nothing depends on \
      today. --since and --until select changes by the committer time of the first-parent commit \
      that brought them in.
      """)

  enum Name: String, CaseIterable, ExpressibleByArgument, Sendable { case audit }
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable { case md, html, json, csv }

  @Argument(help: "The report: audit.") var name: Name
  @Option(
    help: ArgumentHelp("The state to report on: a revision, or a date.", valueName: "rev|date"))
  var at: String?
  @Option(help: ArgumentHelp("Changes on or after this date.", valueName: "date")) var since:
    String?
  @Option(help: ArgumentHelp("Changes on or before this date.", valueName: "date")) var until:
    String?
  @Option(
    help: "md, html, json or csv (the ledger); by the file's name where -o names one, else md.")
  var format: Format?
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?
  @OptionGroup var pager: PagerOption
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let format = try chosenFormat()
    let tracker = try Invocation.current.tracker()
    let commit = try at.map { (text) throws(StoreError) in try tracker.commit(meantBy: text) }
    guard let tip = try commit ?? tracker.headCommit() else {
      throw StoreError.refused("there are no commits yet, so there is nothing to report on")
    }
    try LogCommand.refuseReversed(since, until)
    let input = try tracker.auditInput(
      at: tip, since: try since.map { try LogCommand.second($0, DatePeriod.firstSecond) },
      until: try until.map { try LogCommand.second($0, DatePeriod.lastSecond) })
    let report = AuditReport(input)
    let text = Self.bytes(of: report, format)
    HistoryNotes.show(
      of: tracker,
      input.isTruncated ? "the report says so, and what came before is missing" : nil)
    guard let output, output != "-" else {
      pager.start()
      Terminal.print(text, as: Self.form(of: format))
      return
    }
    do {
      try FileSystem.writeOutput(
        text, to: FileSystem.absolute(output, in: Invocation.current.directory))
    } catch {
      throw StoreError.failed("can't write \(error)")
    }
    Terminal.note("wrote \(output)")
  }

  /// Returns the format that is asked for, else the one that the output's ending names.
  ///
  /// - Throws: if the ending names none: a table in `report.xlsx` would be none.
  private func chosenFormat() throws -> Format {
    if let format { return format }
    guard let output, output != "-" else { return .md }
    let name = RepositoryPath(output).name.bytes
    let dot = UInt8(ascii: ".")
    guard let last = name.lastIndex(of: dot), last > 0 else { return .md }
    let ending = String(decoding: name[(last + 1)...], as: UTF8.self).lowercased()
    if let format = Format(rawValue: ending) { return format }
    throw StoreError.failed(
      "-o \(output): no format is called .\(ending)",
      hint: "--format md, html, json or csv says which; or name the file .md, .html, .json or .csv")
  }

  private static func form(of format: Format) -> WorkflowCommandEscape.Form {
    switch format {
    case .md, .csv: .text
    case .html: .html
    case .json: .json
    }
  }

  private static func bytes(of report: AuditReport, _ format: Format) -> [UInt8] {
    switch format {
    case .md: Array(report.markdown.utf8)
    case .html: Array(report.html.utf8)
    case .csv: Array(report.csv.utf8)
    case .json: Array(report.jsonText.utf8)
    }
  }
}

extension Tracker {
  /// Returns the input of an audit report of a commit.
  func auditInput(at tip: Revision, since: Int64?, until: Int64?) throws -> AuditInput {
    let past = try snapshot(at: tip)
    var selection = HistoryWalk.Selection()
    selection.since = since
    selection.until = until
    let history = try history(to: tip, selection)
    var trail = MigrationTrail(self)
    return AuditInput(
      name: past.definition.config.name ?? "docket", revision: past.revision,
      committedAt: past.committedAt, since: since, until: until, isTruncated: isTruncated,
      catalog: past.definition.catalog, roster: past.definition.roster, records: past.state.records,
      unreadable: past.state.unreadable, entries: try log(to: tip, selection, known: history),
      findings: past.findings + (try trail.findings(among: history)),
      grounds: try grounds(of: past.state.records, in: past.definition.catalog, at: tip))
  }
}

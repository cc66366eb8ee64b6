import ArgumentParser
import Records
import Store

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in what was written elsewhere.",
    subcommands: [Minutes.self])

  struct Minutes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "minutes", abstract: "Import meeting minutes from Markdown: a record a meeting.",
      discussion: """
        What the text says is kept: title, date, people, links, agenda, notes verbatim; decisions \
        and actions only where the text says so. What isn't understood is kept too, and reported. \
        The same files again change nothing; after an edit, only that meeting's record changes.
        """)

    @Argument(help: ArgumentHelp("Markdown files, or - for standard input.", valueName: "file"))
    var files: [String]

    @Flag(help: "Say what would be imported; write nothing.") var dryRun = false
    @OptionGroup var write: WriteFlags
    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
      let tracker = try Invocation.current.tracker(isWritten: true)
      var plan = try MinutesPlan(tracker)
      for file in files { plan.add(file) }
      for note in plan.notes { Terminal.complain("\(note)") }
      if plan.failed, plan.isEmpty { throw ExitStatus.AlreadyReported() }
      var options = try write.options()
      if options.message == nil { options.message = plan.message }
      guard !dryRun else {
        for draft in plan.changed {
          Terminal.print(
            "\(draft.base == nil ? "new" : "changed")  \(draft.id)  \(Terminal.safe(draft.kind.heading(of: draft.value)))"
          )
        }
        Terminal.note("\(plan.summary)")
        return
      }
      let result = try await tracker.commit(plan.changed, options)
      let findings = result.warnings
      // Importing years of minutes would bury the reader in notes on each record.
      if findings.count <= 10 {
        FindingText.complain(findings)
      } else {
        Terminal.note("\(FindingText.count(findings)): docket check lists them")
      }
      Terminal.note("\(plan.summary)")
      if let commit = result.outcome?.commit {
        Terminal.note(
          "saved \(result.ids.count) record\(result.ids.count == 1 ? "" : "s") in commit \(commit)")
      } else if result.outcome == nil {
        Terminal.note("nothing was written")
      }
      if !result.ids.isEmpty {
        Terminal.print(lines: result.ids.map(\.text).joined(separator: "\n"))
      }
      if plan.failed { throw ExitStatus.AlreadyReported() }
    }
  }
}

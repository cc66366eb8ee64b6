import ArgumentParser
import JSONText
import Records
import Store

struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move a record to another state of its workflow.",
    usage: "docket move ID STATUS [key=value…] [--dry-run]",
    discussion: """
      What the new state asks for can be set in the same breath. --dry-run says what is missing and what \
      can't change afterwards; on a terminal, a move after which something can't change asks first.

        docket move ACT-5F2K dropped droppedReason="Solved by the new runner"
        docket move DEC-74PP accepted --dry-run
      """)

  @Argument(help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @Argument(help: "The state to move to.", completion: Completions.states)
  var status: String

  @Argument(
    parsing: .remaining, help: ArgumentHelp("Values to set along with it.", valueName: "key=value"))
  var values: [String] = []

  @Flag(help: "Say what is missing and what freezes, and write nothing.")
  var dryRun = false

  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    var draft = try tracker.draft(changing: id)
    guard let workflow = draft.kind.workflow else {
      throw StoreError.refused("\(draft.kind.plural) have no states")
    }
    let current = draft.kind.state(of: draft.value) ?? workflow.initial
    guard workflow.states.contains(status) else {
      throw StoreError.refused(
        "\(draft.kind.plural) have no state \"\(status)\""
          + Spelling.question(for: status, among: workflow.states),
        hint:
          "\(draft.id) is \(current); next may come \(workflow.next(after: current).joined(separator: ", "))"
      )
    }
    let isDry = dryRun || values.contains("--dry-run")
    values.removeAll { $0 == "--dry-run" }
    let words = try TrailingWords(values, DraftInput(), write, common)
    draft.value[workflow.property] = .string(status)
    try draft.apply(words.assignments, makeItemID: tracker.makeItemID)
    let options = try words.write.options()
    if isDry { return try preview(draft, from: current, tracker) }
    if Terminal.isInteractive, !words.common.noInput, !Terminal.isCaptured,
      try !agrees(to: draft, tracker)
    {
      return Terminal.note("nothing was written")
    }
    WriteFlags.report(try await tracker.commit([draft], options))
  }

  /// Says what a move would be told, and what it freezes.
  private func preview(_ draft: Draft, from current: String, _ tracker: Tracker) throws {
    let (findings, freezes) = try tracker.preview(draft)
    FindingText.complain(findings)
    Self.say(freezes)
    let isRefused = findings.contains { $0.severity == .error }
    Terminal.note(
      "\(draft.id) would \(isRefused ? "not " : "")move from \(current) to \(status); nothing was written"
    )
    if isRefused { throw ExitStatus.AlreadyReported() }
  }

  /// Asks before a move after which something can't change any more.
  private func agrees(to draft: Draft, _ tracker: Tracker) throws -> Bool {
    let (findings, freezes) = try tracker.preview(draft)
    // What is refused is said by the write itself.
    guard !freezes.isEmpty, !findings.contains(where: { $0.severity == .error }) else {
      return true
    }
    FindingText.complain(findings)
    Self.say(freezes)
    Terminal.ask("Move \(draft.id) to \(status)? [y/N] ")
    return ["y", "yes"].contains(readLine()?.trimmed.lowercased())
  }

  private static func say(_ freezes: [FrozenPart]) {
    for part in freezes { Terminal.complain("from then on can't change: \(part.words)") }
  }
}

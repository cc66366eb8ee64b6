import ArgumentParser
import Git
import JSONText
import Records
import Store

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "End a conflict in a record, field by field.",
    usage: "docket resolve [ID] [--ours | --theirs | --both] [key=value…]",
    discussion: """
      Works from the three versions that git kept, whatever the file looks like now, and stages the \
      result. On a terminal it asks for each field; elsewhere it needs to be told. --ours is your own \
      branch's, also in a rebase. Without an ID it says which records are in conflict, and about what.

        docket resolve PP-8KX3 --theirs
        docket resolve PP-8KX3 severity=4 --ours
      """)

  @Argument(
    help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String?

  @Flag(help: "Take your own branch's value of each field in conflict.") var ours = false
  @Flag(help: "Take the other branch's value of each field in conflict.") var theirs = false
  @Flag(help: "Keep what both say: the lines and items of both, a change and not a deletion.")
  var both = false

  @Argument(
    parsing: .remaining, help: ArgumentHelp("Values to set instead.", valueName: "key=value"),
    completion: Completions.assignments)
  var values: [String] = []

  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker(toleratesFaults: true, isWritten: true)
    try takeTrailingOptions()
    guard [ours, theirs, both].count(where: { $0 }) <= 1 else {
      throw ValidationError("--ours, --theirs and --both exclude each other")
    }
    guard let unmerged = try tracker.unmergedRecords() else {
      Terminal.note("nothing is in conflict")
      return
    }
    guard let id else { return try list(unmerged) }
    let file = try find(id, in: unmerged)
    let sides = unmerged.sides
    let assignments = try values.map { word throws(KeyProblem) in try Assignment(word) }
    let words = ConflictWords(view: file.kind.view, names: (sides.ours, sides.theirs))
    let chosen = choice(sides)
    let questions = ConflictQuestions(words, file)
    let asks = Terminal.isInteractive && !common.noInput && chosen == nil
    var request = ResolutionRequest(ids: [file.id], assignments: assignments) {
      chosen ?? (asks ? questions.answer(to: $0) : nil)
    }
    var plan = try tracker.resolution(request)
    if !questions.typed.isEmpty {
      request.assignments += questions.typed
      plan = try tracker.resolution(request)
    }
    guard let plan else { return Terminal.note("nothing is in conflict in \(file.id)") }
    try report(plan, of: file, words, tracker)
  }

  /// Options may stand behind values, as with every verb.
  private mutating func takeTrailingOptions() throws {
    for word in values {
      switch word {
      case "--ours": ours = true
      case "--theirs": theirs = true
      case "--both": both = true
      case "--no-input": common.noInput = true
      default: continue
      }
    }
    values.removeAll { ["--ours", "--theirs", "--both", "--no-input"].contains($0) }
  }

  private func choice(_ sides: MergeSides) -> RecordMerge.Choice? {
    if both { return .both }
    // A rebase swaps what git calls ours and theirs.
    if ours { return sides.isSwapped ? .theirs : .ours }
    if theirs { return sides.isSwapped ? .ours : .theirs }
    return nil
  }

  private func find(_ text: String, in unmerged: UnmergedRecords) throws -> UnmergedRecords.File {
    let typed = IDAbbreviation(text)
    let found = unmerged.files.filter { typed?.matches($0.id) ?? false }
    if found.count == 1 { return found[0] }
    let ids = (found.isEmpty ? unmerged.files : found).map(\.id.text).joined(separator: ", ")
    throw StoreError.refused(
      found.isEmpty
        ? "\(text) isn't in conflict" : "\(text) is ambiguous: \(ids)",
      hint: found.isEmpty && !ids.isEmpty ? "in conflict: \(ids)" : nil)
  }

  private func list(_ unmerged: UnmergedRecords) throws {
    FindingText.complain(unmerged.findings)
    for path in unmerged.others {
      Terminal.complain("\(path): is in conflict, and no record")
      Terminal.complain("  fix: edit it, then: git add \(ShellWord.quoted(path))")
    }
    throw ExitStatus.AlreadyReported()
  }

  private func report(
    _ plan: MergeResolution, of file: UnmergedRecords.File, _ words: ConflictWords,
    _ tracker: Tracker
  ) throws {
    let rest = plan.unresolved.filter { $0.id != file.id }
    if let open = plan.unresolved.first(where: { $0.id == file.id }) {
      for conflict in open.conflicts {
        Terminal.complain("docket: \(file.id): \(words.sentence(conflict))")
      }
      let keys = open.conflicts.filter { !$0.isOrder && !$0.tokens.isEmpty }.prefix(2)
        .map { " \($0.key)=…" }.joined()
      if both { Terminal.note("what is one value can't be both") }
      Terminal.complain(
        "  fix: docket resolve \(file.id) --ours | --theirs\(both ? "" : " | --both") |\(keys)")
      throw ExitStatus.AlreadyReported()
    }
    FindingText.complain(plan.findings)
    if plan.isRefused { throw ExitStatus.AlreadyReported() }
    try tracker.stage(plan)
    for resolved in plan.resolved {
      Terminal.note("resolved \(resolved.id)")
      for (conflict, value) in resolved.settled {
        let now = value.map { words.text($0, of: conflict) } ?? "nothing"
        let key = conflict.tokens.isEmpty ? "the record" : conflict.key
        let verb = conflict.tokens.isEmpty && value == nil ? "is deleted" : "is \(now)"
        Terminal.complain("  \(key) \(conflict.isOrder ? "is in order" : verb)")
      }
    }
    for moved in plan.moved {
      Terminal.complain(
        "  \(moved.list).\(moved.item) of \(moved.owner) is \(moved.id)\(moved.isNew ? "" : " already")"
      )
    }
    for open in rest {
      Terminal.complain("  still in conflict: \(open.path)")
      if let command = open.command { Terminal.complain("  fix: \(command)") }
    }
    guard rest.isEmpty else { return }
    guard let conclusion = plan.conclusion else {
      return Terminal.note("nothing else is in conflict; it is staged, not committed: git commit")
    }
    let isShared = (try? tracker.publication())??.remote != nil
    Terminal.note(
      "nothing else is in conflict; this concludes the merge: \(conclusion)\(isShared ? ", or docket sync, which publishes it, too" : "")"
    )
  }
}

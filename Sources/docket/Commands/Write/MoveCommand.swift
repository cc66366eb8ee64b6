import ArgumentParser
import JSONText
import Records
import Store

struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move a record to another state of its workflow.",
    usage: "docket move ID STATUS [key=value…]",
    discussion:
      "What the new state asks for can be set in the same breath:\n\n  docket move ACT-5F2K dropped droppedReason=\"Solved by the new runner\""
  )

  @Argument(help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @Argument(help: "The state to move to.", completion: Completions.states)
  var status: String

  @Argument(
    parsing: .remaining, help: ArgumentHelp("Values to set along with it.", valueName: "key=value"))
  var values: [String] = []

  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
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
    let words = try TrailingWords(values, DraftInput(), write, common)
    draft.value[workflow.property] = .string(status)
    try draft.apply(words.assignments, makeItemID: tracker.makeItemID)
    WriteFlags.report(try await tracker.commit([draft], try words.write.options()))
  }
}

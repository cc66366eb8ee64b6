import ArgumentParser
import Store

struct EditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change a record; what changes nothing makes no commit.",
    usage: "docket edit ID [key=text | key:=json | key+=item | key-=]… [--from FILE|-] [--edit]",
    discussion: """
        docket edit PP-8KX3 severity=4 area=ci
        docket edit PP-8KX3 evidence.k3x9q.team=payments workaround-=
      """)

  @Argument(help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @Argument(
    parsing: .remaining,
    help: ArgumentHelp(
      "Values: key=text, key:=json, key+=item, key-= to unset.", valueName: "key=value"),
    completion: Completions.assignments)
  var values: [String] = []

  @OptionGroup var input: DraftInput
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
    var draft = try tracker.draft(changing: id)
    let words = try TrailingWords(values, input, write, common)
    let (input, write, common, assignments) = (
      words.input, words.write, words.common, words.assignments
    )
    if let source = input.from {
      let objects = try DraftInput.objects(from: source)
      guard objects.count == 1 else {
        throw StoreError.failed("--from gives one object to an edit")
      }
      try draft.fill(from: objects[0])
    }
    try CollectionDrafts(tracker: tracker).refuseItems(assignments, of: draft)
    try draft.apply(assignments, makeItemID: tracker.makeItemID)
    if input.edit || input.from == nil && assignments.isEmpty {
      guard input.edit || Terminal.isInteractive && !common.noInput else {
        throw StoreError.failed(
          "no key was named, so there is nothing to change", hint: "docket edit \(id) key=value…")
      }
      draft = try await ExternalEditor.edit(draft, in: tracker)
      return WriteFlags.report(
        try await ExternalEditor.commit([draft], in: tracker, try write.options()))
    }
    WriteFlags.report(try await tracker.commit([draft], try write.options()))
  }
}

import ArgumentParser
import JSONText
import Records
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
    let tracker = try Invocation.current.tracker(isWritten: true)
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
      try fill(&draft, from: objects[0], source, assignments, tracker)
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
    let result = try await tracker.commit([draft], try write.options())
    if let source = input.from { ExternalEditor.removeText(source, of: draft.id) }
    WriteFlags.report(result)
  }

  /// Takes the values of an object. A text that an editor left is merged with what others have changed
  /// since; what it took out is taken out.
  private func fill(
    _ draft: inout Draft, from object: JSONObject, _ source: String, _ assignments: [Assignment],
    _ tracker: Tracker
  ) throws {
    let present = draft.value
    guard let base = try ExternalEditor.base(ofText: source, of: draft.id, in: tracker) else {
      return try draft.fill(from: object)
    }
    guard object["id"]?.string == draft.id.text else {
      throw StoreError.refused("\(source) isn't a text of \(draft.id)")
    }
    draft.value = .object(object)
    let merge = tracker.mergedDraft(draft, since: base, with: present) { conflict in
      // A value on the line is taken in any case.
      assignments.contains { $0.covers(conflict.tokens) } ? .ours : nil
    }
    guard let conflict = merge.conflicts.first else {
      draft.value = merge.value
      return
    }
    throw StoreError.refused(
      "\(draft.id) was changed since: \(tracker.words(conflict, draft.kind))",
      hint: "docket edit \(draft.id) --from \(ShellWord.quoted(source)) \(conflict.key)=…")
  }
}

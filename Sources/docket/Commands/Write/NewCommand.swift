import ArgumentParser
import JSONText
import Records
import Store

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Note something new: writes one record and commits it.",
    usage: "docket new KIND [key=text | key:=json | key+=item]… [--from FILE|-] [--edit]",
    discussion: """
      Prints the new record's id and nothing else. On a terminal, without values, it asks field \
      by field, after showing similar open records. What is added to a collection, such as evidence+=, \
      becomes a record of its own in the same commit; those ids are told on standard error.

        docket new pain-point title="Deploys need three approvals" area=deploy severity:=4
        docket new decision --from draft.json
        jq -c '.[]' survey.json | docket new pain-point --from -
      """)

  @Argument(
    help:
      "The kind of record: pain-point, minutes, decision, retro, action, or another that `docket schema list` names.",
    completion: Completions.kinds)
  var kind: String

  @Argument(
    parsing: .remaining,
    help: ArgumentHelp("Values: key=text, key:=json, key+=item.", valueName: "key=value"),
    completion: Completions.assignments)
  var values: [String] = []

  @OptionGroup var input: DraftInput
  @Flag(
    help:
      "Don't link what earlier records left open: a meeting's open actions, for one.")
  var noCarry = false
  @OptionGroup var output: FormatOption
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    let kind = try tracker.kindInUse(named: kind)
    let words = try TrailingWords(
      values, input, write, common, noCarry: noCarry, format: output.format)
    let (input, write, common) = (words.input, words.write, words.common)
    var assignments = words.assignments
    let collections = CollectionDrafts(tracker: tracker)
    var collected: [Draft] = []
    let options = try write.options()
    var drafts: [Draft]
    if let source = input.from {
      drafts = []
      for var object in try DraftInput.objects(from: source) {
        var draft = tracker.draft(of: kind)
        collected += try collections.take(from: &object, for: draft)
        try draft.fill(from: object)
        drafts.append(draft)
      }
      guard !drafts.isEmpty else { throw StoreError.refused("\(source) holds no record") }
    } else {
      drafts = [tracker.draft(of: kind)]
    }
    let isGuided = !input.edit && input.from == nil && assignments.isEmpty
    if let first = drafts.first, drafts.count == 1 {
      collected += try collections.take(from: &assignments, for: first)
    }
    for index in drafts.indices {
      try drafts[index].apply(assignments, makeItemID: tracker.makeItemID)
    }
    let carryOver =
      words.noCarry == true || kind.carries == nil
      ? nil : try CarryOverCollection(tracker, branch: write.on)
    var linked = drafts.map { _ in [RecordFile]() }
    func carry() {
      guard let carryOver else { return }
      for index in drafts.indices where linked[index].isEmpty {
        linked[index] = carryOver.link(into: &drafts[index])
      }
    }
    if !isGuided { carry() }
    if input.edit {
      for index in drafts.indices {
        drafts[index] = try await ExternalEditor.edit(drafts[index], in: tracker)
      }
      // What the draft takes over may depend on values typed in the editor.
      carry()
    } else if isGuided {
      guard Terminal.isInteractive, !common.noInput else {
        throw StoreError.failed(
          "a new \(kind.title.lowercased()) needs at least its \(kind.titleKey ?? "values")",
          hint: "docket new \(kind.name) \(kind.titleKey ?? "key")=\"…\"")
      }
      drafts = try GuidedEntry(tracker, carryOver: carryOver).fill(drafts[0])
    }
    var similar: [SimilarRecords.Found] = []
    if !isGuided, drafts.count == 1, input.from == nil, !input.edit {
      let finder = SimilarRecords(tracker)
      similar = try finder.duplicates(of: drafts[0])
      try finder.show(similar, for: drafts[0], common)
    }
    let all = drafts + collected
    let result =
      try await input.edit || isGuided
      ? ExternalEditor.commit(all, in: tracker, options) : tracker.commit(all, options)
    carryOver?.report(zip(drafts, linked).map { ($0, $1) })
    let own = Set(drafts.filter { $0.base == nil }.map(\.id))
    for draft in collected where result.ids.contains(draft.id) {
      Terminal.note("added \(draft.kind.title.lowercased()) \(draft.id)")
    }
    WrittenRecords(result, printing: own, similar: similar, tracker: tracker)
      .report(words.format ?? .text)
  }
}

extension Draft {
  /// Sets all members of an object; `$schema` and `id` stay docket's.
  mutating func fill(from object: JSONObject) throws {
    for member in object.members {
      if member.key == "$schema" { continue }
      if member.key == "id" {
        guard member.value.string == id.text else {
          throw StoreError.refused("ids are docket's to give; leave \"id\" out")
        }
        continue
      }
      // One text for a list of lines is no more than that.
      if let text = member.value.string, let view = kind.view.property(member.key), view.isText {
        value[member.key] = try Assignment.reading(text, as: view, key: member.key)
      } else {
        value[member.key] = member.value
      }
    }
  }

  mutating func apply(_ assignments: [Assignment], makeItemID: () -> String) throws {
    for assignment in assignments {
      try assignment.apply(to: &value, view: kind.view, makeItemID: makeItemID)
    }
  }
}

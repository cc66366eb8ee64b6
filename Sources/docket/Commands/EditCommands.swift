import ArgumentParser
import JSONText
import Records
import Store

struct AddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an item to a list of a record.",
    usage: "docket add ID LIST key=value…",
    discussion: """
        docket add PP-8KX3 evidence said="Took me a day" team=payments source=interview
        docket add MIN-4ZQ0 tags flaky
      """)

  @Argument(help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @Argument(help: "The list: evidence, motions, tags, …", completion: Completions.keys)
  var list: String

  @Argument(
    parsing: .remaining,
    help: ArgumentHelp(
      "The item: key=value words, or one text for a list of texts.", valueName: "key=value"))
  var values: [String] = []

  @OptionGroup var input: DraftInput
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
    var draft = try tracker.draft(changing: id)
    let pointer = try FieldKey.pointer(list, in: draft.value)
    guard let place = draft.kind.view.at(pointer), place.types == ["array"] || place.items != nil
    else {
      let lists = draft.kind.view.propertyNames.filter {
        draft.kind.view.property($0)?.items != nil
      }
      throw StoreError.failed(
        "\(draft.kind.plural) have no list \"\(list)\""
          + Spelling.question(for: list, among: lists),
        hint: "they have \(lists.joined(separator: ", "))")
    }
    var items = draft.value[pointer]?.array ?? []
    let options: WriteOptions
    if let view = place.items, !view.propertyNames.isEmpty {
      let words = try TrailingWords(values, input, write, common)
      options = try words.write.options()
      var item = JSONValue.object(JSONObject())
      if let source = words.input.from {
        for object in try DraftInput.objects(from: source) { items.append(.object(object)) }
      }
      for assignment in words.assignments {
        try assignment.apply(
          to: &item, view: view, isItem: true, makeItemID: tracker.makeItemID)
      }
      if item.object?.isEmpty == false { items.append(item) }
    } else {
      let words = try TrailingWords(values, input, write, common, takesTexts: true)
      options = try words.write.options()
      items += words.texts.map { .string($0) }
    }
    guard items.count > draft.value[pointer]?.array?.count ?? 0 else {
      throw StoreError.failed(
        "no value was named, so there is nothing to add",
        hint: "docket add \(id) \(list) key=value…")
    }
    draft.value[pointer] = .array(items)
    WriteFlags.report(try await tracker.commit([draft], options))
  }
}

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
    try draft.apply(assignments, makeItemID: tracker.makeItemID)
    if input.edit || input.from == nil && assignments.isEmpty {
      guard input.edit || Terminal.isInteractive && !common.noInput else {
        throw StoreError.failed(
          "no key was named, so there is nothing to change", hint: "docket edit \(id) key=value…")
      }
      draft = try await Editing.edit(draft, in: tracker)
      return WriteFlags.report(
        try await Editing.commit([draft], in: tracker, try write.options()))
    }
    WriteFlags.report(try await tracker.commit([draft], try write.options()))
  }
}

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

struct LinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Link a record to another, by a relation of its kind.",
    usage: "docket link ID RELATION ID",
    discussion: """
      The link is stored on the first record. Where the relation says so, the other record moves \
      along in the same commit: `docket link NEW supersedes OLD` also moves OLD to superseded.
      """)

  @Argument(help: "The record that holds the link.", completion: Completions.ids) var id: String
  @Argument(
    help: "The relation: addresses, supersedes, duplicateOf, …", completion: Completions.relations)
  var relation: String
  @Argument(help: "The record that is linked to.", completion: Completions.ids) var target: String
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
    var draft = try tracker.draft(changing: id)
    let other = try tracker.draft(changing: target)
    guard let relation = draft.kind.relation(relation) else {
      let names = draft.kind.links.map(\.name)
      throw StoreError.refused(
        "\(draft.kind.plural) have no relation \"\(relation)\""
          + Spelling.question(for: relation, among: names),
        hint: names.isEmpty ? nil : "they have \(names.joined(separator: ", "))")
    }
    guard draft.id != other.id else {
      throw StoreError.refused("\(draft.id) can't be linked to itself")
    }
    guard let place = relation.places.first(where: { !$0.tokens.contains("*") }) else {
      throw StoreError.refused(
        "\(relation.name) is set on an item of a list", hint: "docket add \(draft.id) …")
    }
    let pointer = JSONPointer(tokens: place.tokens)
    let id = JSONValue.string(other.id.text)
    if draft.kind.view.at(pointer)?.items != nil {
      var list = draft.value[pointer]?.array ?? []
      if !list.contains(id) { list.append(id) }
      draft.value[pointer] = .array(list)
    } else {
      if let present = draft.value[pointer]?.string, present != other.id.text {
        throw StoreError.refused(
          "\(draft.id) \(relation.label) \(present) already",
          hint: "docket edit \(draft.id) \(relation.name)=\(other.id)")
      }
      draft.value[pointer] = id
    }
    var drafts = [draft]
    if let state = relation.moves, let workflow = other.kind.workflow {
      var moved = other
      moved.value[workflow.property] = .string(state)
      drafts.append(moved)
    }
    WriteFlags.report(try await tracker.commit(drafts, try write.options()))
  }
}

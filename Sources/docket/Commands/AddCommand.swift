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

import ArgumentParser
import JSONText
import Records
import Store

struct AddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add to a list of a record, or to a collection.",
    usage: "docket add ID LIST key=value…",
    discussion: """
      What one hand writes is an item of a list. What many people add, evidence for one, is a record \
      of its own that links to this one; its id is printed.

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
  @OptionGroup var output: FormatOption
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    var draft = try tracker.draft(changing: id)
    if let collection = try CollectionDrafts(tracker: tracker).collection(list, of: draft.kind) {
      return try await add(to: collection, of: draft, tracker)
    }
    let pointer = try FieldKey.pointer(list, in: draft.value)
    guard let place = draft.kind.view.at(pointer), place.types == ["array"] || place.items != nil
    else {
      let lists = draft.kind.view.propertyNames.filter {
        draft.kind.view.property($0)?.items != nil
      }
      let names = draft.kind.collections.map(\.name).filter { !lists.contains($0) } + lists
      throw StoreError.failed(
        "\(draft.kind.plural) have no list \"\(list)\""
          + Spelling.question(for: list, among: names),
        hint: "they have \(names.joined(separator: ", "))")
    }
    var items = draft.value[pointer]?.array ?? []
    let options: WriteOptions
    if let view = place.items, !view.propertyNames.isEmpty {
      let words = try TrailingWords(values, input, write, common, format: output.format)
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
      let words = try TrailingWords(
        values, input, write, common, takesTexts: true, format: output.format)
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

  /// Writes records of a collection, and prints their ids alone.
  private func add(to collection: ResolvedCollection, of record: Draft, _ tracker: Tracker)
    async throws
  {
    let name = collection.collection.name
    let words = try TrailingWords(
      values, input, write, common, format: output.format,
      keys: Set(collection.kind.view.propertyNames))
    let source = CollectionDrafts(tracker: tracker)
    var drafts: [Draft] = []
    if let file = words.input.from {
      for object in try DraftInput.objects(from: file) {
        drafts.append(try source.draft(from: .object(object), in: collection, of: record.id))
      }
    }
    for text in words.texts {
      drafts.append(try source.draft(from: .string(text), in: collection, of: record.id))
    }
    if drafts.isEmpty {
      guard !words.assignments.isEmpty else {
        throw StoreError.failed(
          "no value was named, so there is nothing to add",
          hint: "docket add \(id) \(name) key=value…")
      }
      drafts = [tracker.draft(of: collection.kind)]
    }
    let retired = record.kind.retired(name)
    for index in drafts.indices {
      for assignment in words.assignments {
        try assignment.renamed(retired?.renames ?? [:]).apply(
          to: &drafts[index].value, view: collection.kind.view, makeItemID: tracker.makeItemID)
      }
      try source.link(&drafts[index], to: record.id, by: collection.relation)
      source.fillDay(&drafts[index])
    }
    let result = try await tracker.commit(drafts, try words.write.options())
    WrittenRecords(result, tracker: tracker).report(words.format ?? .text)
  }
}

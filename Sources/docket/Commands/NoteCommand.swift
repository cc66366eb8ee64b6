import ArgumentParser
import Files
import JSONText
import Records
import Store

struct NoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Note what somebody said, in a breath; its id is printed.",
    usage: "docket note TEXT [key=value…]",
    discussion: """
      Writes one piece of feedback. What it is about can be said now or later: until then it is new, \
      and waits in the inbox. Similar open pain points are shown. - reads the text from standard input.

        docket note "Deploys took me a day" team=payments
        docket note "Deploys took me a day" about=PP-8KX3 who="developer 12" source=interview
        docket note observed="Restarted the build three times" team=web source=shadowing
      """)

  @Argument(
    parsing: .remaining,
    help: ArgumentHelp("The text, then values: key=text, key:=json, key+=item.", valueName: "text"),
    completion: Completions.assignments)
  var values: [String] = []

  @OptionGroup var output: FormatOption
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
    guard let (kind, binding) = tracker.catalog.noteKind else {
      throw StoreError.refused(
        "no kind here says what docket note writes", hint: "docket migrate")
    }
    let words = try TrailingWords(
      values, DraftInput(), write, common, format: output.format,
      keys: Set(kind.view.propertyNames))
    var draft = tracker.draft(of: kind)
    if let text = try WrittenText.read(
      words.texts, of: "note", at: binding.text, kind, words.common)
    {
      draft.value[binding.text] = text
    }
    try draft.apply(words.assignments, makeItemID: tracker.makeItemID)
    let about = kind.relation(binding.about)?.places.first?.tokens.first
    let says = words.assignments.contains { (try? FieldKey.tokens($0.key).first) != about }
    guard draft.value[binding.text] != nil || says else {
      throw StoreError.failed("there is nothing to note", hint: "docket note \"…\"")
    }
    CollectionDrafts(tracker: tracker).fillDay(&draft)
    let similar = try subjects(&draft, binding, kind, tracker, words.common)
    let result = try await tracker.commit([draft], try words.write.options())
    WrittenRecords(result, similar: similar, tracker: tracker).report(words.format ?? .text)
  }

  /// Returns the open records that a note without a subject may be about; on a terminal, links it to
  /// the one that is chosen.
  private func subjects(
    _ draft: inout Draft, _ binding: NoteBinding, _ kind: Kind, _ tracker: Tracker,
    _ common: CommonOptions
  ) throws -> [SimilarRecords.Found] {
    let targets = kind.relation(binding.about)?.places.first.map { JSONPointer(tokens: $0.tokens) }
    guard let targets, draft.value[targets]?.array?.isEmpty ?? (draft.value[targets] == nil) else {
      return []
    }
    let finder = SimilarRecords(tracker)
    let text = QuerySubject.text(of: draft.value[binding.text] ?? draft.value)
    let similar = try finder.subjects(of: text, binding, of: kind)
    guard !similar.isEmpty else { return [] }
    guard Terminal.isInteractive, !common.noInput, !Terminal.isCaptured else {
      let ids = similar.map(\.id.text).joined(separator: ", ")
      Terminal.note(
        "it may be about \(ids): docket link \(draft.id) \(binding.about) \(similar[0].id)")
      return similar
    }
    Terminal.complain("Is it about one of these?", .yellow)
    if let chosen = finder.choose(similar, otherwise: "leaves it in the inbox"),
      let relation = kind.relation(binding.about)
    {
      try CollectionDrafts(tracker: tracker).link(&draft, to: chosen.id, by: relation)
    }
    return similar
  }
}

/// The text of a note or an answer.
enum WrittenText {
  /// Returns the text from the words of the line, from standard input for `-`, or asked for on a
  /// terminal; `nil` if there is none.
  static func read(
    _ words: [String], of verb: String, at place: JSONPointer, _ kind: Kind,
    _ common: CommonOptions, asks: Bool = false
  ) throws -> JSONValue? {
    var text = words.joined(separator: " ")
    if text == "-" {
      let bytes = try OpenFile.standardInput()
      guard let read = String(validating: bytes, as: UTF8.self) else {
        throw StoreError.refused("standard input isn't UTF-8")
      }
      text = read
    }
    if text.isEmpty, asks, Terminal.isInteractive, !common.noInput {
      Terminal.ask("\(kind.view.at(place)?.title ?? verb) > ")
      text = readLine() ?? ""
    }
    text = text.trimmed
    if text.isEmpty { return nil }
    return try Assignment.reading(
      text, as: kind.view.at(place), key: place.tokens.joined(separator: "."))
  }
}

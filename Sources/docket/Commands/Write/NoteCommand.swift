import ArgumentParser
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

  @OptionGroup var text: WrittenText

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    guard let (kind, binding) = tracker.catalog.noteKind else {
      throw StoreError.refused(
        "no kind here says what docket note writes", hint: "docket migrate")
    }
    let words = try text.words(for: kind)
    var draft = try words.draft(of: kind, text: binding.text, tracker)
    let about = kind.relation(binding.about)?.place?.tokens.first
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
    guard let relation = kind.relation(binding.about), let about = relation.place,
      draft.value[about]?.array?.isEmpty ?? (draft.value[about] == nil)
    else { return [] }
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
    if let chosen = finder.choose(similar, otherwise: "leaves it in the inbox") {
      try CollectionDrafts(tracker: tracker).link(&draft, to: chosen.id, by: relation)
    }
    return similar
  }
}

import ArgumentParser
import JSONText
import Records
import Store

struct TellCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tell",
    abstract: "Tell those who asked what becomes of it; the answer is a record.",
    usage: "docket tell ID TEXT [key=value…]",
    discussion: """
      ID is what the answer is about, a pain point or a decision, or one piece of feedback. The answer \
      names all feedback about it that nobody has answered yet, and goes to those it is from, unless \
      to= says who was told. - reads the text from standard input.

        docket tell PP-8KX3 "We fix it in May: the new runner keeps its cache"
        docket tell PP-8KX3 "Not this year" to=payments by=mira on=2026-03-04
      """)

  @Argument(
    help: "What it is about, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @OptionGroup var text: WrittenText

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    guard let (kind, binding) = tracker.catalog.tellKind else {
      throw StoreError.refused(
        "no kind here says what docket tell writes", hint: "docket migrate")
    }
    let words = try text.words(for: kind)
    let target = try tracker.read(tracker.find(id))
    var draft = try words.draft(of: kind, text: binding.text, tracker, asks: true)
    let waiting = try address(&draft, to: target, binding, tracker)
    guard draft.value[binding.text] != nil else {
      throw StoreError.failed("there is nothing to tell", hint: "docket tell \(id) \"…\"")
    }
    complete(&draft, waiting, binding, tracker)
    let result = try await tracker.commit([draft], try words.write.options())
    if waiting.isEmpty, draft.value[binding.answers] == nil {
      Terminal.note("nobody waits for an answer about \(target.id): it answers no feedback by name")
    }
    WrittenRecords(result, tracker: tracker).report(words.format ?? .text)
  }

  /// Links the answer to what it is about and to what it answers.
  ///
  /// - Returns: the feedback that it answers.
  private func address(
    _ draft: inout Draft, to target: RecordFile, _ binding: TellBinding, _ tracker: Tracker
  ) throws -> [RecordFile] {
    let links = CollectionDrafts(tracker: tracker)
    guard let about = draft.kind.relation(binding.about),
      let answers = draft.kind.relation(binding.answers)
    else { throw StoreError.refused("the schema of \(draft.kind.plural) lacks its relations") }
    var waiting: [RecordFile]
    if let noter = tracker.catalog.kind(of: target.id), answers.kinds.contains(noter.name),
      let note = noter.note
    {
      // One piece of feedback: the answer is about the same, and to it alone.
      let subjects = noter.links(note.about, of: target.root).map(\.target)
      guard !subjects.isEmpty else {
        throw StoreError.refused(
          "\(target.id) doesn't say yet what it is about",
          hint: "docket link \(target.id) \(note.about) PP-…")
      }
      for subject in subjects { try links.link(&draft, to: subject, by: about) }
      waiting = [target]
    } else {
      guard
        about.kinds.isEmpty
          || tracker.catalog.kind(of: target.id).map({ about.kinds.contains($0.name) }) ?? false
      else {
        throw StoreError.refused(
          "an answer is about \(about.kinds.joined(separator: " or ")), which \(target.id) isn't")
      }
      try links.link(&draft, to: target.id, by: about)
      waiting = try tracker.unanswered(about: target.id)
    }
    // Who names what it answers means that alone.
    guard answers.targets(in: draft.value).isEmpty else { return waiting }
    for file in waiting { try links.link(&draft, to: file.id, by: answers) }
    return waiting
  }

  /// Fills in who was told, by whom and when, where the line doesn't say.
  private func complete(
    _ draft: inout Draft, _ waiting: [RecordFile], _ binding: TellBinding, _ tracker: Tracker
  ) {
    if let on = binding.on, draft.value[on] == nil {
      draft.value[on] = .string(tracker.today.description)
    }
    if let by = binding.by, draft.value[by] == nil, let handle = tracker.handle {
      draft.value[by] = .string(handle)
    }
    guard let to = binding.to, draft.value[to] == nil else { return }
    let bindings = tracker.catalog.kinds.compactMap(\.rankBinding?.evidence)
    var seen: Set<String> = []
    let people = waiting.compactMap { file -> String? in
      for evidence in bindings {
        for place in [evidence.who, evidence.team] {
          if let text = place.flatMap({ file.root.node(at: $0)?.string })?.trimmed, !text.isEmpty {
            return text
          }
        }
      }
      return nil
    }.filter { seen.insert($0).inserted }
    let names = people.isEmpty ? ["everybody"] : people
    draft.value[to] =
      draft.kind.view.at(to)?.items == nil
      ? .string(names.joined(separator: ", ")) : .array(names.map { .string($0) })
  }
}

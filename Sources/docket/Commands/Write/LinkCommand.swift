import ArgumentParser
import JSONText
import Records
import Store

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
    let tracker = try Invocation.current.tracker(isWritten: true)
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
    guard let place = relation.place else {
      throw StoreError.refused(
        "\(relation.name) is set on an item of a list", hint: "docket add \(draft.id) …")
    }
    if let present = draft.value[place]?.string, present != other.id.text,
      draft.kind.view.at(place)?.items == nil
    {
      throw StoreError.refused(
        "\(draft.id) \(relation.label) \(present) already",
        hint: "docket edit \(draft.id) \(relation.name)=\(other.id)")
    }
    try CollectionDrafts(tracker: tracker).link(&draft, to: other.id, by: relation)
    var drafts = [draft]
    if let state = relation.moves, let workflow = other.kind.workflow {
      var moved = other
      moved.value[workflow.property] = .string(state)
      drafts.append(moved)
    }
    WriteFlags.report(try await tracker.commit(drafts, try write.options()))
  }
}

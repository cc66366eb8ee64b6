import ArgumentParser
import JSONText
import Records
import Store

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", _superCommandName: "docket",
    abstract: "Show a record.",
    discussion: """
        docket show PP-8KX3
        docket show PP-8KX3 --at 2026-03-31     as it stood at the end of that day (UTC)
        docket show PP-8KX3 --at v1.2           as it stood at a revision

      On your terminal, pseudonyms are shown with who they are, if git config docket.identities \
      names a file of yours that says so. It has to lie outside the repository.
      """)

  @Argument(help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @Option(
    help: ArgumentHelp("A revision, or a date: YYYY[-MM[-DD[Thh:mm:ssZ]]].", valueName: "rev|date"))
  var at: String?

  @Flag(help: "Say who is behind pseudonyms, in output for programs and pipes too.")
  var identities = false

  @OptionGroup var output: FormatOption
  @OptionGroup var pager: PagerOption
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let present = try Invocation.current.tracker()
    let commit = try at.map { (text) throws(StoreError) in try present.commit(meantBy: text) }
    let tracker = try commit.map { (id) throws(StoreError) in try present.asOf(id) } ?? present
    Progress.show(for: tracker)
    let found = try tracker.find(id, at: commit)
    let record = try tracker.read(found)
    let kind = tracker.catalog.kind(of: record.id)
    let identities = try identityMap(tracker)
    switch output.format {
    case .json:
      let collections = try collections(of: record, kind, tracker, at: found.commit)
      let items = JSONValue.array([Output.item(record, kind: kind, collections: collections)])
      let history = at == nil ? [] : [("truncated", JSONValue.bool(tracker.isTruncated))]
      let people = identities.map { identities in
        let records = [record] + collections.flatMap(\.records)
        let texts = records.flatMap { record in
          tracker.catalog.kind(of: record.id).map {
            Pseudonym.texts(in: record.value, view: $0.view)
          } ?? []
        }
        return [
          (
            "identities",
            Output.object(texts.map { text in (text, identities[text].map { .string($0) }) })
          )
        ]
      }
      Output.write(Output.envelope("show", history + [("items", items)] + (people ?? [])))
    case .jsonl:
      let collections = try collections(of: record, kind, tracker, at: found.commit)
      Output.writeLines([Output.item(record, kind: kind, collections: collections)])
    case .text:
      pager.start()
      let day = try at.map { try tracker.day(meantBy: $0, found.commit) } ?? tracker.today
      let (state, rankPositions) = try tracker.page(on: record, at: found.commit, day: day)
      Terminal.print(
        lines:
          RecordText(
            catalog: tracker.catalog, state: state, rankPositions: rankPositions,
            identities: identities
          ).page(record),
        terminator: "")
    }
  }

  private func collections(
    of record: RecordFile, _ kind: Kind?, _ tracker: Tracker, at commit: Revision
  ) throws -> [(name: String, records: [RecordFile])] {
    let collections = kind.map { tracker.catalog.collections(of: $0) } ?? []
    return try collections.map { collection in
      (
        collection.collection.name,
        try tracker.records(of: collection, about: record.id, at: commit)
      )
    }
  }

  /// Returns the identity map if it was asked for, or if only the user at the terminal sees it.
  private func identityMap(_ tracker: Tracker) throws -> IdentityMap? {
    guard identities || output.format == .text && !Terminal.isPiped else { return nil }
    do throws(StoreError) {
      let map = try tracker.identityMap()
      if let warning = map?.warning { Terminal.note("\(warning)") }
      if map == nil, identities {
        throw .failed(
          "you have no identity map", hint: "git config \(IdentityMap.setting) ~/identities.json")
      }
      return map
    } catch {
      if identities { throw error }
      // It wasn't asked for, so the record is shown without it.
      _ = ExitStatus.of(error)
      return nil
    }
  }
}

import JSONText

/// The answers of a state, by what they name and by what they are about, without their history.
struct ReplyLinks: Sendable {
  private var named: Set<RecordID> = []
  /// What answers are about that name no feedback.
  private var general: Set<RecordID> = []
  private var byTarget: [ResolvedCollection.Source: [RecordID: [RecordFile]]] = [:]

  init(_ records: [RecordFile], _ catalog: KindCatalog) {
    guard let (teller, binding) = catalog.tellKind else { return }
    for record in records where record.id.prefix == teller.prefix {
      let names = teller.links(binding.answers, of: record.root).map(\.target)
      named.formUnion(names)
      if names.isEmpty {
        general.formUnion(teller.links(binding.about, of: record.root).map(\.target))
      }
    }
    for (_, collection) in catalog.allCollections() where byTarget[collection.source] == nil {
      byTarget[collection.source] = collection.members(among: records)
    }
  }

  private func members(_ name: String, of record: RecordFile, _ kind: Kind, _ catalog: KindCatalog)
    -> [RecordFile]
  {
    catalog.collection(name, of: kind).flatMap { byTarget[$0.source]?[record.id] } ?? []
  }

  /// Returns the records in whose collection something isn't answered; of those without anything in
  /// it, the ones that nothing answers either.
  func waiting(
    _ records: [RecordFile], _ kind: Kind, _ names: (collection: String, answers: String),
    _ catalog: KindCatalog, _ stillWaiting: ([RecordFile]) -> Set<RecordID>
  ) -> Set<RecordID> {
    var waiting: Set<RecordID> = []
    var doubtful: [RecordID: [RecordFile]] = [:]
    for record in records {
      let items = members(names.collection, of: record, kind, catalog)
      guard !items.isEmpty else {
        if record.root[names.answers]?.count ?? 0 == 0,
          members(names.answers, of: record, kind, catalog).isEmpty
        {
          waiting.insert(record.id)
        }
        continue
      }
      let open = items.filter { !named.contains($0.id) }
      if open.isEmpty { continue }
      // A general answer may be older than the feedback.
      if general.contains(record.id) {
        doubtful[record.id] = open
      } else {
        waiting.insert(record.id)
      }
    }
    guard !doubtful.isEmpty else { return waiting }
    let still = stillWaiting(doubtful.values.flatMap { $0 })
    for (id, items) in doubtful where items.contains(where: { still.contains($0.id) }) {
      waiting.insert(id)
    }
    return waiting
  }
}

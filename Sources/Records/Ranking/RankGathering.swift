import JSONText

/// Finds, in all records of a state, what `evidence/1` looks at for each record of a ranked kind.
struct RankGathering {
  private let kind: Kind
  private let binding: RankBinding
  private let catalog: KindCatalog
  private let byID: [RecordID: RecordFile]
  /// The records of the kind, by id; a copy of a file counts once.
  let ranked: [RecordFile]
  /// Whose evidence counts with whose: the end of the way of duplicates.
  private(set) var heads: [RecordID: RecordID] = [:]
  private var members: [RecordID: [RecordFile]] = [:]
  private var positions: [RecordID: [RankInput.Position]] = [:]

  init(_ kind: Kind, _ binding: RankBinding, records: [RecordFile], catalog: KindCatalog) {
    self.kind = kind
    self.binding = binding
    self.catalog = catalog
    let sorted = records.sorted { ($0.id, $0.path) < ($1.id, $1.path) }
    byID = Dictionary(sorted.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<RecordID> = []
    ranked = sorted.filter { $0.id.prefix == kind.prefix && seen.insert($0.id).inserted }
    for record in ranked {
      let head = head(of: record)
      heads[record.id] = head
      members[head, default: []].append(record)
    }
    seen = []
    for record in sorted where seen.insert(record.id).inserted { gatherPositions(of: record) }
  }

  /// Follows the relation of duplicates to its end. One that leads to nothing, or in a circle, leads
  /// nowhere: the record stands for itself.
  private func head(of record: RecordFile) -> RecordID {
    guard let relation = kind.relation(binding.duplicates) else {
      return record.id
    }
    var here = record
    var seen: Set<RecordID> = [record.id]
    while let link = relation.links(in: here.root).first, let next = byID[link.target],
      next.id.prefix == kind.prefix
    {
      guard seen.insert(next.id).inserted else { return record.id }
      here = next
    }
    return here.id
  }

  private mutating func gatherPositions(of record: RecordFile) {
    guard let binding = binding.positions, let kind = catalog.kind(of: record.id),
      let relation = kind.relation(binding.relation)
    else { return }
    for link in relation.links(in: record.root) {
      guard let head = heads[link.target], let parent = link.pointer.parent,
        let item = record.root.node(at: parent), let value = item.node(at: binding.value)?.string
      else { continue }
      func text(_ pointer: JSONPointer?) -> String? {
        pointer.flatMap { item.node(at: $0)?.string }
      }
      let stance: RankInput.Position.Stance =
        binding.valuable.contains(value)
        ? .valuable : binding.notValuable.contains(value) ? .notValuable : .neither
      positions[head, default: []].append(
        RankInput.Position(
          record: record.id, item: item["id"]?.string, who: text(binding.who),
          team: text(binding.team), stance: stance, value: value, date: date(of: record)))
    }
  }

  /// The day that a record is dated for people.
  private func date(of record: RecordFile) -> CivilDate? {
    catalog.kind(of: record.id)?.dateKey.flatMap { record.root[$0]?.string }.flatMap {
      CivilDate($0)
    }
  }

  func input(for record: RecordFile) -> RankInput {
    func number(_ pointer: JSONPointer?) -> Int? {
      pointer.flatMap { record.root.node(at: $0)?.number?.int }
    }
    return RankInput(
      items: (members[record.id] ?? []).flatMap(items), severity: number(binding.severity),
      frequency: binding.frequency.flatMap { record.root.node(at: $0)?.string },
      reach: number(binding.reach), positions: positions[record.id] ?? [])
  }

  private func items(of record: RecordFile) -> [RankInput.Item] {
    binding.evidence.items.places(in: record.root).compactMap { place in
      let node = place.node
      guard node.isObject else { return nil }
      func at(_ pointer: JSONPointer?) -> JSONNode? { pointer.flatMap { node.node(at: $0) } }
      let source = at(binding.evidence.from)?.string.flatMap { RecordID($0) }.flatMap { byID[$0] }
      return RankInput.Item(
        record: record.id, item: node["id"]?.string, who: at(binding.evidence.who)?.string,
        team: at(binding.evidence.team)?.string,
        isObserved: Self.saysSomething(at(binding.evidence.observed)),
        date: at(binding.evidence.date)?.string.flatMap { CivilDate($0) }
          ?? source.flatMap { date(of: $0) })
    }
  }

  private static func saysSomething(_ node: JSONNode?) -> Bool {
    guard let node else { return false }
    if let text = node.string { return !text.trimmed.isEmpty }
    return node.elements.contains { saysSomething($0) }
  }
}

import JSONText

/// Reads the facts that `evidence/1` needs from a record.
package struct RankFactsReader: Sendable {
  package let kind: Kind
  package let binding: RankBinding
  private let catalog: KindCatalog
  private let duplicates: LinkRelation?

  /// `nil` if records of the kind aren't ranked.
  package init?(_ kind: Kind, catalog: KindCatalog) {
    guard let binding = kind.rankBinding else { return nil }
    self.init(kind, binding, catalog: catalog)
  }

  init(_ kind: Kind, _ binding: RankBinding, catalog: KindCatalog) {
    (self.kind, self.binding, self.catalog) = (kind, binding, catalog)
    duplicates = kind.relation(binding.duplicates)
  }

  /// Returns the facts of a record; `nil` if it can't affect the ranking.
  package func facts(of record: RecordFile) -> RankFacts? {
    let date = date(of: record)
    let positions = positions(in: record, date)
    let own = record.id.prefix == kind.prefix ? own(record) : nil
    if own == nil, positions.isEmpty, date == nil { return nil }
    return RankFacts(
      id: record.id, path: record.path, date: date, own: own, positions: positions)
  }

  private func date(of record: RecordFile) -> CivilDate? {
    catalog.kind(of: record.id)?.dateKey.flatMap { record.root[$0]?.string }.flatMap {
      CivilDate($0)
    }
  }

  private func own(_ record: RecordFile) -> RankFacts.Own {
    let root = record.root
    let state = kind.workflow.flatMap { root[$0.property]?.string }
    return RankFacts.Own(
      heading: kind.titleKey.flatMap { root[$0]?.string } ?? "", state: state,
      isClosed: state.flatMap { kind.workflow?.isClosed($0) } ?? false,
      duplicateOf: duplicates?.links(in: root).first?.target, items: items(of: record),
      severity: binding.severity.flatMap { root.node(at: $0)?.number?.int },
      frequency: binding.frequency.flatMap { root.node(at: $0)?.string },
      reach: binding.reach.flatMap { root.node(at: $0)?.number?.int })
  }

  private func items(of record: RecordFile) -> [(item: RankInput.Item, source: RecordID?)] {
    binding.evidence.items.places(in: record.root).compactMap { place in
      let node = place.node
      guard node.isObject else { return nil }
      func at(_ pointer: JSONPointer?) -> JSONNode? { pointer.flatMap { node.node(at: $0) } }
      let item = RankInput.Item(
        record: record.id, item: node["id"]?.string, who: at(binding.evidence.who)?.string,
        team: at(binding.evidence.team)?.string,
        isObserved: Self.saysSomething(at(binding.evidence.observed)),
        date: at(binding.evidence.date)?.string.flatMap { CivilDate($0) })
      return (item, at(binding.evidence.from)?.string.flatMap { RecordID($0) })
    }
  }

  private static func saysSomething(_ node: JSONNode?) -> Bool {
    guard let node else { return false }
    if let text = node.string { return !text.trimmed.isEmpty }
    return node.elements.contains { saysSomething($0) }
  }

  private func positions(in record: RecordFile, _ date: CivilDate?) -> [(
    target: RecordID, position: RankInput.Position
  )] {
    guard let binding = binding.positions, let kind = catalog.kind(of: record.id),
      let relation = kind.relation(binding.relation)
    else { return [] }
    return relation.links(in: record.root).compactMap { link in
      guard let parent = link.pointer.parent, let item = record.root.node(at: parent),
        let value = item.node(at: binding.value)?.string
      else { return nil }
      func text(_ pointer: JSONPointer?) -> String? {
        pointer.flatMap { item.node(at: $0)?.string }
      }
      let stance: RankInput.Position.Stance =
        binding.valuable.contains(value)
        ? .valuable : binding.notValuable.contains(value) ? .notValuable : .neither
      return (
        link.target,
        RankInput.Position(
          record: record.id, item: item["id"]?.string, who: text(binding.who),
          team: text(binding.team), stance: stance, value: value, date: date)
      )
    }
  }
}

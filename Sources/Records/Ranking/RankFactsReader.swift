import JSONSchema
import JSONText

/// Reads the facts that a formula for evidence needs from a record.
package struct RankFactsReader: Sendable {
  package let kind: Kind
  package let binding: RankBinding
  private let catalog: KindCatalog
  private let duplicates: LinkRelation?
  private let collection: ResolvedCollection?

  /// `nil` if records of the kind aren't ranked.
  package init?(_ kind: Kind, catalog: KindCatalog) {
    guard let binding = kind.rankBinding else { return nil }
    self.init(kind, binding, catalog: catalog)
  }

  init(_ kind: Kind, _ binding: RankBinding, catalog: KindCatalog) {
    (self.kind, self.binding, self.catalog) = (kind, binding, catalog)
    duplicates = kind.relation(binding.duplicates)
    collection = (binding.evidence.collection?.name).flatMap { catalog.collection($0, of: kind) }
  }

  /// Returns the facts of a record; `nil` if it can't affect the ranking.
  package func facts(of record: RecordFile) -> RankFacts? {
    let date = date(of: record)
    let positions = positions(in: record, date)
    let own = record.id.prefix == kind.prefix ? own(record) : nil
    let evidence = collected(in: record, date) + borne(by: record, date)
    let speaker = speaker(of: record)
    if own == nil, positions.isEmpty, evidence.isEmpty, speaker == nil, date == nil { return nil }
    return RankFacts(
      id: record.id, path: record.path, date: date, own: own, positions: positions,
      evidence: evidence, speaker: speaker)
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

  private func items(of record: RecordFile) -> [RankFacts.Item] {
    binding.evidence.items?.places(in: record.root).compactMap { place in
      guard place.node.isObject else { return nil }
      return item(
        place.node, target: record.id, record: record.id, item: place.node["id"]?.string)
    } ?? []
  }

  /// Returns an item of evidence from the object that holds its values.
  private func item(_ node: JSONNode, target: RecordID, record: RecordID, item: String?)
    -> RankFacts.Item
  {
    func at(_ pointer: JSONPointer?) -> JSONNode? { pointer.flatMap { node.node(at: $0) } }
    return RankFacts.Item(
      target: target,
      item: RankInput.Item(
        record: record, item: item, who: at(binding.evidence.who)?.string,
        team: at(binding.evidence.team)?.string,
        isObserved: Self.saysSomething(at(binding.evidence.observed)),
        date: at(binding.evidence.date)?.string.flatMap { CivilDate($0) }),
      source: at(binding.evidence.from)?.string.flatMap { RecordID($0) })
  }

  /// Returns the evidence that a record of the binding's collection is, on each record it links to.
  ///
  /// What was set aside is none.
  private func collected(in record: RecordFile, _ date: CivilDate?) -> [RankFacts.Item] {
    guard let collection, record.id.prefix == collection.kind.prefix, collection.counts(record)
    else { return [] }
    let origin = MigrationOrigin(record.root)
    // What was no evidence in the list that it was before a migration doesn't become any by it: a
    // ranking is the same before and after.
    if let origin, origin.list != collection.collection.name,
      binding.formula != EvidenceFormula.second
    {
      return []
    }
    var seen: Set<RecordID> = []
    return collection.relation.links(in: record.root).map(\.target)
      .filter { $0.prefix == kind.prefix && seen.insert($0).inserted }
      .map { target in
        var found = item(record.root, target: target, record: record.id, item: nil)
        found.item.origin = origin
        return found
      }
  }

  /// Returns the evidence that a record of another kind bears, by `evidence/2`.
  private func borne(by record: RecordFile, _ date: CivilDate?) -> [RankFacts.Item] {
    guard binding.formula == EvidenceFormula.second, let source = catalog.kind(of: record.id),
      !source.bearings.isEmpty, source.prefix != collection?.kind.prefix
    else { return [] }
    return source.bearings.flatMap { bearing -> [RankFacts.Item] in
      guard bears(record, bearing, source) else { return [] }
      let places = bearing.items?.places(in: record.root) ?? [(pointer: .root, node: record.root)]
      return places.flatMap { place -> [RankFacts.Item] in
        func text(_ pointer: JSONPointer?) -> String? {
          pointer.flatMap { (place.node.node(at: $0) ?? record.root.node(at: $0))?.string }
        }
        let about = place.node[bearing.about]
        let ids = about?.string.map { [$0] } ?? about?.elements.compactMap(\.string) ?? []
        return ids.compactMap { RecordID($0) }.filter { $0.prefix == kind.prefix }.map { target in
          RankFacts.Item(
            target: target,
            item: RankInput.Item(
              record: record.id, item: place.node["id"]?.string, who: text(bearing.who),
              team: text(bearing.team), isObserved: bearing.isObserved,
              date: text(bearing.date).flatMap { CivilDate($0) } ?? date),
            source: nil)
        }
      }
    }
  }

  /// Whether a record fulfils the condition of a bearing; one that can't be checked doesn't.
  private func bears(_ record: RecordFile, _ bearing: EvidenceBearing, _ source: Kind) -> Bool {
    guard let condition = bearing.condition else { return true }
    let schema = try? catalog.schema(inFile: source.fileName, at: condition)
    return schema?.isValid(record.root) ?? false
  }

  /// Returns whose words a record holds, by `evidence/2`: the person that its bearings name in the
  /// record itself.
  private func speaker(of record: RecordFile) -> RankFacts.Speaker? {
    guard binding.formula == EvidenceFormula.second, let source = catalog.kind(of: record.id),
      let bearing = source.bearings.first(where: { $0.who != nil })
    else { return nil }
    let who = bearing.who.flatMap { record.root.node(at: $0)?.string }
    let team = bearing.team.flatMap { record.root.node(at: $0)?.string }
    return who == nil && team == nil ? nil : RankFacts.Speaker(who: who, team: team)
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

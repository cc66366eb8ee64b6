import Git
import JSONText
package import Records

extension Tracker {
  /// Returns, for each record of a state that answers ranked ones and was accepted, the evidence of
  /// that time and what came later, by the commits up to `tip`.
  package func grounds(of records: [RecordFile], in catalog: KindCatalog, at tip: Revision)
    throws(StoreError) -> [RecordID: EvidenceGround]
  {
    var grounds: [RecordID: EvidenceGround] = [:]
    for ranked in catalog.kinds {
      guard let binding = ranked.rankBinding, let relation = binding.answers else { continue }
      let answering = catalog.kinds.filter { $0.relation(relation) != nil }
      let collection = (binding.evidence.collection?.name).flatMap {
        catalog.collection($0, of: ranked)
      }
      let prefixes = Set(
        answering.map(\.prefix) + [ranked.prefix] + [collection?.kind.prefix].compactMap { $0 })
      let concerned = records.filter { prefixes.contains($0.id.prefix) }
      let past = try milestones(to: tip, of: Set(concerned.map(\.id)), catalog)
      let evidence = Self.evidence(concerned, ranked, binding, collection, past)
      for kind in answering {
        for record in concerned where record.id.prefix == kind.prefix {
          guard let accepted = Self.acceptance(of: record.id, kind, past) else { continue }
          var seen: Set<String> = []
          let items = kind.links(relation, of: record.root)
            .flatMap { evidence[$0.target] ?? [] }
            .sorted { ($0.at.order, $0.name) < ($1.at.order, $1.name) }
            .filter { seen.insert($0.name).inserted }
          grounds[record.id] = EvidenceGround(
            accepted: accepted,
            then: items.filter { $0.at.order <= accepted.order }.map(\.name),
            since: items.filter { $0.at.order > accepted.order }.map(\.name))
        }
      }
    }
    return grounds
  }

  /// Returns the evidence on each ranked record, and when it came.
  private static func evidence(
    _ records: [RecordFile], _ ranked: Kind, _ binding: RankBinding,
    _ collection: ResolvedCollection?, _ past: RecordPast
  ) -> [RecordID: [(name: String, at: RecordHistory.Moment)]] {
    var found: [RecordID: [(name: String, at: RecordHistory.Moment)]] = [:]
    for record in records {
      if let collection, record.id.prefix == collection.kind.prefix, collection.counts(record),
        let came = past.milestones[record.id]?.reported
      {
        for target in Set(collection.relation.links(in: record.root).map(\.target)) {
          found[target, default: []].append((record.id.text, came))
        }
      }
      guard record.id.prefix == ranked.prefix, let items = binding.evidence.items,
        let list = items.tokens.first
      else { continue }
      for place in items.places(in: record.root) {
        guard let item = place.node["id"]?.string,
          let came = past.items[MigrationOrigin(record: record.id, list: list, item: item)]
        else { continue }
        found[record.id, default: []].append(("\(record.id).\(item)", came))
      }
    }
    return found
  }

  /// Returns when a record first left its initial state for one that isn't a refusal.
  private static func acceptance(of id: RecordID, _ kind: Kind, _ past: RecordPast)
    -> RecordHistory.Moment?
  {
    guard let workflow = kind.workflow, let states = past.milestones[id]?.states else { return nil }
    let refusals = workflow.next(after: workflow.initial).filter(workflow.isClosed)
    return states.filter { $0.key != workflow.initial && !refusals.contains($0.key) }
      .values.min { $0.order < $1.order }
  }
}

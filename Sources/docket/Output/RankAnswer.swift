import Records
import Store

/// The part of a ranking that a query selects.
struct RankTable {
  let ranking: Ranking
  let rows: [RankRow]
  let countsClosed: Bool

  init(_ ranking: Ranking, query: RecordQuery, found: Set<RecordID>) {
    self.ranking = ranking
    let closed = Self.asksForClosed(query, ranking.kind)
    countsClosed = closed
    let rows = ranking.entries.filter { found.contains($0.id) }.compactMap { entry in
      ranking.place(of: entry, countingClosed: closed).map {
        RankRow(ranking: ranking, entry: entry, place: $0)
      }
    }
    self.rows = query.limit.map { Array(rows.prefix($0)) } ?? rows
  }

  /// Whether a query names a closed state, or records by their ids.
  private static func asksForClosed(_ query: RecordQuery, _ kind: Kind) -> Bool {
    query.terms.contains { term in
      guard !term.isNegated else { return false }
      if term.key == "id" { return true }
      guard let workflow = kind.workflow, term.key == workflow.property,
        case .anyOf(let states) = term.match
      else { return false }
      return states.contains { workflow.isClosed($0) }
    }
  }
}

/// A record of another kind that addresses ranked ones, such as a decision that addresses pain
/// points.
struct RankAnswer {
  let record: RecordFile
  let kind: Kind
  let answered: [(ranking: Ranking, answered: Ranking.Answered)]

  var isOpen: Bool { !kind.isClosed(record.root) }
  var best: Ranking.Place? { answered.first?.answered.place }
}

extension RankedState {
  /// Returns the best placed first, those that address nothing last; only kinds that have the
  /// relation.
  func answering() -> [RankAnswer] {
    state.records.compactMap { record -> RankAnswer? in
      guard let kind = definition.catalog.kind(of: record.id),
        rankings.contains(where: { ranking in
          ranking.kind.name != kind.name
            && kind.links.contains { $0.name == ranking.binding.answers }
        })
      else { return nil }
      let answered = rankings.flatMap { ranking in
        ranking.answered(by: record, kind: kind).map { (ranking: ranking, answered: $0) }
      }
      return RankAnswer(record: record, kind: kind, answered: answered)
    }.sorted {
      ($0.best?.rank ?? .max, $0.record.id) < ($1.best?.rank ?? .max, $1.record.id)
    }
  }
}

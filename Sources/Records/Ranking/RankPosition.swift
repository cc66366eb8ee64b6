/// A record's position in the ranking of its kind, without its derivation.
package struct RankPosition: Sendable, Hashable {
  /// The record that is counted: itself, or the one that it duplicates.
  package let head: RecordID
  /// The state of the head.
  package let state: String?
  package let isClosed: Bool
  package let tenths: Int
  package let place: Ranking.Place

  package init(
    head: RecordID, state: String?, isClosed: Bool, tenths: Int, place: Ranking.Place
  ) {
    (self.head, self.state, self.isClosed) = (head, state, isClosed)
    (self.tenths, self.place) = (tenths, place)
  }
}

extension RankPosition {
  package init(_ entry: Ranking.Entry, _ place: Ranking.Place) {
    self.init(
      head: entry.id, state: entry.state, isClosed: entry.isClosed, tenths: entry.score.tenths,
      place: place)
  }
}

/// The positions a record's page shows: the record's own, and those of the records it addresses.
package struct RankPositions: Sendable {
  package let kind: Kind
  package let own: RankPosition?
  /// The positions of the records it addresses, best first.
  package let answered: [RankPosition]

  /// - Parameter rankPosition: returns the position of any record; `nil` if it isn't ranked.
  package init(
    of record: RecordFile, _ kind: Kind?, in ranked: Kind, by binding: RankBinding,
    rankPosition: (RecordID) -> RankPosition?
  ) {
    self.kind = ranked
    own = rankPosition(record.id)
    var seen: Set<RecordID> = []
    answered = binding.answers(of: record, kind).compactMap(rankPosition)
      .filter { seen.insert($0.head).inserted }
      .sorted { ($0.place.rank, $0.head) < ($1.place.rank, $1.head) }
  }
}

extension RankBinding {
  /// Returns the records that a record of another kind addresses.
  package func answers(of record: RecordFile, _ kind: Kind?) -> [RecordID] {
    kind?.links(answers, of: record.root).map(\.target) ?? []
  }
}

extension Ranking {
  package func rankPosition(of id: RecordID) -> RankPosition? {
    guard let entry = entry(for: id), let place = place(of: entry) else { return nil }
    return RankPosition(entry, place)
  }

  package func rankPositions(of record: RecordFile, _ kind: Kind?) -> RankPositions {
    RankPositions(of: record, kind, in: self.kind, by: binding) { rankPosition(of: $0) }
  }
}

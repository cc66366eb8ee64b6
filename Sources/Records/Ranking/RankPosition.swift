/// Where a record stands among those of its kind, without the way there.
package struct Standing: Sendable, Hashable {
  /// The record that is counted: itself, or what it duplicates.
  package let head: RecordID
  /// Of the head.
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

extension Standing {
  package init(_ entry: Ranking.Entry, _ place: Ranking.Place) {
    self.init(
      head: entry.id, state: entry.state, isClosed: entry.isClosed, tenths: entry.score.tenths,
      place: place)
  }
}

/// What a page on a record says of a ranking: how the record stands, and those that it answers to.
package struct Standings: Sendable {
  package let kind: Kind
  package let own: Standing?
  /// Best placed first.
  package let answered: [Standing]

  /// - Parameter standing: of any record; `nil` where it isn't ranked.
  package init(
    of record: RecordFile, _ kind: Kind?, in ranked: Kind, by binding: RankBinding,
    standing: (RecordID) -> Standing?
  ) {
    self.kind = ranked
    own = standing(record.id)
    var seen: Set<RecordID> = []
    answered = binding.answers(of: record, kind).compactMap(standing)
      .filter { seen.insert($0.head).inserted }
      .sorted { ($0.place.rank, $0.head) < ($1.place.rank, $1.head) }
  }
}

extension RankBinding {
  /// The records that one of another kind says it answers to.
  package func answers(of record: RecordFile, _ kind: Kind?) -> [RecordID] {
    kind?.links(answers, of: record.root).map(\.target) ?? []
  }
}

extension Ranking {
  package func standing(of id: RecordID) -> Standing? {
    guard let entry = entry(for: id), let place = place(of: entry) else { return nil }
    return Standing(entry, place)
  }

  package func standings(of record: RecordFile, _ kind: Kind?) -> Standings {
    Standings(of: record, kind, in: self.kind, by: binding) { standing(of: $0) }
  }
}

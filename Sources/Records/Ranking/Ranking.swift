/// A ranking of the records of a kind by their evidence, as of a day.
///
/// Pure: the same records, roster and day give the same places whatever order the records come in.
package struct Ranking: Sendable {
  package struct Entry: Sendable {
    package let id: RecordID
    package let heading: String
    package let state: String?
    package let isClosed: Bool
    package let score: EvidenceScore
    /// The duplicates whose evidence counts for it.
    package let duplicates: [RecordID]
  }

  /// A place such as "7th of 31"; equal scores have equal places.
  package struct Place: Sendable, Hashable {
    package let rank: Int
    package let of: Int
    /// Whether closed records were counted with the open ones.
    package let countsClosed: Bool

    package init(rank: Int, of total: Int, countsClosed: Bool) {
      (self.rank, of, self.countsClosed) = (rank, total, countsClosed)
    }

    /// The place in words: `7th of 31`.
    package var words: String { "\(Self.ordinal(rank)) of \(of)" }

    package static func ordinal(_ number: Int) -> String {
      let ending =
        switch (number % 10, number % 100) {
        case (_, 11...13): "th"
        case (1, _): "st"
        case (2, _): "nd"
        case (3, _): "rd"
        default: "th"
        }
      return "\(number)\(ending)"
    }
  }

  package let kind: Kind
  package let binding: RankBinding
  package let day: CivilDate
  /// The entries, best first, equal ones by id.
  package let entries: [Entry]
  private let byID: [RecordID: Int]
  private let roster: Roster
  private let heads: [RecordID: RecordID]
  private let openPlaces: [RecordID: Place]
  private let allPlaces: [RecordID: Place]

  package init(
    _ kind: Kind, by binding: RankBinding, records: [RecordFile], catalog: KindCatalog,
    roster: Roster, on day: CivilDate
  ) {
    self.kind = kind
    self.binding = binding
    self.day = day
    self.roster = roster
    let reading = RankFactsReader(kind, binding, catalog: catalog)
    let gathering = RankGathering(records.lazy.compactMap(reading.facts))
    heads = gathering.heads
    entries = gathering.counted.compactMap { id in
      gathering[id].map { own in
        Entry(
          id: id, heading: own.heading, state: own.state, isClosed: own.isClosed,
          score: EvidenceScore(gathering.input(for: id), on: day, roster: roster),
          duplicates: gathering.members(of: id).filter { $0 != id })
      }
    }.sorted { ($1.score.tenths, $0.id) < ($0.score.tenths, $1.id) }
    byID = Dictionary(
      entries.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    openPlaces = Self.places(entries.filter { !$0.isClosed }, countsClosed: false)
    allPlaces = Self.places(entries, countsClosed: true)
  }

  private static func places(_ entries: [Entry], countsClosed: Bool) -> [RecordID: Place] {
    var places: [RecordID: Place] = [:]
    var rank = 0
    var last: Int?
    for (index, entry) in entries.enumerated() {
      if entry.score.tenths != last { rank = index + 1 }
      last = entry.score.tenths
      places[entry.id] = Place(rank: rank, of: entries.count, countsClosed: countsClosed)
    }
    return places
  }

  /// The ids of all records of the kind, duplicates included.
  package var ids: some Collection<RecordID> { heads.keys }

  /// Returns the entry that a record counts for: its own, or that of the record it duplicates.
  package func entry(for id: RecordID) -> Entry? {
    heads[id].flatMap { byID[$0] }.map { entries[$0] }
  }

  /// Returns the place of an open entry among the open ones, of a closed one among all.
  package func place(of entry: Entry) -> Place? {
    openPlaces[entry.id] ?? allPlaces[entry.id]
  }

  package func place(of entry: Entry, countingClosed: Bool) -> Place? {
    countingClosed ? allPlaces[entry.id] : openPlaces[entry.id]
  }

  /// Returns the score and rank that an entry would have with another input.
  package func place(of entry: Entry, ifInputWere input: RankInput) -> (tenths: Int, rank: Int) {
    let tenths = EvidenceScore(input, on: day, roster: roster).tenths
    let others = entries.filter { $0.id != entry.id && (entry.isClosed || !$0.isClosed) }
    return (tenths, others.count { $0.score.tenths > tenths } + 1)
  }
}

extension Ranking {
  /// A ranked record that a record of another kind addresses.
  package struct Answered: Sendable {
    package let entry: Entry
    package let place: Place
  }

  /// Returns the ranked records that `record` addresses by the binding's relation, best first.
  package func answered(by record: RecordFile, kind: Kind) -> [Answered] {
    rankPositions(of: record, kind).answered.compactMap { rankPosition in
      entry(for: rankPosition.head).map { Answered(entry: $0, place: rankPosition.place) }
    }
  }
}

extension KindCatalog {
  /// Whether records of a kind are ranked, or address records that are.
  package func tellsPlaces(of kind: Kind) -> Bool {
    kind.rankBinding != nil
      || kinds.contains { ranked in
        ranked.rankBinding.map { binding in kind.links.contains { $0.name == binding.answers } }
          ?? false
      }
  }

  /// Returns the rankings of a state, one for each kind whose schema has a rank binding.
  package func rankings(of records: [RecordFile], roster: Roster, on day: CivilDate) -> [Ranking] {
    kinds.compactMap { kind in
      kind.rankBinding.map {
        Ranking(kind, by: $0, records: records, catalog: self, roster: roster, on: day)
      }
    }
  }
}

/// What one record brings to a ranking; the rest of it isn't needed any more.
package struct RankFacts: Sendable {
  package let id: RecordID
  let path: String
  /// The day that the record is dated for people.
  package let date: CivilDate?
  /// What a record of the ranked kind has of its own; `nil` for those of other kinds.
  let own: Own?
  /// What it says of ranked records, with their ids.
  let positions: [(target: RecordID, position: RankInput.Position)]

  struct Own: Sendable {
    let heading: String
    let state: String?
    let isClosed: Bool
    let duplicateOf: RecordID?
    /// Each with the record that it was taken from, whose date stands in for a missing one.
    let items: [(item: RankInput.Item, source: RecordID?)]
    let severity: Int?
    let frequency: String?
    let reach: Int?
  }
}

extension RankFacts {
  package var isRanked: Bool { own != nil }
  package var duplicateOf: RecordID? { own?.duplicateOf }
  /// The records that its items were taken from.
  package var sources: [RecordID] { own?.items.compactMap(\.source) ?? [] }
  /// The ranked records that it says something of.
  package var targets: [RecordID] { positions.map(\.target) }

  /// Whether its standing can be told from it alone, as long as no record leads to it.
  package var standsAlone: Bool {
    guard let own, own.duplicateOf == nil, positions.isEmpty else { return false }
    return own.items.allSatisfy { $0.source == nil || $0.item.date != nil }
  }

  /// What is needed of it where it stands alone: the day, for evidence that was taken from it.
  package var dated: RankFacts? {
    date.map { RankFacts(id: id, path: path, date: $0, own: nil, positions: []) }
  }

  /// Whether two versions of a record bring the same to a ranking, but for its heading.
  package static func areSame(_ left: RankFacts?, _ right: RankFacts?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.date == right.date && left.positions.elementsEqual(right.positions) { $0 == $1 }
      && Own.areSame(left.own, right.own)
  }
}

extension RankFacts.Own {
  fileprivate static func areSame(_ left: Self?, _ right: Self?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.state == right.state && left.isClosed == right.isClosed
      && left.duplicateOf == right.duplicateOf && left.severity == right.severity
      && left.frequency == right.frequency && left.reach == right.reach
      && left.items.elementsEqual(right.items) { $0 == $1 }
  }
}

import Files

/// What a ranking needs of one record.
package struct RankFacts: Sendable {
  package let id: RecordID
  let path: RepositoryPath
  /// The value of the kind's date property.
  package let date: CivilDate?
  /// The facts of a record of the ranked kind; `nil` for other kinds.
  let own: Own?
  /// The positions that it holds on ranked records, with their ids.
  let positions: [(target: RecordID, position: RankInput.Position)]
  /// The evidence that it holds on ranked records, with their ids.
  let evidence: [Item]
  /// Whose words it holds, for evidence that was taken from it and names nobody.
  package let speaker: Speaker?

  /// An item of evidence, and the record that it was taken from, whose date is used if the item has
  /// none.
  struct Item: Sendable, Equatable {
    let target: RecordID
    var item: RankInput.Item
    let source: RecordID?
  }

  package struct Speaker: Sendable, Equatable {
    let who: String?
    let team: String?
  }

  struct Own: Sendable {
    let heading: String
    let state: String?
    let isClosed: Bool
    let duplicateOf: RecordID?
    let items: [Item]
    let severity: Int?
    let frequency: String?
    let reach: Int?
  }
}

extension RankFacts {
  package var isRanked: Bool { own != nil }
  package var duplicateOf: RecordID? { own?.duplicateOf }
  /// The records that its items were taken from.
  package var sources: [RecordID] {
    (own?.items ?? []).compactMap(\.source) + evidence.compactMap(\.source)
  }
  /// The ranked records that it holds positions or evidence on.
  package var targets: [RecordID] { positions.map(\.target) + evidence.map(\.target) }

  /// Whether its score can be computed from it alone, provided that no other record refers to it.
  package var standsAlone: Bool {
    guard let own, own.duplicateOf == nil, positions.isEmpty, evidence.isEmpty else { return false }
    return own.items.allSatisfy { $0.source == nil || $0.item.date != nil }
  }

  /// The only facts that other records need if `standsAlone`: the day and whose words it holds, for
  /// evidence taken from it.
  package var dated: RankFacts? {
    guard date != nil || speaker != nil else { return nil }
    return RankFacts(
      id: id, path: path, date: date, own: nil, positions: [], evidence: [], speaker: speaker)
  }

  /// Whether two versions of a record have the same facts, apart from the heading.
  package static func areSame(_ left: RankFacts?, _ right: RankFacts?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.date == right.date && left.speaker == right.speaker
      && left.evidence == right.evidence
      && left.positions.elementsEqual(right.positions) { $0 == $1 }
      && Own.areSame(left.own, right.own)
  }
}

extension RankFacts.Own {
  fileprivate static func areSame(_ left: Self?, _ right: Self?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.state == right.state && left.isClosed == right.isClosed
      && left.duplicateOf == right.duplicateOf && left.severity == right.severity
      && left.frequency == right.frequency && left.reach == right.reach
      && left.items == right.items
  }
}

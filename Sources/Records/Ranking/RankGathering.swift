/// Brings together what the records of a state say of each record of a ranked kind.
package struct RankGathering: Sendable {
  /// The records of the kind, by id; a copy of a file counts once.
  private(set) var ranked: [RecordID] = []
  /// Whose evidence counts with whose: the end of the way of duplicates.
  private(set) var heads: [RecordID: RecordID] = [:]
  private var byID: [RecordID: RankFacts] = [:]
  private var members: [RecordID: [RecordID]] = [:]
  private var positions: [RecordID: [RankInput.Position]] = [:]

  /// - Parameter facts: of all records that matter, in any order.
  package init(_ facts: some Sequence<RankFacts>) {
    for fact in facts {
      if let other = byID[fact.id], other.path <= fact.path { continue }
      byID[fact.id] = fact
    }
    let ids = byID.keys.sorted()
    ranked = ids.filter { byID[$0]?.own != nil }
    for id in ranked {
      let head = head(of: id)
      heads[id] = head
      members[head, default: []].append(id)
    }
    for id in ids {
      for (target, position) in byID[id]?.positions ?? [] {
        if let head = heads[target] { positions[head, default: []].append(position) }
      }
    }
  }

  /// Those that are counted, by id: each stands for itself and its duplicates.
  package var counted: [RecordID] { ranked.filter { heads[$0] == $0 } }

  subscript(id: RecordID) -> RankFacts.Own? { byID[id]?.own }

  /// The records whose evidence counts with one's, by id; itself among them.
  package func members(of head: RecordID) -> [RecordID] { members[head] ?? [] }

  /// Follows the relation of duplicates to its end. One that leads to nothing, or in a circle, leads
  /// nowhere: the record stands for itself.
  private func head(of id: RecordID) -> RecordID {
    var here = id
    var seen: Set<RecordID> = []
    while let next = byID[here]?.own?.duplicateOf, byID[next]?.own != nil {
      if seen.isEmpty { seen.insert(id) }
      guard seen.insert(next).inserted else { return id }
      here = next
    }
    return here
  }

  func input(for head: RecordID) -> RankInput {
    let own = byID[head]?.own
    return RankInput(
      items: members(of: head).flatMap(items), severity: own?.severity, frequency: own?.frequency,
      reach: own?.reach, positions: positions[head] ?? [])
  }

  private func items(of id: RecordID) -> [RankInput.Item] {
    (byID[id]?.own?.items ?? []).map { item, source in
      var item = item
      item.date = item.date ?? source.flatMap { byID[$0]?.date }
      return item
    }
  }
}

// What an index keeps of it.
extension RankGathering {
  /// The score of a record that is counted, in tenths of a point.
  package func tenths(of head: RecordID, on day: CivilDate, roster: Roster) -> Int {
    EvidenceScore(input(for: head), on: day, roster: roster).tenths
  }

  /// The state of a record, and whether it is a closed one.
  package func state(of id: RecordID) -> (state: String?, isClosed: Bool) {
    (byID[id]?.own?.state, byID[id]?.own?.isClosed ?? false)
  }

  /// Each record with the one that it counts with.
  package var headOfEach: some Sequence<(key: RecordID, value: RecordID)> { heads }
}

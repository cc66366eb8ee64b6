/// Gathers the facts of a state's records for each record of a ranked kind.
package struct RankGathering: Sendable {
  /// The records of the kind, sorted by id; two files with the same id count once.
  private(set) var ranked: [RecordID] = []
  /// The record that each one's evidence counts for: the end of its chain of duplicates.
  private(set) var heads: [RecordID: RecordID] = [:]
  private var byID: [RecordID: RankFacts] = [:]
  private var members: [RecordID: [RecordID]] = [:]
  private var positions: [RecordID: [RankInput.Position]] = [:]
  /// The evidence that other records hold, by the head that it counts for.
  private var evidence: [RecordID: [RankFacts.Item]] = [:]

  /// - Parameter facts: the facts of all relevant records, in any order.
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
      // Evidence on a record and on its duplicate counts once.
      var seen: Set<RecordID> = []
      var last: String?
      for item in byID[id]?.evidence ?? [] {
        if last != item.item.item { seen = [] }
        last = item.item.item
        if let head = heads[item.target], seen.insert(head).inserted {
          evidence[head, default: []].append(item)
        }
      }
    }
  }

  /// The records that are counted, sorted by id: each for itself and its duplicates.
  package var counted: [RecordID] { ranked.filter { heads[$0] == $0 } }

  subscript(id: RecordID) -> RankFacts.Own? { byID[id]?.own }

  /// Returns the records whose evidence counts for `head`, sorted by id, itself included.
  package func members(of head: RecordID) -> [RecordID] { members[head] ?? [] }

  /// Follows the chain of duplicates to its end. A link to no ranked record ends it; in a cycle,
  /// the record counts for itself.
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
    let items = members(of: head).flatMap { byID[$0]?.own?.items ?? [] } + (evidence[head] ?? [])
    return RankInput(
      items: items.map(completed), severity: own?.severity, frequency: own?.frequency,
      reach: own?.reach, positions: positions[head] ?? [])
  }

  /// Returns an item with what its source says where it says nothing itself.
  private func completed(_ item: RankFacts.Item) -> RankInput.Item {
    var filled = item.item
    guard let source = item.source.flatMap({ byID[$0] }) else { return filled }
    filled.date = filled.date ?? source.date
    if filled.who == nil, let speaker = source.speaker {
      filled.who = speaker.who
      filled.team = filled.team ?? speaker.team
    }
    return filled
  }
}

// What the cache stores of it.
extension RankGathering {
  /// Returns the score of a counted record, in tenths of a point.
  package func tenths(of head: RecordID, on day: CivilDate, roster: Roster) -> Int {
    EvidenceScore(input(for: head), on: day, roster: roster).tenths
  }

  /// Returns the state of a record, and whether it is closed.
  package func state(of id: RecordID) -> (state: String?, isClosed: Bool) {
    (byID[id]?.own?.state, byID[id]?.own?.isClosed ?? false)
  }

  /// Each record with the one that it counts for.
  package var headOfEach: some Sequence<(key: RecordID, value: RecordID)> { heads }
}

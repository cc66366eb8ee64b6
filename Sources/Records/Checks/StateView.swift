package import JSONText

/// The input of a named check: the records, the day, and history.
///
/// On a change, only the changed records are known, and single records can be looked up. There is
/// no day then, because what depends on the day never refuses a commit.
package struct StateView {
  /// Every record of the state.
  package struct Whole: Sendable {
    /// The records by kind, in the order of paths.
    package let byKind: [String: [StoredRecord]]
    package let graph: LinkGraph

    package init(byKind: [String: [StoredRecord]], graph: LinkGraph) {
      self.byKind = byKind
      self.graph = graph
    }
  }

  package let catalog: KindCatalog
  package let config: TrackerConfig
  package let roster: Roster
  /// The config's JSON nodes, for positions in it.
  package let configRoot: JSONNode?
  /// Seconds since the epoch; `nil` on a change.
  package let now: Int64?
  /// `nil` on a change.
  package let whole: Whole?
  /// `nil` on a change, and if no check needs it.
  package let history: RecordHistory?
  private let find: (RecordID) -> RecordFile?
  private let memory = Memory()

  /// Results that several rules use, computed once.
  private final class Memory {
    var rankings: [Ranking]?
    var byKind: [String: [RecordFile]] = [:]
    var alike: [[String]: [[String?]: [RecordFile]]] = [:]
  }

  package init(
    catalog: KindCatalog, config: TrackerConfig, roster: Roster, configRoot: JSONNode? = nil,
    now: Int64? = nil, whole: Whole? = nil, history: RecordHistory? = nil,
    find: @escaping (RecordID) -> RecordFile?
  ) {
    self.catalog = catalog
    self.config = config
    self.roster = roster
    self.configRoot = configRoot
    self.now = now
    self.whole = whole
    self.history = history
    self.find = find
  }

  /// The day of `now`, UTC.
  package var day: CivilDate? { now.map { CivilDate(secondsSinceEpoch: $0) } }

  /// Returns a record by id; `nil` if there is none that can be read.
  package func record(_ id: RecordID) -> RecordFile? { find(id) }

  /// Returns the links of a record under a relation of its kind.
  package func links(of record: RecordFile, _ relation: String?) -> [Link] {
    catalog.kind(of: record.id)?.links(relation, of: record.root) ?? []
  }

  /// Returns all records of a kind, parsed on first use.
  package func records(ofKind name: String) -> [RecordFile] {
    if let known = memory.byKind[name] { return known }
    let records = (whole?.byKind[name] ?? []).map(\.file)
    memory.byKind[name] = records
    return records
  }

  /// Returns the records of the same kind with equal values at some places, `record` included.
  ///
  /// Case and spaces are ignored; a place missing in both counts as equal.
  package func alike(_ record: RecordFile, in places: [PointerPattern]) -> [RecordFile] {
    guard let kind = catalog.kind(of: record.id) else { return [] }
    func key(_ record: RecordFile) -> [String?] {
      places.map { $0.places(in: record.root).first.map { CarryOver.key($0.node.value) } }
    }
    let question = [kind.name] + places.map { $0.tokens.joined(separator: "/") }
    let groups =
      memory.alike[question] ?? Dictionary(grouping: records(ofKind: kind.name), by: key)
    memory.alike[question] = groups
    return groups[key(record)] ?? []
  }

  /// Returns the rankings of the state as of the day; none if either is unknown.
  package func rankings() -> [Ranking] {
    if let known = memory.rankings { return known }
    guard let whole, let day else { return [] }
    let rankings = catalog.rankings(
      of: whole.byKind.values.flatMap { $0.map(\.file) }, roster: roster, on: day)
    memory.rankings = rankings
    return rankings
  }

  package func provides(_ needs: Set<NamedCheck.Need>) -> Bool {
    needs.allSatisfy { need in
      switch need {
      case .neighbours: true
      case .state: whole != nil
      case .day: now != nil
      case .age: history?.trackedSince != nil && now != nil
      case .history: history.map { !$0.isTruncated } ?? false
      }
    }
  }
}

/// When things happened, by commits and not by dates that users typed.
package struct RecordHistory: Sendable {
  /// A commit and its committer time, seconds since the epoch.
  package struct Moment: Sendable, Hashable {
    package let commit: String
    package let time: Int64

    package init(commit: String, time: Int64) {
      self.commit = commit
      self.time = time
    }
  }

  /// The moments of one record.
  package struct Milestones: Sendable, Equatable {
    /// When the record was added.
    package var reported: Moment
    /// When it first entered each state.
    package var states: [String: Moment]
    /// When each list, by its key, got its first item.
    package var firstItems: [String: Moment]

    package init(
      reported: Moment, states: [String: Moment] = [:], firstItems: [String: Moment] = [:]
    ) {
      self.reported = reported
      self.states = states
      self.firstItems = firstItems
    }
  }

  /// Whether the clone is shallow; what came before is unknown, and isn't guessed.
  package let isTruncated: Bool
  /// When docket began to track this repository; in a shallow clone, the oldest commit known.
  package let trackedSince: Int64?
  package let records: [RecordID: Milestones]

  package init(isTruncated: Bool, trackedSince: Int64?, records: [RecordID: Milestones]) {
    self.isTruncated = isTruncated
    self.trackedSince = trackedSince
    self.records = records
  }
}

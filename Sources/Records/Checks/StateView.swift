package import JSONText

/// What a named check may look at: the state around a record, the day, and history.
///
/// On a change only what the change touches is known, and single records can be looked up; there is
/// no day then, for what depends on the day never refuses a commit.
package struct StateView {
  /// Every record of the state.
  package struct Whole: Sendable {
    /// By kind, in the order of paths.
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
  /// The config as it is written, for places in it.
  package let configRoot: JSONNode?
  /// Seconds since the epoch; `nil` on a change.
  package let now: Int64?
  /// `nil` on a change.
  package let whole: Whole?
  /// `nil` on a change, and where nothing that is judged needs it.
  package let history: RecordHistory?
  private let find: (RecordID) -> RecordFile?
  private let memory = Memory()

  /// What several rules ask for and is computed once.
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

  /// A record by id; `nil` where there is none, or none that can be read.
  package func record(_ id: RecordID) -> RecordFile? { find(id) }

  /// The links of a record under a relation of its kind.
  package func links(of record: RecordFile, _ relation: String?) -> [Link] {
    catalog.kind(of: record.id)?.links(relation, of: record.root) ?? []
  }

  /// All records of a kind, parsed for the first who asks.
  package func records(ofKind name: String) -> [RecordFile] {
    if let known = memory.byKind[name] { return known }
    let records = (whole?.byKind[name] ?? []).map(\.file)
    memory.byKind[name] = records
    return records
  }

  /// The records of a record's kind that say in some places what it says there, itself included.
  ///
  /// Case and spaces tell nothing apart; where both say nothing they say the same.
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

  /// The rankings of the state as of the day; none where either isn't known.
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

/// What commits, and no typed date, say of when things happened.
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
    /// When it came.
    package var reported: Moment
    /// When it first came to each state.
    package var states: [String: Moment]
    /// When each list, by its key, had its first item.
    package var firstItems: [String: Moment]

    package init(
      reported: Moment, states: [String: Moment] = [:], firstItems: [String: Moment] = [:]
    ) {
      self.reported = reported
      self.states = states
      self.firstItems = firstItems
    }
  }

  /// The clone is shallow: what came before isn't known, and isn't guessed.
  package let isTruncated: Bool
  /// When docket began to track this repository; in a shallow clone the oldest commit known.
  package let trackedSince: Int64?
  package let records: [RecordID: Milestones]

  package init(isTruncated: Bool, trackedSince: Int64?, records: [RecordID: Milestones]) {
    self.isTruncated = isTruncated
    self.trackedSince = trackedSince
    self.records = records
  }
}

import JSONSchema
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
  /// Returns the records of a collection, where there is no whole state.
  private let collected: ((ResolvedCollection, RecordID) -> [RecordFile])?
  private let memory = Memory()

  /// Results that several rules use, computed once.
  private final class Memory {
    var rankings: [Ranking]?
    var byKind: [String: [RecordFile]] = [:]
    var alike: [[String]: [[String?]: [RecordFile]]] = [:]
    var conditions: [String: Schema?] = [:]
  }

  package init(
    catalog: KindCatalog, config: TrackerConfig, roster: Roster, configRoot: JSONNode? = nil,
    now: Int64? = nil, whole: Whole? = nil, history: RecordHistory? = nil,
    collected: ((ResolvedCollection, RecordID) -> [RecordFile])? = nil,
    find: @escaping (RecordID) -> RecordFile?
  ) {
    self.collected = collected
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

  /// Returns the first records of a collection that count and fulfil a condition, at most `most`.
  package func records(
    of collection: ResolvedCollection, about record: RecordFile, atMost most: Int = .max,
    where isWanted: (RecordFile) -> Bool = { _ in true }
  ) -> [RecordFile] {
    var found: [RecordFile] = []
    func take(_ file: RecordFile?) {
      if let file, collection.counts(file), isWanted(file) { found.append(file) }
    }
    if let collected {
      for file in collected(collection, record.id) where found.count < most { take(file) }
      return found
    }
    var seen: Set<RecordID> = []
    for edge in whole?.graph.to[record.id] ?? [] where found.count < most {
      guard edge.relation == collection.relation.name,
        edge.source.prefix == collection.kind.prefix, seen.insert(edge.source).inserted
      else { continue }
      take(find(edge.source))
    }
    return found
  }

  /// Returns a condition of a kind's schema, compiled on first use; `nil` if it doesn't compile, which
  /// is reported on the schema.
  func condition(_ pointer: JSONPointer, of kind: Kind) -> Schema? {
    let key = kind.fileName + pointer.description
    if let known = memory.conditions[key] { return known }
    let schema = try? catalog.schema(inFile: kind.fileName, at: pointer)
    memory.conditions[key] = .some(schema)
    return schema
  }

  package func provides(_ needs: Set<NamedCheck.Need>) -> Bool {
    needs.allSatisfy { need in
      switch need {
      case .neighbours: true
      case .collections: whole != nil || collected != nil
      case .state: whole != nil
      case .day: now != nil
      case .age: history?.trackedSince != nil && now != nil
      case .history: history.map { !$0.isTruncated } ?? false
      }
    }
  }
}

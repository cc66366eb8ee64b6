import Cache
import Files
package import Git
package import Records

extension Tracker {
  /// Returns what a record's page needs besides the record: the records that it links to or that
  /// link to it, and the rank positions that it shows, as of a day.
  package func page(on record: RecordFile, at commit: ObjectID, day: CivilDate) throws(StoreError)
    -> (state: RecordState, rankPositions: [RankPositions])
  {
    let kind = catalog.kind(of: record.id)
    guard let kind, catalog.tellsPlaces(of: kind) else {
      return (try context(of: record, at: commit), [])
    }
    if try commit == headCommit(), day == today {
      let found = try answer([.records, .rankPositions]) { (cache) throws(SQLiteError) in
        try rankPositions(of: record, kind, cache)
      }
      if let found { return (try context(of: record, at: commit), found) }
    }
    // A rank is relative to all records.
    let state = try records(at: commit)
    let rankings = catalog.rankings(of: state.records, roster: definition.roster, on: day)
    return (state, rankings.map { $0.rankPositions(of: record, kind) })
  }

  private func rankPositions(of record: RecordFile, _ kind: Kind, _ cache: RecordCache)
    throws(SQLiteError) -> [RankPositions]
  {
    var all: [RankPositions] = []
    for ranked in catalog.kinds {
      guard let binding = ranked.rankBinding else { continue }
      var known: [RecordID: RankPosition] = [:]
      for id in [record.id] + binding.answers(of: record, kind) {
        known[id] = try cache.rankPosition(of: id, in: ranked)
      }
      all.append(RankPositions(of: record, kind, in: ranked, by: binding) { known[$0] })
    }
    return all
  }
}

extension CacheUpdate {
  /// Returns what rank positions depend on: the records, the people and, because evidence ages, the
  /// day.
  func rankPositionsNote() throws(GitError) -> String {
    let definition = try tracker.repository.entry(at: TrackerDefinition.folder, inTree: tree)?.id
    return "\(tree) \(definition?.hex ?? "-") \(tracker.today)"
  }

  func bringRankPositions() throws(StoreError) {
    let known = try cached { () throws(SQLiteError) in try cache.note(.rankPositions) }
    let wanted = try git { () throws(GitError) in try rankPositionsNote() }
    if known == wanted { return }
    if let known, try updateRankPositions(from: known, to: wanted) {
      try cached { () throws(SQLiteError) in try cache.setNote(.rankPositions, wanted) }
      return
    }
    try cached { () throws(SQLiteError) in try cache.forgetRankPositions() }
    for kind in tracker.catalog.kinds {
      guard let reading = RankFactsReader(kind, catalog: tracker.catalog) else { continue }
      let (facts, alone) = try facts(reading)
      try insert(alone, RankGathering(facts), kind)
    }
    try cached { () throws(SQLiteError) in try cache.setNote(.rankPositions, wanted) }
  }

  /// With more changes than these, all records are ranked.
  private static let mostSteps = 200

  /// Updates rank positions from an earlier tree of the same day and people.
  ///
  /// - Returns: whether that was possible; if not, all have to be ranked.
  private func updateRankPositions(from known: String, to wanted: String) throws(StoreError) -> Bool
  {
    let old = known.split(separator: " ")
    guard old.count == 3, old.dropFirst() == wanted.split(separator: " ").dropFirst(),
      let before = old.first.flatMap({ ObjectID(hex: $0) }), let steps = steps(from: before)
    else { return false }
    let (day, roster) = (tracker.today, tracker.definition.roster)
    return try cached { () throws(SQLiteError) in
      for kind in tracker.catalog.kinds {
        guard let reading = RankFactsReader(kind, catalog: tracker.catalog) else { continue }
        let update = RankPositionUpdate(cache: cache, reading: reading, folder: tracker.folder)
        guard let heads = try update.touched(by: steps), heads.count <= Self.mostSteps else {
          return false
        }
        for head in heads {
          let rows = try update.rankPositions(of: head) {
            $0.tenths(of: $1, on: day, roster: roster)
          }
          guard let rows else { return false }
          try cache.remove(rankPositionOf: head.text, kind: kind.name)
          for row in rows {
            try cache.remove(rankPositionOf: row.record, kind: kind.name)
            try cache.insert(row, kind: kind.name)
          }
        }
      }
      return true
    }
  }

  /// Returns the records that differ from an earlier tree, or `nil` if it is gone or there are too
  /// many.
  private func steps(from before: ObjectID) -> [RecordID: RankPositionUpdate.Step]? {
    let repository = tracker.repository
    guard let changes = try? repository.changes(from: before, to: tree, under: [tracker.folder]),
      changes.count <= Self.mostSteps
    else { return nil }
    func file(_ item: TreeItem?, _ path: RepositoryPath) -> RecordFile? {
      guard let item, Tracker.problem(ofMode: item.mode, path: path) == nil,
        let bytes = try? repository.blob(item.id)
      else { return nil }
      return try? RecordFile.read(bytes, path: path, folder: tracker.folder).get()
    }
    var steps: [RecordID: RankPositionUpdate.Step] = [:]
    for change in changes {
      let (old, new) = (file(change.old, change.path), file(change.new, change.path))
      guard let id = (old ?? new)?.id else { continue }
      var step = steps[id] ?? RankPositionUpdate.Step()
      // Twice on one side: a copy was added or removed.
      if old != nil, step.old != nil || new != nil && step.new != nil { return nil }
      if let old { step.old = old }
      if let new { step.new = new }
      steps[id] = step
    }
    return steps
  }

  /// Returns the facts that all records at HEAD contribute to a ranking.
  ///
  /// They are read a part at a time and not kept. Nearly all stand alone and are scored at once, so
  /// their facts aren't kept either.
  private func facts(_ reading: RankFactsReader) throws(StoreError) -> (
    together: [RankFacts], alone: [CachedRankPosition]
  ) {
    let (folder, day, roster) = (tracker.folder, tracker.today, tracker.definition.roster)
    // A copied file counts once; only the full ranking decides which copy.
    let entangled = try cached { () throws(SQLiteError) in
      Set(try cache.targetsAndCopies().compactMap { RecordID($0) })
    }
    var together: [RankFacts] = []
    var alone: [CachedRankPosition] = []
    var last: Int64 = 0
    while true {
      let part = try cached { () throws(SQLiteError) in
        try cache.records(after: last, limit: 4_096)
      }
      if part.files.isEmpty { return (together, alone) }
      last = part.last
      let read = Parallel.map(part.files.count, worker: {}) { _, range in
        var together: [RankFacts] = []
        var alone: [CachedRankPosition] = []
        for file in part.files[range] {
          // What is in the cache could be read when it was inserted.
          guard
            let facts =
              (try? RecordFile.read(
                file.json, path: RepositoryPath(file.path), folder: folder
              ).get())
              .flatMap(reading.facts)
          else { continue }
          guard facts.standsAlone, !entangled.contains(facts.id) else {
            together.append(facts)
            continue
          }
          let gathering = RankGathering(CollectionOfOne(facts))
          let (state, isClosed) = gathering.state(of: facts.id)
          let tenths = gathering.tenths(of: facts.id, on: day, roster: roster)
          alone.append(
            CachedRankPosition(
              record: facts.id.text, head: facts.id.text, state: state, isClosed: isClosed,
              tenths: tenths))
          if let dated = facts.dated { together.append(dated) }
        }
        return (together, alone)
      }
      for part in read {
        together += part.0
        alone += part.1
      }
    }
  }

  private func insert(_ alone: [CachedRankPosition], _ gathering: RankGathering, _ kind: Kind)
    throws(StoreError)
  {
    let counted = gathering.counted
    let (day, roster) = (tracker.today, tracker.definition.roster)
    let tenths = Parallel.map(counted.count, worker: {}) { _, range in
      counted[range].map { gathering.tenths(of: $0, on: day, roster: roster) }
    }
    let scores = Dictionary(
      zip(counted, tenths.joined()).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    try cached { () throws(SQLiteError) in
      for row in alone.sorted(by: { $0.record < $1.record }) {
        try cache.insert(row, kind: kind.name)
      }
      for (id, head) in gathering.headOfEach.sorted(by: { $0.key < $1.key }) {
        let (state, isClosed) = gathering.state(of: head)
        try cache.insert(
          CachedRankPosition(
            record: id.text, head: head.text, state: state, isClosed: isClosed,
            tenths: scores[head] ?? 0), kind: kind.name)
      }
    }
  }
}

extension RecordCache {
  fileprivate func rankPosition(of id: RecordID, in kind: Kind) throws(SQLiteError) -> RankPosition?
  {
    guard let row = try rankPosition(of: id.text, kind: kind.name), let head = RecordID(row.head)
    else {
      return nil
    }
    // An open record is ranked among the open ones, a closed one among all.
    let place = try place(
      ofTenths: row.tenths, kind: kind.name, countingClosed: row.isClosed)
    return RankPosition(
      head: head, state: row.state, isClosed: row.isClosed, tenths: row.tenths,
      place: .init(rank: place.rank, of: place.total, countsClosed: row.isClosed))
  }
}

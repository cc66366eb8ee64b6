package import Git
import RecordIndex
package import Records

extension Tracker {
  /// What a page on a record needs besides it: the records that it names or that name it, and the
  /// standings that it tells of, on a day.
  package func page(on record: RecordFile, at commit: ObjectID, day: CivilDate) throws(StoreError)
    -> (state: RecordState, standings: [Standings])
  {
    let kind = catalog.kind(of: record.id)
    guard let kind, catalog.tellsPlaces(of: kind) else {
      return (try surroundings(of: record, at: commit), [])
    }
    if try commit == headCommit(), day == today {
      let found = try answer([.records, .standings]) { (index) throws(SQLiteError) in
        try standings(of: record, kind, index)
      }
      if let found { return (try surroundings(of: record, at: commit), found) }
    }
    // A place is one among all.
    let state = try records(at: commit)
    let rankings = catalog.rankings(of: state.records, roster: ground.roster, on: day)
    return (state, rankings.map { $0.standings(of: record, kind) })
  }

  private func standings(of record: RecordFile, _ kind: Kind, _ index: RecordIndex)
    throws(SQLiteError) -> [Standings]
  {
    var all: [Standings] = []
    for ranked in catalog.kinds {
      guard let binding = ranked.rankBinding else { continue }
      var known: [RecordID: Standing] = [:]
      for id in [record.id] + binding.answers(of: record, kind) {
        known[id] = try index.standing(of: id.text, kind: ranked.name).flatMap(Standing.init)
      }
      all.append(Standings(of: record, kind, in: ranked, by: binding) { known[$0] })
    }
    return all
  }
}

extension IndexUpdate {
  /// What standings depend on: the records, the people and, for evidence grows old, the day.
  var standingsNote: String {
    "\(tree) \(tracker.groundTree.map(\.hex) ?? "-") \(tracker.today)"
  }

  func bringStandings() throws(StoreError) {
    try indexed { () throws(SQLiteError) in
      if try index.note(.standings) == standingsNote { return }
      var records: [RecordFile] = []
      for file in try index.records(RecordIndex.RecordQuestion()) {
        if case .success(let record) = RecordFile.read(
          file.json, path: file.path, folder: tracker.folder)
        {
          records.append(record)
        }
      }
      try index.forgetStandings()
      let rankings = tracker.catalog.rankings(
        of: records, roster: tracker.ground.roster, on: tracker.today)
      for ranking in rankings {
        for id in ranking.ids {
          guard let standing = ranking.standing(of: id) else { continue }
          try index.insert(IndexedStanding(standing, of: id), kind: ranking.kind.name)
        }
      }
      try index.setNote(.standings, standingsNote)
    }
  }
}

extension IndexedStanding {
  fileprivate init(_ standing: Standing, of id: RecordID) {
    self.init(
      record: id.text, head: standing.head.text, state: standing.state,
      isClosed: standing.isClosed, tenths: standing.tenths, rank: standing.place.rank,
      total: standing.place.of, countsClosed: standing.place.countsClosed)
  }
}

extension Standing {
  fileprivate init?(_ row: IndexedStanding) {
    guard let head = RecordID(row.head) else { return nil }
    self.init(
      head: head, state: row.state, isClosed: row.isClosed, tenths: row.tenths,
      place: .init(rank: row.rank, of: row.total, countsClosed: row.countsClosed))
  }
}

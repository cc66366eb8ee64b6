import Files
import Records
import Store

/// Runs a query on the records of a commit.
struct RecordList {
  struct Answer {
    var subjects: [QuerySubject] = []
    var unreadable: [UnreadableRecord] = []
    var paths: [RecordID: RepositoryPath] = [:]
    var usesHistory = false
  }

  private let tracker: Tracker

  init(_ tracker: Tracker) { self.tracker = tracker }

  /// - Parameter day: the day to compute scores for; today if absent.
  func run(_ query: RecordQuery, at commit: Revision? = nil, on day: CivilDate? = nil) throws
    -> Answer
  {
    let query = try Self.resolved(query, in: tracker)
    var answer = Answer()
    guard let commit = try commit ?? tracker.headCommit() else { return answer }
    let keys = query.terms.map(\.key) + query.sort.map(\.key)
    var reading = CollectionReading(keys, tracker.catalog)
    for kind in reading.kinds {
      let members = try RecordQuery(["kind:\(kind.name)"])
      reading.add(try tracker.candidates(for: members, at: commit).records)
    }
    let candidates = try tracker.candidates(for: query, at: commit, reading: reading.names)
    answer.unreadable = candidates.unreadable
    let historic = ["created", "changed", "author"]
    answer.usesHistory =
      query.terms.contains { historic.contains($0.key) }
      || query.sort.contains { historic.contains($0.key) }
    let times = answer.usesHistory ? try tracker.times(to: commit) : [:]
    let points = try query.asks(for: QuerySubject.scoreKey) ? points(at: commit, on: day) : [:]
    var subjects: [QuerySubject] = []
    for record in candidates.records {
      guard let kind = tracker.catalog.kind(of: record.id) else { continue }
      var subject = QuerySubject(id: record.id, kind: kind, record: record.value)
      if !reading.names.isEmpty {
        subject.reading = reading.reading(subject.record, id: record.id, kind: kind)
        do throws(KeyProblem) {
          try CollectionReading.refuseAmbiguity(of: keys, in: subject.reading, record.id)
        } catch {
          throw StoreError.refused(error.description, hint: "type more of it")
        }
      }
      if let time = times[record.id] {
        subject.created = time.created
        subject.changed = time.changed
        subject.authors = time.authors
      }
      subject.linkedBy = candidates.linkedBy[record.id] ?? []
      subject.points = points[record.id]
      guard query.matches(subject) else { continue }
      subjects.append(subject)
      answer.paths[record.id] = record.path
    }
    answer.subjects = query.arranged(subjects)
    return answer
  }

  /// Returns the points of ranked records, without duplicates.
  private func points(at commit: Revision, on day: CivilDate?) throws -> [RecordID: String] {
    let state = try tracker.records(at: commit)
    let rankings = tracker.catalog.rankings(
      of: state.records, roster: tracker.definition.roster, on: day ?? tracker.today)
    return Dictionary(
      rankings.flatMap(\.entries).map { ($0.id, RankText.points($0.score.tenths)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Resolves names of kinds and "me" in a query; throws for a key that no kind has.
  static func resolved(_ query: RecordQuery, in tracker: Tracker) throws -> RecordQuery {
    var query = query
    try resolveKinds(in: &query, tracker)
    query = try query.resolvingMe(handle: tracker.handle, kinds: tracker.catalog.kinds)
    let catalog = tracker.catalog
    if let key = query.unknownKey(
      among: catalog.kinds, unless: { CollectionReading.isKnown($0, in: catalog) })
    {
      if key.utf8.contains(UInt8(ascii: ".")),
        let problem = try FieldPattern(key).problem(among: tracker.catalog.kinds)
      {
        throw problem
      }
      let known = tracker.catalog.kinds.flatMap(\.view.propertyNames) + RecordQuery.reserved
      throw KeyProblem(
        "no kind here has the key \"\(key)\""
          + Spelling.question(for: key, among: known))
    }
    return query
  }

  /// Resolves any name of a kind in `kind:`; an unknown one is an error, not an empty list.
  private static func resolveKinds(in query: inout RecordQuery, _ tracker: Tracker) throws {
    for index in query.terms.indices where query.terms[index].key == "kind" {
      guard case .anyOf(let words) = query.terms[index].match else { continue }
      let names = try words.map { (word) throws(StoreError) in
        try tracker.kindInUse(named: word).name
      }
      query.terms[index] = RecordQuery.Term(
        key: "kind", match: .anyOf(names), isNegated: query.terms[index].isNegated)
    }
  }
}

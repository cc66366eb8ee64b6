import Cache
import Files
import Git
import JSONText
import Records

/// Updates rank positions after a few changes of records, without ranking all again.
///
/// Gathers the records that count with a changed one and those whose evidence they take, and ranks
/// these as all would be. Where that isn't enough, all have to be ranked.
struct RankPositionUpdate {
  let cache: RecordCache
  let reading: RankFactsReader
  let folder: RepositoryPath
  private var kind: Kind { reading.kind }

  /// A record before and after.
  struct Step {
    var old: RecordFile?
    var new: RecordFile?
  }

  init(cache: RecordCache, reading: RankFactsReader, folder: RepositoryPath) {
    (self.cache, self.reading, self.folder) = (cache, reading, folder)
  }

  /// Returns the records whose rank position may have changed, or `nil` if that can't be
  /// determined.
  func touched(by steps: [RecordID: Step]) throws(SQLiteError) -> Set<RecordID>? {
    var heads: Set<RecordID> = []
    for (id, step) in steps {
      let old = step.old.flatMap(reading.facts)
      let new = step.new.flatMap(reading.facts)
      if RankFacts.areSame(old, new) { continue }
      // A copied file counts once; only the full ranking decides which copy.
      guard try cache.files(of: [id.text]).count == (step.new == nil ? 0 : 1),
        old?.duplicateOf == new?.duplicateOf
      else { return nil }
      let isRanked = new?.isRanked ?? false
      if old?.isRanked ?? false != isRanked {
        guard try cache.sources(of: id.text).isEmpty, new?.duplicateOf == nil else { return nil }
        heads.insert(id)
      } else if isRanked {
        guard let head = try head(of: id) else { return nil }
        heads.insert(head)
      }
      for target in (old?.targets ?? []) + (new?.targets ?? []) {
        if let head = try head(of: target) { heads.insert(head) }
      }
      if old?.date != new?.date || old?.speaker != new?.speaker {
        for citing in try records(citing: id) {
          if let head = try head(of: citing) { heads.insert(head) }
        }
      }
    }
    return heads
  }

  private func head(of id: RecordID) throws(SQLiteError) -> RecordID? {
    try cache.rankPosition(of: id.text, kind: kind.name).flatMap { RecordID($0.head) }
  }

  /// Returns the ranked records whose evidence may have been taken from `id`.
  private func records(citing id: RecordID) throws(SQLiteError) -> [RecordID] {
    guard let from = reading.binding.evidence.from else { return [] }
    var found: [RecordID] = []
    // In a list of the record, and in records of the collection.
    for key in [reading.binding.evidence.items?.tokens.first, from.tokens.first].compactMap({ $0 })
    {
      var question = RecordCache.RecordQuestion()
      question.facets = [[RecordFacets.hash(key: key, value: id.text.lowercased())]]
      for record in try cache.records(question).compactMap(file) {
        let facts = reading.facts(of: record)
        found += (facts?.isRanked == true ? [record.id] : []) + (facts?.targets ?? [])
      }
    }
    return found
  }

  private func file(of found: FoundFile) -> RecordFile? {
    try? RecordFile.read(found.json, path: RepositoryPath(found.path), folder: folder).get()
  }

  /// Ranks what counts with `head`, or returns `nil` if these records alone aren't enough.
  func rankPositions(
    of head: RecordID, score: (RankGathering, RecordID) -> Int
  ) throws(SQLiteError) -> [CachedRankPosition]? {
    // The record itself, and those that count with it.
    var members: Set<String> = [head.text]
    var sources: Set<String> = []
    var pending = [head.text]
    while let member = pending.popLast() {
      for source in try cache.sources(of: member) where !members.contains(source) {
        sources.insert(source)
        if try cache.rankPosition(of: source, kind: kind.name)?.head == head.text {
          members.insert(source)
          pending.append(source)
        }
      }
    }
    guard members.count < 100, sources.count < 1_000 else { return nil }
    var facts = try cache.files(of: members.union(sources)).compactMap(file)
      .compactMap(reading.facts)
    let cited = facts.flatMap(\.sources).map(\.text)
    facts += try cache.files(of: Set(cited).subtracting(members).subtracting(sources))
      .compactMap(file).compactMap(reading.facts)
    let gathering = RankGathering(facts)
    // The record may have been removed.
    if try cache.files(of: [head.text]).isEmpty { return [] }
    guard gathering.members(of: head).count == members.count else { return nil }
    let (state, isClosed) = gathering.state(of: head)
    let tenths = score(gathering, head)
    return members.map {
      CachedRankPosition(
        record: $0, head: head.text, state: state, isClosed: isClosed, tenths: tenths)
    }
  }
}

import Cache
import Files
package import Git
package import Records

// Queries on history: the cache answers if there is one, else the walk does, which takes longer and
// gives the same result.
extension Tracker {
  /// Returns what reached HEAD, newest first, without commits that change no records.
  ///
  /// - Parameters:
  ///   - field: only commits that change this key are needed; others may be included.
  ///   - prefixes: with a key, the kinds of which every change is needed.
  package func history(
    to tip: ObjectID, _ selection: HistoryWalk.Selection = .init(), field: String? = nil,
    orKinds prefixes: Set<String> = []
  ) throws(StoreError) -> [LogEntry] {
    var question = RecordCache.HistoryQuestion()
    question.records = selection.ids.map(\.text)
    question.broughtSince = selection.since
    question.broughtUntil = selection.until
    question.field = field
    question.prefixes = prefixes.sorted()
    var parts: CacheParts = field == nil ? .history : [.history, .fields]
    if selection.members != nil { parts.formUnion([.records, .formerLinks]) }
    if try tip == headCommit(),
      let rows = try answer(
        parts,
        { (cache) throws(SQLiteError) in
          if let members = selection.members {
            question.records += try cache.sourcesEver(of: members.target.text).filter {
              RecordID($0).map(members.mayHave) ?? false
            }
          }
          return try cache.history(question)
        })
    {
      return try git { () throws(GitError) in try entries(rows, tip: tip) }
    }
    var walk = HistoryWalk(self)
    return try walk.entries(to: tip, selection)
  }

  private func entries(
    _ rows: [(commit: CachedCommit, changes: [CachedChange])], tip: ObjectID
  ) throws(GitError) -> [LogEntry] {
    let mailmap = try mailmap(at: tip)
    var versions = FileVersions(repository, catalog)
    var catalogs = PastCatalogs(self)
    var entries: [LogEntry] = []
    entries.reserveCapacity(rows.count)
    for start in stride(from: 0, to: rows.count, by: 2_000) {
      let part = rows[start..<min(start + 2_000, rows.count)]
      versions.load(part.lazy.flatMap(\.changes).compactMap(RecordFileChange.init(row:)))
      for row in part {
        var changes: [RecordChange] = []
        let tree = try repository.commit(ObjectID(row: row.commit.id)).tree
        let catalog = try catalogs.catalog(ofTree: tree)
        for change in row.changes.compactMap(RecordFileChange.init(row:)) {
          changes.append(try versions.change(change, in: catalog))
        }
        entries.append(
          LogEntry(
            commit: CommitInfo(row.commit, mailmap: mailmap), changes: changes,
            broughtAt: row.commit.broughtAt ?? row.commit.committedAt))
      }
    }
    return entries
  }

  /// Reads the mailmap at the tip, not the working tree's: the same state gives the same result.
  func mailmap(at tip: ObjectID) throws(GitError) -> Mailmap {
    guard
      let entry = try repository.entry(at: Mailmap.path, inTree: repository.commit(tip).tree),
      entry.mode == .regular || entry.mode == .executable
    else { return Mailmap() }
    return Mailmap(try repository.blob(entry.id))
  }

  /// Returns when each record was created and last changed, and by whom, from history up to `tip`.
  /// One that was an item of a list before a migration was created with the item.
  package func times(to tip: ObjectID) throws(StoreError) -> [RecordID: RecordTimes] {
    var lives = RecordLives()
    let parts: CacheParts =
      catalog.hasMigratedRecords ? [.history, .records, .formerItems] : .history
    if try tip == headCommit() {
      let mailmap: Mailmap = try git { () throws(GitError) in try self.mailmap(at: tip) }
      let found = try answer(parts) { (cache) throws(SQLiteError) in
        var lives = RecordLives()
        try cache.forEachChange { record, time, name, email in
          guard let id = RecordID(record) else { return }
          lives.add(id, at: time, by: mailmap.proper(name, email).name)
        }
        return lives
      }
      if let found { return found.times }
    }
    var walk = HistoryWalk(self)
    let entries = try walk.entries(to: tip)
    let items = MigratedItems(of: entries, catalog)
    for entry in entries.reversed() {
      func add(_ id: RecordID) {
        lives.add(id, at: entry.commit.committedAt, by: entry.commit.authorName)
      }
      for change in entry.changes {
        add(change.id)
        for (item, told) in items.changes(by: change) where told.type != .deleted {
          add(item.record)
        }
      }
    }
    return lives.times
  }
}

/// When a record was created and last changed, and its authors.
package struct RecordTimes: Sendable {
  /// Committer times, seconds since the epoch.
  package fileprivate(set) var created: Int64
  package fileprivate(set) var changed: Int64
  package fileprivate(set) var authors: [String]
}

/// Collects record times, going from the oldest commit on.
private struct RecordLives {
  private(set) var times: [RecordID: RecordTimes] = [:]

  mutating func add(_ id: RecordID, at time: Int64, by author: String) {
    if var known = times[id] {
      times[id] = nil
      known.changed = time
      if !known.authors.contains(author) { known.authors.append(author) }
      times[id] = known
    } else {
      times[id] = RecordTimes(created: time, changed: time, authors: [author])
    }
  }
}

extension CommitInfo {
  init(_ row: CachedCommit, mailmap: Mailmap) {
    let author = mailmap.proper(row.authorName, row.authorEmail)
    self.init(
      id: ObjectID(row: row.id).hex, parents: row.parents.map { ObjectID(row: $0).hex },
      authorName: author.name, authorEmail: author.email, authoredAt: row.authoredAt,
      committedAt: row.committedAt, subject: row.subject)
  }
}

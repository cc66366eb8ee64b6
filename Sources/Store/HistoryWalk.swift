package import Git
import JSONText
package import Records

/// Walks history and tells, commit by commit, what happened to records.
///
/// A change made in a merge is the merge's; a change that a merge brings is its author's. A record is
/// followed by its id, wherever its file goes.
package struct HistoryWalk {
  private let tracker: Tracker
  private let catalog: KindCatalog
  private let folders: [String]
  /// Blobs as records; versions repeat on both sides of a change.
  private var versions: [ObjectID: JSONValue?] = [:]
  /// The kinds that commits had, by the tree of `.docket`: a version is told of in its own words.
  private var catalogs: [ObjectID: KindCatalog] = [:]
  /// Versions that lie in files and aren't stored.
  var unstored: [ObjectID: JSONValue?] = [:]

  package struct Selection: Sendable {
    /// Only these records; all where empty.
    package var ids: Set<RecordID> = []
    /// Committer times of the first-parent commit that brought a change in, inclusive.
    package var since: Int64?
    package var until: Int64?
    package init() {}
  }

  package init(_ tracker: Tracker) {
    self.init(tracker, catalog: tracker.catalog, folders: [tracker.folder])
  }

  init(_ tracker: Tracker, catalog: KindCatalog, folders: [String]) {
    self.tracker = tracker
    self.catalog = catalog
    self.folders = folders
  }

  /// The entries that reached `tip`, newest first; commits without a change to records are left out.
  package mutating func entries(to tip: ObjectID, _ selection: Selection = Selection())
    throws(StoreError) -> [LogEntry]
  {
    do throws(GitError) {
      var commits: [Commit] = []
      let walk = try tracker.repository.commits(from: [tip])
      while let commit = try walk.next() { commits.append(commit) }
      let broughtAt = Self.broughtAt(commits, tip: tip)
      let mailmap = try tracker.mailmap(at: tip)
      var trees: [ObjectID: ObjectID] = [:]
      for commit in commits { trees[commit.id] = commit.tree }
      var entries: [LogEntry] = []
      for commit in commits {
        let time = broughtAt[commit.id] ?? commit.committer.time
        if let since = selection.since, time < since { continue }
        if let until = selection.until, time > until { continue }
        let changes = try changes(of: commit, trees: trees, ids: selection.ids)
        guard !changes.isEmpty else { continue }
        entries.append(
          LogEntry(commit: CommitInfo(commit, mailmap: mailmap), changes: changes, broughtAt: time))
      }
      return entries
    } catch {
      throw .git(error)
    }
  }

  /// When each commit came to the first-parent line of `tip`.
  static func broughtAt(_ commits: [Commit], tip: ObjectID) -> [ObjectID: Int64] {
    let byID = Dictionary(commits.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    var line: [Commit] = []
    var next = byID[tip]
    while let commit = next {
      line.append(commit)
      next = commit.parents.first.flatMap { byID[$0] }
    }
    var times: [ObjectID: Int64] = [:]
    for commit in line.reversed() {
      var stack = [commit]
      while let here = stack.popLast() {
        guard times[here.id] == nil else { continue }
        times[here.id] = commit.committer.time
        stack += here.parents.compactMap { times[$0] == nil ? byID[$0] : nil }
      }
    }
    return times
  }

  private mutating func changes(
    of commit: Commit, trees: [ObjectID: ObjectID], ids: Set<RecordID>
  ) throws(GitError) -> [RecordChange] {
    let parents = commit.parents.compactMap { trees[$0] }
    // Beyond a shallow boundary nothing is known, so what this commit changed isn't either: to read
    // it as a beginning would make its author the author of everything.
    guard parents.count == commit.parents.count else { return [] }
    var changes = try tracker.repository.changes(
      from: parents.first, to: commit.tree, under: folders)
    for other in parents.dropFirst() where !changes.isEmpty {
      let against = try tracker.repository.changes(from: other, to: commit.tree, under: folders)
      let own = Set(against.map(\.path))
      changes = changes.filter { own.contains($0.path) }
    }
    guard !changes.isEmpty else { return [] }
    return try records(of: changes, ids: ids, catalog: catalog(of: commit))
  }

  private mutating func catalog(of commit: Commit) throws(GitError) -> KindCatalog {
    guard
      let folder = try tracker.repository.entry(at: Ground.folder, inTree: commit.tree),
      folder.mode == .tree
    else { return self.catalog }
    if let known = catalogs[folder.id] { return known }
    let ground = try Ground(tree: commit.tree, in: tracker.repository, isWhole: false)
    catalogs[folder.id] = ground.catalog
    return ground.catalog
  }

  /// What changed files mean for records, told once for each record.
  ///
  /// - Parameter catalog: the kinds by which they are told; the walk's own where it is nil.
  mutating func records(
    of changes: [TreeChange], ids: Set<RecordID> = [], catalog: KindCatalog? = nil
  ) throws(GitError) -> [RecordChange] {
    let catalog = catalog ?? self.catalog
    var sides: [RecordID: (old: (String, TreeItem)?, new: (String, TreeItem)?)] = [:]
    var order: [RecordID] = []
    for change in changes {
      guard
        let id = folders.lazy.compactMap({ try? RecordPath(change.path, inFolder: $0) }).first?.id,
        ids.isEmpty || ids.contains(id)
      else { continue }
      if sides[id] == nil { order.append(id) }
      var side = sides[id] ?? (nil, nil)
      if let old = change.old { side.old = (change.path, old) }
      if let new = change.new { side.new = (change.path, new) }
      sides[id] = side
    }
    var records: [RecordChange] = []
    for id in order {
      guard let side = sides[id], let path = side.new?.0 ?? side.old?.0 else { continue }
      let kind = catalog.kind(of: id) ?? self.catalog.kind(of: id)
      let before = try side.old.map { (old) throws(GitError) in try version(old.1.id) } ?? nil
      let after = try side.new.map { (new) throws(GitError) in try version(new.1.id) } ?? nil
      let moved = side.old.map { $0.0 != path } ?? false
      let sort: RecordChange.Sort =
        side.old == nil ? .added : side.new == nil ? .deleted : moved ? .renamed : .modified
      let unreadable = side.old != nil && before == nil || side.new != nil && after == nil
      records.append(
        RecordChange(
          id: id, kind: kind, path: path, from: moved && side.new != nil ? side.old?.0 : nil,
          sort: sort,
          fields: unreadable ? [] : FieldChange.between(before, after, view: kind?.view),
          before: before, after: after,
          problem: unreadable ? "a version of it is not readable as JSON" : nil))
    }
    return records
  }

  private mutating func version(_ id: ObjectID) throws(GitError) -> JSONValue? {
    if let known = versions[id] ?? unstored[id] { return known }
    let document = try? JSONDocument(parsing: tracker.repository.blob(id))
    let value = document.flatMap { $0.root.isObject ? $0.root.value : nil }
    if versions.count > 20_000 { versions.removeAll(keepingCapacity: true) }
    versions[id] = value
    return value
  }
}

extension CommitInfo {
  init(_ commit: Commit, mailmap: Mailmap) {
    let author = mailmap.proper(commit.author.name, commit.author.email)
    self.init(
      id: commit.id.hex, parents: commit.parents.map(\.hex), authorName: author.name,
      authorEmail: author.email, authoredAt: commit.author.time,
      committedAt: commit.committer.time, subject: commit.subject)
  }
}

extension Tracker {
  /// Who people are by now: the tip's own map, not the working tree's, so that the same state gives
  /// the same answer.
  func mailmap(at tip: ObjectID) throws(GitError) -> Mailmap {
    guard
      let entry = try repository.entry(at: Mailmap.path, inTree: repository.commit(tip).tree),
      entry.mode == .regular || entry.mode == .executable
    else { return Mailmap() }
    return Mailmap(try repository.blob(entry.id))
  }

  /// When each record came, when it last changed and who changed it, from history up to `tip`.
  package func times(to tip: ObjectID) throws(StoreError) -> [RecordID: RecordTimes] {
    var walk = HistoryWalk(self)
    var times: [RecordID: RecordTimes] = [:]
    for entry in try walk.entries(to: tip).reversed() {
      for change in entry.changes {
        let known = times[change.id]
        var authors = known?.authors ?? []
        if !authors.contains(entry.commit.authorName) { authors.append(entry.commit.authorName) }
        times[change.id] = RecordTimes(
          created: known?.created ?? entry.commit.committedAt,
          changed: entry.commit.committedAt, authors: authors)
      }
    }
    return times
  }
}

/// What history says of a record's life.
package struct RecordTimes: Sendable {
  /// Committer times, seconds since the epoch.
  package let created: Int64
  package let changed: Int64
  package let authors: [String]
}

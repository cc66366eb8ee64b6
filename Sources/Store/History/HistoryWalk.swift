import Files
package import Git
import JSONText
package import Records

/// Walks history and reports, commit by commit, what happened to records.
///
/// A change made in a merge is attributed to the merge, a change that it merges to its author. A
/// record is followed by its id, wherever its file moves.
package struct HistoryWalk {
  private let tracker: Tracker
  private var timeline: RecordTimeline
  private var versions: FileVersions
  private var catalogs: PastCatalogs

  package struct Selection: Sendable {
    /// Only these records; all if empty.
    package var ids: Set<RecordID> = []
    /// Committer times of the first-parent commit that brought in a change, inclusive.
    package var since: Int64?
    package var until: Int64?
    package init() {}
  }

  package init(_ tracker: Tracker) {
    self.init(tracker, catalog: tracker.catalog, folders: [tracker.folder])
  }

  init(_ tracker: Tracker, catalog: KindCatalog, folders: [RepositoryPath]) {
    self.tracker = tracker
    timeline = RecordTimeline(repository: tracker.repository, catalog: catalog, folders: folders)
    versions = FileVersions(tracker.repository, catalog)
    catalogs = PastCatalogs(tracker)
  }

  /// Returns the entries reachable from `tip`, newest first, without commits that change no
  /// records.
  package mutating func entries(to tip: ObjectID, _ selection: Selection = Selection())
    throws(StoreError) -> [LogEntry]
  {
    do throws(GitError) {
      var commits: [Commit] = []
      let walk = try tracker.repository.commits(from: [tip])
      while let commit = try walk.next() { commits.append(commit) }
      var names = FolderNames(timeline.folders.map { ($0, nil) })
      for commit in commits { try names.note(commit, in: tracker.repository) }
      timeline = RecordTimeline(
        repository: tracker.repository, catalog: timeline.catalog, folders: names.all.map(\.folder))
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

  /// Returns when each commit reached the first-parent line of `tip`.
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
    let files = try timeline.changes(of: commit) { (parent, child) in
      tracker.repository.isShallowBoundary(child) ? nil : trees[parent]
    }
    .filter { ids.isEmpty || ids.contains($0.id) }
    guard !files.isEmpty else { return [] }
    let catalog = try catalogs.catalog(ofTree: commit.tree)
    return try files.map { (file) throws(GitError) in try versions.change(file, in: catalog) }
  }

  /// Returns the changes to records that changed files amount to, one for each record.
  ///
  /// - Parameter unstored: versions that lie in files and aren't stored.
  mutating func records(of changes: [TreeChange], unstored: [ObjectID: JSONValue?] = [:])
    throws(GitError) -> [RecordChange]
  {
    versions.add(unstored)
    let files = try timeline.records(of: changes)
    return try files.map { (file) throws(GitError) in try versions.change(file) }
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

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
    /// Also records that a version of theirs puts in a collection.
    package var members: CollectionMembers?
    /// Leaves out the changes of those records, which then only explain what became of items.
    package var isOwn = false
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
      var found: [(commit: Commit, time: Int64, files: [RecordFileChange])] = []
      for commit in commits {
        let time = broughtAt[commit.id] ?? commit.committer.time
        if let since = selection.since, time < since { continue }
        if let until = selection.until, time > until { continue }
        let files = try files(of: commit, trees: trees, selection)
        if !files.isEmpty { found.append((commit, time, files)) }
      }
      let ids = try selection.members.map { (members) throws(GitError) in
        selection.ids.union(try records(of: members, among: found.flatMap(\.files)))
      }
      var entries: [LogEntry] = []
      for (commit, time, files) in found {
        let files = ids.map { ids in files.filter { ids.contains($0.id) } } ?? files
        guard !files.isEmpty else { continue }
        let catalog = try catalogs.catalog(ofTree: commit.tree)
        let changes = try files.map { (file) throws(GitError) in
          try versions.change(file, in: catalog)
        }
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

  private func files(
    of commit: Commit, trees: [ObjectID: ObjectID], _ selection: Selection
  ) throws(GitError) -> [RecordFileChange] {
    try timeline.changes(of: commit) { (parent, child) in
      tracker.repository.isShallowBoundary(child) ? nil : trees[parent]
    }
    .filter {
      selection.ids.isEmpty || selection.ids.contains($0.id)
        || selection.members?.mayHave($0.id) == true
    }
  }

  /// Returns the records that any of their versions puts in a collection.
  private mutating func records(
    of members: CollectionMembers, among files: [RecordFileChange]
  ) throws(GitError) -> Set<RecordID> {
    var found: Set<RecordID> = []
    for file in files where members.mayHave(file.id) && !found.contains(file.id) {
      for case .some(let side) in [file.old, file.new] + file.others {
        guard let value = try versions.version(side.blob), members.has(file.id, value) else {
          continue
        }
        found.insert(file.id)
        break
      }
    }
    return found
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

import Cache
import Git
import Records

/// Commits with their changes to record files, in the order of the given ids.
///
/// If there are many, they are read on another core, one batch ahead of the caller.
struct HistoryReading {
  typealias Row = (commit: CachedCommit, files: CommitFiles)

  private let ids: [ObjectID]
  private let reader: HistoryReader
  private var batch: ArraySlice<Row> = []
  private var prefetched: Prefetch<Result<[Row], GitError>>?
  private var begun = 0
  private static let size = 5_000

  /// The given folders, and further ones that commits name; complete after the last commit.
  var folders: [FolderNames.Named] { reader.names.all }

  /// - Parameter folders: where to look for records.
  init(of ids: [ObjectID], _ tracker: Tracker, folders: [FolderNames.Named]) throws(StoreError) {
    self.ids = ids
    // A separate repository, since it may be used on another thread.
    reader = try git { () throws(GitError) in
      HistoryReader(
        try tracker.repository.location.open(), folders: folders, catalog: tracker.catalog)
    }
    begin()
  }

  /// Returns the next commit, or `nil` after the last.
  mutating func next() throws(StoreError) -> Row? {
    if let row = batch.popFirst() { return row }
    guard let result = prefetched?.wait() else { return nil }
    begin()
    batch = try git { () throws(GitError) in try result.get() }[...]
    return batch.popFirst()
  }

  private mutating func begin() {
    guard begun < ids.count else {
      prefetched = nil
      return
    }
    let part = Array(ids[begun..<min(begun + Self.size, ids.count)])
    begun += part.count
    prefetched = Prefetch(isAlone: ids.count <= 500) { [reader] in reader.read(part) }
  }
}

/// Reads batches of commits.
///
/// `Sendable` because one thread at a time uses it and all that it holds: a batch begins only after
/// waiting for the one before it.
private final class HistoryReader: @unchecked Sendable {
  private let repository: Repository
  private let timeline: RecordTimeline
  private var commits: CommitCache
  private(set) var names: FolderNames

  init(_ repository: Repository, folders: [FolderNames.Named], catalog: KindCatalog) {
    self.repository = repository
    names = FolderNames(folders)
    timeline = RecordTimeline(
      repository: repository, catalog: catalog, folders: folders.map(\.folder))
    commits = CommitCache(repository)
    repository.readPacks()
  }

  func read(_ ids: [ObjectID]) -> Result<[HistoryReading.Row], GitError> {
    do throws(GitError) {
      return .success(try rows(of: ids))
    } catch {
      return .failure(error)
    }
  }

  private func rows(of ids: [ObjectID]) throws(GitError) -> [HistoryReading.Row] {
    let all = try ids.map { (id) throws(GitError) in try commits.take(id) }
    for commit in all { try names.note(commit, in: repository) }
    let read = Dictionary(zip(ids, all.map(\.tree))) { first, _ in first }
    let files = try timeline.files(of: all) { (parent, child) throws(GitError) in
      if repository.isShallowBoundary(child) { return nil }
      if let tree = read[parent] { return tree }
      return try commits.peek(parent).tree
    }
    return zip(all, files).map { commit, files in
      let row = CachedCommit(
        id: commit.id.bytes, parents: commit.parents.map(\.bytes),
        committedAt: commit.committer.time, authoredAt: commit.author.time,
        authorName: commit.author.name, authorEmail: commit.author.email, subject: commit.subject)
      return (row, files)
    }
  }
}

/// Commits read as parents of others, kept until their own turn.
private struct CommitCache {
  private let repository: Repository
  private var commits: [ObjectID: Commit] = [:]

  init(_ repository: Repository) { self.repository = repository }

  /// Returns a commit that will be needed again.
  mutating func peek(_ id: ObjectID) throws(GitError) -> Commit {
    if let known = commits[id] { return known }
    let commit = try repository.commit(id)
    if commits.count > 10_000 { commits.removeAll(keepingCapacity: true) }
    commits[id] = commit
    return commit
  }

  /// Returns a commit that won't be needed again soon.
  mutating func take(_ id: ObjectID) throws(GitError) -> Commit {
    if let known = commits.removeValue(forKey: id) { return known }
    return try repository.commit(id)
  }
}

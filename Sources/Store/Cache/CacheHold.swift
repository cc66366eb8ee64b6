import Cache
import Files
import Git
import Records

/// An up-to-date cache, locked against writers for as long as this value lives.
final class CacheHold {
  let cache: RecordCache
  private let file: CacheFile?

  init(_ cache: RecordCache, file: CacheFile?) {
    (self.cache, self.file) = (cache, file)
  }

  /// Marks the cache, which failed, so that the next use rebuilds it.
  func invalidate() {
    guard let file, file.acquire(.exclusive, timeout: .milliseconds(100)) else { return }
    _ = file.breakSeal()
  }
}

extension Tracker {
  /// `off` disables the cache: answers come from git alone, as if no cache could be stored. The
  /// second name is the older one, and still means the same.
  static let cacheVariables = ["DOCKET_CACHE", "DOCKET_INDEX"]

  /// Returns the cache with these parts updated to HEAD, or `nil` if there can't be one.
  ///
  /// - Parameter builds: whether to build a missing cache, which may take long.
  /// - Throws: git's error, as without a cache.
  func cache(_ parts: CacheParts, builds: Bool = true) throws(StoreError) -> CacheHold? {
    guard !Self.cacheVariables.contains(where: { context.environment[$0] == "off" }),
      let path = try cachePath(), let tip = try headCommit()
    else { return nil }
    let tree = try self.tree(of: tip)
    if !builds, try git({ () throws(GitError) in try fileType(path) }) != .file { return nil }
    let permissions = try git { () throws(GitError) in try repository.sharedPermissions }
    let mode = permissions.isShared ? permissions.fileMode(0o666) : nil
    guard let file = CacheFile(path: path, sharedMode: mode) else { return nil }
    let timeout = builds ? CacheFile.timeout : .milliseconds(50)
    // Tries a few times, in case other worktrees update it to other commits at the same moment.
    for _ in 0..<4 {
      guard file.acquire(.shared, timeout: timeout) else { return nil }
      if !builds, !file.isSealed { return nil }
      if let cache = sealedCache(in: file) {
        let update = CacheUpdate(tracker: self, cache: cache, tip: tip, tree: tree)
        if (try? update.isDone(parts)) == true { return CacheHold(cache, file: file) }
        if !builds, (try? update.isBegun(parts)) != true { return nil }
      }
      guard file.acquire(.exclusive, timeout: timeout) else { return nil }
      openCache = nil
      guard try bring(file, parts.union(expected), tip: tip, tree: tree) else { return nil }
    }
    return nil
  }

  /// Announces that history will be needed, so that one update brings all that is needed.
  package func expectHistory() { expected.insert(.history) }

  /// Returns the database if it is as its last writer left it, reusing an open one; else `nil`.
  private func sealedCache(in file: CacheFile) -> RecordCache? {
    guard file.isSealed, let seal = file.seal else { return nil }
    if let openCache, openCache.path == file.path, openCache.seal == seal { return openCache.cache }
    openCache = (try? RecordCache(file.path, .readOnly)).map { ($0, file.path, seal) }
    return openCache?.cache
  }

  /// Returns an in-memory cache with these parts, for queries that can't do without one.
  func indexInMemory(_ parts: CacheParts) throws(StoreError) -> CacheHold {
    let cache = try cached { () throws(SQLiteError) in try RecordCache("", .inMemory) }
    if let tip = try headCommit() {
      let update = CacheUpdate(tracker: self, cache: cache, tip: tip, tree: try tree(of: tip))
      try Repository.withoutHashVerification { () throws(StoreError) in try update.run(parts) }
    }
    return CacheHold(cache, file: nil)
  }

  /// Queries the cache; returns `nil` if there is none, or none that works.
  func answer<Answer>(
    _ parts: CacheParts, builds: Bool = true,
    _ question: (RecordCache) throws(SQLiteError) -> Answer
  ) throws(StoreError) -> Answer? {
    guard let hold = try cache(parts, builds: builds) else { return nil }
    do throws(SQLiteError) {
      return try question(hold.cache)
    } catch {
      hold.invalidate()
      return nil
    }
  }

  /// - Returns: whether the cache is up to date now, exclusively locked by the caller.
  private func bring(_ file: CacheFile, _ parts: CacheParts, tip: ObjectID, tree: ObjectID)
    throws(StoreError) -> Bool
  {
    var isWhole = file.isSealed
    Memory.givesBackLargeBlocks()
    for _ in 0..<2 {
      guard file.breakSeal() else { return false }
      if !isWhole { file.discard() }
      do throws(StoreError) {
        // In its own scope: closing the database puts what was written on disk.
        do {
          let cache = try cached { () throws(SQLiteError) in
            try RecordCache(file.path, .readWrite)
          }
          let update = CacheUpdate(tracker: self, cache: cache, tip: tip, tree: tree)
          try Repository.withoutHashVerification { () throws(StoreError) in
            try update.run(parts)
          }
        }
        file.setSeal()
        if !isWhole { removeOtherCaches(than: file.path) }
        return true
      } catch {
        guard case .cache = error else {
          // git failed; the cache is unchanged.
          if isWhole { file.setSeal() }
          throw error
        }
        isWhole = false
      }
    }
    file.discard()
    return false
  }

  /// Returns the path of the cache: one file for each set of inputs of its rows besides commits.
  private func cachePath() throws(StoreError) -> String? {
    guard let definitionTree else { return nil }
    return try git { () throws(GitError) in
      let schemas = try repository.entry(
        at: TrackerDefinition.schemaFolder, inTree: definitionTree)?.id
      var text = "\(RecordCache.version)\n\(folder)\n\(schemas?.hex ?? "")\n"
      for (old, new) in try repository.replacements.sorted(by: { $0.key < $1.key }) {
        text += "replace \(old) \(new)\n"
      }
      for commit in repository.shallowCommits.sorted() { text += "shallow \(commit)\n" }
      let directory = repository.commonDirectory + "/docket"
      // Where none can be made, or a link is in its place, no cache is kept.
      guard (try? repository.makeDocketFolder()) == true else { return nil }
      let name = repository.hash(blob: Array(text.utf8)).hex.prefix(12)
      return "\(directory)/index-\(RecordCache.version)-\(name).sqlite"
    }
  }

  /// Keeps the three most recently used ones besides a new one; branches may differ in their
  /// schemas.
  private func removeOtherCaches(than path: String) {
    let directory = FileSystem.parent(of: path)
    // What can't be listed stays: nothing depends on it.
    let names = (try? FileSystem.names(in: directory)) ?? nil
    let caches = (names ?? []).map(\.text)
      .filter { $0.hasPrefix("index-") && $0.hasSuffix(".sqlite") }
      .map { "\(directory)/\($0)" }.filter { $0 != path }
    // As above.
    let dated = caches.map { (path: $0, modified: (try? FileSystem.modified($0)) ?? 0) }
    let others = dated.sorted { ($0.modified, $0.path) > ($1.modified, $1.path) }
    for other in others.dropFirst(3) {
      FileSystem.remove(other.path)
      FileSystem.remove(other.path + "-lock")
    }
  }
}

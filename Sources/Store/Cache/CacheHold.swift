import Cache
import Git
import Records

/// The index, up to date and held against writers for as long as this value lives.
final class CacheHold {
  let cache: RecordCache
  private let file: CacheFile?

  init(_ cache: RecordCache, file: CacheFile?) {
    (self.cache, self.file) = (cache, file)
  }

  /// Has the index built anew by whoever needs it next: it failed.
  func invalidate() {
    guard let file, file.acquire(.exclusive, timeout: 100) else { return }
    _ = file.breakSeal()
  }
}

extension Tracker {
  /// `off`: answers come from git alone, as they do where no index can be kept.
  static let cacheVariable = "DOCKET_INDEX"

  /// The index with these parts brought to HEAD; `nil` where there can't be one.
  ///
  /// - Parameter builds: whether one that isn't there yet is built, which may take long.
  /// - Throws: what git says, as it would without an index.
  func cache(_ parts: CacheParts, builds: Bool = true) throws(StoreError) -> CacheHold? {
    guard context.environment[Self.cacheVariable] != "off", let path = try cachePath(),
      let tip = try headCommit()
    else { return nil }
    let tree = try self.tree(of: tip)
    if !builds, Files.fileType(path) != .file { return nil }
    guard let file = CacheFile(path: path) else { return nil }
    let timeout = builds ? CacheFile.timeout : 50
    // A few times, if other worktrees want it for other commits at the same moment.
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

  /// Says that history will be asked for, so that one update brings all that is needed.
  package func expectHistory() { expected.insert(.history) }

  /// The database, if it is as its last writer left it; one that was opened already, if it still is.
  private func sealedCache(in file: CacheFile) -> RecordCache? {
    guard file.isSealed, let seal = file.seal else { return nil }
    if let openCache, openCache.path == file.path, openCache.seal == seal { return openCache.cache }
    openCache = (try? RecordCache(file.path, .readOnly)).map { ($0, file.path, seal) }
    return openCache?.cache
  }

  /// An index in memory with these parts, for questions that need one.
  func indexInMemory(_ parts: CacheParts) throws(StoreError) -> CacheHold {
    let cache = try cached { () throws(SQLiteError) in try RecordCache("", .inMemory) }
    if let tip = try headCommit() {
      let update = CacheUpdate(tracker: self, cache: cache, tip: tip, tree: try tree(of: tip))
      try Repository.withoutHashVerification { () throws(StoreError) in try update.run(parts) }
    }
    return CacheHold(cache, file: nil)
  }

  /// Asks the index; `nil` where there is none, or none that works.
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

  /// - Returns: whether the index is as it should be now; the caller has it alone.
  private func bring(_ file: CacheFile, _ parts: CacheParts, tip: ObjectID, tree: ObjectID)
    throws(StoreError) -> Bool
  {
    var isWhole = file.isSealed
    Memory.givesBackLargeBlocks()
    for _ in 0..<2 {
      guard file.breakSeal() else { return false }
      if !isWhole { file.discard() }
      do throws(StoreError) {
        // In a scope of its own: what is written is on the disk when the database is closed.
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
        if !isWhole { removeOtherIndexes(than: file.path) }
        return true
      } catch {
        guard case .cache = error else {
          // Git's word; the index was left as it was.
          if isWhole { file.setSeal() }
          throw error
        }
        isWhole = false
      }
    }
    file.discard()
    return false
  }

  /// Where the index lies: a file for each set of things that its rows depend on, besides commits.
  private func cachePath() throws(StoreError) -> String? {
    guard let definitionTree else { return nil }
    return try git { () throws(GitError) in
      let schemas = try repository.entry(
        at: TrackerDefinition.schemaFolder, inTree: definitionTree)?.id
      var text = "\(RecordCache.version)\n\(folder)\n\(schemas?.hex ?? "")\n"
      for (old, new) in repository.replacements.sorted(by: { $0.key < $1.key }) {
        text += "replace \(old) \(new)\n"
      }
      for commit in repository.shallowCommits.sorted() { text += "shallow \(commit)\n" }
      let directory = repository.commonDirectory + "/docket"
      Files.makeDirectory(directory)
      let name = repository.hash(blob: Array(text.utf8)).hex.prefix(12)
      return "\(directory)/index-\(RecordCache.version)-\(name).sqlite"
    }
  }

  /// Keeps the three that were used last besides a new one; branches may differ in their schemas.
  private func removeOtherIndexes(than path: String) {
    let directory = Files.parent(of: path)
    let others = (Files.names(in: directory) ?? [])
      .filter { $0.hasPrefix("index-") && $0.hasSuffix(".sqlite") }
      .map { directory + "/" + $0 }.filter { $0 != path }
      .map { (path: $0, changed: Files.changed($0) ?? 0) }
      .sorted { ($0.changed, $0.path) > ($1.changed, $1.path) }
    for other in others.dropFirst(3) {
      Files.remove(other.path)
      Files.remove(other.path + "-lock")
    }
  }
}

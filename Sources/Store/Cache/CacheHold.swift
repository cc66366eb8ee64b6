import Cache
import Git
import Records

/// The index, up to date and held against writers for as long as this value lives.
final class IndexHold {
  let index: RecordIndex
  private let file: IndexFile?

  init(_ index: RecordIndex, file: IndexFile?) {
    (self.index, self.file) = (index, file)
  }

  /// Has the index built anew by whoever needs it next: it failed.
  func condemn() {
    guard let file, file.acquire(.exclusive, patience: 100) else { return }
    _ = file.breakSeal()
  }
}

extension Tracker {
  /// `off`: answers come from git alone, as they do where no index can be kept.
  static let indexVariable = "DOCKET_INDEX"

  /// The index with these parts brought to HEAD; `nil` where there can't be one.
  ///
  /// - Parameter builds: whether one that isn't there yet is built, which may take long.
  /// - Throws: what git says, as it would without an index.
  func index(_ parts: IndexParts, builds: Bool = true) throws(StoreError) -> IndexHold? {
    guard surroundings.environment[Self.indexVariable] != "off", let path = try indexPath(),
      let tip = try headCommit()
    else { return nil }
    let tree = try self.tree(of: tip)
    if !builds, Files.sort(path) != .file { return nil }
    guard let file = IndexFile(path: path) else { return nil }
    let patience = builds ? IndexFile.patience : 50
    // A few times, if other worktrees want it for other commits at the same moment.
    for _ in 0..<4 {
      guard file.acquire(.shared, patience: patience) else { return nil }
      if !builds, !file.isSealed { return nil }
      if let index = sealedIndex(in: file) {
        let update = IndexUpdate(tracker: self, index: index, tip: tip, tree: tree)
        if (try? update.isDone(parts)) == true { return IndexHold(index, file: file) }
        if !builds, (try? update.isBegun(parts)) != true { return nil }
      }
      guard file.acquire(.exclusive, patience: patience) else { return nil }
      openIndex = nil
      guard try bring(file, parts.union(expected), tip: tip, tree: tree) else { return nil }
    }
    return nil
  }

  /// Says that history will be asked for, so that one update brings all that is needed.
  package func expectHistory() { expected.insert(.history) }

  /// The database, if it is as its last writer left it; one that was opened already, if it still is.
  private func sealedIndex(in file: IndexFile) -> RecordIndex? {
    guard file.isSealed, let seal = file.seal else { return nil }
    if let openIndex, openIndex.path == file.path, openIndex.seal == seal { return openIndex.index }
    openIndex = (try? RecordIndex(file.path, .readOnly)).map { ($0, file.path, seal) }
    return openIndex?.index
  }

  /// An index in memory with these parts, for questions that need one.
  func indexInMemory(_ parts: IndexParts) throws(StoreError) -> IndexHold {
    let index = try indexed { () throws(SQLiteError) in try RecordIndex("", .inMemory) }
    if let tip = try headCommit() {
      let update = IndexUpdate(tracker: self, index: index, tip: tip, tree: try tree(of: tip))
      try Repository.withoutHashVerification { () throws(StoreError) in try update.run(parts) }
    }
    return IndexHold(index, file: nil)
  }

  /// Asks the index; `nil` where there is none, or none that works.
  func answer<Answer>(
    _ parts: IndexParts, builds: Bool = true,
    _ question: (RecordIndex) throws(SQLiteError) -> Answer
  ) throws(StoreError) -> Answer? {
    guard let hold = try index(parts, builds: builds) else { return nil }
    do throws(SQLiteError) {
      return try question(hold.index)
    } catch {
      hold.condemn()
      return nil
    }
  }

  /// - Returns: whether the index is as it should be now; the caller has it alone.
  private func bring(_ file: IndexFile, _ parts: IndexParts, tip: ObjectID, tree: ObjectID)
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
          let index = try indexed { () throws(SQLiteError) in
            try RecordIndex(file.path, .readWrite)
          }
          let update = IndexUpdate(tracker: self, index: index, tip: tip, tree: tree)
          try Repository.withoutHashVerification { () throws(StoreError) in
            try update.run(parts)
          }
        }
        file.setSeal()
        if !isWhole { removeOtherIndexes(than: file.path) }
        return true
      } catch {
        guard case .index = error else {
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
  private func indexPath() throws(StoreError) -> String? {
    guard let groundTree else { return nil }
    return try git { () throws(GitError) in
      let schemas = try repository.entry(at: Ground.schemaFolder, inTree: groundTree)?.id
      var text = "\(RecordIndex.version)\n\(folder)\n\(schemas?.hex ?? "")\n"
      for (old, new) in repository.replacements.sorted(by: { $0.key < $1.key }) {
        text += "replace \(old) \(new)\n"
      }
      for commit in repository.shallowCommits.sorted() { text += "shallow \(commit)\n" }
      let directory = repository.commonDirectory + "/docket"
      Files.makeDirectory(directory)
      let name = repository.hash(blob: Array(text.utf8)).hex.prefix(12)
      return "\(directory)/index-\(RecordIndex.version)-\(name).sqlite"
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

package import Files

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// The index as of when it was read; later changes are not reflected.
///
/// Entries are viewed in the mapped file; only requested ones are copied.
///
/// `@unchecked Sendable`: every property is a `let`, and nothing writes to the mapped file, the
/// expanded names or their pointers between the initializer and the last use.
package final class IndexSnapshot: @unchecked Sendable {
  let file: IndexFile
  let layout: IndexLayout
  private let comparison: StatComparison

  init(_ repository: Repository) throws(GitError) {
    let path = repository.indexPath
    var file = try IndexFile(path)
    var layout = file.bytes.isEmpty ? IndexLayout() : try IndexLayout(file.bytes, path: path)
    if layout.isPartial {
      let whole = try IndexExpansion.bytes(of: file, layout, path: path, in: repository)
      file = IndexFile(whole, insteadOf: file)
      layout = try IndexLayout(file.bytes, path: path)
    }
    (self.file, self.layout) = (file, layout)
    comparison = try StatComparison(repository.configuration, indexModified: file.modified)
  }

  /// 2, 3 or 4.
  package var version: Int { Int(layout.version) }
  /// The number of entries of all stages.
  package var entryCount: Int { layout.entryCount }

  /// Calls `body` with the entry at a position below `entryCount`, valid only during the call.
  func withEntry<Result>(_ index: Int, _ body: (IndexEntryView) throws -> Result) rethrows
    -> Result
  {
    // Entries exist only in a file that has bytes.
    guard let base = file.bytes.baseAddress else { preconditionFailure("an empty index") }
    let name = layout.name(index, in: file.bytes)
    return try body(
      IndexEntryView(base: base + Int(layout.offsets[index]), pathBytes: name))
  }

  /// Returns the entry at exactly this path, unless it is in conflict.
  package func entry(at path: RepositoryPath) -> IndexEntry? {
    let name = path.bytes
    defer { withExtendedLifetime(self) {} }
    let index = layout.lowerBound(name, in: file.bytes, range: 0..<entryCount)
    guard index < entryCount else { return nil }
    return withEntry(index) { view in
      let isSame = name.withUnsafeBytes { PathOrder.compare(view.pathBytes, $0) == 0 }
      return isSame && view.stage == 0 ? view.copy : nil
    }
  }

  /// Whether there is an entry of any stage at exactly this path.
  package func contains(_ path: RepositoryPath) -> Bool {
    let name = path.bytes
    defer { withExtendedLifetime(self) {} }
    let index = layout.lowerBound(name, in: file.bytes, range: 0..<entryCount)
    guard index < entryCount else { return false }
    return withEntry(index) { view in
      name.withUnsafeBytes { PathOrder.compare(view.pathBytes, $0) == 0 }
    }
  }

  /// Calls `body` for each entry at or below `prefix` (empty: all), ordered by path, then stage.
  package func forEach(
    under prefix: RepositoryPath = .root, _ body: (IndexEntryView) throws -> Void
  ) rethrows {
    defer { withExtendedLifetime(self) {} }
    for range in ranges(under: prefix) {
      for index in range { try withEntry(index, body) }
    }
  }

  /// Returns the file with that name, then the directory's entries: other names sort between them.
  private func ranges(under prefix: RepositoryPath) -> [Range<Int>] {
    var name = prefix.bytes
    while name.last == UInt8(ascii: "/") { name.removeLast() }
    let all = 0..<entryCount
    if name.isEmpty { return [all] }
    let low = layout.lowerBound(name, in: file.bytes, range: all)
    let high = layout.lowerBound(name + [1], in: file.bytes, range: low..<entryCount)
    name.append(UInt8(ascii: "/"))
    return [low..<high, layout.entries(below: name, in: file.bytes, range: high..<entryCount)]
  }

  package var hasConflicts: Bool { !conflictedPaths().isEmpty }

  /// Returns the paths a merge left with several stages, each once.
  package func conflictedPaths(under prefix: RepositoryPath = .root) -> [RepositoryPath] {
    var paths: [RepositoryPath] = []
    forEach(under: prefix) { view in
      guard view.stage > 0 else { return }
      let path = view.path
      if paths.last != path { paths.append(path) }
    }
    return paths
  }

  /// Returns what a merge left at a path in conflict, by stage: 1 is the base, 2 ours and 3 theirs.
  package func stages(of path: RepositoryPath) -> [Int: TreeItem] {
    var stages: [Int: TreeItem] = [:]
    forEach(under: path) { view in
      if view.stage > 0, view.path == path { stages[view.stage] = view.item }
    }
    return stages
  }

  /// Whether a file has the entry's content, as far as its status shows.
  ///
  /// - Parameter status: `nil` where the file is missing.
  /// - Returns: `true` if so; `false` if the file is missing or of another type or mode; `nil` if
  ///   contents must be compared: the status differs, or the file changed so late that equal status
  ///   could hide a change (git's "racy" entries).
  package func matches(_ entry: IndexEntry, _ status: stat?) -> Bool? {
    comparison.matches(entry, status)
  }
}

extension Repository {
  /// Reads the index; a missing file is an index without entries.
  ///
  package func readIndex() throws(GitError) -> IndexSnapshot {
    try IndexSnapshot(self)
  }
}

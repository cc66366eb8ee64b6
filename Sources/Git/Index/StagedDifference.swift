package import Files

extension IndexSnapshot {
  /// Returns the staged changes: the difference from a tree (`nil` on an unborn branch) to this
  /// index.
  ///
  /// Matches `git diff --cached --raw --no-renames`: intent-to-add entries count as absent.
  /// Conflicted paths are left out; `conflictedPaths` lists them. Directories the index knows to be
  /// unchanged from the tree are skipped.
  package func stagedChanges(
    against tree: ObjectID?, in repository: Repository, under prefixes: [RepositoryPath] = []
  ) throws(GitError) -> [TreeChange] {
    var difference = StagedDifference(self, repository: repository, scope: PathScope(prefixes))
    defer { withExtendedLifetime(self) {} }
    try difference.compareAll(with: tree)
    return difference.changes
  }
}

/// A comparison of a tree with the index, in progress.
struct StagedDifference {
  private let index: IndexSnapshot
  private let repository: Repository
  private let scope: PathScope
  private let cache: CachedTree
  private var prefix: [UInt8] = []
  private var depth = 0
  /// Of the tree's entries that the index doesn't have: a tree may have any number of them.
  private var limit = TreeLimit.walk(of: .root)
  private(set) var changes: [TreeChange] = []

  init(_ index: IndexSnapshot, repository: Repository, scope: PathScope) {
    (self.index, self.repository, self.scope) = (index, repository, scope)
    let content = index.layout.extensions.first { $0.signature == "TREE" }
    cache = CachedTree(
      UnsafeRawBufferPointer(rebasing: index.file.bytes[(content?.range ?? 0..<0)]))
  }

  mutating func compareAll(with tree: ObjectID?) throws(GitError) {
    try compare(
      tree, with: 0..<index.entryCount, node: cache.nodes.isEmpty ? nil : 0)
  }

  /// One name in a directory of the index: a file's entries, or a range of entries below it.
  private struct Group {
    let name: UnsafeRawBufferPointer
    let range: Range<Int>
    let isDirectory: Bool
    let node: Int?
  }

  private mutating func compare(_ tree: ObjectID?, with range: Range<Int>, node: Int?)
    throws(GitError)
  {
    if let node, let tree, cache.nodes[node].id == tree,
      cache.nodes[node].entryCount == range.count
    {
      return
    }
    try Repository.checkDepth(depth)
    let object: RawObject?
    if let tree { object = try repository.object(tree, .tree) } else { object = nil }
    defer { withExtendedLifetime(object) {} }
    var entries = RawTree(object?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    var hint = 0
    var entry = try entries.next()
    var group = try nextGroup(range, node: node, hint: &hint)
    while entry != nil || group != nil {
      let order: Int
      switch (entry, group) {
      case (let entry?, let group?):
        order = PathOrder.compareEntries(
          entry.name, isTree: entry.isTree, group.name, isTree: group.isDirectory)
      case (_?, nil): order = -1
      default: order = 1
      }
      if order < 0 { try limit.count() }
      try report(order <= 0 ? entry : nil, order >= 0 ? group : nil)
      if order >= 0, let current = group {
        group = try nextGroup(
          current.range.upperBound..<range.upperBound, node: node, hint: &hint)
      }
      if order <= 0 { entry = try entries.next() }
    }
  }

  /// Returns the group of the first name in a range of entries of the directory `prefix`.
  private func nextGroup(_ range: Range<Int>, node: Int?, hint: inout Int) throws(GitError)
    -> Group?
  {
    guard let first = range.first else { return nil }
    let path = index.layout.name(first, in: index.file.bytes)
    guard path.count > prefix.count, path.starts(with: prefix) else {
      throw GitError.corrupt("index file corrupt: entries are out of order")
    }
    let rest = UnsafeRawBufferPointer(rebasing: path[prefix.count...])
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else {
      var end = first + 1
      while end < range.upperBound,
        PathOrder.compare(index.layout.name(end, in: index.file.bytes), path) == 0
      {
        end += 1
      }
      return Group(name: rest, range: first..<end, isDirectory: false, node: nil)
    }
    let name = UnsafeRawBufferPointer(rebasing: rest[..<slash])
    let child = node.flatMap { cache.child(of: $0, named: name, hint: &hint) }
    if let child, cache.nodes[child].entryCount > 0 {
      let end = first + cache.nodes[child].entryCount
      // Trusted as in git, but never beyond the directory.
      if end <= range.upperBound {
        return Group(name: name, range: first..<end, isDirectory: true, node: child)
      }
    }
    let directory = Array(path[..<(prefix.count + slash + 1)])
    let below = index.layout.entries(below: directory, in: index.file.bytes, range: range)
    // At least the entry itself, even if a damaged index is out of order.
    let end = max(below.upperBound, first + 1)
    return Group(name: name, range: first..<end, isDirectory: true, node: child)
  }

  /// Reports a change. If both are given, they have the same name and are both directories or both
  /// not.
  private mutating func report(_ entry: RawTree.Entry?, _ group: Group?) throws(GitError) {
    guard let name = entry?.name ?? group?.name else { return }
    let count = prefix.count
    prefix.append(contentsOf: name)
    defer { prefix.removeLast(prefix.count - count) }
    let relation = scope.relation(of: prefix)
    if relation == .outside { return }
    if entry?.isTree ?? group?.isDirectory ?? false {
      prefix.append(UInt8(ascii: "/"))
      depth += 1
      try compare(entry?.id, with: group?.range ?? 0..<0, node: group?.node)
      depth -= 1
    } else if relation == .inside {
      reportFile(entry, group)
    }
  }

  private mutating func reportFile(_ entry: RawTree.Entry?, _ group: Group?) {
    var new: TreeItem?
    if let first = group?.range.first {
      let staged = index.withEntry(first) { view in
        (isConflict: view.stage > 0, item: view.isIntentToAdd ? nil : view.item)
      }
      if staged.isConflict { return }
      new = staged.item
    }
    let old = entry?.item
    if old != new {
      changes.append(
        TreeChange(path: RepositoryPath(bytes: prefix), old: old, new: new))
    }
  }
}

package import Files

extension Repository {
  /// Returns the changes between two trees at or below the given paths, in order of paths.
  ///
  /// `nil` is an empty tree; no prefixes means everything. Descends only where ids differ. Renames
  /// are not detected. A file in place of a directory is reported as a removal and additions.
  ///
  /// - Throws: `.tooLarge` if more than ``TreeLimit/mostChanges`` files and directories differ.
  package func changes(
    from old: ObjectID?, to new: ObjectID?, under prefixes: [RepositoryPath] = []
  )
    throws(GitError) -> [TreeChange]
  {
    var difference = TreeDifference(repository: self, scope: PathScope(prefixes))
    try difference.compare(old, new)
    return difference.changes
  }
}

extension Repository {
  /// Returns the changes between the trees of each pair, each as `changes(from:to:under:)` returns
  /// them.
  ///
  /// Compares all pairs' trees at one path in a row, because a pack stores such trees as deltas of
  /// each other.
  ///
  /// - Parameter leavingAdded: if given, receives a directory whole instead of file by file when it
  ///   is a pair's only difference and missing in the earlier tree.
  package func changes(
    ofEach pairs: [(old: ObjectID?, new: ObjectID)], under prefixes: [RepositoryPath] = [],
    leavingAdded: ((_ pair: Int, AddedTree) -> Void)? = nil
  ) throws(GitError) -> [[TreeChange]] {
    var comparison = PairComparison(
      repository: self, scope: PathScope(prefixes), count: pairs.count,
      leavesAdded: leavingAdded != nil)
    try comparison.descend(
      pairs.enumerated().map {
        ($0.offset, TreeDifference.Below(path: [], old: $0.element.old, new: $0.element.new))
      })
    var others: [PairComparison.Task] = []
    for (pair, added) in comparison.added.sorted(by: { $0.key < $1.key }) {
      if added.count == 1, comparison.changes[pair].isEmpty, let tree = added[0].new {
        leavingAdded?(pair, AddedTree(path: added[0].path, tree: tree))
      } else {
        others += added.map { (pair, $0) }
      }
    }
    comparison.leavesAdded = false
    try comparison.descend(others)
    var changes = comparison.changes
    for pair in changes.indices where changes[pair].count > 1 {
      changes[pair].sort { $0.path < $1.path }
    }
    return changes
  }

  /// Whether another tree has the same directory at the same path.
  package func has(_ added: AddedTree, inTree tree: ObjectID) throws(GitError) -> Bool {
    let path = RepositoryPath(bytes: added.path.dropLast())
    return try entry(at: path, inTree: tree)?.id == added.tree
  }

  /// Calls `body` for each file below a directory, as an addition, in order of paths.
  package func forEachChange(in added: AddedTree, _ body: (TreeChange) -> Void) throws(GitError) {
    var prefix = added.path
    var limit = TreeLimit.walk(of: RepositoryPath(bytes: added.path.dropLast()))
    try walk(added.tree, prefix: &prefix, depth: 0, &limit, where: nil) { (path, entry) in
      body(TreeChange(path: path, old: nil, new: TreeItem(mode: entry.mode, id: entry.id)))
    }
  }
}

/// A directory that one tree has and another lacks.
package struct AddedTree: Sendable {
  /// With a final slash.
  let path: [UInt8]
  let tree: ObjectID
}

/// A comparison of many pairs of trees, level by level.
private struct PairComparison {
  typealias Task = (pair: Int, trees: TreeDifference.Below)
  let repository: Repository
  let scope: PathScope
  private(set) var changes: [[TreeChange]]
  /// For each pair, the directories missing in the earlier tree, if they are left to the caller.
  private(set) var added: [Int: [TreeDifference.Below]] = [:]
  var leavesAdded: Bool
  private var limits: [TreeLimit]

  init(repository: Repository, scope: PathScope, count: Int, leavesAdded: Bool) {
    (self.repository, self.scope, self.leavesAdded) = (repository, scope, leavesAdded)
    changes = [[TreeChange]](repeating: [], count: count)
    limits = [TreeLimit](repeating: .changes(), count: count)
  }

  mutating func descend(_ tasks: [Task]) throws(GitError) {
    var level: [[UInt8]: [Task]] = [:]
    for task in tasks { level[task.trees.path, default: []].append(task) }
    var depth = 0
    while !level.isEmpty {
      try Repository.checkDepth(depth)
      var next: [[UInt8]: [Task]] = [:]
      for (path, tasks) in level {
        for (pair, trees) in tasks {
          var difference = TreeDifference(
            repository: repository, scope: scope, leavingBelow: path, limit: limits[pair])
          try difference.compare(trees.old, trees.new)
          limits[pair] = difference.limit
          changes[pair] += difference.changes
          for below in difference.below {
            if leavesAdded, below.old == nil, below.new != nil,
              scope.relation(of: below.path) == .inside
            {
              added[pair, default: []].append(below)
            } else {
              next[below.path, default: []].append((pair, below))
            }
          }
        }
      }
      level = next
      depth += 1
    }
  }
}

/// A comparison of two trees in progress.
struct TreeDifference {
  private let repository: Repository
  private let scope: PathScope
  private var prefix: [UInt8] = []
  private var depth = 0
  private(set) var changes: [TreeChange] = []
  /// Subtrees that differ, if they are left to the caller.
  private(set) var below: [Below] = []
  private let leavesBelow: Bool
  private(set) var limit: TreeLimit

  struct Below {
    /// With a final slash.
    let path: [UInt8]
    let old: ObjectID?
    let new: ObjectID?
  }

  init(repository: Repository, scope: PathScope, limit: TreeLimit = .changes()) {
    (self.repository, self.scope, leavesBelow) = (repository, scope, false)
    self.limit = limit
  }

  /// Creates a comparison of the entries of two trees at a path (with a final slash), excluding
  /// what is below them.
  init(
    repository: Repository, scope: PathScope, leavingBelow path: [UInt8], limit: TreeLimit
  ) {
    (self.repository, self.scope, leavesBelow) = (repository, scope, true)
    prefix = path
    self.limit = limit
  }

  mutating func compare(_ old: ObjectID?, _ new: ObjectID?) throws(GitError) {
    if old == new { return }
    try Repository.checkDepth(depth)
    let oldObject = try object(old)
    let newObject = try object(new)
    defer { withExtendedLifetime((oldObject, newObject)) {} }
    var oldTree = RawTree(oldObject?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    var newTree = RawTree(newObject?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    RawTree.skipCommonStart(&oldTree, &newTree)
    var oldEntry = try oldTree.next()
    var newEntry = try newTree.next()
    while true {
      let order: Int
      switch (oldEntry, newEntry) {
      case (nil, nil): return
      case (_?, nil): order = -1
      case (nil, _?): order = 1
      case (let left?, let right?):
        order = PathOrder.compareEntries(
          left.name, isTree: left.isTree, right.name, isTree: right.isTree)
      }
      if order < 0 {
        try report(oldEntry, nil)
        if let newEntry, RawTree.endsAlike(oldTree, newTree, rightStart: newEntry) { return }
        oldEntry = try oldTree.next()
      } else if order > 0 {
        try report(nil, newEntry)
        if let oldEntry, RawTree.endsAlike(oldTree, newTree, leftStart: oldEntry) { return }
        newEntry = try newTree.next()
      } else {
        if let oldEntry, let newEntry, oldEntry.id != newEntry.id || oldEntry.mode != newEntry.mode
        {
          try report(oldEntry, newEntry)
          if RawTree.endsAlike(oldTree, newTree) { return }
        }
        oldEntry = try oldTree.next()
        newEntry = try newTree.next()
      }
    }
  }

  private func object(_ id: ObjectID?) throws(GitError) -> RawObject? {
    guard let id else { return nil }
    return try repository.object(id, .tree)
  }

  /// Reports a change. If both entries are given, they have the same name and are both directories
  /// or both not.
  private mutating func report(_ old: RawTree.Entry?, _ new: RawTree.Entry?) throws(GitError) {
    guard let entry = old ?? new, old?.id != new?.id || old?.mode != new?.mode else { return }
    let count = prefix.count
    prefix.append(contentsOf: entry.name)
    defer { prefix.removeLast(prefix.count - count) }
    let relation = scope.relation(of: prefix)
    if relation == .outside { return }
    try limit.count()
    if entry.isTree {
      prefix.append(UInt8(ascii: "/"))
      if leavesBelow {
        below.append(Below(path: prefix, old: old?.id, new: new?.id))
        return
      }
      depth += 1
      try compare(old?.id, new?.id)
      depth -= 1
    } else if relation == .inside {
      changes.append(
        TreeChange(
          path: RepositoryPath(bytes: prefix), old: old?.item, new: new?.item))
    }
  }
}

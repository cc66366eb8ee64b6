extension Repository {
  /// What differs between two trees at or below the given paths, in order of paths.
  ///
  /// `nil` is a tree without entries. Descends only where ids differ; no renames are looked for.
  /// A file in place of a directory is a removal and additions. No prefixes: everything.
  package func changes(from old: ObjectID?, to new: ObjectID?, under prefixes: [String] = [])
    throws(GitError) -> [TreeChange]
  {
    var difference = TreeDifference(repository: self, scope: PathScope(prefixes))
    try difference.compare(old, new)
    return difference.changes
  }
}

/// A comparison of two trees, in progress.
struct TreeDifference {
  private let repository: Repository
  private let scope: PathScope
  private var prefix: [UInt8] = []
  private var depth = 0
  private(set) var changes: [TreeChange] = []

  init(repository: Repository, scope: PathScope) {
    (self.repository, self.scope) = (repository, scope)
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

  /// Both entries, if given, have one name and are both directories or both not.
  private mutating func report(_ old: RawTree.Entry?, _ new: RawTree.Entry?) throws(GitError) {
    guard let entry = old ?? new, old?.id != new?.id || old?.mode != new?.mode else { return }
    let count = prefix.count
    prefix.append(contentsOf: entry.name)
    defer { prefix.removeLast(prefix.count - count) }
    let relation = scope.relation(of: prefix)
    if relation == .outside { return }
    if entry.isTree {
      prefix.append(UInt8(ascii: "/"))
      depth += 1
      try compare(old?.id, new?.id)
      depth -= 1
    } else if relation == .inside {
      changes.append(
        TreeChange(
          path: String(decoding: prefix, as: UTF8.self), old: old?.item, new: new?.item))
    }
  }
}

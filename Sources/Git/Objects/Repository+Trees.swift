package import Files

extension Repository {
  /// Returns the entries of one tree, in git's order.
  package func entries(ofTree id: ObjectID) throws(GitError) -> [TreeEntry] {
    let object = try object(id, .tree)
    defer { withExtendedLifetime(object) {} }
    var tree = RawTree(object.bytes)
    var entries: [TreeEntry] = []
    while let entry = try tree.next() {
      entries.append(TreeEntry(name: entry.nameText, mode: entry.mode, id: entry.id))
    }
    return entries
  }

  /// Calls `body` with the name of each entry of one tree; a name is valid only during the call.
  package func forEachName(
    inTree id: ObjectID, _ body: (_ name: UnsafeRawBufferPointer) -> Void
  ) throws(GitError) {
    let object = try object(id, .tree)
    defer { withExtendedLifetime(object) {} }
    var tree = RawTree(object.bytes)
    while let entry = try tree.next() { body(entry.name) }
  }

  /// Returns the entry at `path`, or `nil` if there is none. The empty path is the tree itself.
  package func entry(at path: RepositoryPath, inTree id: ObjectID) throws(GitError) -> TreeEntry? {
    var current = TreeEntry(name: "", mode: .tree, id: id)
    for component in path.bytes.split(separator: UInt8(ascii: "/")) {
      guard current.mode == .tree else { return nil }
      guard let next = try entry(named: Array(component), inTree: current.id) else { return nil }
      current = next
    }
    return current
  }

  private func entry(named name: [UInt8], inTree id: ObjectID) throws(GitError) -> TreeEntry? {
    if let known = try indexedEntry(named: name, inTree: id) { return known }
    let object = try object(id, .tree)
    defer { withExtendedLifetime(object) {} }
    if object.bytes.count >= TreeIndexes.leastBytes, treeIndexes.isWanted(id) {
      try treeIndexes.add(id, object)
      return try indexedEntry(named: name, inTree: id) ?? nil
    }
    var tree = RawTree(object.bytes)
    while let entry = try tree.next() {
      let isSame = name.withUnsafeBytes { PathOrder.compare($0, entry.name) == 0 }
      if isSame { return TreeEntry(name: entry.nameText, mode: entry.mode, id: entry.id) }
    }
    return nil
  }

  private func indexedEntry(named name: [UInt8], inTree id: ObjectID) throws(GitError)
    -> TreeEntry??
  {
    // The entry points into a tree that is kept while this runs.
    guard let found = try treeIndexes.entry(named: name, inTree: id) else { return nil }
    return .some(found.map { TreeEntry(name: $0.nameText, mode: $0.mode, id: $0.id) })
  }

  /// Calls `body` for everything at or below `path` that is not a directory, in order of paths.
  ///
  /// Reports files, symbolic links and submodules. A missing `path` is not an error. A git error or
  /// an error of `body` ends the walk.
  ///
  /// - Throws: `.tooLarge` after ``TreeLimit/mostEntries`` files and directories.
  /// - Parameter isWanted: decides by a file's name alone, which avoids building the paths of all
  ///   others.
  package func walkTree(
    _ id: ObjectID, under path: RepositoryPath,
    where isWanted: ((_ name: UnsafeRawBufferPointer) -> Bool)? = nil,
    _ body: (_ path: RepositoryPath, TreeEntry) throws(GitError) -> Void
  ) throws(GitError) {
    guard let start = try entry(at: path, inTree: id) else { return }
    var prefix = path.bytes
    while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
    guard start.mode == .tree else {
      return try body(RepositoryPath(bytes: prefix), start)
    }
    if !prefix.isEmpty { prefix.append(UInt8(ascii: "/")) }
    var limit = TreeLimit.walk(of: path)
    try walk(start.id, prefix: &prefix, depth: 0, &limit, where: isWanted, body)
  }

  func walk(
    _ id: ObjectID, prefix: inout [UInt8], depth: Int, _ limit: inout TreeLimit,
    where isWanted: ((UnsafeRawBufferPointer) -> Bool)?,
    _ body: (_ path: RepositoryPath, TreeEntry) throws(GitError) -> Void
  ) throws(GitError) {
    try Self.checkDepth(depth)
    let object = try object(id, .tree)
    defer { withExtendedLifetime(object) {} }
    var tree = RawTree(object.bytes)
    let count = prefix.count
    while let entry = try tree.next() {
      try limit.count()
      if let isWanted, !entry.isTree, !isWanted(entry.name) { continue }
      prefix.append(contentsOf: entry.name)
      if entry.isTree {
        prefix.append(UInt8(ascii: "/"))
        try walk(entry.id, prefix: &prefix, depth: depth + 1, &limit, where: isWanted, body)
      } else {
        try body(
          RepositoryPath(bytes: prefix),
          TreeEntry(name: entry.nameText, mode: entry.mode, id: entry.id))
      }
      prefix.removeLast(prefix.count - count)
    }
  }

  /// Checks the depth of a tree: foreign trees may be nested without end. Git's own limit is 2048
  /// as well.
  static func checkDepth(_ depth: Int) throws(GitError) {
    if depth > 2048 { throw GitError.corrupt("a tree is nested deeper than 2048 directories") }
  }
}

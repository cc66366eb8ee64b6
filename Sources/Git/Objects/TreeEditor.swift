internal import Files

/// Applies changes at paths to a tree, directory by directory, copying the bytes of unchanged
/// entries.
struct TreeEditor {
  private let writer: ObjectWriter

  init(_ writer: ObjectWriter) {
    self.writer = writer
  }

  /// The changes in one directory, by name.
  private final class Node {
    /// The new item at this name; an inner `nil` is a removal.
    var item: TreeItem??
    var children: [[UInt8]: Node] = [:]
    /// For messages.
    let path: RepositoryPath

    init(path: RepositoryPath) {
      self.path = path
    }

    /// Whether anything is added at or below this name.
    var adds: Bool {
      if case .some(.some) = item { return true }
      return children.values.contains { $0.adds }
    }
  }

  /// - Returns: the new tree's id, or `nil` if it has no entries left.
  func apply(_ edits: [(path: RepositoryPath, item: TreeItem?)], to base: ObjectID?)
    throws(GitError)
    -> ObjectID?
  {
    let root = Node(path: "")
    for (path, item) in edits {
      var node = root
      for component in try PathRules.components(path) {
        let child = node.children[component] ?? Node(path: path)
        node.children[component] = child
        node = child
      }
      node.item = .some(item)
    }
    return try apply(root, to: base, depth: 0)
  }

  /// A new or changed entry of a tree.
  private struct Entry {
    let name: [UInt8]
    let item: TreeItem

    func precedes(_ other: RawTree.Entry) -> Bool {
      name.withUnsafeBytes {
        PathOrder.compareEntries(
          $0, isTree: item.mode == .tree, other.name, isTree: other.isTree) < 0
      }
    }

    func append(to bytes: inout [UInt8]) {
      bytes.append(contentsOf: String(item.mode.rawValue, radix: 8).utf8)
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: name)
      bytes.append(0)
      item.id.append(to: &bytes)
    }
  }

  private func apply(_ node: Node, to base: ObjectID?, depth: Int) throws(GitError) -> ObjectID? {
    try Repository.checkDepth(depth)
    let object: RawObject?
    if let base { object = try writer.repository.object(base, .tree) } else { object = nil }
    defer { withExtendedLifetime(object) {} }
    let bytes = object?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
    var kept: [RawTree.Entry] = []
    var existing: [[UInt8]: TreeItem] = [:]
    var tree = RawTree(bytes)
    while let entry = try tree.next() {
      let name = Array(entry.name)
      if node.children[name] == nil { kept.append(entry) } else { existing[name] = entry.item }
    }
    var changed: [Entry] = []
    for (name, child) in node.children {
      if let item = try result(of: child, existing: existing[name], depth: depth) {
        changed.append(Entry(name: name, item: item))
      }
    }
    changed.sort { left, right in
      left.name.withUnsafeBytes { a in
        right.name.withUnsafeBytes { b in
          PathOrder.compareEntries(
            a, isTree: left.item.mode == .tree, b, isTree: right.item.mode == .tree) < 0
        }
      }
    }
    if kept.isEmpty && changed.isEmpty { return nil }
    let merged = Self.merge(kept, changed, bytes)
    if let base, merged.elementsEqual(bytes) { return base }
    return writer.add(.tree, merged)
  }

  /// Returns the item at one name after the change.
  private func result(of node: Node, existing: TreeItem?, depth: Int) throws(GitError) -> TreeItem?
  {
    var below = existing?.mode == .tree ? existing : nil
    var file = existing?.mode == .tree ? nil : existing
    if case .some(let item) = node.item {
      if item == nil, below != nil, node.children.isEmpty {
        throw Self.conflict(node.path, "is a directory")
      }
      file = item
    }
    if !node.children.isEmpty, below != nil || node.adds {
      below = try apply(node, to: below?.id, depth: depth + 1)
        .map { TreeItem(mode: .tree, id: $0) }
    }
    if file != nil, below != nil {
      throw Self.conflict(node.path, "needs a file and a directory of one name")
    }
    return file ?? below
  }

  private static func conflict(_ path: RepositoryPath, _ words: String) -> GitError {
    GitError(.directoryConflict, call: "writeTree", "'\(path)' \(words)")
  }

  private static func merge(
    _ kept: [RawTree.Entry], _ changed: [Entry], _ bytes: UnsafeRawBufferPointer
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64 * changed.count)
    var waiting = changed[...]
    for entry in kept {
      while let first = waiting.first, first.precedes(entry) {
        first.append(to: &result)
        waiting.removeFirst()
      }
      result.append(contentsOf: bytes[entry.range])
    }
    for entry in waiting { entry.append(to: &result) }
    return result
  }
}

/// The rules for paths that git stores and checks out (`verify_path` in git's read-cache.c).
enum PathRules {
  /// Splits a path into its names.
  ///
  /// - Throws: `.invalidName` for an empty name, `.`, `..`, `.git` in any case, a zero byte.
  static func components(_ path: RepositoryPath) throws(GitError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for part in path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      let name = Array(part)
      guard !name.isEmpty, !name.contains(0), !isForbidden(name) else {
        throw GitError(.invalidName, call: "path", "invalid path '\(path)'")
      }
      result.append(name)
    }
    return result
  }

  private static func isForbidden(_ name: [UInt8]) -> Bool {
    let dot = UInt8(ascii: ".")
    if name == [dot] || name == [dot, dot] { return true }
    return name.count == 4 && name.map { $0 | 0x20 } == Array(".git".utf8)
  }
}

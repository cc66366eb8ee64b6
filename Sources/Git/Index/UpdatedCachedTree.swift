/// The TREE extension after some paths change.
///
/// Directories above a changed path lose their tree. Those whose new tree is in the object database
/// get it at once, as after `git read-tree`, so the next staged diff can skip them.
struct UpdatedCachedTree {
  private final class Node {
    let name: [UInt8]
    var entryCount: Int
    var id: ObjectID?
    var children: [Node]

    init(name: [UInt8], entryCount: Int = -1, id: ObjectID? = nil, children: [Node] = []) {
      (self.name, self.entryCount, self.id, self.children) = (name, entryCount, id, children)
    }

    func child(_ name: [UInt8]) -> Node? {
      children.first { $0.name == name }
    }

    func invalidate() {
      (entryCount, id) = (-1, nil)
    }
  }

  private let root: Node
  private let repository: Repository

  init(_ content: UnsafeRawBufferPointer, repository: Repository) {
    self.repository = repository
    let cache = CachedTree(content)
    root = cache.nodes.isEmpty ? Node(name: []) : Self.node(0, in: cache)
  }

  private static func node(_ position: Int, in cache: CachedTree) -> Node {
    let flat = cache.nodes[position]
    let result = Node(
      name: Array(cache.name(of: position)), entryCount: flat.entryCount, id: flat.id)
    result.children.reserveCapacity(flat.childCount)
    var child = position + 1
    for _ in 0..<flat.childCount {
      result.children.append(node(child, in: cache))
      child = cache.nodes[child].next
    }
    return result
  }

  /// Returns the extension's content for an index with the given header and entries.
  func content(forIndex entries: ArraySlice<UInt8>, changed paths: [[UInt8]]) throws(GitError)
    -> [UInt8]
  {
    let slash = UInt8(ascii: "/")
    for path in paths {
      var node = root
      node.invalidate()
      // Bytes.
      for component in path.split(separator: slash).dropLast() {
        let name = Array(component)
        let child = node.child(name) ?? Node(name: name)
        if node.child(name) == nil { node.children.append(child) }
        node = child
        node.invalidate()
      }
      // A file in place of a directory.
      let name = path.split(separator: slash).last.map { Array($0) }
      node.children.removeAll { $0.name == name }
    }
    let result = entries.withUnsafeBytes { buffer -> Result<Void, GitError> in
      do throws(GitError) {
        return .success(try repair(buffer))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    var output: [UInt8] = []
    serialize(root, to: &output)
    return output
  }

  private func repair(_ entries: UnsafeRawBufferPointer) throws(GitError) {
    // The layout expects room for a checksum after the entries; it is not read.
    let whole = UnsafeMutableRawBufferPointer.allocate(
      byteCount: entries.count + IndexLayout.checksumLength, alignment: 8)
    defer { whole.deallocate() }
    whole.copyMemory(from: entries)
    let bytes = UnsafeRawBufferPointer(whole)
    let layout = try IndexLayout(bytes, path: repository.indexPath)
    var prefix: [UInt8] = []
    repair(root, layout, bytes, 0..<layout.entryCount, &prefix)
  }

  private func repair(
    _ node: Node, _ layout: IndexLayout, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>,
    _ prefix: inout [UInt8]
  ) {
    guard node.entryCount < 0, let base = bytes.baseAddress else { return }
    var tree: [UInt8] = []
    var isWhole = true
    var used: Set<[UInt8]> = []
    var position = range.lowerBound
    let count = prefix.count
    while position < range.upperBound {
      let path = layout.name(position, in: bytes)
      guard path.count > count, path.starts(with: prefix) else { return }
      let rest = UnsafeRawBufferPointer(rebasing: path[count...])
      guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else {
        let entry = IndexEntryView(
          base: base + Int(layout.offsets[position]),
          pathBytes: path)
        if entry.stage > 0 || entry.isIntentToAdd { isWhole = false }
        Self.append(entry.mode, rest, entry.id, to: &tree)
        position += 1
        continue
      }
      let name = Array(rest[..<slash])
      prefix.append(contentsOf: name)
      prefix.append(UInt8(ascii: "/"))
      let below = layout.entries(
        below: prefix, in: bytes, range: position..<range.upperBound)
      used.insert(name)
      if let child = node.child(name) { repair(child, layout, bytes, below, &prefix) }
      prefix.removeLast(prefix.count - count)
      if let id = node.child(name)?.id {
        name.withUnsafeBytes { Self.append(.tree, $0, id, to: &tree) }
      } else {
        isWhole = false
      }
      // Always advance, even if a damaged index is out of order.
      position = max(below.upperBound, position + 1)
    }
    node.children.removeAll { !used.contains($0.name) }
    guard isWhole else { return }
    let id = ObjectHash.id(.tree, tree)
    guard id == .emptyTree || repository.isStored(id) else { return }
    (node.entryCount, node.id) = (range.count, id)
  }

  private static func append(
    _ mode: FileMode, _ name: UnsafeRawBufferPointer, _ id: ObjectID, to tree: inout [UInt8]
  ) {
    tree.append(contentsOf: String(mode.rawValue, radix: 8).utf8)
    tree.append(UInt8(ascii: " "))
    tree.append(contentsOf: name)
    tree.append(0)
    id.append(to: &tree)
  }

  private func serialize(_ node: Node, to output: inout [UInt8]) {
    output.append(contentsOf: node.name)
    output.append(0)
    output.append(contentsOf: "\(node.entryCount) \(node.children.count)\n".utf8)
    node.id?.append(to: &output)
    // Git sorts them by length, then by bytes.
    let children = node.children.sorted { left, right in
      left.name.count != right.name.count
        ? left.name.count < right.name.count : left.name.lexicographicallyPrecedes(right.name)
    }
    for child in children { serialize(child, to: &output) }
  }
}

/// The last few large trees that were searched more than once, with their entries by name.
///
/// To search a tree for one name is to read it; without this, a change of all files of a large
/// directory would read it as many times.
struct TreeIndexes {
  /// The size in bytes from which a tree is kept; smaller ones are read as fast.
  static let leastBytes = 16 << 10
  private static let mostTrees = 4

  private struct Tree {
    let id: ObjectID
    let object: RawObject
    /// The offset of each entry, by the hash of its name, then by offset.
    let entries: [(hash: Int, offset: UInt32)]
  }

  private var trees: [Tree] = []
  /// The large trees that were searched once, newest last.
  private var searched: [ObjectID] = []

  /// Returns the entry in a tree that is kept: an inner `nil` if the tree has none of that name.
  func entry(named name: [UInt8], inTree id: ObjectID) throws(GitError) -> RawTree.Entry?? {
    guard let tree = trees.first(where: { $0.id == id }) else { return nil }
    let hash = name.withUnsafeBytes(Self.hash)
    var low = 0
    var high = tree.entries.count
    while low < high {
      let middle = (low + high) / 2
      if tree.entries[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    while low < tree.entries.count, tree.entries[low].hash == hash {
      var raw = RawTree(tree.object.bytes, from: Int(tree.entries[low].offset))
      if let entry = try raw.next(),
        name.withUnsafeBytes({ PathOrder.compare($0, entry.name) == 0 })
      {
        return .some(entry)
      }
      low += 1
    }
    return .some(nil)
  }

  /// Whether a tree was searched before; notes that it was.
  mutating func isWanted(_ id: ObjectID) -> Bool {
    if searched.contains(id) { return true }
    if searched.count == Self.mostTrees { searched.removeFirst() }
    searched.append(id)
    return false
  }

  mutating func add(_ id: ObjectID, _ object: RawObject) throws(GitError) {
    var entries: [(hash: Int, offset: UInt32)] = []
    var tree = RawTree(object.bytes)
    while let entry = try tree.next() {
      entries.append((Self.hash(entry.name), UInt32(entry.range.lowerBound)))
    }
    entries.sort { ($0.hash, $0.offset) < ($1.hash, $1.offset) }
    if trees.count == Self.mostTrees { trees.removeFirst() }
    trees.append(Tree(id: id, object: object, entries: entries))
  }

  private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: name)
    return hasher.finalize()
  }
}

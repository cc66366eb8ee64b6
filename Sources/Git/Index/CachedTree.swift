/// The index's TREE extension: the directories unchanged since their tree was written or read
/// (gitformat-index, "Cache tree").
struct CachedTree {
  struct Node {
    let name: Range<Int>
    /// The number of entries below the directory; negative if something in it has changed.
    let entryCount: Int
    /// `nil` if something in it has changed.
    let id: ObjectID?
    let childCount: Int
    /// The node after this one's descendants.
    fileprivate(set) var next: Int
  }

  let bytes: UnsafeRawBufferPointer
  /// Parents before children, the root first. Empty if the index has no such extension.
  private(set) var nodes: [Node] = []

  /// Treats a malformed extension as missing: it is only a cache.
  init(_ content: UnsafeRawBufferPointer) {
    bytes = content
    var offset = 0
    if !parse(&offset, depth: 0) { nodes = [] }
  }

  private mutating func parse(_ offset: inout Int, depth: Int) -> Bool {
    let nameStart = offset
    while offset < bytes.count, bytes[offset] != 0 { offset += 1 }
    let name = nameStart..<offset
    offset += 1
    guard depth < 2048, let count = number(&offset, until: UInt8(ascii: " ")),
      let children = number(&offset, until: UInt8(ascii: "\n")), children >= 0
    else { return false }
    var id: ObjectID?
    if count >= 0 {
      guard offset + 20 <= bytes.count else { return false }
      id = ObjectID(bytes: UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + 20)]))
      offset += 20
    }
    let position = nodes.count
    nodes.append(Node(name: name, entryCount: count, id: id, childCount: children, next: 0))
    for _ in 0..<children {
      guard parse(&offset, depth: depth + 1) else { return false }
    }
    nodes[position].next = nodes.count
    return true
  }

  private func number(_ offset: inout Int, until end: UInt8) -> Int? {
    var value = 0
    var isNegative = false
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == end { return isNegative ? -value : value }
      if byte == UInt8(ascii: "-") {
        isNegative = true
        continue
      }
      let digit = Int(byte) - Int(UInt8(ascii: "0"))
      guard 0...9 ~= digit, value < 1 << 40 else { return nil }
      value = value * 10 + digit
    }
    return nil
  }

  func name(of node: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[nodes[node].name])
  }

  /// Returns the child with a name. `hint` is where the last search succeeded: callers mostly ask
  /// for children in nearly their stored order.
  func child(of node: Int, named wanted: UnsafeRawBufferPointer, hint: inout Int) -> Int? {
    let first = node + 1
    let end = nodes[node].next
    var position = first <= hint && hint < end ? hint : first
    for _ in 0..<nodes[node].childCount {
      if position >= end { position = first }
      if PathOrder.compare(name(of: position), wanted) == 0 {
        hint = nodes[position].next
        return position
      }
      position = nodes[position].next
    }
    return nil
  }
}

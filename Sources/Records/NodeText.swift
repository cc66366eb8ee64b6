import JSONText

/// A parsed text where it lies in memory: what looks at many records in a row asks of it.
///
/// Only for texts in which no key is escaped; good as long as the pointers are.
struct NodeText {
  let bytes: UnsafePointer<UInt8>
  let nodes: UnsafePointer<PackedNode>

  private static let string = UInt32(JSONKind.string.rawValue)
  private static let array = UInt32(JSONKind.array.rawValue)
  private static let object = UInt32(JSONKind.object.rawValue)

  func isString(_ index: Int) -> Bool { nodes[index].tag & 7 == Self.string }
  func isArray(_ index: Int) -> Bool { nodes[index].tag & 7 == Self.array }
  func isObject(_ index: Int) -> Bool { nodes[index].tag & 7 == Self.object }
  func isEscaped(_ index: Int) -> Bool { nodes[index].tag & PackedNode.flagBit != 0 }
  func count(_ index: Int) -> Int { Int(nodes[index].tag >> 4) }
  func next(_ index: Int) -> Int { Int(nodes[index].next) }

  /// What stands between a string's quotes.
  func content(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(
      start: bytes + Int(node.start) + 1, count: Int(node.end) - Int(node.start) - 2)
  }

  @inline(__always)
  func isText(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let node = nodes[index]
    guard Int(node.end) - Int(node.start) - 2 == text.count else { return false }
    let start = Int(node.start) + 1
    for offset in 0..<text.count where bytes[start + offset] != text[offset] { return false }
    return true
  }

  /// The value of the first member of that name.
  func member(_ name: UnsafeBufferPointer<UInt8>, of object: Int) -> Int? {
    guard isObject(object) else { return nil }
    var key = object + 1
    let end = next(object)
    while key < end {
      if isText(key, name) { return key + 1 }
      key = next(key + 1)
    }
    return nil
  }

  func member(_ name: StaticString, of object: Int) -> Int? {
    member(
      UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), of: object)
  }

  /// Calls `body` with each element of an array, or each member's value of an object.
  func forEachChild(_ index: Int, _ body: (Int) -> Void) {
    let step = isObject(index) ? 1 : 0
    guard step == 1 || isArray(index) else { return }
    var child = index + 1 + step
    let end = next(index)
    while child < end {
      body(child)
      child = next(child) + step
    }
  }
}

/// Paths into records, `*` standing for any key or item, as offsets in flat memory.
struct FlatPaths: Sendable {
  private var texts: [UInt8] = []
  /// Where each token begins and how long it is; -1 stands for `*`.
  private var tokens: [(start: Int, length: Int)] = []
  private var paths: [Range<Int>] = []
  /// Whether no token could mean a place in a list, or need an escape.
  private(set) var isPlain = true

  var count: Int { paths.count }

  @discardableResult
  mutating func add(_ path: [String]) -> Int {
    let first = tokens.count
    for token in path {
      if token == "*" {
        tokens.append((0, -1))
        continue
      }
      if JSONPointer.index(token) != nil || token.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 })
      {
        isPlain = false
      }
      tokens.append((texts.count, token.utf8.count))
      texts += token.utf8
    }
    paths.append(first..<tokens.count)
    return paths.count - 1
  }

  /// Whether `body` holds for every place of a path, in source order.
  func all(_ path: Int, in text: NodeText, _ body: (Int) -> Bool) -> Bool {
    let range = paths[path]
    return texts.withUnsafeBufferPointer { texts in
      tokens.withUnsafeBufferPointer { tokens in
        Self.all(tokens[range], texts, text, 0, body)
      }
    }
  }

  private static func all(
    _ tokens: Slice<UnsafeBufferPointer<(start: Int, length: Int)>>,
    _ texts: UnsafeBufferPointer<UInt8>, _ text: NodeText, _ index: Int, _ body: (Int) -> Bool
  ) -> Bool {
    guard let token = tokens.first else { return body(index) }
    let rest = tokens.dropFirst()
    if token.length < 0 {
      var holds = true
      text.forEachChild(index) { child in
        holds = holds && all(rest, texts, text, child, body)
      }
      return holds
    }
    let name = UnsafeBufferPointer(
      rebasing: texts[token.start..<(token.start + token.length)])
    return text.member(name, of: index).map { all(rest, texts, text, $0, body) } ?? true
  }
}

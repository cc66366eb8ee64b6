/// An unmanaged view of a parsed text, for reading many texts in a row without reference counting.
///
/// Public because only public bodies are compiled into other modules, and a call per node would
/// take longer than its work. Valid only during ``JSONDocument/withNodes(_:)``. Strings are
/// compared as written: check that ``isEscaped(_:)`` is false before comparing one.
public struct NodeText {
  @usableFromInline let bytes: UnsafePointer<UInt8>
  @usableFromInline let nodes: UnsafePointer<PackedNode>

  init(bytes: UnsafePointer<UInt8>, nodes: UnsafePointer<PackedNode>) {
    self.bytes = bytes
    self.nodes = nodes
  }

  @inlinable @inline(__always)
  public func kind(_ index: Int) -> JSONKind { nodes[index].kind }

  @inlinable @inline(__always)
  public func isString(_ index: Int) -> Bool {
    if case .string = kind(index) { true } else { false }
  }

  @inlinable @inline(__always)
  public func isArray(_ index: Int) -> Bool {
    if case .array = kind(index) { true } else { false }
  }

  @inlinable @inline(__always)
  public func isObject(_ index: Int) -> Bool {
    if case .object = kind(index) { true } else { false }
  }

  /// Whether a string has escapes.
  @inlinable @inline(__always)
  public func isEscaped(_ index: Int) -> Bool { nodes[index].flag }

  /// Whether a number consists of digits with at most a sign.
  @inlinable @inline(__always)
  public func isPlainInteger(_ index: Int) -> Bool { nodes[index].flag }

  /// Returns the number of elements or members.
  @inlinable @inline(__always)
  public func count(_ index: Int) -> Int { nodes[index].count }

  /// Returns the index after a value and everything it contains.
  @inlinable @inline(__always)
  public func next(_ index: Int) -> Int { Int(nodes[index].next) }

  /// Returns a value's source text.
  @inlinable @inline(__always)
  public func source(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(
      start: bytes + Int(node.start), count: Int(node.end) - Int(node.start))
  }

  /// Returns the text between a string's quotes.
  @inlinable @inline(__always)
  public func content(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(
      start: bytes + Int(node.start) + 1, count: Int(node.end) - Int(node.start) - 2)
  }

  /// Whether the text between a string's quotes is `text`.
  @inlinable @inline(__always)
  public func isText(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let content = content(index)
    guard content.count == text.count else { return false }
    for offset in 0..<text.count where content[offset] != text[offset] { return false }
    return true
  }

  /// Returns the value of the first member with this name.
  package func member(_ name: UnsafeBufferPointer<UInt8>, of object: Int) -> Int? {
    guard isObject(object) else { return nil }
    var key = object + 1
    let end = next(object)
    while key < end {
      if isText(key, name) { return key + 1 }
      key = next(key + 1)
    }
    return nil
  }

  package func member(_ name: StaticString, of object: Int) -> Int? {
    member(
      UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), of: object)
  }

  /// Calls `body` with each element of an array, or each member's value of an object.
  @inlinable
  public func forEachChild(_ index: Int, _ body: (Int) -> Void) {
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

extension JSONDocument {
  /// Calls `body` with an unmanaged view of the text and its nodes.
  package func withNodes<Result>(_ body: (NodeText) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      // An empty text doesn't parse.
      guard let base = buffer.baseAddress else { preconditionFailure("a document has bytes") }
      return body(NodeText(bytes: base, nodes: nodes))
    }
  }
}

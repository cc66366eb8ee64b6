/// A parsed text where it lies in memory: what looks at many texts in a row asks of it, without
/// counting references.
///
/// It is public because only public bodies are compiled into other modules, and a call for each node
/// would take longer than what it asks. Good as long as its pointers are, which is the time of ``JSONDocument/withNodes(_:)``. Texts are
/// compared as they are written: whoever asks for one has seen that it ``isEscaped(_:)`` not.
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

  /// Whether a number is written with digits and a sign alone.
  @inlinable @inline(__always)
  public func isPlainInteger(_ index: Int) -> Bool { nodes[index].flag }

  /// Of elements or members.
  @inlinable @inline(__always)
  public func count(_ index: Int) -> Int { nodes[index].count }

  /// The place after a value and all that it contains.
  @inlinable @inline(__always)
  public func next(_ index: Int) -> Int { Int(nodes[index].next) }

  /// A value as it is written.
  @inlinable @inline(__always)
  public func source(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(
      start: bytes + Int(node.start), count: Int(node.end) - Int(node.start))
  }

  /// What stands between a string's quotes.
  @inlinable @inline(__always)
  public func content(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(
      start: bytes + Int(node.start) + 1, count: Int(node.end) - Int(node.start) - 2)
  }

  /// Whether that is `text`.
  @inlinable @inline(__always)
  public func isText(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let content = content(index)
    guard content.count == text.count else { return false }
    for offset in 0..<text.count where content[offset] != text[offset] { return false }
    return true
  }

  /// The value of the first member of that name.
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
  /// Calls `body` with the text and its nodes where they lie.
  package func withNodes<Result>(_ body: (NodeText) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      // A text without bytes doesn't parse.
      guard let base = buffer.baseAddress else { preconditionFailure("a document has bytes") }
      return body(NodeText(bytes: base, nodes: nodes))
    }
  }
}

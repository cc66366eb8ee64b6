import Synchronization

/// A parsed JSON text: the source bytes plus a flat array of nodes. The text is preserved exactly.
///
/// A value takes at least two bytes of text, including its separator, and its node 16 bytes. A 1 kB
/// record has one node per twelve bytes or so: 1.3 times its text. The worst text, a list of
/// digits, takes 11 times its length, and 16 times while parsing, because the nodes grow by
/// doubling.
///
/// `@unchecked Sendable` because the compiler cannot see that only the initializer writes `nodes`
/// and only `deinit` frees it; every stored property is a `let`, and the lines are set atomically.
package final class JSONDocument: @unchecked Sendable {
  /// The source text, UTF-8.
  package let bytes: [UInt8]
  let nodes: UnsafePointer<PackedNode>
  let nodeCount: Int
  private let duplicates: [UInt32]
  /// Made when a long text is first asked for a position.
  private let lines = AtomicLazyReference<Lines>()

  private final class Lines: Sendable {
    let lines: SourceLines
    init(_ lines: SourceLines) { self.lines = lines }
  }

  /// Parses `bytes` strictly according to RFC 8259.
  ///
  /// A repeated key is not an error here; see ``duplicateKeys``.
  package init(
    parsing bytes: [UInt8], limits: JSONLimits = .standard
  ) throws(JSONSyntaxError) {
    let result = try bytes.withUnsafeBufferPointer {
      (buffer) throws(JSONSyntaxError) in try JSONParser.parse(buffer, limits: limits)
    }
    self.bytes = bytes
    nodes = UnsafePointer(result.nodes)
    nodeCount = result.count
    duplicates = result.duplicateKeys
  }

  package convenience init(parsing text: String) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }

  deinit {
    nodes.deallocate()
  }

  package var root: JSONNode { JSONNode(document: self, index: 0) }

  /// The key nodes that repeat an earlier key of the same object, compared after unescaping, in
  /// source order; usually none.
  package var duplicateKeys: [JSONNode] {
    duplicates.map { JSONNode(document: self, index: Int($0)) }
  }

  /// Returns the line and column of a byte offset, which may be one past the end.
  package func position(at offset: Int) -> SourcePosition {
    // Counting is as fast in a short text, and needs no memory.
    guard bytes.count > 8192 else { return SourcePosition(of: offset, in: bytes) }
    let known = lines.load() ?? lines.storeIfNil(Lines(SourceLines(of: bytes)))
    return known.lines.position(at: offset)
  }
}

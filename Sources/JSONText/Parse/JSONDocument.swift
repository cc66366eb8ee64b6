/// A parsed text: the source bytes plus a flat array of nodes. Nothing of the text is lost.
///
/// A value takes two bytes of text at least, with what divides it from the next, and a node of 16. A
/// record of 1 kB has a node for some twelve bytes: 1.3 times its text. The worst text, a list of
/// digits, takes 11 times its length, and 16 times while it is parsed, for the nodes grow by doubling.
///
/// It is `@unchecked Sendable` because the compiler cannot see that `nodes` is written by the
/// initializer only and freed by `deinit` only; every stored property is a `let`.
package final class JSONDocument: @unchecked Sendable {
  /// The text as given, UTF-8.
  package let bytes: [UInt8]
  let nodes: UnsafePointer<PackedNode>
  let nodeCount: Int
  private let duplicates: [UInt32]

  /// Parses `bytes` strictly as RFC 8259 says.
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

  /// The line and column of a byte offset; the offset may be one past the end.
  package func position(at offset: Int) -> SourcePosition {
    SourcePosition(of: offset, in: bytes)
  }
}

internal import CCmarkGFM

/// A top-level block of a Markdown document and its lines.
///
/// The parser provides only the structure; text comes from the source lines.
struct MarkdownBlock: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case heading(level: Int)
    case paragraph
    /// `items` are the first lines of the items.
    case list(items: [Int])
    case fencedCode(info: String)
    case other
  }

  var kind: Kind
  /// From 1, inclusive.
  var lines: ClosedRange<Int>

  /// The block's lines that are literal text: code and HTML, at any depth.
  var literalLines: [ClosedRange<Int>] = []
}

extension MarkdownBlock {
  /// Splits `text` (lines ended by LF) into its top-level blocks, in source order.
  static func parse(_ text: String, lineCount: Int) -> [MarkdownBlock] {
    guard lineCount > 0 else { return [] }
    var text = text
    let root = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
      }
    }
    guard let root else { return [] }
    defer { cmark_node_free(root) }

    var blocks: [MarkdownBlock] = []
    var node = cmark_node_first_child(root)
    while let current = node {
      if let block = MarkdownBlock(current, lineCount: lineCount) {
        blocks.append(block)
      }
      node = cmark_node_next(current)
    }
    return blocks
  }

  private init?(_ node: OpaquePointer, lineCount: Int) {
    guard let lines = Self.lines(of: node, lineCount: lineCount) else { return nil }
    self.lines = lines
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      kind = .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_PARAGRAPH:
      kind = .paragraph
    case CMARK_NODE_LIST:
      var starts: [Int] = []
      var item = cmark_node_first_child(node)
      while let current = item {
        starts.append(Int(cmark_node_get_start_line(current)))
        item = cmark_node_next(current)
      }
      kind = .list(items: starts.filter { $0 >= 1 && $0 <= lineCount })
    case CMARK_NODE_CODE_BLOCK where Self.isFenced(node):
      kind = .fencedCode(info: cmark_node_get_fence_info(node).map { String(cString: $0) } ?? "")
    default:
      kind = .other
    }
    literalLines = Self.literalLines(under: node, lineCount: lineCount)
  }

  /// Returns the lines of code and HTML, found with the parser's own iterator: no recursion at any
  /// depth.
  private static func literalLines(
    under node: OpaquePointer, lineCount: Int
  ) -> [ClosedRange<Int>] {
    guard let iterator = cmark_iter_new(node) else { return [] }
    defer { cmark_iter_free(iterator) }
    var found: [ClosedRange<Int>] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return found }
      guard event == CMARK_EVENT_ENTER, let current = cmark_iter_get_node(iterator) else {
        continue
      }
      let type = cmark_node_get_type(current)
      let isLiteral =
        type == CMARK_NODE_HTML_BLOCK || (type == CMARK_NODE_CODE_BLOCK && isFenced(current))
      if isLiteral, let lines = lines(of: current, lineCount: lineCount) {
        found.append(lines)
      }
    }
  }

  private static func isFenced(_ node: OpaquePointer) -> Bool {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    return cmark_node_get_fenced(node, &length, &offset, &character) != 0
  }

  private static func lines(of node: OpaquePointer, lineCount: Int) -> ClosedRange<Int>? {
    let first = Int(cmark_node_get_start_line(node))
    let last = min(Int(cmark_node_get_end_line(node)), lineCount)
    guard first >= 1, first <= lineCount else { return nil }
    return first...max(first, last)
  }
}

import JSONText

/// Paths into records, with `*` for any key or item, as offsets in flat memory.
struct FlatPaths: Sendable {
  private var texts: [UInt8] = []
  /// The start and length of each token; length -1 means `*`.
  private var tokens: [(start: Int, length: Int)] = []
  private var paths: [Range<Int>] = []
  /// Whether no token could be a list position or need an escape.
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

  /// Whether `body` returns `true` for every place of a path, in source order.
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

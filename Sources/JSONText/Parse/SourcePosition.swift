/// A line and a column of a text, both from 1; columns count UTF-8 bytes.
package struct SourcePosition: Equatable, Hashable, Sendable, Comparable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Finds the position of the byte at `offset`, which may be one past the end.
  package init(of offset: Int, in bytes: some Collection<UInt8>) {
    var line = 1
    var lineStart = 0
    var index = 0
    for byte in bytes.prefix(Swift.max(0, offset)) {
      index += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = index
      }
    }
    self.init(line: line, column: index - lineStart + 1)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  package var description: String { "\(line):\(column)" }
}

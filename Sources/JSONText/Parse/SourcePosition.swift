/// A line and column in a text, both from 1; columns count UTF-8 bytes.
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

/// The offsets of a text's lines, computed once for looking up many positions.
package struct SourceLines: Sendable {
  private let starts: [Int]

  package init(of bytes: [UInt8]) {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
        starts.append(index + 1)
      }
    }
    self.starts = starts
  }

  /// Returns the position of the byte at `offset`, which may be one past the end.
  package func position(at offset: Int) -> SourcePosition {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: max(0, offset) - starts[low] + 1)
  }
}

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

  /// The same for an array, whose bytes are read many times as fast as those of any collection.
  package init(of offset: Int, in bytes: [UInt8]) {
    var line = 1
    var lineStart = 0
    let end = Swift.min(Swift.max(0, offset), bytes.count)
    bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
        line += 1
        lineStart = index + 1
      }
    }
    self.init(line: line, column: end - lineStart + 1)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  package var description: String { "\(line):\(column)" }
}

/// Finds positions in a text without counting its lines from the start each time.
///
/// Notes the line at every 4096th byte, so that a lookup reads at most as many bytes, and the notes
/// take a 256th of the text however many lines it has.
package struct SourceLines: Sendable {
  private static let step = 4096
  /// At the bytes 0, 4096, …: the line there, and the offset at which it starts.
  private let notes: [(line: Int, start: Int)]
  private let bytes: [UInt8]

  package init(of bytes: [UInt8]) {
    var notes: [(line: Int, start: Int)] = []
    notes.reserveCapacity(bytes.count / Self.step + 1)
    var line = 1
    var start = 0
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        if index % Self.step == 0 { notes.append((line, start)) }
        if bytes[index] == UInt8(ascii: "\n") {
          line += 1
          start = index + 1
        }
      }
    }
    if bytes.count % Self.step == 0 { notes.append((line, start)) }
    self.notes = notes
    self.bytes = bytes
  }

  /// Returns the position of the byte at `offset`, which may be one past the end.
  package func position(at offset: Int) -> SourcePosition {
    let offset = min(max(0, offset), bytes.count)
    var (line, start) = notes[offset / Self.step]
    bytes.withUnsafeBufferPointer { bytes in
      for index in (offset / Self.step * Self.step)..<offset
      where bytes[index] == UInt8(ascii: "\n") {
        line += 1
        start = index + 1
      }
    }
    return SourcePosition(line: line, column: offset - start + 1)
  }
}

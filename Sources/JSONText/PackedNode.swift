/// The six kinds of JSON value.
package enum JSONKind: UInt8, Sendable {
  case null, bool, number, string, array, object
}

/// One value or key of a parsed text, in 16 bytes.
///
/// Nodes stand in source order: a container, then its content. Each member of an object is its
/// key's node followed by its value's.
package struct PackedNode: BitwiseCopyable {
  /// Byte offsets of the text of the value; strings include their quotes.
  package internal(set) var start: UInt32
  package internal(set) var end: UInt32

  /// The index after this value and all that it contains. While the parser is inside a container:
  /// the index of the container around it.
  package internal(set) var next: UInt32

  /// Kind in the low three bits, then the flag, then 28 bits of element or member count.
  package internal(set) var tag: UInt32

  package static let flagBit: UInt32 = 8
  static let countUnit: UInt32 = 16

  var kind: JSONKind {
    // The parser writes only the six raw values; anything else would be read as null.
    JSONKind(rawValue: UInt8(truncatingIfNeeded: tag & 7)) ?? .null
  }

  /// Of a string: contains escapes. Of a bool: its value. Of a number: digits and sign alone.
  var flag: Bool { tag & Self.flagBit != 0 }

  var count: Int { Int(tag >> 4) }
  var range: Range<Int> { Int(start)..<Int(end) }
}

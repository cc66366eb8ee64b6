/// One value or key of a parsed text, in 16 bytes. Public for the same reason as ``NodeText``.
///
/// Nodes are in source order: a container, then its content. Each member of an object is its key's
/// node followed by its value's.
public struct PackedNode: BitwiseCopyable {
  /// Byte offsets of the value's text; strings include their quotes.
  public internal(set) var start: UInt32
  public internal(set) var end: UInt32

  /// The index after this value and everything it contains. While the parser is inside a container:
  /// the index of the parent container.
  public internal(set) var next: UInt32

  /// The kind in the low three bits, then the flag, then 28 bits of element or member count.
  public internal(set) var tag: UInt32

  @inlinable public static var flagBit: UInt32 { 8 }
  static var countUnit: UInt32 { 16 }

  @inlinable @inline(__always)
  public var kind: JSONKind {
    // Raw values as literals, so that other modules can inline them; the parser writes no others.
    switch tag & 7 {
    case 1: .bool
    case 2: .number
    case 3: .string
    case 4: .array
    case 5: .object
    default: .null
    }
  }

  /// For a string: contains escapes. For a bool: its value. For a number: digits with at most a
  /// sign.
  @inlinable @inline(__always)
  public var flag: Bool { tag & Self.flagBit != 0 }

  @inlinable @inline(__always)
  public var count: Int { Int(tag >> 4) }

  var range: Range<Int> { Int(start)..<Int(end) }
}

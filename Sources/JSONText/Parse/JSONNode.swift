/// A value or key of a parsed text: a view of its document, cheap to copy.
package struct JSONNode: Sendable {
  package let document: JSONDocument
  /// The index of the value in its document: equal documents and indexes mean the same value.
  package let index: Int

  @inline(__always)
  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  var packed: PackedNode { document.nodes[index] }

  package var kind: JSONKind { packed.kind }

  /// Byte offsets in `document.bytes`; strings include their quotes.
  package var range: Range<Int> { packed.range }

  package var position: SourcePosition { document.position(at: range.lowerBound) }

  package var isNull: Bool { kind == .null }
  package var isBool: Bool { kind == .bool }
  package var isNumber: Bool { kind == .number }
  package var isString: Bool { kind == .string }
  package var isArray: Bool { kind == .array }
  package var isObject: Bool { kind == .object }

  package var bool: Bool? {
    let packed = packed
    return packed.kind == .bool ? packed.flag : nil
  }

  /// The characters of a string, unescaped.
  package var string: String? {
    let packed = packed
    guard packed.kind == .string else { return nil }
    return document.bytes.withUnsafeBufferPointer { StringText.decode($0, packed) }
  }

  package var number: JSONNumber? {
    let packed = packed
    guard packed.kind == .number else { return nil }
    return JSONNumber(unchecked: text(packed))
  }

  /// The exact value of a number that is an integer in `Int`'s range, however it is written.
  package var int: Int? {
    let packed = packed
    guard packed.kind == .number else { return nil }
    if packed.flag {
      let fast = document.bytes.withUnsafeBufferPointer {
        PlainInteger.parse(UnsafeBufferPointer(rebasing: $0[packed.range]))
      }
      if let fast { return fast }
    }
    return number?.int
  }

  /// The source text of the value, as written.
  package var sourceText: String { text(packed) }

  /// The number of elements or members, otherwise 0.
  package var count: Int { packed.count }

  private func text(_ packed: PackedNode) -> String {
    document.bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[packed.range]), as: UTF8.self)
    }
  }

  /// Calls `body` with the unescaped UTF-8 characters of a string, without copying if there are no
  /// escapes; returns nil for any other value.
  package func withStringUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
    let packed = packed
    guard packed.kind == .string else { return nil }
    return document.bytes.withUnsafeBufferPointer { bytes in
      guard packed.flag else {
        return body(
          UnsafeBufferPointer(rebasing: bytes[Int(packed.start) + 1..<Int(packed.end) - 1]))
      }
      var text = StringText.decode(bytes, packed)
      return text.withUTF8(body)
    }
  }
}

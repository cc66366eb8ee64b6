/// The order of keys for a canonical printer.
package protocol JSONKeyOrder: Sendable {
  /// Returns the rank of a key, or nil if unknown; unknown keys come after the known ones, by name
  /// (byte order).
  func rank(of key: String) -> Int?
  /// Returns the order of the keys in the value of `key`; nil keeps their order.
  func order(forProperty key: String) -> (any JSONKeyOrder)?
  /// Returns the order of the keys in the elements of an array; nil keeps their order.
  func orderForItems() -> (any JSONKeyOrder)?
}

/// Writes values as UTF-8 text.
package enum JSONPrinter {
  /// Returns the canonical form: two-space indent, LF, one member or element per line, empty
  /// containers inline, only necessary escapes, numbers as written, final newline.
  ///
  /// Keys follow `order`, then unknown ones by name; without an order they keep their own.
  package static func canonical(
    _ value: JSONValue, order: (any JSONKeyOrder)? = nil
  ) -> [UInt8] {
    var writer = Writer()
    writer.write(value, order: order, indent: 0)
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }

  /// Returns the form without spaces or newlines, keeping the order of keys.
  package static func compact(_ value: JSONValue) -> [UInt8] {
    var writer = Writer()
    writer.writeCompact(value)
    return writer.bytes
  }

  /// Returns a string in quotes with only the necessary escapes.
  package static func quoted(_ text: String) -> String {
    var writer = Writer()
    writer.write(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private struct Writer {
    var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue, order: (any JSONKeyOrder)?, indent: Int) {
      switch value {
      case .array(let elements) where !elements.isEmpty:
        let inner = order?.orderForItems()
        bytes.append(UInt8(ascii: "["))
        for (place, element) in elements.enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          newline(indent + 1)
          write(element, order: inner, indent: indent + 1)
        }
        newline(indent)
        bytes.append(UInt8(ascii: "]"))
      case .object(let object) where !object.isEmpty:
        bytes.append(UInt8(ascii: "{"))
        for (place, member) in Self.sorted(object.members, by: order).enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          newline(indent + 1)
          write(member.key)
          bytes.append(UInt8(ascii: ":"))
          bytes.append(UInt8(ascii: " "))
          write(
            member.value, order: order?.order(forProperty: member.key), indent: indent + 1)
        }
        newline(indent)
        bytes.append(UInt8(ascii: "}"))
      default: writeCompact(value)
      }
    }

    mutating func writeCompact(_ value: JSONValue) {
      switch value {
      case .null: bytes.append(contentsOf: "null".utf8)
      case .bool(let bool): bytes.append(contentsOf: (bool ? "true" : "false").utf8)
      case .number(let number): bytes.append(contentsOf: number.text.utf8)
      case .string(let text): write(text)
      case .array(let elements):
        bytes.append(UInt8(ascii: "["))
        for (place, element) in elements.enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          writeCompact(element)
        }
        bytes.append(UInt8(ascii: "]"))
      case .object(let object):
        bytes.append(UInt8(ascii: "{"))
        for (place, member) in object.members.enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          write(member.key)
          bytes.append(UInt8(ascii: ":"))
          writeCompact(member.value)
        }
        bytes.append(UInt8(ascii: "}"))
      }
    }

    /// Sorts stably: repeated keys keep their order.
    private static func sorted(
      _ members: [JSONMember], by order: (any JSONKeyOrder)?
    ) -> [JSONMember] {
      guard let order else { return members }
      let ranked = members.enumerated().map { place, member in
        (rank: order.rank(of: member.key) ?? Int.max, place: place, member: member)
      }
      return ranked.sorted { left, right in
        if left.rank != right.rank { return left.rank < right.rank }
        if left.rank == Int.max, !left.member.key.isSameText(as: right.member.key) {
          return left.member.key.utf8.lexicographicallyPrecedes(right.member.key.utf8)
        }
        return left.place < right.place
      }.map(\.member)
    }

    private mutating func newline(_ indent: Int) {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
    }

    mutating func write(_ text: String) {
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0..<0x10:
          bytes.append(contentsOf: (#"\u000"# + String(byte, radix: 16)).utf8)
        case 0x10..<0x20:
          bytes.append(contentsOf: (#"\u00"# + String(byte, radix: 16)).utf8)
        default: bytes.append(byte)
        }
      }
      bytes.append(UInt8(ascii: "\""))
    }
  }
}

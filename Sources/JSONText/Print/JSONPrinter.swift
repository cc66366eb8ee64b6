/// Where a canonical printer asks for the order of keys.
package protocol JSONKeyOrder: Sendable {
  /// The place of a key; nil: unknown, printed after the known ones, by name (byte order).
  func rank(of key: String) -> Int?
  /// The order of the keys in the value of `key`; nil: as they stand.
  func order(forProperty key: String) -> (any JSONKeyOrder)?
  /// The order of the keys in the elements of an array; nil: as they stand.
  func orderForItems() -> (any JSONKeyOrder)?
}

/// Writes values as UTF-8 text.
package enum JSONPrinter {
  /// The canonical form: two-space indent, LF, one member or element a line, empty containers
  /// inline, no escape that is not needed, numbers as written, final newline.
  ///
  /// Keys stand in `order`'s order, then unknown ones by name; without an order as they stand.
  package static func canonical(
    _ value: JSONValue, order: (any JSONKeyOrder)? = nil
  ) -> [UInt8] {
    var writer = Writer()
    writer.write(value, order: order, indent: 0)
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }

  /// No space, no newline, keys as they stand.
  package static func compact(_ value: JSONValue) -> [UInt8] {
    var writer = Writer()
    writer.writeCompact(value)
    return writer.bytes
  }

  /// The text of a string with quotes and the escapes that are needed.
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

    /// A stable sort: repeated keys keep their order.
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

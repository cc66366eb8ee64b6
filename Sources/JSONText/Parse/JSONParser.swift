/// Parses UTF-8 bytes into nodes, without recursion and without copying text.
///
/// The open containers are chained through the `next` field of their own nodes, so depth costs no
/// memory beyond the nodes.
struct JSONParser: ~Copyable {
  let base: UnsafePointer<UInt8>
  let end: Int
  let maximumDepth: Int
  var at = 0
  var nodes: UnsafeMutablePointer<PackedNode>
  var count = 0
  var capacity: Int
  var duplicateKeys: [UInt32] = []

  static let none = UInt32.max

  /// The result of a parse; the caller frees `nodes`.
  struct Result {
    var nodes: UnsafeMutablePointer<PackedNode>
    var count: Int
    var duplicateKeys: [UInt32]
  }

  /// Parses the whole of `bytes`.
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
  ) throws(JSONSyntaxError) -> Result {
    guard bytes.count <= limits.bytes else {
      throw JSONSyntaxError(code: .tooLarge, offset: max(0, limits.bytes))
    }
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      throw JSONSyntaxError(code: .emptyText, offset: 0)
    }
    // Each takes two bytes at least, so only a long text needs to be looked at.
    if bytes.count / 2 > limits.maximumValues,
      let excess = excess(in: bytes, over: limits.maximumValues)
    {
      throw JSONSyntaxError(code: .tooMany, offset: excess)
    }
    let capacity = bytes.count / 12 + 16
    var parser = JSONParser(
      base: base, end: bytes.count, maximumDepth: limits.depth,
      nodes: .allocate(capacity: capacity), capacity: capacity)
    do {
      try parser.parseText()
    } catch {
      parser.nodes.deallocate()
      throw error
    }
    return Result(
      nodes: parser.nodes, count: parser.count, duplicateKeys: parser.duplicateKeys.sorted())
  }

  /// Returns the offset of what comes before the first value or key beyond `limit`, counted before
  /// any of them takes memory; `nil` if there are not as many.
  private static func excess(in bytes: UnsafeBufferPointer<UInt8>, over limit: Int) -> Int? {
    var count = 1
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"):
        count += 1
        if count > limit { return at }
      case UInt8(ascii: "\""):
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
          at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  private init(
    base: UnsafePointer<UInt8>, end: Int, maximumDepth: Int,
    nodes: UnsafeMutablePointer<PackedNode>, capacity: Int
  ) {
    self.base = base
    self.end = end
    self.maximumDepth = maximumDepth
    self.nodes = nodes
    self.capacity = capacity
  }

  private mutating func parseText() throws(JSONSyntaxError) {
    if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF {
      throw error(.byteOrderMark)
    }
    skipSpace()
    guard at < end else { throw error(.emptyText) }
    var open = Self.none
    var depth = 0

    values: while true {
      // A value is expected here, at a byte that is not white space.
      let start = at
      guard at < end else { throw unterminated(open) }
      switch base[at] {
      case UInt8(ascii: "\""):
        at += 1
        let escaped = try scanString(start)
        append(start, .string, flag: escaped)
      case UInt8(ascii: "{"):
        depth += 1
        guard depth <= maximumDepth else { throw error(.tooDeep) }
        open = append(opening: .object, in: open)
        skipSpace()
        if at < end, base[at] == UInt8(ascii: "}") {
          at += 1
        } else {
          try parseKey(open)
          continue values
        }
        close(&open)
        depth -= 1
      case UInt8(ascii: "["):
        depth += 1
        guard depth <= maximumDepth else { throw error(.tooDeep) }
        open = append(opening: .array, in: open)
        skipSpace()
        if at < end, base[at] == UInt8(ascii: "]") {
          at += 1
        } else {
          continue values
        }
        close(&open)
        depth -= 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let plain = try scanNumber()
        append(start, .number, flag: plain)
      case UInt8(ascii: "t"):
        try scanWord("true")
        append(start, .bool, flag: true)
      case UInt8(ascii: "f"):
        try scanWord("false")
        append(start, .bool, flag: false)
      case UInt8(ascii: "n"):
        try scanWord("null")
        append(start, .null, flag: false)
      default:
        throw noValue()
      }

      // A value has ended here; close the containers that end with it.
      while open != Self.none {
        nodes[Int(open)].tag &+= PackedNode.countUnit
        skipSpace()
        guard at < end else { throw unterminated(open) }
        let isObject = nodes[Int(open)].kind == .object
        let byte = base[at]
        if byte == UInt8(ascii: ",") {
          let comma = at
          at += 1
          skipSpace()
          if isObject {
            if at < end, base[at] == UInt8(ascii: "}") { throw error(.trailingComma, at: comma) }
            try parseKey(open)
          } else if at < end, base[at] == UInt8(ascii: "]") {
            throw error(.trailingComma, at: comma)
          }
          continue values
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw error(isObject ? .expectedCommaOrBrace : .expectedCommaOrBracket)
        }
        at += 1
        if isObject { noteDuplicateKeys(of: open) }
        close(&open)
        depth -= 1
      }
      break values
    }
    skipSpace()
    guard at == end else { throw error(.textAfterValue) }
  }

  /// Reads a key, its colon and the space after it.
  @inline(__always)
  private mutating func parseKey(_ object: UInt32) throws(JSONSyntaxError) {
    guard at < end else { throw unterminated(object) }
    guard base[at] == UInt8(ascii: "\"") else { throw error(.expectedKey) }
    let start = at
    at += 1
    let escaped = try scanString(start)
    append(start, .string, flag: escaped)
    skipSpace()
    guard at < end else { throw unterminated(object) }
    guard base[at] == UInt8(ascii: ":") else { throw error(.expectedColon) }
    at += 1
    skipSpace()
  }

  // MARK: Nodes

  @inline(__always)
  private mutating func append(_ start: Int, _ kind: JSONKind, flag: Bool) {
    if count == capacity { grow() }
    (nodes + count).initialize(
      to: PackedNode(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: at),
        next: UInt32(truncatingIfNeeded: count + 1),
        tag: UInt32(kind.rawValue) | (flag ? PackedNode.flagBit : 0)))
    count += 1
  }

  /// Appends the container that starts here and returns its index.
  @inline(__always)
  private mutating func append(opening kind: JSONKind, in parent: UInt32) -> UInt32 {
    if count == capacity { grow() }
    (nodes + count).initialize(
      to: PackedNode(
        start: UInt32(truncatingIfNeeded: at), end: 0, next: parent, tag: UInt32(kind.rawValue)))
    count += 1
    at += 1
    return UInt32(truncatingIfNeeded: count - 1)
  }

  /// Closes the container `open`, whose bracket has just been read, and returns to its parent.
  @inline(__always)
  private mutating func close(_ open: inout UInt32) {
    let index = Int(open)
    open = nodes[index].next
    nodes[index].next = UInt32(truncatingIfNeeded: count)
    nodes[index].end = UInt32(truncatingIfNeeded: at)
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<PackedNode>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
  }

  // MARK: Space and errors

  @inline(__always)
  private mutating func skipSpace() {
    while at < end {
      let byte = base[at]
      guard
        byte <= 0x20,
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
      else { return }
      at += 1
    }
  }

  @inline(never)
  func error(_ code: JSONSyntaxError.Code, at offset: Int? = nil) -> JSONSyntaxError {
    let isAboutCharacter: Bool =
      switch code {
      case .expectedValue, .expectedKey, .expectedColon, .expectedCommaOrBracket,
        .expectedCommaOrBrace, .textAfterValue:
        true
      default: false
      }
    return JSONSyntaxError(
      code: code, offset: offset ?? at, found: isAboutCharacter ? character(at: offset ?? at) : nil)
  }

  private func character(at offset: Int) -> Unicode.Scalar? {
    guard offset < end else { return nil }
    let length = UTF8Sequence.length(base + offset, limit: end - offset)
    return String(
      decoding: UnsafeBufferPointer(start: base + offset, count: max(1, length)), as: UTF8.self
    ).unicodeScalars.first
  }

  @inline(never)
  private func unterminated(_ open: UInt32) -> JSONSyntaxError {
    guard open != Self.none else { return error(.expectedValue) }
    return error(nodes[Int(open)].kind == .object ? .unterminatedObject : .unterminatedArray)
  }

  /// Returns the error for a byte that starts no value.
  @inline(never)
  private func noValue() -> JSONSyntaxError {
    let byte = base[at]
    if byte >= 0x80 {
      return error(
        UTF8Sequence.length(base + at, limit: end - at) == 0 ? .invalidUTF8 : .expectedValue)
    }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return error(.invalidLiteral)
    case UInt8(ascii: "+"), UInt8(ascii: "."): return error(.invalidNumber)
    default: return error(.expectedValue)
    }
  }
}

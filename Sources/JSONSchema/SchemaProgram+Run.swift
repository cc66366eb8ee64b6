import CPCRE2
package import JSONText

/// One thread's runs of a program, with the memory that matching regular expressions takes.
package final class SchemaRun {
  private let program: SchemaProgram
  private let scratch = Pattern.Scratch()

  package init(_ program: SchemaProgram) { self.program = program }

  /// Calls `body` with what judges values of a document.
  package func withJudge<Result>(
    of document: JSONDocument, _ body: (inout SchemaJudge) -> Result
  ) -> Result {
    document.withPackedNodes { bytes, nodes in
      withJudge(of: bytes, nodes, body)
    }
  }

  /// The same for a document's text and nodes.
  package func withJudge<Result>(
    of bytes: UnsafePointer<UInt8>, _ nodes: UnsafePointer<PackedNode>,
    _ body: (inout SchemaJudge) -> Result
  ) -> Result {
    program.code.withUnsafeBufferPointer { code in
      program.blocks.withUnsafeBufferPointer { blocks in
        program.texts.withUnsafeBufferPointer { texts in
          program.patterns.withUnsafeBufferPointer { patterns in
            program.entries.withUnsafeBufferPointer { entries in
              var judge = SchemaJudge(
                bytes: bytes, nodes: nodes, code: code, blocks: blocks, texts: texts,
                patterns: patterns, entries: entries, scratch: scratch)
              return body(&judge)
            }
          }
        }
      }
    }
  }
}

/// Runs a program's instructions over the nodes of one document.
package struct SchemaJudge {
  package typealias Verdict = SchemaProgram.Verdict

  let bytes: UnsafePointer<UInt8>
  let nodes: UnsafePointer<PackedNode>
  let code: UnsafeBufferPointer<Int32>
  let blocks: UnsafeBufferPointer<Int32>
  let texts: UnsafeBufferPointer<UInt8>
  let patterns: UnsafeBufferPointer<Pattern>
  let entries: UnsafeBufferPointer<Int32>
  let scratch: Pattern.Scratch
  private var depth = 0
  /// Far below the limits of `SchemaOptions`, which would have to give up at the same places.
  private var remaining = 0

  init(
    bytes: UnsafePointer<UInt8>, nodes: UnsafePointer<PackedNode>,
    code: UnsafeBufferPointer<Int32>, blocks: UnsafeBufferPointer<Int32>,
    texts: UnsafeBufferPointer<UInt8>, patterns: UnsafeBufferPointer<Pattern>,
    entries: UnsafeBufferPointer<Int32>, scratch: Pattern.Scratch
  ) {
    (self.bytes, self.nodes, self.code, self.blocks) = (bytes, nodes, code, blocks)
    (self.texts, self.patterns, self.entries) = (texts, patterns, entries)
    self.scratch = scratch
  }

  /// What the schema given as the `entry`-th says of the value at `index`.
  package mutating func verdict(of entry: Int, at index: Int) -> Verdict {
    depth = 0
    remaining = 100_000
    return apply(entries[entry], index)
  }

  private mutating func apply(_ block: Int32, _ index: Int) -> Verdict {
    remaining -= 1
    guard depth < 64, remaining > 0 else { return .unknown }
    depth += 1
    defer { depth -= 1 }
    var at = Int(blocks[Int(block)]) + 1
    let end = at + Int(code[at - 1])
    while at < end {
      let verdict = step(at, index)
      if verdict != .valid { return verdict }
      at += Int(code[at + 1])
    }
    return .valid
  }

  private func kind(_ node: PackedNode) -> UInt32 { node.tag & 7 }
  private func isEscaped(_ node: PackedNode) -> Bool { node.tag & PackedNode.flagBit != 0 }
  private func count(_ node: PackedNode) -> Int { Int(node.tag >> 4) }

  private static let number = UInt32(JSONKind.number.rawValue)
  private static let string = UInt32(JSONKind.string.rawValue)
  private static let array = UInt32(JSONKind.array.rawValue)
  private static let object = UInt32(JSONKind.object.rawValue)

  private mutating func step(_ at: Int, _ index: Int) -> Verdict {
    let node = nodes[index]
    switch Instruction(rawValue: code[at]) ?? .unknown {
    case .unknown: return .unknown
    case .always: return .valid
    case .never: return .invalid
    case .type: return type(UInt8(truncatingIfNeeded: code[at + 2]), node)
    case .maxLength: return length(node) { $0 <= Int(code[at + 2]) }
    case .minLength: return length(node) { $0 >= Int(code[at + 2]) }
    case .maxItems: return count(node, Self.array) { $0 <= Int(code[at + 2]) }
    case .minItems: return count(node, Self.array) { $0 >= Int(code[at + 2]) }
    case .maxProperties: return count(node, Self.object) { $0 <= Int(code[at + 2]) }
    case .minProperties: return count(node, Self.object) { $0 >= Int(code[at + 2]) }
    case .maximum: return compare(node, at, <=)
    case .exclusiveMaximum: return compare(node, at, <)
    case .minimum: return compare(node, at, >=)
    case .exclusiveMinimum: return compare(node, at, >)
    case .strings: return strings(at, node)
    case .required: return required(at, index)
    case .pattern: return pattern(patterns[Int(code[at + 2])], node)
    case .uniqueItems: return unique(index)
    case .items: return items(code[at + 2], index)
    case .contains: return contains(code[at + 2], index)
    case .reference: return apply(code[at + 2], index)
    case .not:
      switch apply(code[at + 2], index) {
      case .valid: return .invalid
      case .invalid: return .valid
      case .unknown: return .unknown
      }
    case .conditional:
      let condition = apply(code[at + 2], index)
      if condition == .unknown { return .unknown }
      let branch = code[at + (condition == .valid ? 3 : 4)]
      return branch < 0 ? .valid : apply(branch, index)
    case .allOf, .anyOf, .oneOf: return branches(at, index)
    case .members: return members(at, index)
    }
  }

  private func type(_ mask: UInt8, _ node: PackedNode) -> Verdict {
    let types = TypeSet(rawValue: mask)
    guard let kind = JSONKind(rawValue: UInt8(truncatingIfNeeded: kind(node))) else {
      return .unknown
    }
    if types.contains(TypeSet(kind)) { return .valid }
    if kind == .number, types.contains(.integer) { return isEscaped(node) ? .valid : .unknown }
    return .invalid
  }

  private func length(_ node: PackedNode, _ holds: (Int) -> Bool) -> Verdict {
    guard kind(node) == Self.string else { return .valid }
    if isEscaped(node) { return .unknown }
    var length = 0
    for offset in Int(node.start) + 1..<Int(node.end) - 1 where bytes[offset] & 0xC0 != 0x80 {
      length += 1
    }
    return holds(length) ? .valid : .invalid
  }

  private func count(_ node: PackedNode, _ wanted: UInt32, _ holds: (Int) -> Bool) -> Verdict {
    kind(node) != wanted || holds(count(node)) ? .valid : .invalid
  }

  private func compare(_ node: PackedNode, _ at: Int, _ holds: (Int, Int) -> Bool) -> Verdict {
    guard kind(node) == Self.number else { return .valid }
    // The parser's flag of numbers: digits and sign alone.
    let length = Int(node.end - node.start)
    guard isEscaped(node), length <= 18 else { return .unknown }
    var value = 0
    let isNegative = bytes[Int(node.start)] == UInt8(ascii: "-")
    for offset in Int(node.start) + (isNegative ? 1 : 0)..<Int(node.end) {
      value = value &* 10 &+ Int(bytes[offset] &- UInt8(ascii: "0"))
    }
    let limit = Int(code[at + 2]) << 32 | Int(UInt32(bitPattern: code[at + 3]))
    return holds(isNegative ? -value : value, limit) ? .valid : .invalid
  }

  /// Whether a string without escapes is the text at an offset of the program's.
  @inline(__always)
  private func isText(_ node: PackedNode, _ start: Int32, _ length: Int32) -> Bool {
    guard Int(node.end) - Int(node.start) - 2 == Int(length) else { return false }
    let text = Int(start)
    let own = Int(node.start) + 1
    for offset in 0..<Int(length) where bytes[own + offset] != texts[text + offset] {
      return false
    }
    return true
  }

  private func strings(_ at: Int, _ node: PackedNode) -> Verdict {
    guard kind(node) == Self.string else { return .invalid }
    if isEscaped(node) { return .unknown }
    var operand = at + 3
    for _ in 0..<code[at + 2] {
      if isText(node, code[operand], code[operand + 1]) { return .valid }
      operand += 2
    }
    return .invalid
  }

  private func required(_ at: Int, _ index: Int) -> Verdict {
    let object = nodes[index]
    guard kind(object) == Self.object else { return .valid }
    var operand = at + 3
    // Keys mostly come in the schema's order: go on where the last one was.
    var hint = index + 1
    keys: for _ in 0..<code[at + 2] {
      let (start, length) = (code[operand], code[operand + 1])
      operand += 2
      var key = hint
      while key < Int(object.next) {
        if isEscaped(nodes[key]) { return .unknown }
        if isText(nodes[key], start, length) {
          hint = Int(nodes[key + 1].next)
          continue keys
        }
        key = Int(nodes[key + 1].next)
      }
      key = index + 1
      while key < hint {
        if isText(nodes[key], start, length) { continue keys }
        key = Int(nodes[key + 1].next)
      }
      return .invalid
    }
    return .valid
  }

  private func pattern(_ pattern: Pattern, _ node: PackedNode) -> Verdict {
    guard kind(node) == Self.string else { return .valid }
    if isEscaped(node) { return .unknown }
    let text = UnsafeBufferPointer(
      start: bytes + Int(node.start) + 1, count: Int(node.end) - Int(node.start) - 2)
    switch pattern.match(text, scratch) {
    case .match: return .valid
    case .noMatch: return .invalid
    case .limit: return .unknown
    }
  }

  /// For a few strings, which are compared in pairs.
  private func unique(_ index: Int) -> Verdict {
    let list = nodes[index]
    guard kind(list) == Self.array, count(list) > 1 else { return .valid }
    // As they contain nothing, strings stand side by side.
    guard count(list) <= 16, Int(list.next) - index - 1 == count(list) else { return .unknown }
    for second in index + 1..<Int(list.next) {
      let node = nodes[second]
      guard kind(node) == Self.string, !isEscaped(node) else { return .unknown }
      for first in index + 1..<second where isEqual(nodes[first], node) { return .invalid }
    }
    return .valid
  }

  private func isEqual(_ one: PackedNode, _ other: PackedNode) -> Bool {
    let length = one.end - one.start
    guard other.end - other.start == length else { return false }
    for offset in 0..<Int(length)
    where bytes[Int(one.start) + offset] != bytes[Int(other.start) + offset] { return false }
    return true
  }

  private mutating func items(_ block: Int32, _ index: Int) -> Verdict {
    let list = nodes[index]
    guard kind(list) == Self.array else { return .valid }
    var element = index + 1
    while element < Int(list.next) {
      let verdict = apply(block, element)
      if verdict != .valid { return verdict }
      element = Int(nodes[element].next)
    }
    return .valid
  }

  private mutating func contains(_ block: Int32, _ index: Int) -> Verdict {
    let list = nodes[index]
    guard kind(list) == Self.array else { return .valid }
    var element = index + 1
    while element < Int(list.next) {
      let verdict = apply(block, element)
      if verdict != .invalid { return verdict }
      element = Int(nodes[element].next)
    }
    return .invalid
  }

  private mutating func branches(_ at: Int, _ index: Int) -> Verdict {
    let kind = code[at]
    var matches = 0
    for branch in 0..<Int(code[at + 2]) {
      let verdict = apply(code[at + 3 + branch], index)
      if verdict == .unknown { return .unknown }
      if verdict == .valid {
        if kind == Instruction.anyOf.rawValue { return .valid }
        matches += 1
      } else if kind == Instruction.allOf.rawValue {
        return .invalid
      }
    }
    switch kind {
    case Instruction.allOf.rawValue: return .valid
    case Instruction.oneOf.rawValue: return matches == 1 ? .valid : .invalid
    default: return .invalid
    }
  }

  private mutating func members(_ at: Int, _ index: Int) -> Verdict {
    let object = nodes[index]
    guard kind(object) == Self.object else { return .valid }
    let additional = code[at + 2]
    let known = Int(code[at + 3])
    let table = at + 4
    var place = 0
    var key = index + 1
    while key < Int(object.next) {
      let name = nodes[key]
      if isEscaped(name) { return .unknown }
      var block = additional
      for _ in 0..<known {
        let entry = table + place * 3
        place = place + 1 == known ? 0 : place + 1
        if isText(name, code[entry], code[entry + 1]) {
          block = code[entry + 2]
          break
        }
      }
      if block >= 0 {
        let verdict = apply(block, key + 1)
        if verdict != .valid { return verdict }
      }
      key = Int(nodes[key + 1].next)
    }
    return .valid
  }
}

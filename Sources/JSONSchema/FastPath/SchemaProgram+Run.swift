import CPCRE2
package import JSONText

/// Runs a program on one thread, with the memory that matching regular expressions needs.
package final class SchemaRun {
  private let program: SchemaProgram
  private let automata: PatternAutomata
  private let scratch = Pattern.Scratch()

  package init(_ program: SchemaProgram) {
    self.program = program
    automata = PatternAutomata(program.patterns.map(\.text))
  }

  /// Returns the verdict of the schema numbered `entry` on a value.
  package func verdict(of entry: Int, at value: JSONNode) -> SchemaProgram.Verdict {
    value.document.withNodes { text in
      withInterpreter(of: text) { $0.verdict(of: entry, at: value.index) }
    }
  }

  /// Calls `body` with an interpreter for the values of a text.
  package func withInterpreter<Result>(
    of text: NodeText, _ body: (inout SchemaInterpreter) -> Result
  ) -> Result {
    program.code.withUnsafeBufferPointer { code in
      program.blocks.withUnsafeBufferPointer { blocks in
        program.texts.withUnsafeBufferPointer { texts in
          program.patterns.withUnsafeBufferPointer { patterns in
            program.entries.withUnsafeBufferPointer { entries in
              automata.rows.withUnsafeBufferPointer { rows in
                automata.starts.withUnsafeBufferPointer { starts in
                  var interpreter = SchemaInterpreter(
                    text: text, code: code, blocks: blocks, texts: texts, patterns: patterns,
                    tables: PatternTables(rows: rows, starts: starts), entries: entries,
                    scratch: scratch)
                  return body(&interpreter)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Runs a program's instructions over the nodes of one document.
package struct SchemaInterpreter {
  package typealias Verdict = SchemaProgram.Verdict

  let text: NodeText
  let code: UnsafeBufferPointer<Int32>
  let blocks: UnsafeBufferPointer<Int32>
  let texts: UnsafeBufferPointer<UInt8>
  let patterns: UnsafeBufferPointer<Pattern>
  let tables: PatternTables
  let entries: UnsafeBufferPointer<Int32>
  let scratch: Pattern.Scratch
  private var depth = 0
  /// The remaining work. Far below the limits of `SchemaOptions`; otherwise this would have to give
  /// up exactly where they do.
  private var remaining = 0

  init(
    text: NodeText, code: UnsafeBufferPointer<Int32>, blocks: UnsafeBufferPointer<Int32>,
    texts: UnsafeBufferPointer<UInt8>, patterns: UnsafeBufferPointer<Pattern>,
    tables: PatternTables, entries: UnsafeBufferPointer<Int32>, scratch: Pattern.Scratch
  ) {
    (self.text, self.code, self.blocks, self.texts) = (text, code, blocks, texts)
    (self.patterns, self.tables, self.entries) = (patterns, tables, entries)
    self.scratch = scratch
  }

  /// Returns the verdict of the schema numbered `entry` on the value at `index`.
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

  private mutating func step(_ at: Int, _ index: Int) -> Verdict {
    switch Instruction(rawValue: code[at]) ?? .unknown {
    case .unknown: return .unknown
    case .always: return .valid
    case .never: return .invalid
    case .type: return type(UInt8(truncatingIfNeeded: code[at + 2]), index)
    case .maxLength: return length(index) { $0 <= Int(code[at + 2]) }
    case .minLength: return length(index) { $0 >= Int(code[at + 2]) }
    case .maxItems: return count(index, text.isArray(index)) { $0 <= Int(code[at + 2]) }
    case .minItems: return count(index, text.isArray(index)) { $0 >= Int(code[at + 2]) }
    case .maxProperties: return count(index, text.isObject(index)) { $0 <= Int(code[at + 2]) }
    case .minProperties: return count(index, text.isObject(index)) { $0 >= Int(code[at + 2]) }
    case .maximum: return compare(index, at, <=)
    case .exclusiveMaximum: return compare(index, at, <)
    case .minimum: return compare(index, at, >=)
    case .exclusiveMinimum: return compare(index, at, >)
    case .strings: return strings(at, index)
    case .required: return required(at, index)
    case .pattern: return pattern(Int(code[at + 2]), index)
    case .date: return date(index)
    case .uniqueItems: return unique(index)
    case .items: return elements(code[at + 2], index, allBeing: .valid)
    case .contains: return elements(code[at + 2], index, allBeing: .invalid)
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

  private func type(_ mask: UInt8, _ index: Int) -> Verdict {
    let types = TypeSet(rawValue: mask)
    let kind = text.kind(index)
    if types.contains(TypeSet(kind)) { return .valid }
    if case .number = kind, types.contains(.integer) {
      return text.isPlainInteger(index) ? .valid : .unknown
    }
    return .invalid
  }

  private func length(_ index: Int, _ holds: (Int) -> Bool) -> Verdict {
    guard text.isString(index) else { return .valid }
    if text.isEscaped(index) { return .unknown }
    var length = 0
    for byte in text.content(index) where byte & 0xC0 != 0x80 { length += 1 }
    return Verdict(holds(length))
  }

  private func date(_ index: Int) -> Verdict {
    guard text.isString(index) else { return .valid }
    if text.isEscaped(index) { return .unknown }
    return Verdict(DateFormats.isDate(text.content(index)))
  }

  private func count(_ index: Int, _ isCounted: Bool, _ holds: (Int) -> Bool) -> Verdict {
    Verdict(!isCounted || holds(text.count(index)))
  }

  private func compare(_ index: Int, _ at: Int, _ holds: (Int, Int) -> Bool) -> Verdict {
    guard case .number = text.kind(index) else { return .valid }
    let source = text.source(index)
    guard text.isPlainInteger(index), source.count <= 18 else { return .unknown }
    var value = 0
    let isNegative = source[0] == UInt8(ascii: "-")
    for offset in (isNegative ? 1 : 0)..<source.count {
      value = value &* 10 &+ Int(source[offset] &- UInt8(ascii: "0"))
    }
    let limit = Int(code[at + 2]) << 32 | Int(UInt32(bitPattern: code[at + 3]))
    return Verdict(holds(isNegative ? -value : value, limit))
  }

  /// Returns whether a string without escapes equals the program's text at two operands.
  @inline(__always)
  private func isText(_ index: Int, _ operand: Int) -> Bool {
    text.isText(
      index,
      UnsafeBufferPointer(
        start: texts.baseAddress.map { $0 + Int(code[operand]) }, count: Int(code[operand + 1])))
  }

  private func strings(_ at: Int, _ index: Int) -> Verdict {
    guard text.isString(index) else { return .invalid }
    if text.isEscaped(index) { return .unknown }
    var operand = at + 3
    for _ in 0..<code[at + 2] {
      if isText(index, operand) { return .valid }
      operand += 2
    }
    return .invalid
  }

  private func required(_ at: Int, _ index: Int) -> Verdict {
    guard text.isObject(index) else { return .valid }
    let end = text.next(index)
    var operand = at + 3
    // Keys mostly come in the schema's order, so start after the last one found.
    var hint = index + 1
    keys: for _ in 0..<code[at + 2] {
      let wanted = operand
      operand += 2
      var key = hint
      while key < end {
        if text.isEscaped(key) { return .unknown }
        if isText(key, wanted) {
          hint = text.next(key + 1)
          continue keys
        }
        key = text.next(key + 1)
      }
      key = index + 1
      while key < hint {
        if isText(key, wanted) { continue keys }
        key = text.next(key + 1)
      }
      return .invalid
    }
    return .valid
  }

  private func pattern(_ place: Int, _ index: Int) -> Verdict {
    guard text.isString(index) else { return .valid }
    if text.isEscaped(index) { return .unknown }
    let subject = text.content(index)
    if let isMatch = tables.decides(place, subject) { return Verdict(isMatch) }
    switch patterns[place].match(subject, scratch) {
    case .match: return .valid
    case .noMatch: return .invalid
    case .limit: return .unknown
    }
  }

  /// Decides only for a few strings, which are compared in pairs.
  private func unique(_ index: Int) -> Verdict {
    let count = text.count(index)
    guard text.isArray(index), count > 1 else { return .valid }
    let end = text.next(index)
    // Strings have no child nodes, so they are adjacent.
    guard count <= 16, end - index - 1 == count else { return .unknown }
    for second in index + 1..<end {
      guard text.isString(second), !text.isEscaped(second) else { return .unknown }
      let content = text.content(second)
      for first in index + 1..<second where text.isText(first, content) { return .invalid }
    }
    return .valid
  }

  /// Returns the verdict on the first element where it isn't `expected`, or `expected` if there is
  /// no such element.
  private mutating func elements(
    _ block: Int32, _ index: Int, allBeing expected: Verdict
  ) -> Verdict {
    guard text.isArray(index) else { return .valid }
    let end = text.next(index)
    var element = index + 1
    while element < end {
      let verdict = apply(block, element)
      if verdict != expected { return verdict }
      element = text.next(element)
    }
    return expected
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
    case Instruction.oneOf.rawValue: return Verdict(matches == 1)
    default: return .invalid
    }
  }

  private mutating func members(_ at: Int, _ index: Int) -> Verdict {
    guard text.isObject(index) else { return .valid }
    let end = text.next(index)
    let additional = code[at + 2]
    let known = Int(code[at + 3])
    let table = at + 4
    var place = 0
    var key = index + 1
    while key < end {
      if text.isEscaped(key) { return .unknown }
      var block = additional
      for _ in 0..<known {
        let entry = table + place * 3
        place = place + 1 == known ? 0 : place + 1
        if isText(key, entry) {
          block = code[entry + 2]
          break
        }
      }
      if block >= 0 {
        let verdict = apply(block, key + 1)
        if verdict != .valid { return verdict }
      }
      key = text.next(key + 1)
    }
    return .valid
  }
}

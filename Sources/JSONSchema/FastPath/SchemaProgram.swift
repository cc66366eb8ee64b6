import JSONText

/// Several schemas compiled to plain numbers in flat memory: a fast path for checking many values.
///
/// It knows the keywords that most values meet, and returns ``Verdict/unknown`` where it meets
/// others, an escape in a string, or a number that is no plain integer; then ``Schema`` decides.
/// Any other verdict is the one of `Schema`. Running it changes no reference counts that threads
/// share.
package final class SchemaProgram: Sendable {
  package enum Verdict: UInt8, Sendable {
    case valid, invalid, unknown

    init(_ holds: Bool) { self = holds ? .valid : .invalid }
  }

  /// Blocks of instructions; see `SchemaAssembler`.
  let code: [Int32]
  /// The start of each block.
  let blocks: [Int32]
  /// Keys and allowed values, concatenated.
  let texts: [UInt8]
  let patterns: [Pattern]
  /// The block of each schema passed to the initializer.
  let entries: [Int32]

  package init(_ schemas: [Schema]) {
    var assembler = SchemaAssembler()
    entries = schemas.map { assembler.block(for: $0.root) }
    assembler.assemble()
    code = assembler.code
    blocks = assembler.blocks
    texts = assembler.texts
    patterns = assembler.patterns
  }
}

/// The operation of an instruction; its operands follow. A text is an offset and a length.
enum Instruction: Int32 {
  case unknown, always, never
  /// A `TypeSet`.
  case type
  /// A limit.
  case maxLength, minLength, maxItems, minItems, maxProperties, minProperties
  /// A limit in two words, the high one first.
  case maximum, exclusiveMaximum, minimum, exclusiveMinimum
  /// A count and that many texts.
  case strings, required
  /// The index of a pattern.
  case pattern
  /// The format `date`.
  case date
  case uniqueItems
  /// A block.
  case items, contains, reference, not
  /// Three blocks, -1 for none.
  case conditional
  /// A count and that many blocks.
  case allOf, anyOf, oneOf
  /// The block of additional members or -1, a count, and that many texts with a block each.
  case members
}

/// Compiles the graph of schema nodes into instructions.
struct SchemaAssembler {
  private(set) var code: [Int32] = []
  private(set) var blocks: [Int32] = []
  private(set) var texts: [UInt8] = []
  private(set) var patterns: [Pattern] = []
  private var numbers: [ObjectIdentifier: Int32] = [:]
  private var pending: [(number: Int32, node: SchemaNode)] = []

  /// Returns the number of a schema's block, which is written later.
  mutating func block(for node: SchemaNode) -> Int32 {
    if let known = numbers[ObjectIdentifier(node)] { return known }
    let number = Int32(blocks.count)
    numbers[ObjectIdentifier(node)] = number
    blocks.append(0)
    pending.append((number, node))
    return number
  }

  /// Writes the blocks: the number of words that follow, then instructions, each with its length.
  mutating func assemble() {
    while let (number, node) = pending.popLast() {
      let start = code.count
      blocks[Int(number)] = Int32(start)
      code.append(0)
      if let constant = node.constant {
        write(constant ? .always : .never)
      } else {
        // The program doesn't track what was evaluated, so it can't decide.
        if node.hasUnevaluated { write(.unknown) }
        for rule in node.rules { compile(rule.step) }
      }
      code[start] = Int32(code.count - start - 1)
    }
  }

  private mutating func write(_ instruction: Instruction, _ operands: [Int32] = []) {
    code.append(instruction.rawValue)
    code.append(Int32(operands.count + 2))
    code += operands
  }

  private mutating func text(_ text: String) -> [Int32] {
    let start = Int32(texts.count)
    texts += text.utf8
    return [start, Int32(text.utf8.count)]
  }

  private mutating func limit(_ instruction: Instruction, _ limit: Int) {
    if let limit = Int32(exactly: limit) { write(instruction, [limit]) } else { write(.unknown) }
  }

  private mutating func bound(_ instruction: Instruction, _ limit: NumberLimit) {
    guard let value = limit.int else { return write(.unknown) }
    write(
      instruction, [Int32(truncatingIfNeeded: value >> 32), Int32(truncatingIfNeeded: value)])
  }

  private mutating func list(_ instruction: Instruction, _ nodes: [SchemaNode]) {
    write(instruction, [Int32(nodes.count)] + nodes.map { block(for: $0) })
  }

  private mutating func strings(_ values: [JSONNode]) {
    let strings = values.compactMap(\.string)
    guard strings.count == values.count else { return write(.unknown) }
    write(.strings, [Int32(strings.count)] + strings.flatMap { text($0) })
  }

  private mutating func compile(_ step: Step) {
    switch step {
    case .type(let types): write(.type, [Int32(types.rawValue)])
    case .constant(let value): strings([value])
    case .enumeration(let values): strings(values.nodes)
    case .maximum(let value): bound(.maximum, value)
    case .exclusiveMaximum(let value): bound(.exclusiveMaximum, value)
    case .minimum(let value): bound(.minimum, value)
    case .exclusiveMinimum(let value): bound(.exclusiveMinimum, value)
    case .maxLength(let value): limit(.maxLength, value)
    case .minLength(let value): limit(.minLength, value)
    case .maxItems(let value): limit(.maxItems, value)
    case .minItems(let value): limit(.minItems, value)
    case .maxProperties(let value): limit(.maxProperties, value)
    case .minProperties(let value): limit(.minProperties, value)
    case .pattern(let pattern):
      write(.pattern, [Int32(patterns.count)])
      patterns.append(pattern)
    case .uniqueItems: write(.uniqueItems)
    case .items(let rules):
      guard rules.prefix.isEmpty, let rest = rules.rest else { return write(.unknown) }
      write(.items, [block(for: rest)])
    case .contains(let rule):
      guard rule.minimum == 1, rule.maximum == nil else { return write(.unknown) }
      write(.contains, [block(for: rule.schema)])
    case .required(let keys):
      write(.required, [Int32(keys.count)] + keys.flatMap { text($0) })
    case .members(let rules):
      guard rules.patterns.isEmpty else { return write(.unknown) }
      var operands = [
        rules.additional.map { block(for: $0) } ?? -1, Int32(rules.named.names.count),
      ]
      for (name, node) in zip(rules.named.names, rules.named.schemas) {
        operands += text(name) + [block(for: node)]
      }
      write(.members, operands)
    case .reference(let target): write(.reference, [block(for: target)])
    case .allOf(let branches): list(.allOf, branches)
    case .anyOf(let branches): list(.anyOf, branches)
    case .oneOf(let branches): list(.oneOf, branches)
    case .not(let inner): write(.not, [block(for: inner)])
    case .conditional(let rule):
      write(
        .conditional,
        [
          block(for: rule.condition), rule.consequence.map { block(for: $0) } ?? -1,
          rule.alternative.map { block(for: $0) } ?? -1,
        ])
    case .format(.date): write(.date)
    case .multipleOf, .format, .unevaluatedItems, .dependentRequired, .dependentSchemas,
      .propertyNames, .unevaluatedProperties, .dynamicReference:
      write(.unknown)
    }
  }
}

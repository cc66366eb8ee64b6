/// A set of ASCII characters.
struct ASCIISet: Hashable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(_ range: ClosedRange<UInt8>) { insert(range) }

  init(_ byte: UInt8) { insert(byte...byte) }

  static let digit = ASCIISet(0x30...0x39)
  static let word = ASCIISet(0x30...0x39).union(0x41...0x5A).union(0x5F...0x5F).union(0x61...0x7A)
  static let space = ASCIISet(0x09...0x0D).union(0x20...0x20)
  static let notLineEnd = ASCIISet(0x0A).union(0x0D...0x0D).complement

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
  }

  mutating func insert(_ other: ASCIISet) {
    low |= other.low
    high |= other.high
  }

  private func union(_ range: ClosedRange<UInt8>) -> ASCIISet {
    var set = self
    set.insert(range)
    return set
  }

  var complement: ASCIISet {
    var set = self
    (set.low, set.high) = (~low, ~high)
    return set
  }

  func contains(_ byte: UInt8) -> Bool {
    (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte & 63)) & 1 != 0
  }
}

/// A simple regular expression: characters, alternatives, repetition, both anchors.
indirect enum PatternShape {
  case one(ASCIISet)
  case start, end
  case sequence([PatternShape])
  case choice([PatternShape])
  /// `most` is `nil` if the repetition is unbounded.
  case repeated(PatternShape, least: Int, most: Int?)

  /// Parses an expression that `PatternTranslator` accepts; `nil` if it contains anything but the
  /// above, or a character beyond ASCII.
  init?(_ text: String) {
    var reader = PatternShapeReader(text: Array(text.utf8))
    guard let shape = reader.choice(), reader.isAtEnd else { return nil }
    self = shape
  }

  /// Returns in how many ways a backtracking matcher may try the shape on `length` characters, or
  /// `nil` if that is not obvious.
  func ways(on length: Int) -> Int? {
    switch self {
    case .one, .start, .end: return 1
    case .sequence(let parts): return Self.product(parts.map { $0.ways(on: length) })
    case .choice(let branches):
      return branches.reduce(0) { sum, branch in
        guard let sum, let ways = branch.ways(on: length) else { return nil }
        return min(sum + ways, Self.many)
      }
    case .repeated(.one, let least, let most):
      return max(1, min(most ?? length, length) - least + 1)
    case .repeated(let inner, 0, 1?): return inner.ways(on: length).map { $0 + 1 }
    case .repeated(let inner, let least, let most?) where least == most && most < 32:
      return Self.product(Array(repeating: inner.ways(on: length), count: most))
    case .repeated: return nil
    }
  }

  private static let many = 1_000_000

  private static func product(_ factors: [Int?]) -> Int? {
    factors.reduce(1) { product, factor in
      guard let product, let factor else { return nil }
      return min(product * factor, many)
    }
  }
}

/// A parser for `PatternShape` that gives up at anything else.
struct PatternShapeReader {
  let text: [UInt8]
  private var at = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { at == text.count }

  private var next: UInt8? { at < text.count ? text[at] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func choice() -> PatternShape? {
    var branches: [PatternShape] = []
    repeat {
      guard let branch = sequence() else { return nil }
      branches.append(branch)
    } while take("|")
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() -> PatternShape? {
    var parts: [PatternShape] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      guard let part = atom().flatMap({ repeated($0) }) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func atom() -> PatternShape? {
    guard let byte = next, byte < 0x80 else { return nil }
    at += 1
    switch byte {
    case UInt8(ascii: "^"): return .start
    case UInt8(ascii: "$"): return .end
    case UInt8(ascii: "."): return .one(.notLineEnd)
    case UInt8(ascii: "["): return characterClass().map { .one($0) }
    case UInt8(ascii: "\\"): return escape(inClass: false).map { .one($0.set) }
    case UInt8(ascii: "("):
      if take("?"), !take(":") { return nil }
      guard let inner = choice(), take(")") else { return nil }
      return inner
    default:
      // `Pattern` decides what a brace means that is no quantifier.
      return "*+?{}])".utf8.contains(byte) ? nil : .one(ASCIISet(byte))
    }
  }

  /// Returns `shape` with the quantifier that may follow it; a lazy one makes no difference.
  private mutating func repeated(_ shape: PatternShape) -> PatternShape? {
    let least: Int
    let most: Int?
    if take("*") {
      (least, most) = (0, nil)
    } else if take("+") {
      (least, most) = (1, nil)
    } else if take("?") {
      (least, most) = (0, 1)
    } else if take("{") {
      guard let first = number() else { return nil }
      (least, most) = take(",") ? (first, number()) : (first, first)
      guard take("}"), most ?? least >= least else { return nil }
    } else {
      return shape
    }
    switch shape {
    case .start, .end: return nil
    default: break
    }
    _ = take("?")
    return .repeated(shape, least: least, most: most)
  }

  /// Reads a number, or returns `nil` if there is none; stops once it reaches 1000.
  private mutating func number() -> Int? {
    var value: Int?
    while let byte = next, (0x30...0x39).contains(byte), value ?? 0 < 1000 {
      value = (value ?? 0) * 10 + Int(byte - 0x30)
      at += 1
    }
    return value
  }

  private enum Item {
    case byte(UInt8)
    case set(ASCIISet)

    var set: ASCIISet {
      switch self {
      case .byte(let byte): ASCIISet(byte)
      case .set(let set): set
      }
    }
  }

  private mutating func characterClass() -> ASCIISet? {
    let isNegated = take("^")
    var set = ASCIISet()
    // Empty classes are not handled here.
    if next == UInt8(ascii: "]") { return nil }
    while !take("]") {
      guard let item = classItem() else { return nil }
      guard next == UInt8(ascii: "-"), at + 1 < text.count, text[at + 1] != UInt8(ascii: "]") else {
        set.insert(item.set)
        continue
      }
      at += 1
      guard case .byte(let lower) = item, case .byte(let upper)? = classItem(), lower <= upper
      else { return nil }
      set.insert(lower...upper)
    }
    return isNegated ? set.complement : set
  }

  private mutating func classItem() -> Item? {
    guard let byte = next, byte < 0x80 else { return nil }
    at += 1
    return byte == UInt8(ascii: "\\") ? escape(inClass: true) : .byte(byte)
  }

  private mutating func escape(inClass: Bool) -> Item? {
    guard let byte = next, byte < 0x80 else { return nil }
    at += 1
    switch byte {
    case UInt8(ascii: "d"): return .set(.digit)
    case UInt8(ascii: "D"): return .set(ASCIISet.digit.complement)
    case UInt8(ascii: "w"): return .set(.word)
    case UInt8(ascii: "W"): return .set(ASCIISet.word.complement)
    case UInt8(ascii: "s"): return .set(.space)
    case UInt8(ascii: "S"): return .set(ASCIISet.space.complement)
    case UInt8(ascii: "b") where inClass: return .byte(0x08)
    case UInt8(ascii: "t"): return .byte(0x09)
    case UInt8(ascii: "n"): return .byte(0x0A)
    case UInt8(ascii: "v"): return .byte(0x0B)
    case UInt8(ascii: "f"): return .byte(0x0C)
    case UInt8(ascii: "r"): return .byte(0x0D)
    default:
      let isPunctuation = byte > 0x20 && byte < 0x7F && !ASCIISet.word.contains(byte)
      return isPunctuation ? .byte(byte) : nil
    }
  }
}

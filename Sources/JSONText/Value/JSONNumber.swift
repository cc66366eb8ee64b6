/// A number as written, compared by its exact mathematical value (1 == 1.0 == 10e-1).
package struct JSONNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The text, in the grammar of RFC 8259 §6.
  package let text: String

  /// Parses a JSON number; nil for any other text.
  package init?(_ text: String) {
    guard let document = try? JSONDocument(parsing: text), document.root.isNumber,
      document.root.range == 0..<document.bytes.count
    else { return nil }
    self.text = text
  }

  package init(_ int: Int) { text = String(int) }

  /// Takes a text that the parser has already checked.
  init(unchecked text: String) { self.text = text }

  /// The exact value if it is an integer in `Int`'s range; 1.0 gives 1.
  package var int: Int? {
    var text = text
    if let plain = text.withUTF8(PlainInteger.parse) { return plain }
    return decimal.int
  }

  /// The nearest binary value; infinite outside its range.
  package var double: Double { Double(text) ?? .nan }

  /// Whether the value has no fraction: 1.0 and 1e3 are integers.
  package var isInteger: Bool { decimal.isInteger }

  package var isNegative: Bool { decimal.isNegative }

  /// Whether the value is an integer times `divisor`, without rounding.
  ///
  /// The divisor may have up to ``ExactDecimal/divisorDigits`` digits; nothing is a multiple of a
  /// longer one, or of zero.
  package func isMultiple(of divisor: JSONNumber) -> Bool {
    if let value = int, let unit = divisor.int, unit != 0 {
      return value.remainderReportingOverflow(dividingBy: unit).partialValue == 0
    }
    return decimal.isMultiple(of: divisor.decimal)
  }

  var decimal: ExactDecimal { ExactDecimal(text) }

  package static func == (left: Self, right: Self) -> Bool {
    if left.text.utf8.elementsEqual(right.text.utf8) { return true }
    return left.decimal == right.decimal
  }

  package static func < (left: Self, right: Self) -> Bool {
    var (first, second) = (left.text, right.text)
    if let first = first.withUTF8(PlainInteger.parse),
      let second = second.withUTF8(PlainInteger.parse)
    {
      return first < second
    }
    return left.decimal < right.decimal
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(decimal) }

  package var description: String { text }
}

/// Parses integers written as digits with at most a sign.
enum PlainInteger {
  /// Returns the value of `-?[0-9]+` up to 18 digits; nil for anything else.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = 0
    let negative = text.first == UInt8(ascii: "-")
    if negative { at = 1 }
    guard at < text.count, text.count - at <= 18 else { return nil }
    var value = 0
    while at < text.count {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
      at += 1
    }
    return negative ? -value : value
  }
}

/// A number as it is written; compared by its exact mathematical value (1 == 1.0 == 10e-1).
package struct JSONNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The text as RFC 8259 §6 allows it.
  package let text: String

  /// Takes a text that is a JSON number, else returns nil.
  package init?(_ text: String) {
    guard let document = try? JSONDocument(parsing: text), document.root.isNumber,
      document.root.range == 0..<document.bytes.count
    else { return nil }
    self.text = text
  }

  package init(_ int: Int) { text = String(int) }

  /// Takes a text that the parser has already read as a number.
  init(unchecked text: String) { self.text = text }

  /// The exact value, if it is an integer in `Int`'s range: 1.0 gives 1.
  package var int: Int? {
    var text = text
    if let plain = text.withUTF8(PlainInteger.parse) { return plain }
    return decimal.int
  }

  /// The nearest binary value; infinite beyond its range.
  package var double: Double { Double(text) ?? .nan }

  /// Whether the value has no fraction: 1.0 and 1e3 are integers.
  package var isInteger: Bool { decimal.isInteger }

  package var isNegative: Bool { decimal.isNegative }

  /// Whether the value is an integer times `divisor`, without rounding.
  ///
  /// The divisor may have as many digits as ``ExactDecimal/divisorDigits``; nothing is a multiple
  /// of a longer one, or of zero.
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

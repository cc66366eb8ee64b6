package import JSONText

/// An exact rational number; nothing is rounded before a result is printed.
///
/// Operations return `nil` if a term no longer fits 64 bits, instead of a wrong number.
package struct ExactRatio: Sendable, Hashable, Comparable {
  package let numerator: Int
  /// Greater than zero, and without a common factor with the numerator.
  package let denominator: Int

  package init(_ whole: Int) {
    numerator = whole
    denominator = 1
  }

  package init?(_ numerator: Int, over denominator: Int) {
    guard denominator != 0, denominator != .min, numerator != .min else { return nil }
    let factor = Self.commonFactor(numerator.magnitude, denominator.magnitude)
    let sign = denominator < 0 ? -1 : 1
    self.numerator = numerator / factor * sign
    self.denominator = abs(denominator) / factor
  }

  /// The exact value of a JSON number with at most eighteen digits on either side of the point.
  package init?(_ number: JSONNumber) {
    var digits = ""
    var places = 0
    var isFraction = false
    var exponent = 0
    var rest = number.text[...]
    while let character = rest.popFirst() {
      switch character {
      case ".": isFraction = true
      case "e", "E":
        guard let power = Int(rest.first == "+" ? rest.dropFirst() : rest) else { return nil }
        exponent = power
        rest = ""
      default:
        digits.append(character)
        if isFraction { places += 1 }
      }
    }
    // Trailing zeros of a fraction don't count as precision: 0.50 is 0.5.
    while places > 0, digits.last == "0" {
      digits.removeLast()
      places -= 1
    }
    guard let whole = Int(digits), (-18...18).contains(exponent), places <= 18 else { return nil }
    let power = exponent - places
    guard (-18...18).contains(power) else { return nil }
    let tens = (0..<abs(power)).reduce(1) { product, _ in product * 10 }
    guard
      let ratio = power < 0
        ? ExactRatio(whole, over: tens) : ExactRatio(whole).times(ExactRatio(tens))
    else { return nil }
    self = ratio
  }

  private static func commonFactor(_ first: UInt, _ second: UInt) -> Int {
    var (large, small) = (first, second)
    while small != 0 { (large, small) = (small, large % small) }
    return Int(clamping: max(large, 1))
  }

  package func plus(_ other: ExactRatio) -> ExactRatio? {
    let (left, over) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, under) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (sum, carry) = left.addingReportingOverflow(right)
    let (bottom, wide) = denominator.multipliedReportingOverflow(by: other.denominator)
    guard !over, !under, !carry, !wide else { return nil }
    return ExactRatio(sum, over: bottom)
  }

  package func minus(_ other: ExactRatio) -> ExactRatio? {
    ExactRatio(-other.numerator, over: other.denominator).flatMap(plus)
  }

  package func times(_ other: ExactRatio) -> ExactRatio? {
    // Reduce crosswise first, so that intermediate results fit if the final result does.
    guard let first = ExactRatio(numerator, over: other.denominator),
      let second = ExactRatio(other.numerator, over: denominator)
    else { return nil }
    let (top, over) = first.numerator.multipliedReportingOverflow(by: second.numerator)
    let (bottom, wide) = first.denominator.multipliedReportingOverflow(by: second.denominator)
    guard !over, !wide else { return nil }
    return ExactRatio(top, over: bottom)
  }

  /// `nil` where `other` is zero.
  package func divided(by other: ExactRatio) -> ExactRatio? {
    ExactRatio(other.denominator, over: other.numerator).flatMap(times)
  }

  package static func < (left: Self, right: Self) -> Bool {
    let one = left.numerator.multipliedFullWidth(by: right.denominator)
    let two = right.numerator.multipliedFullWidth(by: left.denominator)
    return (one.high, one.low) < (two.high, two.low)
  }

  /// Returns the nearest multiple of 10^-`places`, ties to even, as a count of them: 41.666… to one
  /// place is 417.
  package func rounded(to places: Int) -> Int? {
    let scale = (0..<places).reduce(1) { product, _ in product * 10 }
    let (top, overflow) = numerator.multipliedReportingOverflow(by: scale)
    guard !overflow else { return nil }
    var (quotient, rest) = top.quotientAndRemainder(dividingBy: denominator)
    if rest < 0 {
      quotient -= 1
      rest += denominator
    }
    let more = rest > denominator - rest
    let isTie = rest == denominator - rest
    return quotient + (more || isTie && quotient % 2 != 0 ? 1 : 0)
  }

  /// The number as scores are printed: rounded half to even, to one decimal, or to two between -1
  /// and 1, without trailing zeros.
  package var printed: String {
    let places = numerator.magnitude < UInt(denominator) ? 2 : 1
    guard let count = rounded(to: places) else { return String(numerator / denominator) }
    return Self.decimal(count, places: places)
  }

  /// Formats a count of decimal units: `417` at one place is "41.7", `420` is "42".
  package static func decimal(_ count: Int, places: Int) -> String {
    var digits = String(count.magnitude)
    digits = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return (count < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}

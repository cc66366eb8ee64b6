/// The exact value of a number, in memory proportional to its text.
///
/// The value is ±0.d₁d₂d₃… × 10^magnitude. Exponents are not expanded: 1e1000000000 takes three
/// bytes.
struct ExactDecimal: Hashable, Comparable {
  let isNegative: Bool
  /// Digits from 0 to 9, neither first nor last zero; none for zero.
  let digits: [UInt8]
  let magnitude: DecimalExponent

  /// The maximum number of a divisor's digits for which `isMultiple` tests.
  static let divisorDigits = 1000

  /// Parses a text that is a JSON number.
  init(_ text: String) {
    var digits: [UInt8] = []
    var negative = false
    var pointAt: Int?
    var exponent: Substring.UTF8View = Substring("").utf8
    var index = text.utf8.startIndex
    scan: while index < text.utf8.endIndex {
      let byte = text.utf8[index]
      index = text.utf8.index(after: index)
      switch byte {
      case UInt8(ascii: "-"): negative = true
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      default:
        exponent = text.utf8[index...]
        break scan
      }
    }
    let integerDigits = pointAt ?? digits.count
    let leading = digits.firstIndex { $0 != 0 } ?? digits.count
    let trailing = digits.lastIndex { $0 != 0 }.map { $0 + 1 } ?? leading
    self.digits = Array(digits[leading..<trailing])
    if self.digits.isEmpty {
      isNegative = false
      magnitude = .zero
    } else {
      isNegative = negative
      magnitude = DecimalExponent(exponent, adding: integerDigits - leading)
    }
  }

  var isInteger: Bool { digits.isEmpty || magnitude >= DecimalExponent(digits.count) }

  var int: Int? {
    guard isInteger, magnitude <= DecimalExponent(19), let places = magnitude.small else {
      return nil
    }
    var value = 0
    for place in 0..<places {
      let digit = place < digits.count ? Int(digits[place]) : 0
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) =
        isNegative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      guard !over, !overflow else { return nil }
      value = sum
    }
    return value
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.digits.isEmpty || right.digits.isEmpty || left.isNegative != right.isNegative {
      let first = left.digits.isEmpty ? 0 : left.isNegative ? -1 : 1
      let second = right.digits.isEmpty ? 0 : right.isNegative ? -1 : 1
      return first < second
    }
    let (small, large) = left.isNegative ? (right, left) : (left, right)
    if small.magnitude != large.magnitude { return small.magnitude < large.magnitude }
    return small.digits.lexicographicallyPrecedes(large.digits)
  }

  /// Whether the value is an integer times `divisor`.
  func isMultiple(of divisor: ExactDecimal) -> Bool {
    guard !divisor.digits.isEmpty, divisor.digits.count <= Self.divisorDigits else { return false }
    guard !digits.isEmpty else { return true }
    // With a and b the digits read as integers, the quotient is a × 10^shift ÷ b. As a does not
    // end in 0, it cannot be divided by b × 10: a negative shift leaves a fraction.
    let lastPlace = magnitude.adding(-digits.count)
    let divisorLastPlace = divisor.magnitude.adding(-divisor.digits.count)
    guard lastPlace >= divisorLastPlace else { return false }
    // Zeros beyond b's factors of 2 or 5 change nothing; b has fewer than 4 of them per digit.
    let useful = divisor.digits.count * 4
    let zeros: Int
    if let high = lastPlace.small, let low = divisorLastPlace.small {
      zeros = min(high - low, useful)
    } else {
      zeros = lastPlace == divisorLastPlace ? 0 : useful
    }
    return LongDivision.remainderIsZero(digits, zeros: zeros, by: divisor.digits)
  }
}

enum LongDivision {
  /// Whether `digits`, followed by `zeros` zeros, is divisible by `divisor`; both are decimal.
  static func remainderIsZero(_ digits: [UInt8], zeros: Int, by divisor: [UInt8]) -> Bool {
    if divisor.count <= 18 {
      let unit = divisor.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
      var remainder: UInt64 = 0
      func take(_ digit: UInt8) {
        let product = remainder.multipliedFullWidth(by: 10)
        let (low, carry) = product.low.addingReportingOverflow(UInt64(digit))
        remainder = unit.dividingFullWidth((product.high + (carry ? 1 : 0), low)).remainder
      }
      for digit in digits { take(digit) }
      for _ in 0..<zeros { take(0) }
      return remainder == 0
    }
    // Long division: the remainder, least significant digit last, has one place more than the
    // divisor.
    let unit = [0] + divisor
    var remainder = [UInt8](repeating: 0, count: unit.count)
    func take(_ digit: UInt8) {
      remainder.removeFirst()
      remainder.append(digit)
      while !remainder.lexicographicallyPrecedes(unit) {
        var borrow: Int8 = 0
        for place in stride(from: unit.count - 1, through: 0, by: -1) {
          var difference = Int8(remainder[place]) - Int8(unit[place]) - borrow
          borrow = difference < 0 ? 1 : 0
          if difference < 0 { difference += 10 }
          remainder[place] = UInt8(difference)
        }
      }
    }
    for digit in digits { take(digit) }
    for _ in 0..<zeros { take(0) }
    return remainder.allSatisfy { $0 == 0 }
  }
}

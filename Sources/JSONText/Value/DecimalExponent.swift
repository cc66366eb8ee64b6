/// An integer of any size for the exponents of numbers; supports comparison and addition.
struct DecimalExponent: Hashable, Comparable {
  private let isNegative: Bool
  /// The absolute value if below 10^18, else 0.
  private let value: Int
  /// The digits (0 to 9) of the absolute value if it is 10^18 or more, else empty.
  private let digits: [UInt8]

  static let zero = DecimalExponent(0)

  init(_ int: Int) {
    self.init(isNegative: int < 0, digits: String(int.magnitude).utf8.map { $0 - 48 })
  }

  /// Parses an exponent as in `e+17`, without the `e`; empty is 0.
  init(_ text: Substring.UTF8View, adding addend: Int) {
    let negative = text.first == UInt8(ascii: "-")
    let digits = text.drop { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    self = DecimalExponent(isNegative: negative, digits: digits.map { $0 - 48 }).adding(addend)
  }

  private init(isNegative: Bool, digits: [UInt8]) {
    let significant = digits.drop { $0 == 0 }
    if significant.count <= 18 {
      value = significant.reduce(0) { $0 * 10 + Int($1) }
      self.digits = []
      self.isNegative = isNegative && value != 0
    } else {
      value = 0
      self.digits = Array(significant)
      self.isNegative = isNegative
    }
  }

  /// The value, if its magnitude is below 10^18.
  var small: Int? { digits.isEmpty ? (isNegative ? -value : value) : nil }

  func adding(_ addend: Int) -> DecimalExponent {
    if let small {
      let (sum, overflow) = small.addingReportingOverflow(addend)
      if !overflow { return DecimalExponent(sum) }
    }
    // A large value: add digit by digit. The addend counts digits of a text, so it is much smaller.
    let grows = (addend < 0) == isNegative
    var places = digits.isEmpty ? String(value).utf8.map { $0 - 48 } : digits
    var carry = addend.magnitude
    var place = places.count - 1
    while carry != 0, place >= 0 {
      let step = Int(carry % 10)
      carry /= 10
      var digit = Int(places[place]) + (grows ? step : -step)
      if digit > 9 {
        digit -= 10
        carry += 1
      } else if digit < 0 {
        digit += 10
        carry += 1
      }
      places[place] = UInt8(digit)
      place -= 1
    }
    if carry != 0 { places.insert(contentsOf: String(carry).utf8.map { $0 - 48 }, at: 0) }
    return DecimalExponent(isNegative: isNegative, digits: places)
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let (first, second) = left.isNegative ? (right, left) : (left, right)
    if first.digits.count != second.digits.count { return first.digits.count < second.digits.count }
    if !first.digits.isEmpty { return first.digits.lexicographicallyPrecedes(second.digits) }
    return first.value < second.value
  }
}

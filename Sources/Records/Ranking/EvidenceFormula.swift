/// `evidence/1`: how much is known to hurt, in points. `docs/rank.md` says why each part.
///
/// All arithmetic is on whole numbers: each part is rounded to a tenth of a point, half to even, and
/// the score is the sum of the parts as they are printed.
package enum EvidenceFormula {
  package static let id = "evidence/1"

  /// Each doubling of people, or of teams, adds this many tenths.
  static let perDoubling = 100
  /// What a person counts whose trouble somebody observed, and one who told of it.
  package static let observed = 2
  package static let said = 1
  /// After so many days evidence counts half.
  package static let halfLife = 365
  /// For each step of severity above the first.
  static let perSeverity = 50
  /// Each is about four times as often as the one before.
  package static let frequencies = [
    "once", "quarterly", "monthly", "weekly", "daily", "several-times-a-day",
  ]
  static let perFrequency = 30
  static let perReachDoubling = 20
  static let mostForReach = 200
  /// For each member more who finds it valuable than not.
  static let perMember = 40
  static let mostForBoard = 200

  /// What evidence of that day counts on another, in thousandths: 1000 when new, half after each
  /// half-life, and on a straight line in between; 500 where the day isn't known.
  package static func freshness(of date: CivilDate?, on day: CivilDate) -> Int {
    guard let date else { return 500 }
    let age = max(0, day.daysSinceEpoch - date.daysSinceEpoch)
    let (halvings, rest) = age.quotientAndRemainder(dividingBy: halfLife)
    guard halvings < 16 else { return 0 }
    return 1000 * (2 * halfLife - rest) / (2 * halfLife << halvings)
  }

  /// `tenths` × log2(1 + count), rounded half to even; the count is in thousandths.
  static func logarithmic(_ thousandths: Int, tenths: Int) -> Int {
    let difference = Logarithm.base2(of: UInt64(1000 + thousandths)) - Logarithm.base2(of: 1000)
    return Logarithm.rounded(difference, times: UInt64(tenths))
  }
}

/// The logarithm to base 2 in fixed point, the same on every machine.
enum Logarithm {
  /// Bits behind the point.
  static let scale: UInt64 = 32

  /// log2 of a number from 1 up, in units of 2^-32, rounded down.
  static func base2(of number: UInt64) -> UInt64 {
    let exponent = UInt64(63 - number.leadingZeroBitCount)
    // The mantissa, from 1 up to 2, with 63 bits behind the point: each squaring yields one bit.
    var mantissa = number << (63 - exponent)
    var bits: UInt64 = 0
    for _ in 0..<scale {
      let square = mantissa.multipliedFullWidth(by: mantissa)
      bits <<= 1
      if square.high >> 63 == 1 {
        bits |= 1
        mantissa = square.high
      } else {
        mantissa = square.high << 1 | square.low >> 63
      }
    }
    return exponent << scale | bits
  }

  /// A fixed-point number times a whole one, rounded half to even.
  static func rounded(_ value: UInt64, times factor: UInt64) -> Int {
    let product = value * factor
    let whole = product >> scale
    let rest = product & (1 << scale - 1)
    let half: UInt64 = 1 << (scale - 1)
    return Int(rest > half || rest == half && whole % 2 == 1 ? whole + 1 : whole)
  }
}

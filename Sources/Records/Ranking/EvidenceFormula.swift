/// The formulas `evidence/1` and `evidence/2`: the points of a record's evidence. `docs/rank.md` explains each part.
///
/// All arithmetic uses whole numbers: each part is rounded to a tenth of a point, half to even, and
/// the score is the sum of the parts as printed.
package enum EvidenceFormula {
  package static let id = "evidence/1"
  /// The same arithmetic over more: it also counts what other kinds bear (``EvidenceBearing``).
  package static let second = "evidence/2"
  package static let ids = [id, second]

  /// Tenths of a point for each doubling of people, or of teams.
  static let perDoubling = 100
  /// The weight of a person whose problem was observed, and of one who reported it.
  package static let observed = 2
  package static let said = 1
  /// The number of days after which evidence counts half.
  package static let halfLife = 365
  /// Tenths of a point for each step of severity above the first.
  static let perSeverity = 50
  /// Frequencies, each about four times the one before.
  package static let frequencies = [
    "once", "quarterly", "monthly", "weekly", "daily", "several-times-a-day",
  ]
  static let perFrequency = 30
  static let perReachDoubling = 20
  static let mostForReach = 200
  /// Tenths of a point for each member by which those who find it valuable outnumber those who find
  /// it not valuable.
  static let perMember = 40
  static let mostForBoard = 200

  /// Returns the weight on `day` of evidence dated `date`, in thousandths: 1000 when new, halved
  /// after each half-life, and linear in between; 500 if the date is unknown.
  package static func freshness(of date: CivilDate?, on day: CivilDate) -> Int {
    guard let date else { return 500 }
    let age = max(0, day.daysSinceEpoch - date.daysSinceEpoch)
    let (halvings, rest) = age.quotientAndRemainder(dividingBy: halfLife)
    guard halvings < 16 else { return 0 }
    return 1000 * (2 * halfLife - rest) / (2 * halfLife << halvings)
  }

  /// Returns `tenths` × log2(1 + count), rounded half to even, for a count in thousandths.
  static func logarithmic(_ thousandths: Int, tenths: Int) -> Int {
    let difference = Logarithm.base2(of: UInt64(1000 + thousandths)) - Logarithm.base2(of: 1000)
    return Logarithm.rounded(difference, times: UInt64(tenths))
  }
}

/// The base-2 logarithm in fixed point, identical on every machine.
enum Logarithm {
  /// The number of fractional bits.
  static let scale: UInt64 = 32

  /// Returns log2 of a number of at least 1, in units of 2^-32, rounded down.
  static func base2(of number: UInt64) -> UInt64 {
    let exponent = UInt64(63 - number.leadingZeroBitCount)
    // The mantissa, in 1..<2, with 63 fractional bits: each squaring yields one bit.
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

  /// Returns a fixed-point number times a whole number, rounded half to even.
  static func rounded(_ value: UInt64, times factor: UInt64) -> Int {
    let product = value * factor
    let whole = product >> scale
    let rest = product & (1 << scale - 1)
    let half: UInt64 = 1 << (scale - 1)
    return Int(rest > half || rest == half && whole % 2 == 1 ? whole + 1 : whole)
  }
}

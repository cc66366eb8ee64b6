#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A date in one of the formats git-commit documents: git's own, RFC 2822 and ISO 8601.
///
/// Nothing is guessed: a date without a time of day is rejected.
struct GitDate: Equatable {
  let time: Int64
  /// `nil` if the text names no zone, which means local time.
  let offsetMinutes: Int?

  init?(parsing text: String) {
    let words = text.split(separator: " ")
    guard let first = words.first else { return nil }
    // `<seconds> <zone>`, also `@<seconds>`; fewer than nine digits need the sign.
    let digits = first.hasPrefix("@") ? first.dropFirst() : first
    if words.count <= 2, first.hasPrefix("@") || digits.count >= 9, digits.allSatisfy(\.isNumber),
      let seconds = Int64(digits)
    {
      let zone = words.count == 2 ? Self.zone(words[1]) : 0
      guard let zone else { return nil }
      (time, offsetMinutes) = (seconds, zone)
      return
    }
    let parsed = Self.iso(text) ?? Self.rfc2822(words)
    guard let parsed else { return nil }
    offsetMinutes = parsed.zone
    var seconds = parsed.seconds
    if let zone = parsed.zone {
      seconds -= Int64(zone) * 60
    } else {
      seconds -= Int64(Self.localOffset(at: seconds)) * 60
    }
    time = seconds
  }

  /// Returns this machine's UTC offset at `time`, in minutes east.
  static func localOffset(at time: Int64) -> Int {
    var seconds = time_t(time)
    var fields = tm()
    guard localtime_r(&seconds, &fields) != nil else { return 0 }
    return fields.tm_gmtoff / 60
  }

  private typealias Parsed = (seconds: Int64, zone: Int?)

  /// Parses `2026-01-02T03:04:05Z`. Also accepts a space for the T, dots or slashes in the date,
  /// and a fraction.
  private static func iso(_ text: String) -> Parsed? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/")].contains(bytes[4]),
      bytes[7] == bytes[4]
    else { return nil }
    let number = { (range: Range<Int>) in Int64(String(decoding: bytes[range], as: UTF8.self)) }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let clock = clock(String(decoding: bytes[11..<19], as: UTF8.self))
    else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      rest = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    let suffix = String(decoding: rest, as: UTF8.self).split(separator: " ")
    guard suffix.count <= 1, let days = days(year, month, day) else { return nil }
    if let zoneText = suffix.first {
      guard let zone = zone(zoneText) else { return nil }
      return (days * 86_400 + clock, zone)
    }
    return (days * 86_400 + clock, nil)
  }

  /// Parses `Fri, 2 Jan 2026 03:04:05 +0000`; the weekday is optional.
  private static func rfc2822(_ words: [Substring]) -> Parsed? {
    var words = words[...]
    if words.first?.hasSuffix(",") == true { words.removeFirst() }
    guard words.count == 4 || words.count == 5 else { return nil }
    let fields = Array(words)
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    guard let day = Int64(fields[0]), let year = Int64(fields[2]),
      let month = months.firstIndex(of: fields[1].lowercased()),
      let days = days(year, Int64(month) + 1, day), let clock = clock(String(fields[3]))
    else { return nil }
    guard fields.count == 5 else { return (days * 86_400 + clock, nil) }
    guard let zone = zone(fields[4]) else { return nil }
    return (days * 86_400 + clock, zone)
  }

  private static func clock(_ text: String) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      0..<24 ~= hour, 0..<60 ~= minute, 0...60 ~= second
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Returns the days since 1970-01-01 in the Gregorian calendar.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard 1970..<2100 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Parses `Z`, `GMT`, `+0100`, `+01:00` or `+01`.
  private static func zone(_ text: some StringProtocol) -> Int? {
    if ["Z", "UTC", "GMT"].contains(text.uppercased()) { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = String(text.dropFirst().filter { $0 != ":" })
    guard digits.utf8.count == 4 || digits.utf8.count == 2, let value = Int(digits) else {
      return nil
    }
    let minutes = digits.utf8.count == 2 ? value * 60 : value / 100 * 60 + value % 100
    return sign == "-" ? -minutes : minutes
  }
}

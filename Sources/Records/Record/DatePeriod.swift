/// Parses dates as people type them, as the days or seconds that they cover, UTC.
package enum DatePeriod {
  /// Returns the last second that `text` covers if it is a date that docket accepts: `YYYY`,
  /// `YYYY-MM`, `YYYY-MM-DD`, or one with a time, `YYYY-MM-DDThh:mm:ssZ` or with an offset from UTC in place
  /// of `Z` (`+02:00`; RFC 3339 §5.6). Everything else is a revision.
  package static func lastSecond(of text: String) -> Int64? {
    instant(text) ?? days(of: text).map { $0.upperBound.secondsSinceEpoch + 86_399 }
  }

  /// Whether both are dates and the first begins after the second has ended.
  package static func isReversed(_ from: String, _ to: String) -> Bool {
    guard let first = firstSecond(of: from), let last = lastSecond(of: to) else { return false }
    return first > last
  }

  private static func instant(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 || bytes.count == 25, bytes[10] == UInt8(ascii: "T"),
      let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    func number(_ start: Int, _ before: Unicode.Scalar, upTo limit: Int) -> Int64? {
      guard bytes[start - 1] == UInt8(ascii: before),
        bytes[start..<(start + 2)].allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      let value = Int(bytes[start] - 0x30) * 10 + Int(bytes[start + 1] - 0x30)
      return value <= limit ? Int64(value) : nil
    }
    guard let hour = number(11, "T", upTo: 23), let minute = number(14, ":", upTo: 59),
      let second = number(17, ":", upTo: 60)
    else { return nil }
    let time = date.secondsSinceEpoch + hour * 3600 + minute * 60 + second
    if bytes.count == 20 { return bytes[19] == UInt8(ascii: "Z") ? time : nil }
    let isEast = bytes[19] == UInt8(ascii: "+")
    guard let hours = number(20, isEast ? "+" : "-", upTo: 23),
      let minutes = number(23, ":", upTo: 59)
    else { return nil }
    return time - (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  /// Returns the message for a text that isn't such a date.
  package static func complaint(of text: String) -> String {
    "\"\(text)\" is no date; write it like 2026, 2026-07, 2026-07-01 or 2026-07-01T12:00:00Z"
  }

  /// Returns the first second that `text` covers, for the same formats.
  package static func firstSecond(of text: String) -> Int64? {
    days(of: text)?.lowerBound.secondsSinceEpoch ?? lastSecond(of: text)
  }

  /// Returns the days that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` covers.
  package static func days(of text: String) -> ClosedRange<CivilDate>? {
    let suffixes: (String, String)
    switch text.utf8.count {
    case 4: suffixes = ("-01-01", "-12-31")
    case 7:
      guard let year = Int(text.prefix(4)), let month = Int(text.suffix(2)),
        (1...12).contains(month)
      else { return nil }
      suffixes = ("-01", "-" + String(CivilDate.days(inMonth: month, of: year)))
    case 10: suffixes = ("", "")
    default: return nil
    }
    guard let first = CivilDate(text + suffixes.0), let last = CivilDate(text + suffixes.1)
    else { return nil }
    return first...last
  }
}

/// Parses dates as people type them, as the days or seconds that they cover, UTC.
package enum DatePeriod {
  /// Returns the last second that `text` covers if it is a date that docket accepts: `YYYY`,
  /// `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`. Everything else is a revision.
  package static func lastSecond(of text: String) -> Int64? {
    if text.utf8.count == 20, text.hasSuffix("Z"), let date = CivilDate(text.prefix(10)) {
      let rest = text.dropFirst(10)
      let parts = rest.dropFirst().dropLast().split(
        separator: ":", omittingEmptySubsequences: false)
      guard rest.hasPrefix("T"), parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }),
        let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Int(parts[2]),
        (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
      else { return nil }
      return date.secondsSinceEpoch + Int64(hour * 3600 + minute * 60 + second)
    }
    return days(of: text).map { $0.upperBound.secondsSinceEpoch + 86_399 }
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

import Testing

@testable import Records

/// Spans of the calendar, and the words for spans of time.
@Suite("spans") struct CadenceTests {
  @Test(
    "the last span that is over before a day",
    arguments: [
      ("week", "2026-03-01", "2026-02-16", "2026-02-22"),  // a Sunday: its own week goes on
      ("week", "2026-03-02", "2026-02-23", "2026-03-01"),
      ("fortnight", "2026-03-02", "2026-02-16", "2026-03-01"),
      ("fortnight", "2026-03-01", "2026-02-02", "2026-02-15"),
      ("month", "2026-03-01", "2026-02-01", "2026-02-28"),
      ("month", "2024-03-31", "2024-02-01", "2024-02-29"),
      ("month", "2026-01-31", "2025-12-01", "2025-12-31"),
      ("quarter", "2026-03-31", "2025-10-01", "2025-12-31"),
      ("quarter", "2026-04-01", "2026-01-01", "2026-03-31"),
      ("half-year", "2026-07-01", "2026-01-01", "2026-06-30"),
      ("year", "2026-12-31", "2025-01-01", "2025-12-31"),
    ])
  func spans(name: String, day: String, first: String, last: String) throws {
    let date = try #require(CivilDate(day))
    let span = try #require(CalendarSpan(name)?.lastComplete(before: date))
    #expect([span.lowerBound.description, span.upperBound.description] == [first, last])
  }

  @Test("every fortnight follows the one before, in weeks from Monday")
  func fortnights() throws {
    let start = try #require(CivilDate("2026-01-01"))
    var last: ClosedRange<CivilDate>?
    for offset in 0..<120 {
      let day = CivilDate(daysSinceEpoch: start.daysSinceEpoch + offset)
      let span = try #require(CalendarSpan.fortnight.lastComplete(before: day))
      #expect(span.upperBound < day && day.daysSinceEpoch - span.upperBound.daysSinceEpoch <= 14)
      if let last, last != span {
        #expect(span.lowerBound.daysSinceEpoch == last.upperBound.daysSinceEpoch + 1)
      }
      last = span
    }
  }

  @Test(
    "times in words",
    arguments: [
      (3599, "less than an hour"), (3600, "1 hour"), (86_399, "23 hours"), (86_400, "1 day"),
      (90_000, "25 hours"), (172_800, "2 days"), (180_000, "2 days"),
    ] as [(Int64, String)])
  func words(seconds: Int64, words: String) { #expect(Span.words(seconds) == words) }

  @Test("spans as configs write them")
  func written() {
    #expect(Span("4h")?.seconds == 14_400 && Span("2w")?.seconds == 1_209_600)
    for text in ["", "h", "0d", "-1d", "4m", "4 h", "99999999d"] { #expect(Span(text) == nil) }
  }
}

import Foundation
import Testing

@testable import Records

/// Foundation's calendar is the oracle, from 1600 on (before, it is the Julian one).
@Suite("dates") struct CivilDateTests {
  private var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
    return calendar
  }

  @Test("days and dates agree with Foundation")
  func days() throws {
    let calendar = calendar
    for days in stride(from: -135_000, through: 800_000, by: 97) {
      let date = CivilDate(daysSinceEpoch: days)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
      #expect(date.daysSinceEpoch == days)
      #expect(CivilDate(date.description) == date)
    }
  }

  @Test(
    "times print as RFC 3339, before the epoch too",
    arguments: [
      0, 1, -1, 86_399, 86_400, -86_400, -86_401, 951_782_400, 1_767_323_045, 253_402_300_799,
      -2_208_988_800,
    ] as [Int64])
  func instants(seconds: Int64) {
    let formatter = ISO8601DateFormatter()
    let text = Instant.text(seconds)
    #expect(text == formatter.string(from: Date(timeIntervalSince1970: Double(seconds))))
    #expect(DatePeriod.lastSecond(of: text) == seconds)
    #expect(DatePeriod.firstSecond(of: text) == seconds)
  }

  @Test(
    "days that don't exist",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "2026-01-1", "26-01-01",
      "2026/01/01", "2026-01-01T", "-026-01-01", "2026-01-0a", "", "1900-02-29", "+026-01-01",
      "٢٠٢٦-٠١-٠١",
    ])
  func noDay(text: String) { #expect(CivilDate(text) == nil) }

  @Test(
    "what a date covers; all else is a revision",
    arguments: [
      ("2026", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"),
      ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"),
      ("2026-07-09", "2026-07-09T00:00:00Z", "2026-07-09T23:59:59Z"),
      ("2026-07-09T10:11:12Z", "2026-07-09T10:11:12Z", "2026-07-09T10:11:12Z"),
      ("2026-07-09T10:11:12+02:00", "2026-07-09T08:11:12Z", "2026-07-09T08:11:12Z"),
      ("2026-07-09T00:11:12+05:30", "2026-07-08T18:41:12Z", "2026-07-08T18:41:12Z"),
      ("2026-12-31T23:00:00-02:00", "2027-01-01T01:00:00Z", "2027-01-01T01:00:00Z"),
    ])
  func spans(text: String, first: String, last: String) throws {
    let start = try #require(DatePeriod.firstSecond(of: text))
    let end = try #require(DatePeriod.lastSecond(of: text))
    #expect(Instant.text(start) == first)
    #expect(Instant.text(end) == last)
  }

  @Test(
    "revisions that look like dates",
    arguments: [
      "HEAD", "main", "v1.2", "12", "20260709", "2026-7", "2026-07-09T10:11Z",
      "2026-07-09T10:11:12",
      "2026-07-09 10:11:12Z", "2026-07-09T25:00:00Z", "2026-07-09T10:60:00Z", "abcd",
      "2026-07-09T10:11:12+",
      "yesterday", "beef",
    ])
  func revisions(text: String) { #expect(DatePeriod.lastSecond(of: text) == nil) }
}

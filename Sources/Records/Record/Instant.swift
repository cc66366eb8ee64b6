/// Formats points in time, in seconds since the epoch, UTC.
package enum Instant {
  /// Returns an RFC 3339 `date-time` in UTC, `2026-07-01T09:30:00Z`.
  package static func text(_ seconds: Int64) -> String {
    let date = CivilDate(secondsSinceEpoch: seconds)
    let time = Int(seconds - date.secondsSinceEpoch)
    let parts = [time / 3600, time / 60 % 60, time % 60].map { CivilDate.padded($0, 2) }
    return "\(date)T\(parts.joined(separator: ":"))Z"
  }
}

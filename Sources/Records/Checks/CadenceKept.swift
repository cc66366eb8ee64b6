import JSONText

extension NamedCheck {
  /// For what a team does regularly: meetings, interviews, surveys.
  static let cadenceKept = NamedCheck(
    name: "cadence-kept",
    asks: "there are as many records as the config's cadence wants in the last complete span",
    needs: [.state, .day, .age],
    parameters: [
      .required("cadence", .word, "the cadence in the config: board"),
      .optional("sum", .place, "where a number is that is added up; records are counted else"),
    ],
    facts: [
      ("count", "how many there were"),
      ("wanted", "how many the config wants"),
      ("from", "the first day of the span"),
      ("to", "its last day"),
    ],
    examples: [
      "count": "0", "wanted": "1", "from": "2026-02-01", "to": "2026-02-28",
    ],
    isWanted: { arguments, config in
      arguments.word("cadence").map { config.value["cadences"]?[$0] != nil } ?? false
    },
    body: .all { records, arguments, view in
      guard let name = arguments.word("cadence"),
        let cadence = view.config.value["cadences"]?[name],
        let day = view.day, let since = view.history?.trackedSince,
        let span = CalendarSpan(cadence["every"]?.string ?? "quarter")?.lastComplete(before: day),
        // Nothing could be recorded before docket was in use.
        CivilDate(secondsSinceEpoch: since) <= span.lowerBound,
        let wanted = wanted(cadence, view.roster, at: span.upperBound)
      else { return [] }
      let inSpan = records.filter { record in
        let key = view.catalog.kind(of: record.id)?.dateKey
        let date = key.flatMap { record.root[$0]?.string }.flatMap { CivilDate($0) }
        return date.map(span.contains) ?? false
      }
      let count =
        arguments.place("sum") == nil
        ? Double(inSpan.count)
        : inSpan.reduce(0) {
          $0 + (arguments.value("sum", in: $1)?.node.number?.double ?? 1)
        }
      guard count < Double(wanted) else { return [] }
      return [
        CheckNote(
          at: JSONPointer(tokens: ["cadences", name]),
          [
            "count": plain(count), "wanted": String(wanted),
            "from": span.lowerBound.description, "to": span.upperBound.description,
          ])
      ]
    })

  /// Returns how many the config requires in a span; days per engineer depend on who was there.
  private static func wanted(_ cadence: JSONValue, _ roster: Roster, at day: CivilDate) -> Int? {
    guard let days = cadence["daysPerEngineer"]?.number?.double else {
      return cadence["atLeast"]?.int ?? 1
    }
    let engineers = roster.people.values.count { $0.group == "platform" && $0.isThere(on: day) }
    let wanted = (days * Double(engineers)).rounded(.up)
    return engineers > 0 && wanted < 1e9 ? Int(wanted) : nil
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e9 ? String(Int(number)) : String(number)
  }
}

/// The calendar spans of cadences.
package enum CalendarSpan: String, Sendable {
  case week, fortnight, month, quarter
  case halfYear = "half-year"
  case year

  package init?(_ name: String) { self.init(rawValue: name) }

  /// Returns the last span that ended before `day`. Weeks begin on Monday; fortnights are pairs of
  /// weeks, counted from the week of 1970-01-05.
  package func lastComplete(before day: CivilDate) -> ClosedRange<CivilDate>? {
    let months: Int
    switch self {
    case .week: return days(7, before: day)
    case .fortnight: return days(14, before: day)
    case .month: months = 1
    case .quarter: months = 3
    case .halfYear: months = 6
    case .year: months = 12
    }
    let begin = (day.year * 12 + day.month - 1) / months * months
    guard let first = Self.first(ofMonth: begin - months), let next = Self.first(ofMonth: begin)
    else { return nil }
    return first...CivilDate(daysSinceEpoch: next.daysSinceEpoch - 1)
  }

  private func days(_ length: Int, before day: CivilDate) -> ClosedRange<CivilDate> {
    // 1970-01-05 was a Monday, four days after the epoch.
    let offset = day.daysSinceEpoch - 4
    let begin = day.daysSinceEpoch - ((offset % length) + length) % length
    return CivilDate(daysSinceEpoch: begin - length)...CivilDate(daysSinceEpoch: begin - 1)
  }

  /// Returns the first day of a month, counted from year 0.
  private static func first(ofMonth count: Int) -> CivilDate? {
    CivilDate(
      "\(CivilDate.padded(count / 12, 4))-\(CivilDate.padded(count % 12 + 1, 2))-01")
  }
}

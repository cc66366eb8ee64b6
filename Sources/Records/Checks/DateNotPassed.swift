import JSONText

extension NamedCheck {
  /// For due dates: an open action, a decision's review.
  static let dateNotPassed = NamedCheck(
    name: "date-not-passed",
    asks: "a date of the record is today or later",
    needs: [.day],
    parameters: [.required("date", .place, "where the date is")],
    facts: [
      ("date", "the date"),
      ("ago", "how long ago it was"),
    ],
    examples: ["date": "2026-03-01", "ago": "9 days ago"],
    body: .each { record, arguments, view in
      guard let (pointer, node) = arguments.value("date", in: record),
        let date = node.string.flatMap({ CivilDate($0) }), let day = view.day, date < day
      else { return [] }
      let days = day.daysSinceEpoch - date.daysSinceEpoch
      return [
        CheckNote(
          at: pointer,
          ["date": date.description, "ago": days == 1 ? "yesterday" : "\(days) days ago"])
      ]
    })
}

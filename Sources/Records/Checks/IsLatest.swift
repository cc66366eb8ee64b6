import JSONText

extension NamedCheck {
  /// For what the next record of the kind should have settled: minutes that wait for approval.
  static let isLatest = NamedCheck(
    name: "is-latest",
    asks: "no other record of its kind with the same values has a later date",
    needs: [.state],
    parameters: [
      .required("date", .place, "where the date is"),
      .required("same", .words, "the places of the values; case and spaces don't matter"),
    ],
    facts: [
      ("next", "the first of the later records"), ("latest", "the last of them"),
      ("date", "the date of the first of them"),
    ],
    body: .each { record, arguments, view in
      guard let place = arguments.place("date"), let date = day(of: record, place) else {
        return []
      }
      let same = arguments.words("same").compactMap(PointerPattern.init)
      guard same.allSatisfy({ !$0.places(in: record.root).isEmpty }) else { return [] }
      let later = view.alike(record, in: same).compactMap { other -> (CivilDate, RecordID)? in
        guard let otherDate = day(of: other, place), otherDate > date else { return nil }
        return (otherDate, other.id)
      }.sorted { $0 < $1 }
      guard let next = later.first, let latest = later.last else { return [] }
      return [
        CheckNote(
          at: place.places(in: record.root).first?.pointer,
          ["next": next.1.text, "latest": latest.1.text, "date": next.0.description])
      ]
    })

  private static func day(of record: RecordFile, _ place: PointerPattern) -> CivilDate? {
    place.places(in: record.root).first?.node.string.flatMap { CivilDate($0) }
  }
}

import JSONText

extension NamedCheck {
  /// For what the next of its kind was to settle: minutes that wait for approval.
  static let isLatest = NamedCheck(
    name: "is-latest",
    asks: "no other record of its kind with the same values has a later date",
    needs: [.state],
    parameters: [
      .required("date", .place, "where the date stands"),
      .required("same", .words, "the places of the values; case and spaces don't matter"),
    ],
    facts: [
      ("next", "the first of the later records"), ("latest", "the last of them"),
      ("date", "the date of the first of them"),
    ],
    body: .each { record, arguments, view in
      guard let place = arguments.place("date"), let kind = view.catalog.kind(of: record.id),
        let date = day(of: record, place)
      else { return [] }
      let same = arguments.words("same").compactMap(PointerPattern.init)
      let key = same.map { value(of: record, $0) }
      guard !key.contains(nil) else { return [] }
      let later = view.records(ofKind: kind.name).compactMap { other -> (CivilDate, RecordID)? in
        guard let otherDate = day(of: other, place), otherDate > date,
          same.map({ value(of: other, $0) }) == key
        else { return nil }
        return (otherDate, other.id)
      }.sorted { $0 < $1 }
      guard let next = later.first, let latest = later.last else { return [] }
      return [
        Remark(
          at: place.places(in: record.root).first?.pointer,
          ["next": next.1.text, "latest": latest.1.text, "date": next.0.description])
      ]
    })

  private static func day(of record: RecordFile, _ place: PointerPattern) -> CivilDate? {
    place.places(in: record.root).first?.node.string.flatMap { CivilDate($0) }
  }

  private static func value(of record: RecordFile, _ place: PointerPattern) -> String? {
    place.places(in: record.root).first.map { Carrying.key($0.node.value) }
  }
}

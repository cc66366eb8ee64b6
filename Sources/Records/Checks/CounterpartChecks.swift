import JSONText

extension NamedCheck {
  /// For surveys of two sides: those who build, and those who use what is built.
  static let counterpartExists = NamedCheck(
    name: "counterpart-exists",
    asks: "some record of its kind says the same under some keys, and the other thing under one",
    needs: [.state],
    parameters: sides,
    facts: [],
    body: .each { record, arguments, view in
      guard isLatest(record, arguments, view), counterparts(of: record, arguments, view).isEmpty
      else { return [] }
      return [CheckNote(at: arguments.word("key").map { JSONPointer(tokens: [$0]) })]
    })

  /// For the gap between the answers of the two sides.
  static let counterpartNear = NamedCheck(
    name: "counterpart-near",
    asks:
      "the latest record that says the same, and the other thing under one key, has a number near",
    needs: [.state],
    parameters: sides + [
      .required(
        "number", .place, "where the number is; a score that is computed goes before it"),
      .required(
        "share", .number, "how far apart is near, as a share of the larger number: 0.1 is a tenth"),
    ],
    facts: [
      ("own", "its number"), ("other", "the other's number"), ("gap", "what is between them"),
      ("target", "the other record"),
    ],
    body: .each { record, arguments, view in
      guard isLatest(record, arguments, view),
        let target = counterparts(of: record, arguments, view).max(by: {
          isBefore($0, $1, view)
        }),
        let own = number(of: record, arguments, view),
        let other = number(of: target, arguments, view),
        let gap = (own < other ? other.minus(own) : own.minus(other)),
        let larger = [own, other].map(magnitude).max(),
        let share = arguments.number("share").flatMap({ ExactRatio(Int($0 * 1000), over: 1000) }),
        let near = larger.times(share), near < gap
      else { return [] }
      return [
        CheckNote(
          at: arguments.value("number", in: record)?.pointer,
          [
            "own": own.printed, "other": other.printed, "gap": gap.printed,
            "target": target.id.text,
          ])
      ]
    })

  private static let sides: [Parameter] = [
    .required("same", .words, "the keys under which both say the same"),
    .required("key", .word, "the key under which they differ"),
    .required("value", .word, "what the other says there"),
  ]

  private static func counterparts(
    of record: RecordFile, _ arguments: CheckArguments, _ view: StateView
  ) -> [RecordFile] {
    guard let key = arguments.word("key"), let value = arguments.word("value") else { return [] }
    return alike(record, arguments, view).filter { $0.root[key]?.string == value }
  }

  /// Whether it is the latest record of its side; older ones aren't reported.
  private static func isLatest(
    _ record: RecordFile, _ arguments: CheckArguments, _ view: StateView
  ) -> Bool {
    guard let key = arguments.word("key"), let own = record.root[key]?.string else { return false }
    return !alike(record, arguments, view).contains {
      $0.root[key]?.string == own && isBefore(record, $0, view)
    }
  }

  private static func alike(
    _ record: RecordFile, _ arguments: CheckArguments, _ view: StateView
  ) -> [RecordFile] {
    view.alike(record, in: arguments.words("same").map { PointerPattern(tokens: [$0]) })
  }

  private static func isBefore(_ one: RecordFile, _ other: RecordFile, _ view: StateView) -> Bool {
    let days = [one, other].map { view.catalog.day(of: $0) }
    return days[0] == days[1] ? one.id < other.id : CivilDate.isBefore(days[0], days[1])
  }

  private static func number(
    of record: RecordFile, _ arguments: CheckArguments, _ view: StateView
  ) -> ExactRatio? {
    let scores = view.catalog.kind(of: record.id)?.scores(of: record.value) ?? []
    return scores.lazy.compactMap(\.value).first
      ?? arguments.value("number", in: record)?.node.number.flatMap { ExactRatio($0) }
  }

  private static func magnitude(_ number: ExactRatio) -> ExactRatio {
    let zero = ExactRatio(0)
    return number < zero ? zero.minus(number) ?? number : number
  }
}

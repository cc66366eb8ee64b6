import JSONText

extension NamedCheck {
  /// For the product role of a platform, by how many developers use it.
  static let productRoleFits = NamedCheck(
    name: "product-role-fits",
    asks:
      "who looks after the product is as much as `staffing` of the config asks for so many developers",
    needs: [],
    parameters: [
      .required("role", .place, "where it says who looks after the product"),
      .required("developers", .place, "where the number of developers is"),
      .required("lead", .words, "the values that mean a trained lead"),
      .required("part", .words, "those that mean someone for part of the time"),
      .required("full", .words, "those that mean someone full time"),
    ],
    facts: [
      ("developers", "their number"), ("wanted", "what is usual for so many, in words"),
    ],
    body: .each { record, arguments, view in
      guard let (pointer, node) = arguments.value("role", in: record), let role = node.string,
        let developers = arguments.value("developers", in: record)?.node.number?.double
      else { return [] }
      let guidance = StaffingGuidance(view.config)
      let rungs = ["lead", "part", "full"]
      let present = rungs.firstIndex { arguments.words($0).contains(role) } ?? -1
      let wanted: (rung: Int, words: String) =
        developers < guidance.trainLeadBelow
        ? (0, "a lead trained in product work")
        : developers <= guidance.dedicatedAbove
          ? (1, "a coach or a part-time product manager") : (2, "a product manager full time")
      guard present < wanted.rung else { return [] }
      return [
        CheckNote(at: pointer, ["developers": plain(developers), "wanted": wanted.words])
      ]
    })

  /// For the number of engineers per product manager, by the scope of what they build.
  static let productManagersSuffice = NamedCheck(
    name: "product-managers-suffice",
    asks: "no product manager has more engineers than `staffing` of the config says for the scope",
    needs: [],
    parameters: people + [.optional("scope", .place, "where the scope is; usual where absent")],
    facts: [
      ("engineers", "how many there are"), ("managers", "how many product managers there are"),
      ("span", "how many engineers are usual for one: 5 to 7"),
    ],
    body: .each { record, arguments, view in
      let engineers = count("engineers", in: record, arguments)
      let managers = count("managers", in: record, arguments)
      let scope = arguments.value("scope", in: record)?.node.string
      let span = StaffingGuidance(view.config).engineersPerManager(scope: scope)
      guard managers > 0, engineers > managers * span.to else { return [] }
      return [
        CheckNote(
          at: arguments.value("people", in: record)?.pointer.parent,
          [
            "engineers": plain(engineers), "managers": plain(managers),
            "span": span.from == span.to
              ? plain(span.to) : "\(plain(span.from)) to \(plain(span.to))",
          ])
      ]
    })

  /// For several sub-platforms, which need several product managers.
  static let productTeamForParts = NamedCheck(
    name: "product-team-for-parts",
    asks: "several sub-platforms have several product managers, as `staffing` of the config says",
    needs: [],
    parameters: people + [.required("parts", .place, "where each sub-platform is")],
    facts: [
      ("parts", "how many sub-platforms there are"),
      ("managers", "how many product managers there are"),
    ],
    body: .each { record, arguments, view in
      let parts = arguments.place("parts")?.places(in: record.root) ?? []
      let managers = count("managers", in: record, arguments)
      guard Double(parts.count) >= StaffingGuidance(view.config).teamFromSubPlatforms, managers < 2
      else { return [] }
      return [
        CheckNote(
          at: parts.first?.pointer.parent,
          ["parts": "\(parts.count)", "managers": plain(managers)])
      ]
    })

  private static let people: [Parameter] = [
    .required("people", .place, "where each role is"),
    .required("count", .word, "the key of a role that says how many have it"),
    .required("sort", .word, "the key of a role that says what work it is"),
    .required("engineers", .word, "the work of engineers, under that key"),
    .required("managers", .word, "the work of product managers, under that key"),
  ]

  private static func count(
    _ who: String, in record: RecordFile, _ arguments: CheckArguments
  ) -> Double {
    guard let count = arguments.word("count"), let sort = arguments.word("sort") else { return 0 }
    return (arguments.place("people")?.places(in: record.root) ?? []).reduce(0) { sum, role in
      role.node[sort]?.string == arguments.word(who)
        ? sum + (role.node[count]?.number?.double ?? 0) : sum
    }
  }

  /// Formats whole numbers without a fraction: 6 and 0.5, not 6.0.
  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

import JSONText

extension NamedCheck {
  /// For votes: there aren't more votes than people present.
  static let sumAtMost = NamedCheck(
    name: "sum-at-most",
    asks: "the numbers of an item are together no more than the people listed",
    needs: [],
    parameters: [
      .required("items", .place, "the items, each asked by itself"),
      .required("keys", .words, "the keys of the numbers in an item"),
      .required("people", .place, "the people who count"),
    ],
    facts: [("sum", "the numbers together"), ("most", "how many people are listed")],
    body: .each { record, arguments, _ in
      guard let items = arguments.place("items"), let people = arguments.place("people") else {
        return []
      }
      let most = people.places(in: record.root).count
      return items.places(in: record.root).compactMap { item in
        let numbers = arguments.words("keys").compactMap {
          item.node[$0]?.number.flatMap { ExactRatio($0) }
        }
        let sum = numbers.reduce(Optional(ExactRatio(0))) { sum, number in
          sum.flatMap { $0.plus(number) }
        }
        guard let sum, ExactRatio(most) < sum else { return nil }
        return CheckNote(at: item.pointer, ["sum": sum.printed, "most": "\(most)"])
      }
    })

  /// For retros and reviews that should include users of what is built.
  static let somebodyOfGroup = NamedCheck(
    name: "somebody-of-group",
    asks: "someone listed is of a group, by their own `group` or by their `handle` on the roster",
    needs: [],
    parameters: [
      .required("people", .words, "the places of the people, each with a handle or a group"),
      .required("group", .word, "the group: developer or platform"),
    ],
    facts: [],
    body: .each { record, arguments, view in
      let people = arguments.words("people").compactMap(PointerPattern.init).flatMap {
        $0.places(in: record.root)
      }
      let isThere = people.contains { place in
        let own = place.node["group"]?.string
        let known = place.node["handle"]?.string.flatMap { view.roster[$0]?.group }
        return (own ?? known) == arguments.word("group")
      }
      return isThere ? [] : [CheckNote()]
    })

  /// For a quorum: as many people present as the board requires.
  static let countReachesLinked = NamedCheck(
    name: "count-reaches-linked",
    asks: "a list has at least as many items as a number of the record that it links to",
    needs: [.neighbours],
    parameters: [
      .required("items", .place, "where the items are"),
      .required("relation", .word, "the relation's name"),
      .required("number", .place, "where the number is in the other record"),
    ],
    facts: [
      ("count", "how many there are"), ("number", "how many it takes"),
      ("target", "the record linked to"),
    ],
    body: .each { record, arguments, view in
      let items = counted(record, arguments)
      return view.links(of: record, arguments.word("relation")).compactMap { link in
        guard let target = view.record(link.target),
          let number = arguments.value("number", in: target)?.node.int, items.count < number
        else { return nil }
        return CheckNote(
          at: link.pointer,
          ["count": "\(items.count)", "number": "\(number)", "target": target.id.text])
      }
    })
}

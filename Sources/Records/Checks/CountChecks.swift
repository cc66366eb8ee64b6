import JSONText

extension NamedCheck {
  /// For seats: as many as the record itself says, or as is usual.
  static let countWithin = NamedCheck(
    name: "count-within",
    asks: "a list has as many items as the record says itself, or as is usual",
    needs: [],
    parameters: [
      .required("items", .place, "where the items stand"),
      .optional("unless", .word, "the key of an item that no longer counts"),
      .optional("from", .place, "where the fewest stand"),
      .optional("to", .place, "where the most stand"),
      .required("usualFrom", .number, "the fewest, where the record doesn't say"),
      .required("usualTo", .number, "the most, where the record doesn't say"),
    ],
    facts: [("count", "how many there are"), ("span", "how many there should be: 8 to 10")],
    body: .each { record, arguments, _ in
      let items = counted(record, arguments)
      func limit(_ own: String, _ usual: String) -> Int {
        arguments.value(own, in: record)?.node.int ?? Int(arguments.number(usual) ?? 0)
      }
      let from = limit("from", "usualFrom")
      let to = limit("to", "usualTo")
      guard items.count < from || items.count > to else { return [] }
      let list = arguments.place("items").map { PointerPattern(tokens: $0.tokens.dropLast()) }
      return [
        CheckNote(
          at: list?.places(in: record.root).first?.pointer,
          ["count": "\(items.count)", "span": from == to ? "\(from)" : "\(from) to \(to)"])
      ]
    })

  /// For seats again: a team has one.
  static let itemsDiffer = NamedCheck(
    name: "items-differ",
    asks: "no two items of a list say the same under a key",
    needs: [],
    parameters: [
      .required("items", .place, "where the items stand"),
      .required("key", .word, "the key"),
      .optional("unless", .word, "the key of an item that no longer counts"),
    ],
    facts: [("value", "what they say"), ("count", "how many of them")],
    body: .each { record, arguments, _ in
      guard let key = arguments.word("key") else { return [] }
      var groups: [String: [JSONPointer]] = [:]
      for item in counted(record, arguments) {
        guard let value = item.node[key]?.string else { continue }
        groups[value, default: []].append(item.pointer)
      }
      return groups.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { value, places in
        CheckNote(at: places.last, ["value": value, "count": "\(places.count)"])
      }
    })

  /// For a quorum: as many in the room as the board asks for.
  static let countReachesLinked = NamedCheck(
    name: "count-reaches-linked",
    asks: "a list has at least as many items as a number of the record that it links to",
    needs: [.neighbours],
    parameters: [
      .required("items", .place, "where the items stand"),
      .required("relation", .word, "the relation's name"),
      .required("number", .place, "where the number stands in the other record"),
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

  private static func counted(_ record: RecordFile, _ arguments: CheckArguments) -> [(
    pointer: JSONPointer, node: JSONNode
  )] {
    let items = arguments.place("items")?.places(in: record.root) ?? []
    guard let unless = arguments.word("unless") else { return items }
    return items.filter { $0.node[unless] == nil }
  }
}

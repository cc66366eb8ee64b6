import JSONText

extension NamedCheck {
  /// For seats: as many as the record itself requires, or as usual.
  static let countWithin = NamedCheck(
    name: "count-within",
    asks: "a list has as many items as the record says itself, or as is usual",
    needs: [],
    parameters: [
      .required("items", .place, "where the items are"),
      .optional("unless", .word, "the key of an item that no longer counts"),
      .optional("from", .place, "where the fewest is"),
      .optional("to", .place, "where the most is"),
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

  /// For seats: one per team.
  static let itemsDiffer = NamedCheck(
    name: "items-differ",
    asks: "no two items of a list say the same under a key",
    needs: [],
    parameters: [
      .required("items", .place, "where the items are"),
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

  /// The items that a check counts: those at `items`, without those that have the key `unless`.
  static func counted(_ record: RecordFile, _ arguments: CheckArguments) -> [(
    pointer: JSONPointer, node: JSONNode
  )] {
    let items = arguments.place("items")?.places(in: record.root) ?? []
    guard let unless = arguments.word("unless") else { return items }
    return items.filter { $0.node[unless] == nil }
  }
}

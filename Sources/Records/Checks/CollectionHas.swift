import JSONSchema
import JSONText

extension NamedCheck {
  /// For evidence, answers and whatever else many people add to one record.
  static let collectionHas = NamedCheck(
    name: "collection-has",
    asks:
      "enough was added to a collection of the record; items of a retired list of its name count",
    needs: [.collections],
    parameters: [
      .required("collection", .word, "the collection"),
      .required("least", .number, "how many there have to be"),
      .optional("where", .condition, "the ones that count; all where absent"),
      .optional("unlessEmpty", .flag, "not asked while nothing is in it"),
    ],
    facts: [("count", "how many there are"), ("least", "how many there have to be")],
    examples: ["count": "none", "least": "1"],
    body: .each { record, arguments, view in
      guard let kind = view.catalog.kind(of: record.id), let name = arguments.word("collection"),
        let least = arguments.number("least").map({ Int($0) })
      else { return [] }
      let collection = view.catalog.collection(name, of: kind)
      let isWanted: (JSONNode) -> Bool
      if let pointer = arguments.condition("where") {
        guard let condition = view.condition(pointer, of: kind) else { return [] }
        isWanted = { condition.isValid($0) }
      } else {
        isWanted = { _ in true }
      }
      let retired = record.root[name]?.elements.map { $0 } ?? []
      var count = retired.count(where: isWanted)
      if let collection, count < least {
        count +=
          view.records(of: collection, about: record, atMost: least - count) {
            isWanted($0.root)
          }.count
      }
      guard count < least else { return [] }
      if arguments.flag("unlessEmpty"), retired.isEmpty,
        collection.map({ view.records(of: $0, about: record, atMost: 1).isEmpty }) ?? true
      {
        return []
      }
      return [CheckNote(["count": count == 0 ? "none" : "\(count)", "least": "\(least)"])]
    })
}

import JSONText

extension NamedCheck {
  /// For records compared with another one: a reading with the one before it.
  static let linkedAgrees = NamedCheck(
    name: "linked-agrees",
    asks: "the record that it links to says the same under some keys",
    needs: [.neighbours],
    parameters: [
      .required("relation", .word, "the relation's name"),
      .required("same", .words, "the keys"),
    ],
    facts: [
      ("target", "the record linked to"), ("differs", "the keys under which the two differ"),
    ],
    body: .each { record, arguments, view in
      view.links(of: record, arguments.word("relation")).compactMap { link in
        guard let target = view.record(link.target),
          let differs = difference(record, target, arguments)
        else { return nil }
        return CheckNote(at: link.pointer, ["target": target.id.text, "differs": differs])
      }
    })

  /// For items that compare two records: an outcome with a reading before and one after it.
  static let linkedPairAgrees = NamedCheck(
    name: "linked-pair-agrees",
    asks: "two records that an item of a list names say the same under some keys",
    needs: [.neighbours],
    parameters: [
      .required("items", .place, "where the items are"),
      .required("first", .word, "the key of an item that names the one record"),
      .required("second", .word, "the key that names the other"),
      .required("same", .words, "the keys of the two records"),
    ],
    facts: [
      ("first", "the one record"), ("second", "the other"),
      ("differs", "the keys under which the two differ"),
    ],
    body: .each { record, arguments, view in
      guard let one = arguments.word("first"), let other = arguments.word("second") else {
        return []
      }
      return (arguments.place("items")?.places(in: record.root) ?? []).compactMap { item in
        guard let first = item.node[one]?.string.flatMap({ RecordID($0) }).flatMap(view.record),
          let second = item.node[other]?.string.flatMap({ RecordID($0) }).flatMap(view.record),
          let differs = difference(first, second, arguments)
        else { return nil }
        return CheckNote(
          at: item.pointer,
          ["first": first.id.text, "second": second.id.text, "differs": differs])
      }
    })

  /// Returns the keys under which two records differ, in words; a key missing in one of them
  /// differs too.
  private static func difference(
    _ one: RecordFile, _ other: RecordFile, _ arguments: CheckArguments
  ) -> String? {
    let keys = arguments.words("same").filter { one.value[$0] != other.value[$0] }
    guard let last = keys.last else { return nil }
    return keys.count == 1 ? last : keys.dropLast().joined(separator: ", ") + " and " + last
  }
}

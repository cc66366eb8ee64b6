import JSONText

extension NamedCheck {
  /// For relations to a record that takes the matter over: a duplicate's target.
  static let linkIsFinal = NamedCheck(
    name: "link-is-final",
    asks: "the record that it links to does not itself link on by the same relation",
    needs: [.neighbours],
    parameters: [.required("relation", .word, "the relation's name")],
    facts: [
      ("target", "the record linked to"),
      ("final", "the record at the end of the way"),
    ],
    examples: ["target": "ONE", "final": "ANOTHER"],
    body: .each { record, arguments, view in
      guard let name = arguments.word("relation") else { return [] }
      return view.links(of: record, name).compactMap { link in
        guard let target = view.record(link.target) else { return nil }
        var seen: Set<RecordID> = [record.id, target.id]
        var end = target
        while let next = view.links(of: end, name).first {
          // A cycle is reported by link.cycle.
          guard seen.insert(next.target).inserted else { return nil }
          guard let record = view.record(next.target) else { break }
          end = record
        }
        guard end.id != target.id else { return nil }
        return CheckNote(at: link.pointer, ["target": target.id.text, "final": end.id.text])
      }
    })
}

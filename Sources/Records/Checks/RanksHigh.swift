import JSONText

extension NamedCheck {
  /// For records to be worked on: a decision's pain points.
  static let ranksHigh = NamedCheck(
    name: "ranks-high",
    asks:
      "the best placed of the ranked records that it links to is among the first, as many as `ranking.top` of the config says (5)",
    needs: [.state, .day],
    parameters: [.required("relation", .word, "the relation's name")],
    facts: [
      ("target", "the best placed record"), ("place", "its place: 7th of 31"),
      ("top", "how many places are high"),
    ],
    body: .each { record, arguments, view in
      let links = view.links(of: record, arguments.word("relation"))
      guard !links.isEmpty else { return [] }
      let found = view.rankings().flatMap { ranking in
        links.compactMap { link -> (link: Link, place: Ranking.Place)? in
          guard let entry = ranking.entry(for: link.target), let place = ranking.place(of: entry)
          else { return nil }
          return (link, place)
        }
      }
      guard let best = found.min(by: { $0.place.rank < $1.place.rank }),
        best.place.rank > view.config.top
      else { return [] }
      return [
        CheckNote(
          at: best.link.pointer,
          [
            "target": best.link.target.text, "place": best.place.words,
            "top": String(view.config.top),
          ])
      ]
    })
}

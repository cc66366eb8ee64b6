import JSONText

/// A piece of advice that would move a ranked record up, and how far.
package struct RankAdvice: Sendable {
  /// The advice, beginning with a verb: "see it happen to somebody of another team".
  package let words: String
  package let command: String
  /// The points that it would add at most, in tenths.
  package let gain: Int
  /// The best rank that the record would then have.
  package let rank: Int
  /// Whether the gain depends on what is found out, and so is an upper bound.
  package let isAtMost: Bool
}

extension Ranking {
  /// Returns what would move an entry up, largest gain first. It doesn't mean that it should be
  /// done: evidence is sought, not made.
  package func advice(for entry: Entry) -> [RankAdvice] {
    let input = entry.score.input
    var advice: [RankAdvice] = []
    func consider(
      _ words: String, _ command: String, atMost: Bool = false, _ change: (inout RankInput) -> Void
    ) {
      var changed = input
      change(&changed)
      let result = place(of: entry, ifInputWere: changed)
      let gain = result.tenths - entry.score.tenths
      guard gain > 0 else { return }
      advice.append(
        RankAdvice(words: words, command: command, gain: gain, rank: result.rank, isAtMost: atMost))
    }
    let add = "docket add \(entry.id) \(listKey)"
    consider("see it happen to someone of a team that isn't here yet", "\(add) \(sample())") {
      $0.items.append(
        RankInput.Item(
          record: entry.id, item: nil, who: "\u{0}", team: "\u{0}", isObserved: true, date: day))
    }
    adviseToObserve(entry, add) { consider($0, $1, atMost: false, $2) }
    if binding.severity != nil, input.severity == nil {
      consider("say how bad it is", command(entry, binding.severity), atMost: true) {
        $0.severity = 5
      }
    }
    if binding.frequency != nil, input.frequency == nil {
      consider("say how often it happens", command(entry, binding.frequency), atMost: true) {
        $0.frequency = EvidenceFormula.frequencies.last
      }
    }
    if binding.reach != nil, input.reach == nil {
      consider("say how many have it", command(entry, binding.reach), atMost: true) {
        $0.reach = 1_000_000
      }
    }
    if let first = input.items.first(where: { $0.date == nil }) {
      consider(
        "say when the undated evidence is from", command(first, binding.evidence.date), atMost: true
      ) { changed in
        for index in changed.items.indices where changed.items[index].date == nil {
          changed.items[index].date = day
        }
      }
    }
    if let first = input.items.first(where: { Person.key($0.team).isEmpty }) {
      consider(
        "say which team the evidence without one is from", command(first, binding.evidence.team),
        atMost: true
      ) { changed in
        for index in changed.items.indices where Person.key(changed.items[index].team).isEmpty {
          changed.items[index].team = "\u{0}\(index)"
        }
      }
    }
    return advice.enumerated().sorted {
      ($1.element.gain, $0.offset) < ($0.element.gain, $1.offset)
    }
    .map(\.element)
  }

  /// Advises to observe someone who has only reported the problem: the one that would add most.
  private func adviseToObserve(
    _ entry: Entry, _ add: String,
    _ consider: (String, String, (inout RankInput) -> Void) -> Void
  ) {
    let said = entry.score.witnesses.filter { !$0.isObserved }
    guard let witness = said.last(where: { $0.who != nil }) ?? said.last else { return }
    let who = witness.who.map { "\($0), who reported it" } ?? "those who reported it"
    consider("see it happen to \(who)", "\(add) \(sample(witness))") {
      $0.items.append(
        RankInput.Item(
          record: entry.id, item: nil, who: witness.who, team: witness.team, isObserved: true,
          date: day))
    }
  }

  private var listKey: String {
    binding.evidence.collection?.name
      ?? binding.evidence.items?.tokens.filter { $0 != "*" }.joined(separator: ".") ?? ""
  }

  private func sample(_ witness: EvidenceScore.Witness? = nil) -> String {
    let values: [(JSONPointer?, String?)] = [
      (binding.evidence.observed, nil), (binding.evidence.who, witness?.who),
      (binding.evidence.team, witness?.team), (binding.evidence.date, nil),
    ]
    return values.compactMap { pointer, value in
      pointer.map { "\(Self.key($0))=\(value.map(ShellWord.quoted) ?? "…")" }
    }.joined(separator: " ")
  }

  private func command(_ entry: Entry, _ pointer: JSONPointer?) -> String {
    "docket edit \(entry.id) \(pointer.map(Self.key) ?? "")=…"
  }

  private func command(_ item: RankInput.Item, _ pointer: JSONPointer?) -> String {
    let place = pointer.map(Self.key) ?? ""
    // A record of the collection is the item itself.
    guard item.record.prefix == kind.prefix || item.item != nil else {
      return "docket edit \(item.record) \(place)=…"
    }
    let key = [listKey, item.item ?? "ITEM", place].joined(separator: ".")
    return "docket edit \(item.record) \(key)=…"
  }

  private static func key(_ pointer: JSONPointer) -> String {
    pointer.tokens.joined(separator: ".")
  }
}

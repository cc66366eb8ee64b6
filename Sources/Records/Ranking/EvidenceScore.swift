/// The result of `evidence/1` for one record, with the inputs of each number.
package struct EvidenceScore: Sendable {
  /// A person, and the evidence that names them.
  package struct Witness: Sendable {
    package let person: Person
    /// The name as written; `nil` for an unnamed person.
    package let who: String?
    package let team: String?
    package let items: [RankInput.Item]
    package let isObserved: Bool
    /// The person's weight, in thousandths: 1 or 2, times freshness, of the item that counts most.
    package let weight: Int
  }

  package struct Team: Sendable {
    package let name: String
    package let weight: Int
  }

  /// A board member, and their position.
  package struct Member: Sendable {
    package let person: Person
    package let position: RankInput.Position
  }

  /// One term of the sum, in tenths of a point.
  package struct Part: Sendable, Equatable {
    package let name: String
    package let tenths: Int
  }

  /// The witnesses, by descending weight.
  package let witnesses: [Witness]
  package let teams: [Team]
  /// The members, each with their latest position.
  package let members: [Member]
  /// The parts people, teams, severity, frequency, reach, unbacked and board.
  package let parts: [Part]
  package let input: RankInput

  package var tenths: Int { parts.reduce(0) { $0 + $1.tenths } }

  package func tenths(of part: String) -> Int { parts.first { $0.name == part }?.tenths ?? 0 }

  package init(_ input: RankInput, on day: CivilDate, roster: Roster) {
    self.input = input
    let finder = PersonFinder(input.items.map { ($0.who, $0.team) }, roster: roster)
    witnesses = Self.witnesses(input.items, finder, day)
    teams = Self.teams(input.items, finder, day)
    members = Self.members(input.positions, roster)

    let people = EvidenceFormula.logarithmic(
      witnesses.reduce(0) { $0 + $1.weight }, tenths: EvidenceFormula.perDoubling)
    let breadth = EvidenceFormula.logarithmic(
      teams.reduce(0) { $0 + $1.weight }, tenths: EvidenceFormula.perDoubling)
    let severity = (min(5, max(1, input.severity ?? 1)) - 1) * EvidenceFormula.perSeverity
    let frequency =
      (input.frequency.flatMap { EvidenceFormula.frequencies.firstIndex(of: $0) } ?? 0)
      * EvidenceFormula.perFrequency
    let reach = min(
      EvidenceFormula.mostForReach,
      EvidenceFormula.logarithmic(
        min(1_000_000, max(0, input.reach ?? 0)) * 1000,
        tenths: EvidenceFormula.perReachDoubling))
    let unbacked = max(0, severity + frequency + reach - people - breadth)
    let balance = members.reduce(0) { sum, member in
      switch member.position.stance {
      case .valuable: sum + 1
      case .notValuable: sum - 1
      case .neither: sum
      }
    }
    let most = EvidenceFormula.mostForBoard
    parts = [
      Part(name: "people", tenths: people), Part(name: "teams", tenths: breadth),
      Part(name: "severity", tenths: severity), Part(name: "frequency", tenths: frequency),
      Part(name: "reach", tenths: reach), Part(name: "unbacked", tenths: -unbacked),
      Part(name: "board", tenths: min(most, max(-most, balance * EvidenceFormula.perMember))),
    ]
  }

  private static func witnesses(
    _ items: [RankInput.Item], _ finder: PersonFinder, _ day: CivilDate
  ) -> [Witness] {
    let byPerson = Dictionary(grouping: items) { finder.person($0.who, $0.team) }
    return byPerson.map { person, items in
      let items = items.sorted(by: precedes)
      let weights = items.map { item in
        (item.isObserved ? EvidenceFormula.observed : EvidenceFormula.said)
          * EvidenceFormula.freshness(of: item.date, on: day)
      }
      return Witness(
        person: person, who: person.name.isEmpty ? nil : items.first?.who?.trimmed,
        team: items.lazy.compactMap { finder.team($0.who, $0.team) }.first?.trimmed, items: items,
        isObserved: items.contains(where: \.isObserved), weight: weights.max() ?? 0)
    }.sorted { ($1.weight, $0.person) < ($0.weight, $1.person) }
  }

  private static func teams(
    _ items: [RankInput.Item], _ finder: PersonFinder, _ day: CivilDate
  ) -> [Team] {
    let named = items.compactMap { item in
      finder.team(item.who, item.team).map { (team: $0.trimmed, item: item) }
    }
    return Dictionary(grouping: named) { Person.key($0.team) }.map { key, mentions in
      Team(
        name: mentions.map(\.team).min() ?? key,
        weight: mentions.map { EvidenceFormula.freshness(of: $0.item.date, on: day) }.max() ?? 0)
    }.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
  }

  private static func members(_ positions: [RankInput.Position], _ roster: Roster) -> [Member] {
    let finder = PersonFinder(positions.map { ($0.who, $0.team) }, roster: roster)
    let byPerson = Dictionary(grouping: positions) { finder.person($0.who, $0.team) }
    return byPerson.compactMap { person, positions in
      positions.max { left, right in
        let one = (left.date?.description ?? "", left.record.text, left.item ?? "")
        return one < (right.date?.description ?? "", right.record.text, right.item ?? "")
      }.map { Member(person: person, position: $0) }
    }.sorted { $0.person < $1.person }
  }

  private static func precedes(_ left: RankInput.Item, _ right: RankInput.Item) -> Bool {
    func key(_ item: RankInput.Item) -> (String, String, String, String) {
      (
        (item.origin?.record ?? item.record).text, item.origin?.item ?? item.item ?? "",
        item.who ?? "", item.team ?? ""
      )
    }
    let (one, two) = (key(left), key(right))
    if one != two { return one < two }
    return (left.date?.description ?? "") < (right.date?.description ?? "")
  }
}

import Records
import Store

/// How a ranked record's score is computed.
struct RankExplanation {
  private let row: RankRow
  private let asked: RecordID
  private let ranked: RankedState
  private var entry: Ranking.Entry { row.entry }
  private var score: EvidenceScore { row.entry.score }

  init(_ row: RankRow, asked: RecordID, _ ranked: RankedState) {
    self.row = row
    self.asked = asked
    self.ranked = ranked
  }

  var page: String {
    var lines = head
    lines += ["", sum("people", peopleWords)] + score.witnesses.map(witness)
    lines += [sum("teams", teamWords)] + wrapped(score.teams.map(team).joined(separator: ", "))
    lines += [
      sum("severity", score.input.severity.map { "\($0) of 5" } ?? "not said, so it adds nothing"),
      sum("frequency", frequencyWords), sum("reach", reachWords),
    ]
    if score.tenths(of: "unbacked") != 0 {
      lines.append(
        sum(
          "unbacked",
          "severity, frequency and reach count no more than people and teams bear out"))
    }
    lines += [sum("board", boardWords)] + score.members.map(member)
    lines.append(
      Terminal.styled("  score      \(padded(RankText.points(score.tenths)))", .bold))
    lines += [""] + legend + answers + advice
    return lines.map { $0 + "\n" }.joined()
  }

  private var head: [String] {
    var lines: [String] = []
    if asked != entry.id {
      lines += ["\(asked) is a duplicate: its evidence counts for what it duplicates.", ""]
    }
    lines.append(
      Terminal.styled(entry.id.text, .cyan) + "  "
        + Terminal.styled(Terminal.safe(entry.heading), .bold))
    if let place = row.place {
      let which = place.countsClosed ? "" : "open "
      lines.append(
        "ranked \(place.words) \(which)\(row.ranking.kind.noun(place.of))"
          + RankText.closed(entry, place))
    }
    lines.append(
      Terminal.styled(
        "points by \(row.ranking.binding.formula), as of \(row.ranking.day)", .dim))
    if !entry.duplicates.isEmpty {
      lines.append("with the evidence of its duplicates: \(list(entry.duplicates.map(\.text)))")
    }
    return lines
  }

  // MARK: Parts

  private func sum(_ part: String, _ words: String) -> String {
    "  \(Terminal.padded(part, to: 9))  \(padded(signed(part)))  \(words)"
  }

  private func signed(_ part: String) -> String {
    let tenths = score.tenths(of: part)
    return part == "board" || tenths < 0 ? RankText.signed(tenths) : RankText.points(tenths)
  }

  private func padded(_ number: String) -> String {
    String(repeating: " ", count: max(0, 6 - number.count)) + number
  }

  private var peopleWords: String {
    if score.witnesses.isEmpty { return "nobody is on record as having it" }
    let observed = score.witnesses.count(where: \.isObserved)
    let said = score.witnesses.count - observed
    let kinds = [
      observed == 0 ? nil : "\(observed) observed (2 each)",
      said == 0 ? nil : "\(said) told (1 each)",
    ].compactMap { $0 }
    return "\(count(score.witnesses.count, "person", "people")): \(kinds.joined(separator: ", ")); "
      + "by age they count as \(weight(score.witnesses.reduce(0) { $0 + $1.weight }))"
  }

  private func witness(_ witness: EvidenceScore.Witness) -> String {
    let name = [witness.who ?? "someone unnamed", witness.team].compactMap { $0 }
    let items = witness.items.map { item -> String in
      let id =
        item.record == entry.id
        ? item.item ?? "–" : [item.record.text, item.item].compactMap { $0 }.joined(separator: ".")
      return
        "\(id) (\(item.isObserved ? "observed" : "said"), \(item.date?.description ?? "no date: counts half"))"
    }
    return "               \(weight(witness.weight))  "
      + Terminal.safe(name.joined(separator: ", ") + ": " + items.joined(separator: ", "))
  }

  private var teamWords: String {
    score.teams.isEmpty
      ? "no team is named"
      : "\(count(score.teams.count, "team", "teams")); by age they count as "
        + weight(score.teams.reduce(0) { $0 + $1.weight })
  }

  private func team(_ team: EvidenceScore.Team) -> String {
    "\(Terminal.safe(team.name)) \(weight(team.weight))"
  }

  private var frequencyWords: String {
    guard let frequency = score.input.frequency else { return "not said, so it adds nothing" }
    let isKnown = EvidenceFormula.frequencies.contains(frequency)
    // Words for people: nothing is decided or escaped by it.
    return Terminal.safe(frequency.replacing("-", with: " "))
      + (isKnown ? "" : ", which \(row.ranking.binding.formula) doesn't know, so it adds nothing")
  }

  private var reachWords: String {
    score.input.reach.map { "\($0) have it" } ?? "not said, so it adds nothing"
  }

  private var boardWords: String {
    if score.members.isEmpty { return "no position was taken on it" }
    let valuable = score.members.count { $0.position.stance == .valuable }
    let against = score.members.count { $0.position.stance == .notValuable }
    return "\(valuable) for it, \(against) against"
  }

  private func member(_ member: EvidenceScore.Member) -> String {
    let position = member.position
    let name = [position.who ?? "someone unnamed", position.team].compactMap { $0 }
    let place = [position.record.text, position.item].compactMap { $0 }.joined(separator: ".")
    // Words for people: nothing is decided or escaped by it.
    let value = position.value.replacing("-", with: " ")
    return "                     "
      + Terminal.safe("\(name.joined(separator: ", ")): \(value) (\(place))")
  }

  // MARK: What follows

  private var legend: [String] {
    [
      "Each doubling of people, or of teams, adds 10 points; each step of severity 5, of frequency 3;",
      "each doubling of reach 2; each member of the board 4. Evidence counts half after a year.",
    ].map { Terminal.styled($0, .dim) }
  }

  private var answers: [String] {
    let found = ranked.answering().filter { answer in
      answer.answered.contains { $0.answered.entry.id == entry.id }
    }
    if found.isEmpty { return [] }
    return [""]
      + found.map { answer in
        let relation = answer.kind.relation(row.ranking.binding.answers)
        let value = answer.record.value
        let state = answer.kind.state(of: value).map { " (\($0))" } ?? ""
        return
          "\(relation?.inverse ?? "answered by") \(Terminal.styled(answer.record.id.text, .cyan)) "
          + Terminal.safe("\(answer.kind.heading(of: value))\(state)")
      }
  }

  private var advice: [String] {
    let advice = row.ranking.advice(for: entry).prefix(4)
    if advice.isEmpty || entry.isClosed { return [] }
    var lines = ["", Terminal.styled("What would move it up", .bold)]
    for one in advice {
      let most = one.isAtMost ? "up to " : ""
      let rank = row.place.map { $0.rank > one.rank } ?? false
      lines.append(
        Terminal.safe(
          "  \(most)\(RankText.signed(one.gain))"
            + (rank ? ", to \(Ranking.Place.ordinal(one.rank)) place" : "") + ": \(one.words)"))
      lines.append(Terminal.styled(Terminal.safe("    \(one.command)"), .dim))
    }
    return lines
  }

  // MARK: Words

  /// Returns thousandths as a decimal: "1.32".
  private func weight(_ thousandths: Int) -> String {
    let hundredths = ExactRatio(thousandths, over: 10)?.rounded(to: 0) ?? 0
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private func list(_ words: [String]) -> String { words.joined(separator: ", ") }

  private func wrapped(_ text: String) -> [String] {
    let indent = String(repeating: " ", count: 21)
    let room = max(30, min(Terminal.width, 100) - indent.count)
    var lines: [String] = []
    var line = ""
    // Words for people: nothing is decided or escaped by it.
    for part in text.split(separator: ", ") {
      if !line.isEmpty, Terminal.columns(line) + Terminal.columns(String(part)) + 2 > room {
        lines.append(indent + line + ",")
        line = String(part)
      } else {
        line += (line.isEmpty ? "" : ", ") + part
      }
    }
    return line.isEmpty ? lines : lines + [indent + line]
  }
}

import Records
import Store

/// Rankings as tables, and the records that address them.
enum RankText {
  static func page(_ tables: [RankTable], _ answers: [RankAnswer], top: Int) -> String {
    var text = ""
    for table in tables where !table.rows.isEmpty {
      if !text.isEmpty { text += "\n" }
      if tables.count > 1 { text += heading(table.ranking.kind.plural) }
      text += self.table(table)
    }
    let kinds = answers.map(\.kind.name).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    for name in kinds {
      let rows = answers.filter { $0.kind.name == name }
      guard let kind = rows.first?.kind else { continue }
      text += (text.isEmpty ? "" : "\n") + heading(kind.plural) + self.table(rows, kind)
      for row in rows {
        if let note = note(row, top: top) { text += "\(row.record.id) \(note)\n" }
      }
    }
    return text
  }

  private static func heading(_ plural: String) -> String {
    Terminal.styled(Terminal.safe(plural.capitalizedFirst), .bold) + "\n"
  }

  private static func table(_ table: RankTable) -> String {
    let state = table.ranking.kind.workflow?.property
    var rows = [
      ["rank", "id", "score", "people", "teams", "board"] + (state.map { [$0] } ?? []) + ["title"]
    ]
    for row in table.rows {
      let score = row.entry.score
      rows.append(
        [
          row.place.map { String($0.rank) } ?? "–", row.entry.id.text, points(score.tenths),
          String(score.witnesses.count), String(score.teams.count), board(score),
        ] + (state == nil ? [] : [Terminal.safe(row.entry.state ?? "–")])
          + [Terminal.safe(row.entry.heading)])
    }
    return TextTable.text(rows, id: 1, numbers: [0, 2, 3, 4, 5])
  }

  private static func table(_ answers: [RankAnswer], _ kind: Kind) -> String {
    var rows = [["place", "id", "score", kind.workflow?.property ?? "", "title"]]
    for answer in answers {
      let scores = kind.scores(of: answer.record.value).compactMap { score in
        score.value.map { "\(score.formula.name) \($0.printed)\(score.formula.unit)" }
      }
      rows.append([
        answer.best?.words ?? "–", answer.record.id.text,
        scores.isEmpty ? "–" : scores.joined(separator: ", "),
        Terminal.safe(kind.state(of: answer.record.root) ?? "–"),
        Terminal.safe(kind.heading(of: answer.record.root)),
      ])
    }
    return TextTable.text(rows, id: 1)
  }

  /// Returns the balance in points, such as `+8`; "–" if no position was taken.
  private static func board(_ score: EvidenceScore) -> String {
    score.members.isEmpty ? "–" : signed(score.tenths(of: "board"))
  }

  /// Returns a note on a decision whose best placed record ranks below the first `top`.
  private static func note(_ answer: RankAnswer, top: Int) -> String? {
    guard let first = answer.answered.first else { return nil }
    let place = first.answered.place
    guard place.rank > top else { return nil }
    return "ranks low: the best placed \(first.ranking.kind.title.lowercased()) that it "
      + "\(label(answer, first.ranking)) is \(place.words)"
  }

  static func label(_ answer: RankAnswer, _ ranking: Ranking) -> String {
    answer.kind.relation(ranking.binding.answers)?.label ?? "answers to"
  }

  /// Returns a decision's page: the rank of each pain point that it addresses, and its own score.
  static func page(of answer: RankAnswer, top: Int) -> String {
    let value = answer.record.value
    var lines = [
      Terminal.styled(answer.record.id.text, .cyan) + "  "
        + Terminal.styled(Terminal.safe(answer.kind.heading(of: value)), .bold),
      Terminal.styled(
        Terminal.safe(
          [answer.kind.title.lowercased(), answer.kind.state(of: value)].compactMap { $0 }
            .joined(separator: ", ")), .dim), "",
    ]
    for (ranking, answered) in answer.answered {
      let entry = answered.entry
      lines.append(
        "\(label(answer, ranking)) \(Terminal.styled(entry.id.text, .cyan)) "
          + "\(Terminal.safe(entry.heading))")
      lines.append(
        "  ranked \(answered.place.words) \(ranking.kind.noun(answered.place.of)), with "
          + "\(points(entry.score.tenths)) points" + closed(entry, answered.place))
    }
    if answer.answered.isEmpty {
      lines.append("answers to nothing that is ranked")
    } else if let note = note(answer, top: top) {
      lines.append("It \(note), below the first \(top).")
    }
    let scores = answer.kind.scores(of: value)
    lines.append("")
    lines += scores.isEmpty ? ["no score: no numbers are entered for one"] : scores.map(\.sentence)
    return lines.map { $0 + "\n" }.joined()
  }

  static func closed(_ entry: Ranking.Entry, _ place: Ranking.Place) -> String {
    closed(RankPosition(entry, place))
  }

  static func closed(_ rankPosition: RankPosition) -> String {
    rankPosition.place.countsClosed && rankPosition.isClosed
      ? " (it is \(Terminal.safe(rankPosition.state ?? "closed")); the closed ones are counted too)"
      : ""
  }

  /// Returns tenths as points, always with a decimal, so that columns align.
  static func points(_ tenths: Int) -> String {
    (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  static func signed(_ tenths: Int) -> String { (tenths < 0 ? "" : "+") + points(tenths) }
}

import JSONText
import Records
import Store

/// `docket.rank/1`.
enum RankOutput {
  static func envelope(
    _ ranked: RankedState, items: [JSONValue], answering: [JSONValue],
    unreadable: [UnreadableRecord], truncated: Bool?
  ) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if let truncated { members.append(("truncated", .bool(truncated))) }
    members += [
      ("rev", .string(ranked.revisionName)), ("on", .string(ranked.day.description)),
      ("top", .number(JSONNumber(ranked.definition.config.top))), ("items", .array(items)),
      ("answering", .array(answering)),
      ("unreadable", .array(unreadable.map { Output.item($0) })),
    ]
    return Output.envelope("rank", members)
  }

  static func item(_ row: RankRow) -> JSONValue { .object(object(row)) }

  /// Returns a row with the computation of each number.
  static func explained(_ row: RankRow) -> JSONValue {
    var object = object(row)
    let score = row.entry.score
    object["witnesses"] = .array(
      score.witnesses.map { witness in
        Output.object([
          ("who", witness.who.map { .string($0) }), ("team", witness.team.map { .string($0) }),
          ("observed", .bool(witness.isObserved)), ("weight", decimal(witness.weight, places: 3)),
          (
            "evidence",
            .array(
              witness.items.map { item in
                Output.object([
                  ("id", .string(item.record.text)), ("item", item.item.map { .string($0) }),
                  ("observed", .bool(item.isObserved)),
                  ("date", item.date.map { .string($0.description) }),
                ])
              })
          ),
        ])
      })
    object["teams"] = .array(
      score.teams.map {
        Output.object([("team", .string($0.name)), ("weight", decimal($0.weight, places: 3))])
      })
    object["positions"] = .array(
      score.members.map { member in
        let position = member.position
        return Output.object([
          ("id", .string(position.record.text)), ("item", position.item.map { .string($0) }),
          ("who", position.who.map { .string($0) }), ("team", position.team.map { .string($0) }),
          ("position", .string(position.value)),
        ])
      })
    object["duplicates"] = .array(row.entry.duplicates.map { .string($0.text) })
    object["advice"] = .array(
      row.ranking.advice(for: row.entry).map { advice in
        Output.object([
          ("words", .string(advice.words)), ("command", .string(advice.command)),
          ("points", decimal(advice.gain, places: 1)), ("rank", .number(JSONNumber(advice.rank))),
          ("atMost", .bool(advice.isAtMost)),
        ])
      })
    return .object(object)
  }

  private static func object(_ row: RankRow) -> JSONObject {
    let entry = row.entry
    var object = JSONObject()
    object["id"] = .string(entry.id.text)
    object["kind"] = .string(row.ranking.kind.name)
    object["title"] = .string(entry.heading)
    if let state = entry.state { object["state"] = .string(state) }
    if let place = row.place {
      object["rank"] = .number(JSONNumber(place.rank))
      object["of"] = .number(JSONNumber(place.of))
    }
    object["formula"] = .string(row.ranking.binding.formula)
    object["score"] = decimal(entry.score.tenths, places: 1)
    object["parts"] = .array(
      entry.score.parts.map {
        Output.object([("name", .string($0.name)), ("points", decimal($0.tenths, places: 1))])
      })
    return object
  }

  /// Returns a decision with the rank of each pain point that it addresses, and its scores.
  static func item(_ answer: RankAnswer) -> JSONValue {
    let value = answer.record.value
    return Output.object([
      ("id", .string(answer.record.id.text)), ("kind", .string(answer.kind.name)),
      ("title", .string(answer.kind.heading(of: value))),
      ("state", answer.kind.state(of: value).map { .string($0) }),
      (
        "places",
        .array(
          answer.answered.map { _, answered in
            Output.object([
              ("id", .string(answered.entry.id.text)),
              ("rank", .number(JSONNumber(answered.place.rank))),
              ("of", .number(JSONNumber(answered.place.of))),
              ("countsClosed", .bool(answered.place.countsClosed)),
            ])
          })
      ), ("scores", .array(answer.kind.scores(of: value).map { Output.item($0) })),
    ])
  }

  private static func decimal(_ count: Int, places: Int) -> JSONValue {
    JSONNumber(ExactRatio.decimal(count, places: places)).map { .number($0) } ?? .null
  }
}

extension Output {
  /// Returns `{formula, value, words}`, or `{formula, reason, pointer}` if there is no result.
  static func item(_ score: Score) -> JSONValue {
    switch score.outcome {
    case .score(let value, _):
      return object([
        ("formula", .string(score.formula.id)),
        ("value", JSONNumber(value.printed).map { .number($0) }),
        ("words", .string(score.sentence)),
      ])
    case .none(let reason, _):
      return object([
        ("formula", .string(score.formula.id)), ("reason", .string(reason)),
        ("pointer", score.pointer.map { .string($0.description) }),
      ])
    }
  }
}

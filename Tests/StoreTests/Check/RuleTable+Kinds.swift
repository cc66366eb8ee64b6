import Records

@testable import Store

/// The rows of the kinds that `schema add` brings, and of the meetings that go with them.
extension RuleTable {
  static func feedback() throws -> [RuleRow] {
    let kind = "feedback"
    let triaged =
      #"{"status": "triaged", "said": ["s"], "team": "pay", "about": ["PP-0000000002"]}"#
    let pain = (kind: "pain-point", text: #"{"title": "x", "status": "reported", "severity": 5}"#)
    return [
      try row("feedback.state-disagrees", kind, triaged, #"{"about": null}"#, others: pain),
      try row(
        "feedback.set-aside-without-reason", kind,
        #"{"status": "set-aside", "said": ["s"], "setAsideReason": ["Told twice."]}"#,
        #"{"setAsideReason": []}"#),
      try row("feedback.without-team", kind, triaged, #"{"team": null}"#, others: pain),
      timed("first-response-due", triaged, "firstResponse", pain, late: 3601, done: .nothing),
      timed("first-response-late", triaged, "firstResponse", pain, late: 3601, done: .answered),
      timed(
        "triage-due", #"{"status": "new", "said": ["s"]}"#, "triage", pain, late: 86_401,
        done: .nothing),
      timed("triage-late", triaged, "triage", pain, late: 3601, done: .triaged),
    ]
  }

  private enum Done { case nothing, answered, triaged }

  /// An hour is allowed for a severity of 5, a day for feedback that is about nothing yet.
  private static func timed(
    _ rule: String, _ text: String, _ level: String, _ pain: (kind: String, text: String),
    late: Int64, done: Done
  ) -> RuleRow {
    func scene(_ seconds: Int64) -> Scene {
      var scene = Scene(("feedback", text), pain)
      scene.config = "{\"serviceLevels\": {\"\(level)\": {\"5\": \"1h\", \"otherwise\": \"1d\"}}}"
      let now = CivilDate(scene.now)?.secondsSinceEpoch ?? 0
      let begun = done == .nothing ? now - seconds : now - 900_000
      guard let feedback = RecordID("FB-0000000001"), let subject = RecordID("PP-0000000002"),
        let answer = RecordID("ANS-0000000003")
      else { return scene }
      let came = RecordHistory.Moment(commit: "a", time: begun, order: 2)
      let ended = RecordHistory.Moment(commit: "b", time: begun + seconds, order: 3)
      var life = RecordHistory.Milestones(reported: came)
      if done == .triaged { life.states["triaged"] = ended }
      var target = RecordHistory.Milestones(
        reported: RecordHistory.Moment(commit: "z", time: begun - 10, order: 1))
      target.severities = [
        (target.reported, "5"), (RecordHistory.Moment(commit: "d", time: now, order: 4), "1"),
      ]
      if done == .nothing { target.severities.removeLast() }
      let replies = [
        Answers.Reply(id: answer, about: [subject], names: [], moment: ended)
      ]
      scene.history = RecordHistory(
        isTruncated: false, trackedSince: 0, records: [feedback: life, subject: target],
        answers: Answers(
          to: [Answers.Question(id: feedback, about: [subject], moment: came)],
          among: done == .answered ? replies : [], isAncestor: { $0.order < $1.order }))
      return scene
    }
    return RuleRow(rule: "feedback.\(rule)", silent: scene(late - 1), firing: scene(late))
  }

  static func answers() throws -> [RuleRow] {
    [
      try row(
        "answer.to-nobody", "answer",
        #"{"told": ["Done."], "to": ["everybody"], "about": ["PP-0000000002"]}"#, #"{"to": []}"#,
        others: ("pain-point", #"{"title": "x", "status": "reported"}"#))
    ]
  }

  static func interviews() throws -> [RuleRow] {
    let kind = "interview"
    let held =
      #"{"title": "x", "status": "closed", "type": "shadowing", "conductedOn": "2026-02-10", "interviewer": "ada", "participant": {"team": "pay", "who": "developer 12"}, "consent": "spoken", "daysSpent": 1, "observed": [{"id": "aaaaa", "text": ["o"]}]}"#
    let people = #"{"people": [{"handle": "ada", "name": "Ada", "group": "platform"}]}"#
    return [
      try row("interview.no-consent", kind, held, #"{"consent": null}"#),
      try row("interview.kept-without-consent", kind, held, #"{"consent": "refused"}"#),
      try row("interview.nothing-noted", kind, held, #"{"observed": []}"#),
      try row(
        "interview.nothing-observed", kind, held,
        #"{"observed": null, "said": [{"id": "aaaaa", "text": ["s"]}]}"#),
      try row(
        "interview.interpretation-without-ground", kind,
        try Scene.merged(held, #"{"interpretation": [{"id": "bbbbb", "text": ["i"]}]}"#),
        #"{"observed": null}"#),
      try row("interview.no-days", kind, held, #"{"daysSpent": null}"#),
      try row("interview.no-team", kind, held, #"{"participant": {"team": null}}"#),
      try row("interview.participant-named", kind, held, #"{"participant": {"who": "Bo Brown"}}"#),
      try row("interview.no-interviewer", kind, held, #"{"interviewer": null}"#),
      try cadence(
        "interview.too-few", "interviews", kind,
        try Scene.merged(held, #"{"type": "interview"}"#), date: "conductedOn"),
      try shadowing(kind, held, people: people),
    ]
  }

  /// One engineer, a day each month: half a day is too little.
  private static func shadowing(_ kind: String, _ text: String, people: String) throws -> RuleRow {
    try row("interview.too-little-shadowing", kind, text, #"{"daysSpent": 0.5}"#) { scene in
      scene.people = people
      scene.config = #"{"cadences": {"shadowing": {"daysPerEngineer": 1, "every": "month"}}}"#
      scene.history = RecordHistory(isTruncated: false, trackedSince: 0, records: [:])
    }
  }

  static func measures() throws -> [RuleRow] {
    let kind = "measure"
    let taken =
      #"{"status": "recorded", "name": "time-to-deploy", "takenOn": "2026-02-10", "audience": "users", "value": 3, "unit": "hours", "sampleSize": 12, "method": "survey", "question": "q", "previous": "MEA-0000000002"}"#
    let nps =
      #"{"status": "recorded", "name": "nps", "takenOn": "2026-02-10", "value": 3, "unit": "points", "nps": {"promoters": 1, "passives": 0, "detractors": 0}}"#
    let earlier = (kind: kind, text: try Scene.merged(taken, #"{"previous": null}"#))
    let builders =
      #"{"status": "recorded", "name": "satisfaction", "takenOn": "2026-02-10", "audience": "builders", "value": 4, "scale": {"from": 1, "to": 5}}"#
    let users = (
      kind: kind, text: try Scene.merged(builders, #"{"audience": "users", "value": 3.6}"#)
    )
    func measuring(_ rule: String, _ patch: String) throws -> RuleRow {
      try row("measure.\(rule)", kind, taken, patch, others: earlier)
    }
    return [
      try measuring("no-number", #"{"value": null}"#),
      try measuring("no-sample-size", #"{"sampleSize": null}"#),
      try measuring("no-method", #"{"method": null}"#),
      try measuring("no-audience", #"{"audience": null}"#),
      try measuring("no-question", #"{"question": null}"#),
      try measuring("no-unit", #"{"unit": null}"#),
      try measuring("not-comparable", #"{"unit": "minutes"}"#),
      try row(
        "measure.users-not-asked", kind, builders, #"{"subject": "the handbook"}"#, others: users),
      // A tenth of the larger number, and a little more.
      try row("measure.perception-gap", kind, builders, #"{"value": 4.01}"#, others: users),
      try row("measure.score-without-answers", kind, nps, #"{"nps": null}"#),
      try row("measure.no-answers", kind, nps, #"{"nps": {"promoters": 0}}"#),
      try row(
        "measure.withdrawn-without-reason", kind,
        #"{"status": "withdrawn", "withdrawnReason": "r", "name": "nps", "takenOn": "2026-02-10"}"#,
        #"{"withdrawnReason": null}"#),
      try cadence("measure.survey-too-rare", "survey", kind, taken, date: "takenOn"),
    ]
  }

  private static func members(_ teams: [String]) -> String {
    let items = teams.enumerated().map {
      "{\"id\": \"aaaa\($0.offset)\", \"who\": \"p\($0.offset)\", \"team\": \"\($0.element)\"}"
    }
    return "[\(items.joined(separator: ", "))]"
  }

  static func boards() throws -> [RuleRow] {
    let kind = "board"
    let eight = (0..<8).map { "team\($0)" }
    let text =
      "{\"title\": \"x\", \"status\": \"active\", \"charter\": [\"c\"], \"cadence\": \"month\", \"quorum\": 5, \"members\": \(members(eight)), \"earlyAccess\": [{\"id\": \"bbbbb\", \"what\": \"w\"}]}"
    return [
      try row(
        "board.seats-not-filled", kind, text, "{\"members\": \(members(Array(eight.dropLast())))}"),
      try row(
        "board.team-with-several-seats", kind, text,
        "{\"members\": \(members(["team1"] + eight.dropFirst()))}"),
      try row(
        "board.member-without-team", kind, text, #"{"members": [{"id": "aaaaa", "who": "ada"}]}"#),
      try row("board.no-quorum", kind, text, #"{"quorum": null}"#),
      try row("board.no-cadence", kind, text, #"{"cadence": null}"#),
      try row("board.no-charter", kind, text, #"{"charter": []}"#),
      try row("board.no-early-access", kind, text, #"{"earlyAccess": null}"#),
    ]
  }

  static func storyMaps() throws -> [RuleRow] {
    let kind = "story-map"
    let text =
      #"{"title": "x", "status": "current", "whose": "a new developer", "activities": [{"id": "aaaaa", "title": "a", "steps": [{"id": "bbbbb", "title": "s", "stories": [{"id": "ccccc", "title": "t", "painPoints": ["PP-0000000002"]}]}]}]}"#
    let other = (kind: "pain-point", text: #"{"title": "CI is slow", "status": "reported"}"#)
    return [
      try row("story-map.no-journey", kind, text, #"{"activities": []}"#, others: other),
      try row(
        "story-map.activity-without-steps", kind, text,
        #"{"activities": [{"id": "aaaaa", "title": "a"}]}"#, others: other),
      try row(
        "story-map.story-without-ground", kind, text,
        #"{"activities": [{"id": "aaaaa", "title": "a", "steps": [{"id": "bbbbb", "title": "s", "stories": [{"id": "ccccc", "title": "t"}]}]}]}"#,
        others: other),
      try row("story-map.whose-journey", kind, text, #"{"whose": null}"#, others: other),
    ]
  }

  static func teams() throws -> [RuleRow] {
    let kind = "team"
    func text(engineers: Int, managers: Int) -> String {
      "{\"roles\": [{\"id\": \"aaaaa\", \"role\": \"e\", \"discipline\": \"engineering\", \"people\": \(engineers)}, {\"id\": \"bbbbb\", \"role\": \"m\", \"discipline\": \"product\", \"people\": \(managers)}]}"
    }
    let team = try Scene.merged(
      #"{"title": "x", "status": "active", "developersServed": 120, "scope": "usual", "productRole": "dedicated", "subPlatforms": [{"id": "ccccc", "name": "ci"}]}"#,
      text(engineers: 7, managers: 1))
    return [
      try row("team.no-roles", kind, team, #"{"roles": []}"#),
      try row("team.no-developers-served", kind, team, #"{"developersServed": null}"#),
      try row("team.no-product-role", kind, team, #"{"productRole": null}"#),
      try row("team.no-scope", kind, team, #"{"scope": null}"#),
      try row("team.product-role-without-people", kind, team, text(engineers: 7, managers: 0)),
      try row("team.product-role-too-small", kind, team, #"{"productRole": "part-time"}"#),
      try row("team.too-few-product-managers", kind, team, text(engineers: 15, managers: 1)),
      try row(
        "team.no-product-team", kind, team,
        #"{"subPlatforms": [{"id": "ccccc", "name": "ci"}, {"id": "ddddd", "name": "cd"}, {"id": "eeeee", "name": "docs"}]}"#
      ),
    ]
  }

  static func meetings() throws -> [RuleRow] {
    let kind = "minutes"
    let review =
      #"{"title": "x", "status": "draft", "type": "sprint-review", "body": "b", "heldOn": "2026-02-28", "guests": [{"id": "aaaaa", "name": "Bo", "group": "developer"}], "agenda": [{"id": "bbbbb", "title": "t", "shown": ["s"]}], "developerFeedback": [{"id": "ccccc", "text": ["f"]}]}"#
    let hours =
      #"{"title": "x", "status": "draft", "type": "office-hours", "body": "b", "heldOn": "2026-02-28", "guests": [{"id": "aaaaa", "name": "Bo"}]}"#
    let board =
      #"{"title": "x", "status": "draft", "type": "advisory-board", "body": "b", "heldOn": "2026-02-28", "board": "BRD-0000000002", "present": [{"id": "aaaaa", "name": "Bo"}, {"id": "bbbbb", "name": "Cy"}], "motions": [{"id": "ccccc", "text": "t", "outcome": "carried"}]}"#
    let outcome =
      #"{"title": "x", "status": "draft", "heldOn": "2026-02-28", "outcomes": [{"id": "aaaaa", "decision": "DEC-0000000004", "beforeFrom": "MEA-0000000002", "afterFrom": "MEA-0000000003"}]}"#
    let reading =
      #"{"status": "recorded", "name": "time-to-deploy", "takenOn": "2026-02-10", "value": 3, "unit": "hours"}"#
    var comparable = Scene(("retro", outcome), ("measure", reading), ("measure", reading))
    comparable.records.append(("decision", #"{"title": "x", "status": "proposed"}"#))
    var incomparable = comparable
    incomparable.records[2].text = try Scene.merged(reading, #"{"unit": "days"}"#)
    return [
      try row("minutes.review-without-developer", kind, review, #"{"guests": []}"#),
      try row(
        "minutes.review-shows-nothing", kind, review,
        #"{"agenda": [{"id": "bbbbb", "title": "t"}]}"#),
      try row("minutes.review-without-feedback", kind, review, #"{"developerFeedback": []}"#),
      try row("minutes.office-hours-without-visitors", kind, hours, #"{"guests": null}"#),
      try row(
        "minutes.not-approved", kind,
        #"{"title": "x", "status": "draft", "type": "other", "body": "Board", "heldOn": "2026-02-04"}"#,
        #"{"heldOn": "2026-01-07"}"#,
        others: (
          kind: kind,
          text:
            #"{"title": "y", "status": "draft", "type": "other", "body": "board", "heldOn": "2026-02-04"}"#
        )),
      try row(
        "minutes.more-votes-than-present", kind,
        try Scene.merged(
          board,
          #"{"motions": [{"id": "ccccc", "text": "t", "for": 1, "against": 0, "abstain": 1}]}"#),
        #"{"motions": [{"id": "ccccc", "text": "t", "for": 1, "against": 1, "abstain": 1}]}"#,
        others: (kind: "board", text: #"{"title": "x", "status": "active", "quorum": 2}"#)),
      try row(
        "minutes.no-quorum", kind, board, #"{"present": [{"id": "aaaaa", "name": "Bo"}]}"#,
        others: (kind: "board", text: #"{"title": "x", "status": "active", "quorum": 2}"#)),
      RuleRow(rule: "retro.readings-not-comparable", silent: comparable, firing: incomparable),
    ]
  }
}

import Records
import Testing

@testable import Store

/// One rule: a scene in which it is silent, and the nearest to it in which it fires.
struct RuleRow: Sendable, CustomTestStringConvertible {
  let rule: String
  let silent: Scene
  let firing: Scene
  var testDescription: String { rule }
}

/// Every rule's row. A rule without one fails `RuleTableTests.complete`.
enum RuleTable {
  static let rows: [RuleRow] =
    (try? painPoints() + feedback() + answers() + decisions() + minutes() + retros() + actions()
      + records() + definition()
      + interviews() + measures() + boards() + storyMaps() + teams() + meetings())
    ?? []

  /// - Parameters:
  ///   - text: the innocent record.
  ///   - patch: what makes it fire, as a merge patch.
  static func row(
    _ rule: String, _ kind: String, _ text: String, _ patch: String,
    others: (kind: String, text: String)..., prepare: (inout Scene) -> Void = { _ in }
  ) throws -> RuleRow {
    var scene = Scene((kind, text))
    scene.records += others
    prepare(&scene)
    return RuleRow(rule: rule, silent: scene, firing: try scene.patched(patch))
  }

  /// The same with two scenes that differ in something else.
  static func row(
    _ rule: String, _ scene: Scene, _ change: (inout Scene) -> Void
  ) -> RuleRow {
    var firing = scene
    change(&firing)
    return RuleRow(rule: rule, silent: scene, firing: firing)
  }

  private static func painPoints() throws -> [RuleRow] {
    let kind = "pain-point"
    let reported = #"{"title": "Builds are slow", "status": "reported"}"#
    let triaged = #"{"title": "Builds are slow", "status": "triaged"}"#
    let validated = #"{"title": "Builds are slow", "status": "validated"}"#
    let duplicate =
      #"{"title": "Builds are slow", "status": "duplicate", "duplicateOf": "PP-0000000002"}"#
    let other = (kind: kind, text: #"{"title": "CI is slow", "status": "reported"}"#)
    let story = #""jobStory": {"when": "a", "iWantTo": "b", "soICan": "c"}"#
    return [
      try row(
        "pain-point.duplicate-of-nothing", kind, duplicate, #"{"duplicateOf": null}"#, others: other
      ),
      try row(
        "pain-point.duplicate-still-open", kind, duplicate, #"{"status": "triaged"}"#, others: other
      ),
      RuleRow(
        rule: "pain-point.duplicate-of-duplicate",
        silent: Scene((kind, duplicate), other),
        firing: Scene(
          (kind, duplicate),
          (kind, #"{"title": "CI", "status": "duplicate", "duplicateOf": "PP-0000000003"}"#), other)
      ),
      try row(
        "pain-point.declined-without-reason", kind,
        #"{"title": "x", "status": "declined", "declinedReason": ["No."]}"#,
        #"{"declinedReason": []}"#),
      try row("pain-point.no-evidence", kind, reported, #"{"status": "triaged"}"#),
      try row(
        "pain-point.nothing-observed", kind,
        #"{"title": "x", "status": "validated", "evidence": [{"id": "aaaaa", "said": ["s"]}, {"id": "bbbbb", "observed": ["o"]}]}"#,
        #"{"evidence": [{"id": "aaaaa", "said": ["s"]}]}"#),
      try row(
        "pain-point.no-job-story", kind, "{\"title\": \"x\", \"status\": \"triaged\", \(story)}",
        #"{"jobStory": {"soICan": null}}"#),
      try row(
        "pain-point.solution-title", kind,
        #"{"title": "Additions to the cache get lost", "status": "reported"}"#,
        #"{"title": "Add a cache"}"#),
      try row(
        "pain-point.not-sized", kind,
        #"{"title": "x", "status": "validated", "severity": 3, "frequency": "daily", "reach": 0}"#,
        #"{"reach": null}"#),
      try row(
        "pain-point.nobody-told", kind,
        #"{"title": "x", "status": "resolved", "responses": [{"id": "aaaaa", "told": ["Done."]}]}"#,
        #"{"responses": null}"#),
      serviceLevel("first-response-due", reported, "firstResponse", after: 24, onTime: false),
      serviceLevel("first-response-late", reported, "firstResponse", after: 25, list: "responses"),
      serviceLevel("triage-due", reported, "triage", after: 24, onTime: false),
      serviceLevel("triage-late", triaged, "triage", after: 25, state: "triaged"),
      serviceLevel("resolution-due", validated, "resolution", after: 24, onTime: false),
      serviceLevel(
        "resolution-late",
        #"{"title": "x", "status": "resolved", "responses": [{"id": "aaaaa", "told": ["Done."]}]}"#,
        "resolution", after: 25, state: "resolved"),
    ]
  }

  /// A day is allowed. Exactly a day is in time; an hour more is late, or a second where nothing has
  /// come yet.
  private static func serviceLevel(
    _ rule: String, _ text: String, _ level: String, after hours: Int64, state: String? = nil,
    list: String? = nil, onTime: Bool = true
  ) -> RuleRow {
    func scene(_ seconds: Int64) -> Scene {
      var scene = Scene(("pain-point", text))
      scene.config = "{\"serviceLevels\": {\"\(level)\": {\"5\": \"1h\", \"otherwise\": \"1d\"}}}"
      let now = CivilDate(scene.now)?.secondsSinceEpoch ?? 0
      func moment(_ time: Int64) -> RecordHistory.Moment { .init(commit: "c", time: time) }
      let begun = onTime ? now - 900_000 : now - seconds
      var life = RecordHistory.Milestones(reported: moment(begun))
      if let state { life.states[state] = moment(begun + seconds) }
      if let list { life.firstItems[list] = moment(begun + seconds) }
      if let id = RecordID("PP-0000000001") {
        scene.history = RecordHistory(isTruncated: false, trackedSince: 0, records: [id: life])
      }
      return scene
    }
    return RuleRow(
      rule: "pain-point.\(rule)", silent: scene(86_400),
      firing: scene(hours == 24 ? 86_401 : hours * 3600))
  }

  private static func decisions() throws -> [RuleRow] {
    let kind = "decision"
    let accepted =
      #"{"title": "x", "status": "accepted", "addresses": ["PP-0000000002"], "options": [{"id": "aaaaa", "title": "a"}, {"id": "bbbbb", "title": "b"}], "chosen": "aaaaa", "expectedOutcome": {"measure": "m", "baseline": 3, "target": 2, "by": "2026-05-01"}, "deciders": ["ada"], "reviewOn": "2026-03-01"}"#
    let other = (kind: "pain-point", text: #"{"title": "CI is slow", "status": "reported"}"#)
    func accepting(_ rule: String, _ patch: String) throws -> RuleRow {
      try row("decision.\(rule)", kind, accepted, patch, others: other)
    }
    let painful =
      #"{"title": "CI is slow", "status": "reported", "severity": 5, "evidence": [{"id": "aaaaa", "observed": ["o"], "team": "web", "date": "2026-02-01"}]}"#
    let mild = #"{"title": "Colours differ", "status": "reported", "severity": 1}"#
    return [
      // Six pain points, of which five count as high.
      try row(
        "decision.addresses-low-rank", "decision",
        #"{"title": "x", "status": "accepted", "addresses": ["PP-0000000002"]}"#,
        #"{"addresses": ["PP-0000000007"]}"#,
        others: ("pain-point", painful), ("pain-point", painful), ("pain-point", painful),
        ("pain-point", painful), ("pain-point", painful), ("pain-point", mild)),
      try accepting("no-pain-point", #"{"addresses": []}"#),
      try accepting("no-options", #"{"options": [{"id": "aaaaa", "title": "a"}]}"#),
      try accepting("no-choice", #"{"chosen": null}"#),
      try accepting("no-deciders", #"{"deciders": []}"#),
      try accepting("no-expected-outcome", #"{"expectedOutcome": {"by": null}}"#),
      try accepting("no-baseline", #"{"expectedOutcome": {"baseline": null}}"#),
      try accepting("no-review-date", #"{"reviewOn": null}"#),
      try accepting("review-passed", #"{"reviewOn": "2026-02-28"}"#),
      try row(
        "decision.rejected-without-reason", kind,
        #"{"title": "x", "status": "rejected", "rejectedReason": ["Too dear."]}"#,
        #"{"rejectedReason": null}"#),
    ]
  }

  /// Docket has been here since January; the last month that is over is February.
  static func cadence(
    _ rule: String, _ name: String, _ kind: String, _ text: String, date: String = "heldOn"
  ) throws -> RuleRow {
    try row(rule, kind, text, "{\"\(date)\": \"2026-01-31\"}") { scene in
      scene.config = "{\"cadences\": {\"\(name)\": {\"every\": \"month\"}}}"
      scene.history = RecordHistory(
        isTruncated: false, trackedSince: CivilDate("2026-02-01")?.secondsSinceEpoch, records: [:])
    }
  }

  private static func minutes() throws -> [RuleRow] {
    let kind = "minutes"
    let draft =
      #"{"title": "x", "status": "draft", "type": "advisory-board", "heldOn": "2026-02-28", "motions": [{"id": "aaaaa", "text": "t", "mover": "Ada", "outcome": "carried"}], "positions": [{"id": "bbbbb", "painPoint": "PP-0000000002", "position": "not-valuable", "reason": ["r"]}]}"#
    let approved =
      #"{"title": "x", "status": "approved", "type": "other", "heldOn": "2026-02-28", "present": [{"id": "ccccc", "name": "Ada"}], "agenda": [{"id": "ddddd", "title": "t"}]}"#
    let other = (kind: "pain-point", text: #"{"title": "CI is slow", "status": "reported"}"#)
    return [
      try row("minutes.no-present", kind, approved, #"{"present": []}"#),
      try row("minutes.nothing-discussed", kind, approved, #"{"agenda": null}"#),
      try row(
        "minutes.motion-without-outcome", kind, draft,
        #"{"motions": [{"id": "aaaaa", "text": "t", "mover": "Ada"}]}"#, others: other),
      try row(
        "minutes.motion-without-mover", kind, draft,
        #"{"motions": [{"id": "aaaaa", "text": "t", "outcome": "lost"}]}"#, others: other),
      try row("minutes.no-positions", kind, draft, #"{"positions": null}"#, others: other),
      try row(
        "minutes.position-without-reason", kind, draft,
        #"{"positions": [{"id": "bbbbb", "painPoint": "PP-0000000002", "position": "not-valuable"}]}"#,
        others: other),
      try cadence(
        "minutes.board-too-rare", "board", kind,
        #"{"title": "x", "status": "draft", "type": "advisory-board", "heldOn": "2026-02-28"}"#),
      try cadence(
        "minutes.sprint-review-too-rare", "sprintReview", kind,
        #"{"title": "x", "status": "draft", "type": "sprint-review", "heldOn": "2026-02-01"}"#),
    ]
  }

  private static func retros() throws -> [RuleRow] {
    let kind = "retro"
    let closed =
      #"{"title": "x", "status": "closed", "heldOn": "2026-02-28", "participants": [{"id": "aaaaa", "name": "Bo", "group": "developer"}], "developerFeedback": [{"id": "bbbbb", "text": ["s"]}], "outcomes": [{"id": "ccccc", "decision": "DEC-0000000002", "before": 2, "after": 1, "result": "met"}]}"#
    let draft = try Scene.merged(closed, #"{"status": "draft"}"#)
    let other = (kind: "decision", text: #"{"title": "x", "status": "proposed"}"#)
    return [
      try row(
        "retro.no-developer-feedback", kind, closed, #"{"developerFeedback": []}"#, others: other),
      try row(
        "retro.no-developers", kind, closed,
        #"{"participants": [{"id": "aaaaa", "name": "Bo", "group": "platform"}]}"#, others: other),
      try row("retro.no-outcomes", kind, closed, #"{"outcomes": null}"#, others: other),
      try row(
        "retro.outcome-without-numbers", kind, draft,
        #"{"outcomes": [{"id": "ccccc", "decision": "DEC-0000000002", "before": 2, "result": "met"}]}"#,
        others: other),
      try row(
        "retro.outcome-without-result", kind, draft,
        #"{"outcomes": [{"id": "ccccc", "decision": "DEC-0000000002", "before": 2, "after": 1}]}"#,
        others: other),
      try cadence(
        "retro.too-rare", "retro", kind,
        #"{"title": "x", "status": "draft", "heldOn": "2026-02-14"}"#),
    ]
  }

  private static func actions() throws -> [RuleRow] {
    let open = #"{"title": "x", "status": "open", "owner": "ada", "due": "2026-03-01"}"#
    return [
      try row(
        "action.dropped-without-reason", "action",
        #"{"title": "x", "status": "dropped", "droppedReason": "r"}"#, #"{"droppedReason": null}"#),
      try row("action.no-owner", "action", open, #"{"owner": null}"#),
      try row("action.no-due", "action", open, #"{"due": null}"#),
      try row(
        "action.done-without-result", "action",
        #"{"title": "x", "status": "done", "result": ["r"]}"#, #"{"result": null}"#),
      try row("action.overdue", "action", open, #"{"due": "2026-02-28"}"#),
    ]
  }

  /// Rules in code about records, one by one and among each other.
  private static func records() throws -> [RuleRow] {
    let kind = "pain-point"
    let plain = #"{"title": "x", "status": "reported"}"#
    let other = (kind: kind, text: plain)
    let people =
      #"{"people": [{"handle": "ada", "name": "Ada", "from": "2026-02-01", "to": "2026-02-28"}]}"#
    let place = "docket/pain-points/2026/01/PP-00000000ZZ"
    func file(_ rule: String, _ text: String, firing: String, path: String? = nil) -> RuleRow {
      var scene = Scene()
      scene.checksForm = rule == "record.canonical"
      scene.files = [(place + ".json", text)]
      return row(rule, scene) { $0.files = [(path ?? place + ".json", firing)] }
    }
    let whole =
      "{\n  \"$schema\": \"../../../../.docket/schema/pain-point.schema.json\",\n  \"id\": \"PP-00000000ZZ\",\n  \"title\": \"x\",\n  \"status\": \"reported\"\n}\n"
    let action = #"{"title": "x", "status": "open", "owner": "ada", "due": "2026-02-28"}"#
    return [
      file("record.well-formed", whole, firing: whole.replacing("}", with: ",}")),
      file(
        "record.conflict", whole,
        firing: whole.replacing(
          "  \"title\": \"x\",\n",
          with:
            "<<<<<<< main\n  \"title\": \"x\",\n=======\n  \"title\": \"y\",\n>>>>>>> topic\n")),
      file("record.canonical", whole, firing: whole.replacing("\n  \"title\"", with: " \"title\"")),
      file("record.id", whole, firing: whole.replacing("PP-00000000ZZ", with: "PP-00000000ZY")),
      file("record.path", whole, firing: whole, path: place + ".txt"),
      row("record.duplicate-id", Scene((kind, plain))) {
        $0.files = [
          ("docket/pain-points/2026/02/PP-0000000001-b.json", whole.replacing("ZZ", with: "01"))
        ]
      },
      try row("record.schema", kind, plain, #"{"severity": 6}"#),
      try row("record.unknown-key", kind, plain, #"{"titel": "y"}"#),
      try row(
        "record.derived-fact", kind, #"{"title": "x", "status": "reported", "tags": ["score"]}"#,
        #"{"updated_at": "2026-02-01"}"#),
      try row(
        "record.duplicate-item", kind,
        #"{"title": "x", "status": "reported", "responses": [{"id": "aaaaa", "told": ["a"]}, {"id": "bbbbb", "told": ["b"]}]}"#,
        #"{"responses": [{"id": "aaaaa", "told": ["a"]}, {"id": "aaaaa", "told": ["b"]}]}"#),
      try row(
        "record.frozen", "minutes",
        #"{"title": "x", "status": "approved", "heldOn": "2026-02-28", "amendments": [{"id": "aaaaa", "text": ["New."]}]}"#,
        #"{"heldOn": "2026-02-27"}"#
      ) { $0.before = #"{"title": "x", "status": "approved", "heldOn": "2026-02-28"}"# },
      try row(
        "workflow.illegal-step", kind, #"{"title": "x", "status": "resolved"}"#,
        #"{"status": "reported"}"#
      ) { $0.before = #"{"title": "x", "status": "triaged"}"# },
      try row(
        "link.dangling", kind,
        #"{"title": "x", "status": "duplicate", "duplicateOf": "PP-0000000002"}"#,
        #"{"duplicateOf": "PP-0000000003"}"#, others: other),
      try row(
        "link.wrong-kind", "decision",
        #"{"title": "x", "status": "proposed", "addresses": ["PP-0000000002"]}"#,
        #"{"addresses": ["ACT-0000000003"]}"#, others: other, (kind: "action", text: action)),
      try row(
        "link.cycle", kind, #"{"title": "x", "status": "reported"}"#,
        #"{"duplicateOf": "PP-0000000002"}"#,
        others: (
          kind: kind,
          text: #"{"title": "y", "status": "duplicate", "duplicateOf": "PP-0000000001"}"#
        )),
      try row(
        "record.placeholder", kind, #"{"title": "waiting …", "status": "reported"}"#,
        #"{"title": "…"}"#),
      try row("text.control-character", kind, plain, #"{"title": "x\u202ey"}"#),
      try row(
        "text.email-address", kind,
        #"{"title": "ask @ada at kestrel.example", "status": "reported"}"#,
        #"{"title": "ask ada@kestrel.example"}"#),
      try row(
        "text.secret", kind, #"{"title": "the token ghp_… was in the log", "status": "reported"}"#,
        #"{"title": "ghp_abcdefghijklmnopqrstuvwxyz0123456789"}"#),
      try row(
        "score.no-result", "decision",
        #"{"title": "x", "status": "proposed", "scoring": {"rice": {"reach": 10, "impact": 1, "confidence": 80, "effort": 2}}}"#,
        #"{"scoring": {"rice": {"effort": null}}}"#),
      try row("person.unknown", "action", action, #"{"owner": "adda"}"#) { $0.people = people },
      try row("person.not-then", "action", action, #"{"due": "2026-03-01"}"#) {
        $0.people = people
      },
    ]
  }

  /// A kind of a team's own, without fault.
  private static let loan = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:kestrel:loan:1",
     "title": "Loan", "description": "Something lent.",
     "x-docket": {"prefix": "LO", "directory": "loans", "columns": ["title"]},
     "type": "object", "required": ["$schema", "id"],
     "properties": {
       "$schema": {"$ref": "common.schema.json#/$defs/schemaPath"},
       "id": {"title": "Id", "type": "string", "pattern": "^LO-[0-9A-HJKMNP-TV-Z]{10}$"},
       "title": {"title": "Title", "type": "string"}}}
    """#

  /// Rules about config, people, schemas and history; `record.deleted` is tried against git.
  private static func definition() throws -> [RuleRow] {
    let plain = Scene(("pain-point", #"{"title": "x", "status": "reported"}"#))
    var warned = plain
    warned.config = #"{"rules": {"action.no-due": "error"}}"#
    var strict = warned
    strict.configBefore = warned.config
    var shallow = plain
    shallow.history = RecordHistory(isTruncated: false, trackedSince: nil, records: [:])
    var kept = strict
    kept.configBefore = #"{"policy": {"maintainers": ["ada"]}}"#
    var agreeing = plain
    agreeing.schemas = [(name: "loan.schema.json", text: loan)]
    return [
      row("config.invalid", warned) { $0.config = #"{"rules": {"action.no-due": "fatal"}}"# },
      row("schema.inconsistent", agreeing) {
        $0.schemas[0].text = $0.schemas[0].text.replacing("^LO-", with: "^LA-")
      },
      row("config.unknown-rule", warned) { $0.config = #"{"rules": {"action.no-dew": "error"}}"# },
      row("policy.weakened", strict) { $0.config = #"{"rules": {"action.no-due": "info"}}"# },
      row("policy.maintainers-only", kept) {
        $0.configBefore = #"{"policy": {"maintainers": ["bo"]}}"#
      },
      row("history.shallow", shallow) {
        $0.history = RecordHistory(isTruncated: true, trackedSince: nil, records: [:])
      },
    ]
  }
}

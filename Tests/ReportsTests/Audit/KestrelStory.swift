import Files
import JSONText
import Records

@testable import Reports

/// Nine months of an invented platform team at an invented company.
enum KestrelStory {
  static let mira = SampleTracker.Author(name: "Mira Olsson", email: "mira@kestrel.example")
  static let tomas = SampleTracker.Author(name: "Tomás Reyes", email: "tomas@kestrel.example")
  static let ana = SampleTracker.Author(name: "Ana Kovač", email: "ana@kestrel.example")

  static func input() throws -> AuditInput {
    var tracker = try SampleTracker()
    tracker.roster = Roster(
      try JSONDocument(
        parsing: """
          {"people": [
            {"handle": "mira", "name": "Mira Olsson", "team": "platform", "group": "platform"},
            {"handle": "tomas", "name": "Tomás Reyes", "team": "platform", "group": "platform"},
            {"handle": "ana", "name": "Ana Kovač", "team": "payments", "group": "developer"}
          ]}
          """
      ).root.value)
    try tellPains(&tracker)
    try tellDecisions(&tracker)
    return try tracker.input(
      unreadable: [
        UnreadableRecord(
          path: "docket/actions/2026/06/ACT-5W8YB2K7RN.json", line: 4, column: 12,
          message: "expected a value")
      ],
      findings: [
        Finding(
          rule: "pain-point.nobody-told", severity: .warning,
          path: tracker.path(of: "PP-8KX3M2Q4TZ"),
          line: 5, column: 3, pointer: "/status",
          message: "is closed, and nobody who has it was told",
          hint: "docket add PP-8KX3M2Q4TZ responses to=… told=\"…\""),
        Finding(
          rule: "decision.no-pain-point", severity: .warning,
          path: tracker.path(of: "DEC-6R9TC4J8WY"), line: 5, column: 3, pointer: "/status",
          message: "is accepted without a pain point that it addresses",
          hint: "docket link DEC-6R9TC4J8WY addresses PP-…"),
        Finding(
          rule: "pain-point.evidence-without-team", severity: .info,
          path: tracker.path(of: "PP-2D7HN5V0QK"), line: 20, column: 5, pointer: "/evidence",
          message: "has evidence that names no team, so it can't count as a team of its own",
          hint: "docket edit PP-2D7HN5V0QK evidence.7m2kd.team=…"),
      ])
  }

  private static func tellPains(_ tracker: inout SampleTracker) throws {
    try tracker.commit(
      mira, at: "2026-01-14T09:12:30Z", "Note what the payments team told us",
      [
        (
          "PP-8KX3M2Q4TZ",
          pain("PP-8KX3M2Q4TZ", "A failed deploy does not say what failed", "reported")
        )
      ])
    try tracker.commit(
      ana, at: "2026-01-15T16:40:02Z", "Add two pains from the interviews",
      [
        (
          "PP-2D7HN5V0QK",
          pain("PP-2D7HN5V0QK", "The docs name services that no longer exist", "reported")
        ),
        (
          "PP-9C1FJ6X3BM",
          pain("PP-9C1FJ6X3BM", "Nobody answers in the support channel after four", "reported")
        ),
      ])
    try tracker.commit(
      mira, at: "2026-01-29T08:05:11Z", "Triage after the board met",
      [
        (
          "PP-8KX3M2Q4TZ",
          pain(
            "PP-8KX3M2Q4TZ", "A failed deploy does not say what failed", "triaged",
            """
            "severity": 4, "reach": 60,
            "evidence": [{"id": "k3x9q", "said": ["It took me a day."], "team": "payments",
              "from": "MIN-4T7WZ0Q2HC"}],
            """)
        ),
        (
          "MIN-4T7WZ0Q2HC",
          """
          {"$schema": "../../../../.docket/schema/minutes.schema.json", "id": "MIN-4T7WZ0Q2HC",
           "title": "Advisory board, January", "status": "draft", "heldOn": "2026-01-28",
           "chair": "ana", "secretary": "mira"}
          """
        ),
      ])
    try tracker.commit(
      tomas, at: "2026-02-03T10:20:00Z", "Decline what we will not do",
      [
        ("PP-3G8KQ1Z6TD", pain("PP-3G8KQ1Z6TD", "The portal is not purple", "declined")),
        (
          "PP-2D7HN5V0QK",
          pain(
            "PP-2D7HN5V0QK", "The docs name services that no longer exist", "triaged",
            #""evidence": [{"id": "7m2kd", "observed": ["Three of ten pages lead nowhere."]}],"#)
        ),
      ])
  }

  private static func tellDecisions(_ tracker: inout SampleTracker) throws {
    let text = decision(
      "DEC-1Q5VB9M3XK", "Say in the chat which step of a deploy failed", "proposed",
      #""addresses": ["PP-8KX3M2Q4TZ"], "decidedIn": ["MIN-4T7WZ0Q2HC"], "deciders": ["mira", "ana"],"#
    )
    try tracker.commit(
      tomas, at: "2026-02-26T13:00:45Z", "Propose to name the failed step",
      broughtAt: "2026-03-03T09:30:00Z", [("DEC-1Q5VB9M3XK", text)])
    try tracker.commit(
      mira, at: "2026-03-03T09:30:00Z", "Accept the proposal",
      [
        ("DEC-1Q5VB9M3XK", text.replacing("\"proposed\"", with: "\"accepted\"")),
        (
          "DEC-6R9TC4J8WY",
          decision(
            "DEC-6R9TC4J8WY", "Move the portal to the new framework", "accepted",
            #""deciders": ["tomas"],"#)
        ),
        (
          "DEC-7T0WD5K9XZ",
          decision(
            "DEC-7T0WD5K9XZ", "Write all the docs anew", "rejected",
            #""addresses": ["PP-2D7HN5V0QK"],"#)
        ),
      ])
    try tracker.commit(
      mira, at: "2026-06-30T15:10:00Z", "Look back on the second quarter",
      [
        ("DEC-1Q5VB9M3XK", text.replacing("\"proposed\"", with: "\"shipped\"")),
        (
          "PP-8KX3M2Q4TZ",
          pain(
            "PP-8KX3M2Q4TZ", "A failed deploy does not say what failed", "resolved",
            #""severity": 2, "reach": 60,"#)
        ),
        (
          "RET-2X6ZF1N7QS",
          """
          {"$schema": "../../../../.docket/schema/retro.schema.json", "id": "RET-2X6ZF1N7QS",
           "title": "Second quarter", "status": "closed", "heldOn": "2026-06-30",
           "outcomes": [{"id": "q8w2r", "decision": "DEC-1Q5VB9M3XK",
             "measure": "median time from a failed deploy to the next one that works",
             "unit": "minutes", "before": 42, "after": 11, "result": "met"}]}
          """
        ),
        (
          "ACT-8N4RD7G1VC",
          """
          {"$schema": "../../../../.docket/schema/action.schema.json", "id": "ACT-8N4RD7G1VC",
           "title": "Tell the payments team", "status": "open", "owner": "tomas",
           "due": "2026-07-10", "from": "RET-2X6ZF1N7QS"}
          """
        ),
      ])
    try tracker.commit(
      tomas, at: "2026-07-01T07:55:00Z", "Remove a record made by mistake",
      [("ACT-8N4RD7G1VC", nil)])
  }

  static func pain(_ id: String, _ title: String, _ status: String, _ more: String = "") -> String {
    """
    {"$schema": "../../../../.docket/schema/pain-point.schema.json", "id": "\(id)",
     "title": "\(title)", "status": "\(status)", \(more) "area": "platform"}
    """
  }

  static func decision(_ id: String, _ title: String, _ status: String, _ more: String) -> String {
    """
    {"$schema": "../../../../.docket/schema/decision.schema.json", "id": "\(id)",
     "title": "\(title)", "status": "\(status)", \(more) "decidedOn": "2026-03-02"}
    """
  }
}

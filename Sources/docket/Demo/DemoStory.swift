import Records
import Store

/// Nine months of a platform team at a company that doesn't exist, told in the order of days.
final class DemoStory {
  let stage: DemoStage
  private var events: [(day: String, hour: Int, act: () async throws -> Void)] = []
  var pains: [String: String] = [:]
  var meetings: [String] = []
  var decisions: [String: String] = [:]
  /// Readings by name, the earlier first.
  var readings: [String: [String]] = [:]
  var board = ""

  static let mira = ("Mira Okonedo", "mira")
  static let jonas = ("Jonas Brandt", "jonas")
  static let sade = ("Sade Lindqvist", "sade")

  init(on stage: DemoStage) { self.stage = stage }

  func tell() async throws {
    on("2026-01-12", 9, adopt)
    on("2026-01-13", 9, countTheTeam)
    planInterviews()
    planReadings()
    on("2026-02-02", 9, foundTheBoard)
    on("2026-03-24", 9, validate)
    on("2026-03-25", 9, refuse)
    planMeetings()
    planDecisions()
    on("2026-04-27", 10, drawTheMap)
    on("2026-05-04", 10, letTheBoardTry)
    planReviews()
    on("2026-09-17", 10, lookBack)
    let order = events.enumerated().sorted {
      ($0.element.day, $0.element.hour, $0.offset) < ($1.element.day, $1.element.hour, $1.offset)
    }
    for (_, event) in order {
      stage.goOn(to: event.day, at: event.hour)
      stage.become(Self.mira.0, Self.mira.1)
      try await event.act()
    }
    try await close()
  }

  func on(_ day: String, _ hour: Int, _ act: @escaping () async throws -> Void) {
    events.append((day, hour, act))
  }

  private func adopt() async throws {
    stage.title("January: Kestrel's platform team adopts docket")
    // A repository of its own, even where the folder lies in another one.
    try Files.makeDirectories(stage.directory, below: "")
    try await stage.git(["init", "-q", "-b", "main"], shows: false)
    try await stage.docket(["init", ".", "--name", "Kestrel platform feedback"])
    try await stage.git(["config", "docket.handle", "mira"], shows: false)
    try await stage.docket(["schema", "add", "--all"])
    try stage.write(DemoPeople.json, to: ".docket/people.json")
    try stage.write(DemoPeople.config, to: ".docket/config.json")
    try await stage.git(["add", ".docket"], shows: false)
    try await stage.git(
      ["commit", "-q", "-m", "Name the people, and promise answers"], shows: false)
    stage.say(
      "A repository, ten kinds of record, a hook, \(DemoPeople.count) people on the roster, and a promise: how soon people hear from the team."
    )
  }

  private func validate() async throws {
    for key in ["docs", "support", "ci"] {
      try await stage.docket(["move", pains[key] ?? "", "validated"])
    }
    stage.title("March: what thirty interviews say")
    for pain in DemoPains.all {
      let count = DemoInterviews.all.count { $0.answers.contains { $0.pain == pain.key } }
      stage.say("  \(count < 10 ? " " : "")\(count) speak of  \(pain.title)")
    }
    stage.say("The portal that is called a must-have is one director's wish.")
    stage.title("March: what hurts most, by evidence")
    try await stage.docket(["rank"], shows: true)
  }

  /// What the hook says to a hand-edited record that isn't sound.
  private func refuse() async throws {
    stage.title("March: a commit that is refused")
    stage.become(Self.jonas.0, Self.jonas.1)
    let id = pains["approvals"] ?? ""
    let found = try await stage.docket(["list", "id:\(id)", "--format", "jsonl"])
    guard let start = found.firstRange(of: "\"path\":\""),
      let end = found[start.upperBound...].firstIndex(of: "\"")
    else { throw StoreError.failed("the demonstration lost sight of \(id)") }
    let path = String(found[start.upperBound..<end])
    stage.say("Jonas edits a record by hand, in a hurry, and wants to commit it:")
    let edited = stage.read(path).replacing("\"severity\": 3", with: "\"severity\": 9")
      .replacing("\"status\": \"triaged\"", with: "\"status\": \"trigaed\"")
    try stage.write(edited, to: path)
    try await stage.git(["add", path], shows: false)
    guard try await !stage.git(["commit", "-m", "Make it urgent"]) else {
      throw StoreError.failed("the demonstration's bad commit was not refused")
    }
    try await stage.git(["restore", "--staged", "--worktree", path], shows: false)
    stage.say("Nothing of it was committed. He takes it back.")
  }

  /// Monthly meetings of a board of nine.
  private func planMeetings() {
    for (index, meeting) in DemoMeetings.all.enumerated() {
      on(meeting.date, 16) { [self] in
        stage.become(Self.sade.0, Self.sade.1)
        if index == 0 { stage.title("February to September: an advisory board of nine, monthly") }
        let id = try await minutes(of: meeting, shows: index == 0)
        for position in meeting.positions {
          try await stage.docket(
            [
              "add", id, "positions", "painPoint=\(pains[position.pain] ?? "")",
              "position=\(position.position)", "who=\(position.who)", "team=\(position.team)",
              "reason=\(position.reason)",
            ],
            shows: position.position == "not-valuable" && position.who == "tomas")
        }
        for trial in meeting.earlyAccess {
          try await stage.docket([
            "add", id, "earlyAccess", "about=\(decisions[trial.decision] ?? "")",
            "feature=\(trial.feature)", "who=\(trial.who)", "team=\(trial.team)",
            "feedback=\(trial.feedback)",
          ])
        }
        for motion in meeting.motions {
          try await stage.docket([
            "add", id, "motions", "text=\(motion.text)", "mover=\(motion.mover)",
            "seconder=\(motion.seconder)", "for:=\(motion.for)", "against:=\(motion.against)",
            "abstain:=\(motion.abstain)", "outcome=\(motion.outcome)",
          ])
        }
        for action in meeting.actions {
          let number = try await stage.docket([
            "new", "action", "title=\(action.title)", "owner=\(action.owner)",
            "due=\(action.due)", "from=\(id)",
          ])
          actions[action.title] = number
        }
        try await stage.docket(["edit", id, "board=\(board)"])
        if let previous = meetings.last {
          try await stage.docket(["link", id, "approvesMinutes", previous], shows: index == 1)
        }
        meetings.append(id)
      }
      for action in meeting.actions where action.isDone {
        on(action.due, 11) { [self] in
          try await stage.docket(["move", actions[action.title] ?? "", "done"])
        }
      }
    }
  }

  private var actions: [String: String] = [:]

  /// The record of a meeting: imported from the secretary's Markdown, or entered.
  private func minutes(of meeting: DemoMeetings.Meeting, shows: Bool) async throws -> String {
    guard let markdown = meeting.markdown else {
      let id = try await stage.docket([
        "new", "minutes", "title=\(meeting.title)", "type=advisory-board",
        "body=Developer platform advisory board", "heldOn=\(meeting.date)", "chair=ines",
        "secretary=sade", "present:=\(DemoMeetings.present)",
      ])
      for topic in meeting.topics {
        try await stage.docket([
          "add", id, "agenda", "title=\(topic.title)", "notes=\(topic.notes)",
        ])
      }
      return id
    }
    let path = "minutes-\(meeting.date).md"
    try stage.write(markdown, to: path)
    let printed = try await stage.docket(["import", "minutes", path], shows: shows)
    Files.remove("\(stage.directory)/\(path)")
    let ids = printed.split(separator: "\n").map(String.init)
    return ids.first { $0.hasPrefix("MIN-") } ?? ""
  }

  private func planDecisions() {
    for (index, decision) in DemoDecisions.all.enumerated() {
      on(decision.date, 13) { [self] in
        if index == 0 { stage.title("April: decisions, with what else was weighed") }
        let pain = pains[decision.pain] ?? ""
        let id = try await stage.docket([
          "new", "decision", "title=\(decision.title)", "context=\(decision.context)",
          "addresses:=[\"\(pain)\"]", "options:=\(decision.options)",
          "scoring:=\(decision.scoring)", "deciders:=[\"ines\",\"mira\"]",
          "consulted:=[\"tomas\"]",
        ])
        decisions[decision.key] = id
        if let reason = decision.rejected {
          try await stage.docket(["move", id, "rejected", "rejectedReason=\(reason)"], shows: true)
          try await stage.docket([
            "add", pain, "responses", "to=The team that asked", "on=\(decision.date)", "by=mira",
            "told=\(decision.told)",
          ])
          return
        }
        try await stage.docket(
          [
            "move", id, "accepted", "decidedOn=\(decision.date)", "chosen=\(decision.chosen)",
            "expectedOutcome:=\(decision.expected)", "reviewOn=\(decision.reviewOn)",
            "horizon=now", "decidedIn=\(meetings[decision.meeting])",
          ],
          shows: decision.key == "docs")
        try await stage.docket(["move", pain, "planned"])
      }
      if let shipped = decision.shippedOn {
        on(shipped, 15) { [self] in
          try await stage.docket(["move", decisions[decision.key] ?? "", "in-progress"])
          try await stage.docket(["move", decisions[decision.key] ?? "", "shipped"])
        }
      }
    }
  }

  private func lookBack() async throws {
    stage.title("September: a retro that asks developers, with numbers before and after")
    let retro = try await stage.docket([
      "new", "retro", "title=Two quarters of docs and support", "heldOn=2026-09-17",
      "covers=April to September 2026", "facilitator=sade",
      "participants:=\(DemoRetro.participants)", "wentWell:=\(DemoRetro.wentWell)",
      "didNotGoWell:=\(DemoRetro.didNotGoWell)", "ideas:=\(DemoRetro.ideas)",
    ])
    for feedback in DemoRetro.feedback {
      try await stage.docket([
        "add", retro, "developerFeedback", "text=\(feedback.text)", "who=\(feedback.who)",
        "team=\(feedback.team)", "about=\(decisions[feedback.about] ?? "")",
      ])
    }
    for outcome in DemoRetro.outcomes {
      try await stage.docket(
        [
          "add", retro, "outcomes", "decision=\(decisions[outcome.decision] ?? "")",
          "measure=\(outcome.measure)", "unit=\(outcome.unit)", "before:=\(outcome.before)",
          "after:=\(outcome.after)", "beforeFrom=\(readings[outcome.readings]?.first ?? "")",
          "afterFrom=\(readings[outcome.readings]?.last ?? "")", "result=\(outcome.result)",
          "note=\(outcome.note)",
        ],
        shows: outcome.decision == "docs")
    }
    try await stage.docket(["move", retro, "closed"])
    for key in ["docs", "support"] {
      try await stage.docket(["move", decisions[key] ?? "", "reviewed"])
      // Better, not gone: what was expected came only in part.
      try await stage.docket(["move", pains[key] ?? "", "validated"])
    }
    try await stage.docket([
      "add", pains["docs"] ?? "", "responses", "to=Everybody interviewed", "on=2026-09-17",
      "by=mira",
      "told=The handbook answers the twenty questions you asked most. Jobs come next.",
    ])
  }

  private func close() async throws {
    stage.title("Who decided this, on what evidence, and what came of it?")
    let exclude = stage.directory + "/.git/info/exclude"
    try Files.makeDirectories(Files.parent(of: exclude), below: stage.directory)
    let present = Files.read(exclude) ?? []
    try Files.write(
      present + Array("/audit-report.*\n".utf8), to: exclude, .replace, durable: .none)
    for format in ["md", "html"] {
      try await stage.docket(
        ["report", "audit", "--format", format, "-o", "audit-report.\(format)"], shows: true)
    }
    let report = stage.read("audit-report.md")
    stage.say("")
    stage.say(
      report.split(separator: "\n", omittingEmptySubsequences: false).prefix(40).joined(
        separator: "\n"))
    stage.say("…")
    stage.title("There it is")
    stage.say("  \(stage.name)/audit-report.html   the whole report, for a browser")
    stage.say("  \(stage.name)/audit-report.md     the same as Markdown")
    stage.say("\nNext:")
    if !BuiltIn.isOnPath {
      stage.say("  alias docket=\(ShellWord.quoted(BuiltIn.programPath))   until it is installed")
    }
    stage.say("  cd \(stage.name)")
    stage.say("  docket                          what is there")
    stage.say("  docket list kind:pain-point     what hurts")
    stage.say("  docket rank --at 2026-03-31     what hurt most before anything was decided")
    stage.say("  docket log --field status       what moved, when, by whom")
    stage.say("  docket new pain-point           note something yourself, field by field")
  }
}

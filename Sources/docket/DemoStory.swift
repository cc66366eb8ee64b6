import Records
import Store

/// Nine months of a platform team at a company that doesn't exist.
enum DemoStory {
  private static let mira = ("Mira Okonedo", "mira")
  private static let jonas = ("Jonas Brandt", "jonas")
  private static let sade = ("Sade Lindqvist", "sade")

  static func tell(in stage: DemoStage) async throws {
    stage.title("January: Kestrel's platform team adopts docket")
    stage.become(mira.0, mira.1)
    stage.goOn(to: "2026-01-12")
    _ = try await stage.docket(["init", ".", "--name", "Kestrel platform feedback"], shows: false)
    try stage.write(DemoPeople.json, to: ".docket/people.json")
    _ = try await stage.git(["add", ".docket/people.json"], shows: false)
    _ = try await stage.git(["commit", "-q", "-m", "Name the people of the platform and its board"], shows: false)
    _ = try await stage.git(["config", "docket.handle", "mira"], shows: false)
    stage.say("A repository, five kinds of record, a hook, and \(DemoPeople.count) people on the roster.")

    let pains = try await hear(stage)
    try await refuse(stage, pains)
    let board = try await meet(stage, pains)
    let decisions = try await decide(stage, pains, board)
    try await lookBack(stage, decisions, board)
    try await close(stage)
  }

  /// Thirty interviews, and the pain points they are evidence for.
  private static func hear(_ stage: DemoStage) async throws -> [String: String] {
    stage.title("January to March: thirty interviews")
    var ids: [String: String] = [:]
    for (index, pain) in DemoPains.all.enumerated() {
      stage.goOn(to: "2026-01-\(14 + index)", at: 10)
      ids[pain.key] = try await stage.docket(
        ["new", "pain-point", "title=\(pain.title)", "area=\(pain.area)", "severity:=\(pain.severity)",
          "frequency=\(pain.frequency)", "reach:=\(pain.reach)", "jobStory.when=\(pain.when)",
          "jobStory.iWantTo=\(pain.iWantTo)", "jobStory.soICan=\(pain.soICan)"],
        shows: index == 0)
    }
    let interviewers = [mira, jonas, sade]
    for (index, interview) in DemoInterviews.all.enumerated() {
      let interviewer = interviewers[index % 3]
      stage.become(interviewer.0, interviewer.1)
      let day = (CivilDate("2026-01-20")?.daysSinceEpoch ?? 0) + index * 2
      let date = CivilDate(daysSinceEpoch: day).description
      stage.goOn(to: date, at: 14)
      for answer in interview.answers {
        guard let id = ids[answer.pain] else { continue }
        let said = answer.isObserved ? "observed=\(answer.text)" : "said=\(answer.text)"
        try await stage.docket(
          ["add", id, "evidence", said, "source=\(answer.isObserved ? "shadowing" : "interview")",
            "who=\(interview.who)", "team=\(interview.team)", "date=\(date)"],
          shows: index == 0)
      }
    }
    stage.become(mira.0, mira.1)
    stage.goOn(to: "2026-03-24")
    for pain in DemoPains.all where pain.key != "portal" {
      try await stage.docket(["move", ids[pain.key] ?? "", "triaged"])
      if ["docs", "support", "ci"].contains(pain.key) {
        try await stage.docket(["move", ids[pain.key] ?? "", "validated"])
      }
    }
    stage.say("\(DemoInterviews.all.count) interviews; the most evidence is for documentation and support:")
    let listing = try await stage.docket(["list", "kind:pain-point", "sort:reach.desc"])
    stage.say(listing)
    return ids
  }

  /// What the hook says to a hand-edited record that isn't sound.
  private static func refuse(_ stage: DemoStage, _ pains: [String: String]) async throws {
    stage.title("A commit that is refused")
    stage.become(jonas.0, jonas.1)
    stage.goOn(to: "2026-03-25")
    let found = try await stage.docket(["list", "id:\(pains["approvals"] ?? "")", "--format", "jsonl"])
    guard let start = found.firstRange(of: "\"path\":\""), let end = found[start.upperBound...].firstIndex(of: "\"")
    else { return }
    let path = String(found[start.upperBound..<end])
    stage.say("Jonas edits a record by hand, in a hurry:")
    let edited = stage.read(path).replacing("\"severity\": 3", with: "\"severity\": 9")
      .replacing("\"status\": \"triaged\"", with: "\"status\": \"trigaed\"")
    try stage.write(edited, to: path)
    _ = try await stage.git(["add", path], shows: false)
    guard try await !stage.git(["commit", "-m", "Make it urgent"]) else {
      throw StoreError.failed("the demonstration's bad commit was not refused")
    }
    _ = try await stage.git(["restore", "--staged", "--worktree", path], shows: false)
    stage.say("Nothing of it was committed. He takes it back.")
  }

  /// Monthly meetings of a board of nine.
  private static func meet(_ stage: DemoStage, _ pains: [String: String]) async throws -> [String] {
    stage.title("February to September: an advisory board of nine, monthly")
    stage.become(sade.0, sade.1)
    var ids: [String] = []
    for (index, meeting) in DemoMeetings.all.enumerated() {
      stage.goOn(to: meeting.date, at: 16)
      let id: String
      if let markdown = meeting.markdown {
        try stage.write(markdown, to: "minutes/\(meeting.date).md")
        let printed = try await stage.docket(
          ["import", "minutes", "minutes/\(meeting.date).md"], shows: index == 0)
        id = printed.split(separator: "\n").first { $0.hasPrefix("MIN-") }.map(String.init) ?? ""
        // Somebody keeps the Markdown too; this sample doesn't.
        Files.remove("\(stage.directory)/minutes/\(meeting.date).md")
        Files.removeEmptyDirectory("\(stage.directory)/minutes")
      } else {
        id = try await stage.docket(
          ["new", "minutes", "title=\(meeting.title)", "type=advisory-board",
            "body=Developer platform advisory board", "heldOn=\(meeting.date)", "chair=ines",
            "secretary=sade", "present:=\(DemoMeetings.present)"])
        for topic in meeting.topics {
          try await stage.docket(["add", id, "agenda", "title=\(topic.title)", "notes=\(topic.notes)"])
        }
      }
      for position in meeting.positions {
        try await stage.docket(
          ["add", id, "positions", "painPoint=\(pains[position.pain] ?? "")",
            "position=\(position.position)", "who=\(position.who)", "team=\(position.team)",
            "reason=\(position.reason)"],
          shows: position.position == "not-valuable" && position.who == "tomas")
      }
      for motion in meeting.motions {
        try await stage.docket(
          ["add", id, "motions", "text=\(motion.text)", "mover=\(motion.mover)",
            "seconder=\(motion.seconder)", "for:=\(motion.for)", "against:=\(motion.against)",
            "abstain:=\(motion.abstain)", "outcome=\(motion.outcome)"])
      }
      for action in meeting.actions {
        let number = try await stage.docket(
          ["new", "action", "title=\(action.title)", "owner=\(action.owner)", "due=\(action.due)",
            "from=\(id)"])
        if action.isDone {
          stage.goOn(to: action.due, at: 11)
          try await stage.docket(["move", number, "done"])
          stage.goOn(to: meeting.date, at: 17)
        }
      }
      if let previous = ids.last {
        try await stage.docket(["link", id, "approvesMinutes", previous], shows: index == 1)
      }
      ids.append(id)
    }
    return ids
  }

  private static func decide(_ stage: DemoStage, _ pains: [String: String], _ board: [String])
    async throws -> [String: String]
  {
    stage.title("Decisions, with what else was weighed")
    stage.become(mira.0, mira.1)
    var ids: [String: String] = [:]
    for decision in DemoDecisions.all {
      stage.goOn(to: decision.date, at: 13)
      let id = try await stage.docket(
        ["new", "decision", "title=\(decision.title)", "context=\(decision.context)",
          "addresses:=[\"\(pains[decision.pain] ?? "")\"]", "options:=\(decision.options)",
          "scoring:=\(decision.scoring)", "deciders:=[\"ines\",\"mira\"]", "consulted=tomas"])
      ids[decision.key] = id
      if let reason = decision.rejected {
        try await stage.docket(["move", id, "rejected", "rejectedReason=\(reason)"], shows: true)
        try await stage.docket(
          ["move", pains[decision.pain] ?? "", "declined", "declinedReason=\(reason)"])
        try await stage.docket(
          ["add", pains[decision.pain] ?? "", "responses", "to=The team that asked",
            "on=\(decision.date)", "by=mira", "told=\(decision.told)"])
        continue
      }
      try await stage.docket(
        ["move", id, "accepted", "decidedOn=\(decision.date)", "chosen=\(decision.chosen)",
          "expectedOutcome:=\(decision.expected)", "reviewOn=\(decision.reviewOn)", "horizon=now",
          "decidedIn=\(board[decision.meeting])"],
        shows: decision.key == "docs")
      try await stage.docket(["move", pains[decision.pain] ?? "", "planned"])
      if let shipped = decision.shippedOn {
        try await stage.docket(["move", id, "in-progress"])
        stage.goOn(to: shipped, at: 15)
        try await stage.docket(["move", id, "shipped"])
      }
    }
    return ids
  }

  private static func lookBack(
    _ stage: DemoStage, _ decisions: [String: String], _ board: [String]
  ) async throws {
    stage.title("September: a retro that asks developers, with numbers before and after")
    stage.goOn(to: "2026-09-17", at: 10)
    let retro = try await stage.docket(
      ["new", "retro", "title=Two quarters of docs and support", "heldOn=2026-09-17",
        "covers=April to September 2026", "facilitator=sade",
        "participants:=\(DemoRetro.participants)", "wentWell:=\(DemoRetro.wentWell)",
        "didNotGoWell:=\(DemoRetro.didNotGoWell)", "ideas:=\(DemoRetro.ideas)"])
    for feedback in DemoRetro.feedback {
      try await stage.docket(
        ["add", retro, "developerFeedback", "text=\(feedback.text)", "who=\(feedback.who)",
          "team=\(feedback.team)", "about=\(decisions[feedback.about] ?? "")"])
    }
    for outcome in DemoRetro.outcomes {
      try await stage.docket(
        ["add", retro, "outcomes", "decision=\(decisions[outcome.decision] ?? "")",
          "measure=\(outcome.measure)", "before:=\(outcome.before)", "after:=\(outcome.after)",
          "result=\(outcome.result)", "note=\(outcome.note)"])
    }
    try await stage.docket(["move", retro, "closed"], shows: true)
    try await stage.docket(["move", decisions["docs"] ?? "", "reviewed"])
  }

  private static func close(_ stage: DemoStage) async throws {
    stage.title("Who decided this, on what evidence, and what came of it?")
    _ = try await stage.git(["config", "--unset", "docket.handle"], shows: false)
    let exclude = stage.directory + "/.git/info/exclude"
    let present = Files.read(exclude) ?? []
    try Files.write(present + Array("/audit-report.*\n".utf8), to: exclude, .replace, durable: false)
    for format in ["md", "html"] {
      try await stage.docket(
        ["report", "audit", "--format", format, "-o", "audit-report.\(format)"], shows: true)
    }
    let report = stage.read("audit-report.md")
    stage.say("")
    stage.say(report.split(separator: "\n", omittingEmptySubsequences: false).prefix(40).joined(separator: "\n"))
    stage.say("…")
    stage.title("There it is")
    stage.say("  \(stage.name)/audit-report.html   the whole report, for a browser")
    stage.say("  \(stage.name)/audit-report.md     the same as Markdown")
    stage.say("\nNext:")
    stage.say("  cd \(stage.name)")
    stage.say("  docket                          what is there")
    stage.say("  docket list kind:pain-point     what hurts")
    stage.say("  docket log --field status       what moved, when, by whom")
    stage.say("  docket new pain-point           note something yourself, field by field")
  }
}

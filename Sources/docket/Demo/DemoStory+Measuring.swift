import Records
import Store

/// The team, the board, the journey, and the readings before and after.
extension DemoStory {
  func countTheTeam() async throws {
    let id = try await stage.docket([
      "new", "team", "title=Kestrel platform team", "asOf=2026-01-13", "developersServed=180",
      "scope=usual", "productRole=dedicated",
    ])
    for (role, discipline, people) in [
      ("platform engineer", "engineering", "6"), ("product manager", "product", "1"),
      ("technical writer, borrowed", "other", "0.5"),
    ] {
      try await stage.docket([
        "add", id, "roles", "role=\(role)", "discipline=\(discipline)", "people=\(people)",
      ])
    }
  }

  func foundTheBoard() async throws {
    stage.become(Self.sade.0, Self.sade.1)
    let members = DemoMeetings.seats.map { handle, _, team in
      let role = handle == "ines" ? "\"role\": \"chair\", " : ""
      return
        "{\"who\": \"\(handle)\", \"team\": \"\(team)\", \(role)\"from\": \"2026-02-02\"}"
    }
    board = try await stage.docket([
      "new", "board", "title=Developer platform advisory board", "foundedOn=2026-02-02",
      "charter=The board says what is worth doing and what isn't.\nThe platform team decides, and answers at the next meeting.",
      "cadence=month", "seats.from=8", "seats.to=10", "quorum=5",
      "members:=[\(members.joined(separator: ", "))]",
    ])
  }

  func letTheBoardTry() async throws {
    try await stage.docket([
      "add", board, "earlyAccess", "what=The handbook's first three chapters",
      "about=\(decisions["docs"] ?? "")", "teams:=[\"data\", \"checkout\"]", "since=2026-05-04",
      "until=2026-06-18",
    ])
  }

  func drawTheMap() async throws {
    let docs = pains["docs"] ?? ""
    let support = pains["support"] ?? ""
    let local = pains["local"] ?? ""
    let handbook = decisions["docs"] ?? ""
    try await stage.docket([
      "new", "story-map", "title=From joining a team to a first deploy", "status=current",
      "whose=a developer who joins a team", "drawnOn=2026-04-27",
      "jobStory.when=I join a team", "jobStory.iWantTo=get a first change out in the first week",
      "jobStory.soICan=know that I can",
      """
      activities:=[
        {"title": "Get ready", "steps": [
          {"title": "Set up a machine", "painPoints": ["\(local)"], "stories": [
            {"title": "Start the service with one command", "horizon": "later", "painPoints": ["\(local)"]}]}]},
        {"title": "Deploy a first change", "steps": [
          {"title": "Find the page that is still true", "painPoints": ["\(docs)"], "stories": [
            {"title": "Read one handbook that CI keeps true", "horizon": "now", "decisions": ["\(handbook)"]},
            {"title": "Follow an error message to its page", "horizon": "next", "painPoints": ["\(docs)"]}]},
          {"title": "Ask when stuck", "painPoints": ["\(support)"], "stories": [
            {"title": "Know who has seen the question", "horizon": "now", "decisions": ["\(decisions["support"] ?? "")"], "painPoints": ["\(support)"]}]}]}]
      """,
    ])
  }

  /// Readings by day: the second of a name follows the first.
  func planReadings() {
    for (index, reading) in DemoReadings.all.enumerated() {
      on(reading.day, 16) { [self] in
        if index == 0 {
          stage.title("February: numbers before anything is changed")
        }
        let key = reading.key
        var words = ["new", "measure", "name=\(reading.name)", "takenOn=\(reading.day)"]
        words += reading.values
        if let pain = reading.pain { words.append("measures+=\(pains[pain] ?? "")") }
        if let decision = reading.decision {
          words.append("measures+=\(decisions[decision] ?? "")")
        }
        if let previous = readings[key]?.last { words.append("previous=\(previous)") }
        let id = try await stage.docket(words, shows: reading.isShown)
        readings[key, default: []].append(id)
      }
    }
  }
}

/// What Kestrel measures, before and after; the same questions each time.
enum DemoReadings {
  struct Reading {
    let day, name: String
    /// Sets readings of one name apart, by audience say.
    var of = ""
    let values: [String]
    var pain: String?
    var decision: String?
    var isShown = false

    var key: String { of.isEmpty ? name : "\(name) of \(of)" }
  }

  private static let recommend =
    "question=How likely are you to recommend the platform to another team?"
  private static let success = "question=How well can developers do a first deploy by themselves?"

  private static func nps(_ promoters: Int, _ passives: Int, _ detractors: Int) -> [String] {
    [
      "audience=users", "nps.promoters=\(promoters)", "nps.passives=\(passives)",
      "nps.detractors=\(detractors)", "sampleSize=\(promoters + passives + detractors)",
      "asked=180", "method=survey", recommend,
    ]
  }
  private static func perceived(_ audience: String, _ value: String, _ sample: Int) -> [String] {
    [
      "audience=\(audience)", "value=\(value)", "scale.from=1", "scale.to=5",
      "sampleSize=\(sample)", "method=survey", success,
    ]
  }
  private static func hours(_ value: String, _ sample: Int, _ method: String) -> [String] {
    [
      "audience=users", "value=\(value)", "unit=hours", "sampleSize=\(sample)",
      "method=\(method)",
    ]
  }

  static let all = [
    Reading(day: "2026-02-16", name: "nps", values: nps(9, 14, 22), isShown: true),
    Reading(
      day: "2026-02-16", name: "perceived-success", of: "builders",
      values: perceived("builders", "4.3", 6), pain: "docs"),
    Reading(
      day: "2026-02-16", name: "perceived-success", of: "users",
      values: perceived("users", "2.4", 44), pain: "docs", isShown: true),
    Reading(
      day: "2026-03-18", name: "time-to-first-deployment", values: hours("12", 5, "observation"),
      pain: "docs"),
    Reading(
      day: "2026-03-20", name: "time-to-first-answer", values: hours("72", 58, "records"),
      pain: "support"),
    Reading(
      day: "2026-06-25", name: "adoption", of: "the handbook",
      values: [
        "subject=the handbook", "audience=users", "value=15", "unit=% of teams", "sampleSize=20",
        "method=telemetry",
      ], decision: "docs"),
    Reading(
      day: "2026-09-01", name: "adoption", of: "the handbook",
      values: [
        "subject=the handbook", "audience=users", "value=80", "unit=% of teams", "sampleSize=20",
        "method=telemetry",
      ], decision: "docs"),
    Reading(
      day: "2026-09-08", name: "time-to-first-deployment", values: hours("3.5", 5, "observation"),
      decision: "docs", isShown: true),
    Reading(
      day: "2026-09-08", name: "time-to-first-answer", values: hours("6", 212, "records"),
      decision: "support"),
    Reading(day: "2026-09-10", name: "nps", values: nps(21, 17, 10)),
    Reading(
      day: "2026-09-10", name: "perceived-success", of: "builders",
      values: perceived("builders", "4.2", 6), decision: "docs"),
    Reading(
      day: "2026-09-10", name: "perceived-success", of: "users",
      values: perceived("users", "3.6", 47), decision: "docs"),
  ]
}

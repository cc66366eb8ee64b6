import Foundation
import TestSupport
import Testing

/// `docket rank` as people type it.
@Suite("rank") struct RankCommandTests {
  private static let environment = ["SOURCE_DATE_EPOCH": "1788480000"]  // 2026-09-04

  /// Three pain points: many people, some, nobody; and a decision on the last.
  private struct Scene {
    let repository: ScratchRepository
    let first: String
    let second: String
    let last: String
    let decision: String

    init() throws {
      repository = try ScratchRepository.tracked()
      first = try repository.new(
        "pain-point", "title=Deploys say nothing", "severity:=4", "area=ci")
      second = try repository.new("pain-point", "title=Docs are stale", "severity:=4")
      last = try repository.new("pain-point", "title=No portal", "severity:=5", "reach:=900")
      for (index, team) in ["web", "data", "search"].enumerated() {
        try repository.say([
          "add", first, "evidence", "observed=It took a day.", "who=developer \(index)",
          "team=\(team)", "date=2026-08-0\(index + 1)", "source=shadowing",
        ])
      }
      try repository.say([
        "add", second, "evidence", "said=Nobody knows.", "who=developer 9", "team=web",
        "date=2026-08-01", "source=interview",
      ])
      decision = try repository.say([
        "new", "decision", "title=Build a portal", "addresses:=[\"\(last)\"]",
        #"scoring:={"rice":{"reach":500,"impact":2,"confidence":50,"effort":12}}"#,
      ])
    }

    func rank(_ words: String...) throws -> CommandRun {
      try repository.tryDocket(["rank"] + words, environment: RankCommandTests.environment)
    }
  }

  @Test("orders by evidence, says where decisions stand, and is the same each time")
  func orders() throws {
    let scene = try Scene()
    let run = try scene.rank()
    try run.succeeded()
    let rows = run.lines.filter { $0.contains("PP-") }
    #expect(rows.count == 3)
    for (row, (id, place)) in zip(
      rows, [(scene.first, "1"), (scene.second, "2"), (scene.last, "3")])
    {
      #expect(row.split(separator: " ").prefix(2).map(String.init) == [place, id], "\(row)")
    }
    // An estimate without evidence has no points.
    #expect(rows[2].split(separator: " ")[2] == "0.0")
    #expect(run.lines.contains { $0.hasPrefix("3rd of 3") && $0.contains("RICE 41.7") })
    #expect(try scene.rank().output == run.output)
    #expect(try scene.rank("limit:1").lines.count { $0.contains("PP-") } == 1)
    let area = try scene.rank("not:area:ci", "docs")
    #expect(area.lines.filter { $0.contains("PP-") }.map { $0.split(separator: " ")[0] } == ["2"])
  }

  @Test("explains each number, for a pain point, its duplicate and a decision")
  func explains() throws {
    let scene = try Scene()
    let run = try scene.rank("--explain", String(scene.second.prefix(9)))
    try run.succeeded()
    #expect(run.output.contains("ranked 2nd of 3 open pain points"))
    #expect(run.output.contains("developer 9, web"))
    #expect(run.output.contains("What would move it up"))
    // What it says would move it up does.
    let command = try #require(
      run.lines.first { $0.contains("docket add") && $0.contains("developer 9") })
    #expect(command.contains("who='developer 9' team=web"))

    let copy = try scene.repository.new(
      "pain-point", "title=Docs lie", "duplicateOf=\(scene.second)", "status=duplicate")
    let duplicate = try scene.rank("--explain", copy)
    #expect(duplicate.output.contains("\(copy) is a duplicate"))
    #expect(duplicate.output.contains("\(scene.second)  Docs are stale"))

    let decision = try scene.rank("--explain", scene.decision)
    try decision.succeeded()
    #expect(decision.output.contains("ranked 3rd of 3 pain points, with 0.0 points"))
    #expect(
      decision.output.contains("RICE 41.7 = reach 500 × impact 2 × confidence 50 % ÷ effort 12"))
    let minutes = try scene.repository.new(
      "minutes", "title=Board", "type=other", "body=Board", "heldOn=2026-08-01")
    try scene.rank("--explain", minutes).expectRefusal(saying: "isn't ranked")
  }

  @Test("tells of another day and another commit")
  func past() throws {
    let scene = try Scene()
    try scene.repository.say(["move", scene.first, "triaged"])
    let then = try scene.repository.head()
    try scene.repository.say([
      "edit", scene.first, "status=declined", "declinedReason=Not now.",
    ])
    let now = try scene.rank()
    #expect(!now.output.contains(scene.first))
    #expect(try scene.rank("--at", then).output.contains(scene.first))
    let all = try scene.rank("status:declined,reported")
    #expect(all.lines.first { $0.contains(scene.first) }?.hasPrefix("   1") == true)
    let explained = try scene.rank("--explain", scene.first)
    #expect(explained.output.contains("(it is declined; the closed ones are counted too)"))
    // Two years later the same evidence counts less.
    let later = try scene.repository.tryDocket(
      ["rank", "--at", then, "--format", "jsonl"], environment: Self.environment)
    let aged = try scene.repository.tryDocket(
      ["rank", "--format", "jsonl"], environment: ["SOURCE_DATE_EPOCH": "1851638400"])
    func score(_ run: CommandRun, _ id: String) throws -> Double {
      let line = try #require(run.lines.first { $0.contains(id) })
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return try #require(object["score"] as? Double)
    }
    #expect(try score(aged, scene.second) < score(later, scene.second))
  }

  @Test("is a contract for programs")
  func json() throws {
    let scene = try Scene()
    let run = try scene.rank("--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(run.output.hasPrefix("{\n  \"format\": \"docket.rank/1\""))
    #expect(object["on"] as? String == "2026-09-04")
    let items = try #require(object["items"] as? [[String: Any]])
    for item in items {
      let parts = try #require(item["parts"] as? [[String: Any]])
      let sum = try parts.map { try #require($0["points"] as? Double) }.reduce(0, +)
      #expect(abs(sum - (item["score"] as? Double ?? -1)) < 0.001)
    }
    let answering = try #require(object["answering"] as? [[String: Any]])
    let scores = try #require(answering.first?["scores"] as? [[String: Any]])
    #expect(scores.first?["value"] as? Double == 41.7)
    let one = try scene.rank("--explain", scene.first, "--format", "json")
    for key in ["witnesses", "teams", "positions", "duplicates", "advice"] {
      #expect(one.output.contains("\"\(key)\""))
    }
  }

  @Test("refuses what it can't do, in words")
  func refuses() throws {
    let scene = try Scene()
    try scene.rank("sort:reach").expectRefusal(2, saying: "rank has one order")
    try scene.rank("--explain").expectRefusal(2, saying: "--explain needs a value")
    try scene.rank("--explain", scene.first, "ci").expectRefusal(2, saying: "takes no query")
    try scene.rank("--explain", "PP-000000").expectRefusal(1, saying: "there is no record")
    let none = try scene.rank("status:planned")
    #expect(none.status == 0 && none.output == "" && none.errors.contains("no open pain points"))
  }

  @Test("list sorts by scores and shows them; show computes them")
  func elsewhere() throws {
    let scene = try Scene()
    let list = try scene.repository.tryDocket(
      ["list", "kind:pain-point", "--sort", "score.desc"], environment: Self.environment)
    try list.succeeded()
    #expect(
      list.lines.dropFirst().map { $0.prefix(13) }
        == [scene.first, scene.second, scene.last].map { $0.prefix(13) })
    #expect(list.lines[0].contains("score"))
    let decisions = try scene.repository.tryDocket(["list", "kind:decision", "score:40.."])
    #expect(decisions.output.contains("RICE 41.7"))
    let show = try scene.repository.tryDocket(
      ["show", scene.decision], environment: Self.environment)
    #expect(show.output.contains("computed  RICE 41.7 = reach 500"))
    #expect(show.output.contains("computed  \(scene.last) is ranked 3rd of 3 pain points"))
  }

  @Test("show says the same place with an index and without, whatever has changed since")
  func rankPositions() throws {
    let scene = try Scene()
    let repository = scene.repository
    let copy = try repository.new("pain-point", "title=Deploys say nothing again", "severity:=2")
    /// What is computed, and the same without an index.
    func compare(_ day: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String
    {
      var told = ""
      for id in [scene.first, scene.second, scene.last, scene.decision, copy] {
        let (index, walk) = (
          try repository.tryDocket(["show", id], environment: ["SOURCE_DATE_EPOCH": day]),
          try repository.tryDocket(
            ["show", id], environment: ["SOURCE_DATE_EPOCH": day, "DOCKET_CACHE": "off"])
        )
        try index.succeeded()
        #expect(index.output == walk.output, sourceLocation: sourceLocation)
        told += index.lines.filter { $0.hasPrefix("computed") }.joined(separator: "\n") + "\n"
      }
      return told
    }
    let now = "1788480000"
    var last = try compare(now)
    #expect(last.contains("ranked 1st of 4 pain points"))
    func expectChange(_ day: String = now, sourceLocation: SourceLocation = #_sourceLocation) throws
    {
      let told = try compare(day, sourceLocation: sourceLocation)
      #expect(told != last, sourceLocation: sourceLocation)
      last = told
    }
    // Evidence grows old.
    try expectChange("1988480000")
    try expectChange()
    try repository.say(["link", copy, "duplicateOf", scene.second])
    try expectChange()
    try repository.say([
      "add", scene.last, "evidence", "said=Where?", "who=nia", "date=2026-08-02",
      "source=interview",
    ])
    try expectChange()
    // The roster knows the team.
    try repository.write(
      ".docket/people.json",
      """
      {"people": [{"handle": "nia", "name": "Nia", "team": "ops"}]}

      """)
    try repository.git("commit", "-qm", "People", "--no-verify", "--", ".docket/people.json")
    try expectChange()
  }

  @Test("check says of an accepted decision that what it addresses ranks low, until it says why")
  func lowRank() throws {
    let scene = try Scene()
    let repository = scene.repository
    try repository.say(["move", scene.decision, "accepted"])
    #expect(!(try repository.tryDocket(["check"]).output.contains("addresses-low-rank")))
    try repository.replace(
      "{", with: "{\n  \"ranking\": { \"top\": 2 },", in: ".docket/config.json")
    let check = try repository.tryDocket(["check"], environment: Self.environment)
    #expect(
      check.output.contains(
        "\(scene.decision) addresses nothing that ranks high: the best placed, \(scene.last), is 3rd of 3"
      ), "\(check.transcript)")
    try repository.git("commit", "-qam", "Count two places as high")
    try repository.say(["add", scene.decision, "amendments", "text=The auditors want it."])
    #expect(!(try repository.tryDocket(["check"]).output.contains("addresses-low-rank")))
  }

  @Test("a schema that names a formula which isn't there is told of, and the rest goes on")
  func unknownFormula() throws {
    let scene = try Scene()
    let path = ".docket/schema/decision.schema.json"
    try scene.repository.replace(
      "\"formula\": \"rice/1\"", with: "\"formula\": \"rise/1\"", in: path)
    let check = try scene.repository.tryDocket(["check"], environment: Self.environment)
    #expect(check.status == 1)
    let words = "there is no formula \"rise/1\"; did you mean \"rice/1\"?"
    #expect(
      check.lines.count { $0.contains(words) && $0.contains("[config.invalid]") } == 1,
      "\(check.transcript)")
    try scene.rank().succeeded()
  }
}

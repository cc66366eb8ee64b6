import Foundation
import TestSupport
import Testing

/// One test for each row of `docs/practices.md`: the commands of the row keep what the practice
/// asks for, and the rules of the row speak where it is missed.
@Suite("practices") struct PracticesTests {
  private static let practices = PackageFolder.url
    .appending(path: "docs/practices.md")

  /// A tracker that keeps all kinds.
  private func tracked() throws -> ScratchRepository {
    let repository = try ScratchRepository.tracked()
    try repository.docket("schema", "add", "--all").succeeded()
    return repository
  }

  /// The rules that speak of a record, in a check of everything.
  private func rules(of id: String, in repository: ScratchRepository) throws -> Set<String> {
    let run = try repository.tryDocket(["check", "--format", "json"])
    let answer = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let findings = try #require(answer?["findings"] as? [[String: Any]])
    return Set(
      findings.filter { ($0["path"] as? String)?.contains(id) == true }
        .compactMap { $0["rule"] as? String })
  }

  /// Requires that the rules of one practice, the row with that name, speak of `missed` and none of
  /// them of `kept`.
  private func expect(
    _ practice: String, kept: [String], missed: [String], in repository: ScratchRepository,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let rows = try String(contentsOf: Self.practices, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| \(practice) |") }
    let row = try #require(rows.first, "no row \(practice)", sourceLocation: sourceLocation)
    let cells = row.split(separator: "|")
    let named = Set(
      try #require(cells.last).split(separator: "`").map(String.init).filter {
        $0.contains(".") && !$0.contains(" ")
      })
    #expect(!named.isEmpty, sourceLocation: sourceLocation)
    var spoken: Set<String> = []
    for id in missed { spoken.formUnion(try rules(of: id, in: repository)) }
    #expect(
      named.isSubset(of: spoken), "silent: \(named.subtracting(spoken))",
      sourceLocation: sourceLocation)
    for id in kept {
      let wrong = try rules(of: id, in: repository).intersection(named)
      #expect(wrong.isEmpty, "\(id): \(wrong)", sourceLocation: sourceLocation)
    }
  }

  @Test("interviews") func interviews() throws {
    let repository = try tracked()
    let pain = try repository.new("pain-point", "title=Failed deploys say nothing")
    let kept = try repository.new(
      "interview", "title=How payments deploys", "type=interview", "conductedOn=2026-03-02",
      "participant.team=payments", "participant.who=developer 12", "consent=spoken")
    try repository.say(["add", kept, "said", "text=It took me a day.", "about+=\(pain)"])
    try repository.say(["add", kept, "interpretation", "text=The message misleads."])
    try repository.say(["move", kept, "closed"])
    let record = try repository.record(kept)
    #expect(
      (record["said"] as? [[String: Any]])?.first?["text"] as? [String] == ["It took me a day."])
    let frozen = try repository.tryDocket(["edit", kept, "said.0.text=It took me an hour."])
    frozen.expectRefusal(saying: "record.frozen")
    #expect(try repository.docket("show", pain).output.contains("came up in \(kept)"))

    let missed = try repository.new(
      "interview", "title=A talk in the corridor", "type=interview", "conductedOn=2026-03-03",
      "status=closed", "participant.who=Ingrid Falk",
      #"interpretation:=[{"text": ["They want a portal."]}]"#)
    try expect("interviews", kept: [kept], missed: [missed], in: repository)
  }

  @Test("shadowing") func shadowing() throws {
    let repository = try tracked()
    let kept = try repository.new(
      "interview", "title=A day beside developer 7", "type=shadowing", "conductedOn=2026-03-02",
      "interviewer=mira", "participant.team=catalogue", "consent=spoken", "daysSpent=1",
      #"observed:=[{"text": ["Opened four tools."]}]"#, "status=closed")
    let pain = try repository.new(
      "pain-point", "title=Failed deploys say nothing", "status=validated")
    try repository.say([
      "add", pain, "evidence", "observed=Opened four tools.", "source=shadowing", "team=catalogue",
      "from=\(kept)",
    ])
    #expect(try repository.record(kept)["daysSpent"] as? Double == 1)

    let missed = try repository.new(
      "interview", "title=Beside developer 8", "type=shadowing", "conductedOn=2026-03-03",
      "status=closed", #"said:=[{"text": ["I never open four tools."]}]"#)
    let believed = try repository.new(
      "pain-point", "title=Logs are hard to read", "status=validated",
      #"evidence:=[{"said": ["They are."], "team": "search"}]"#)
    try expect("shadowing", kept: [kept, pain], missed: [missed, believed], in: repository)
  }

  @Test("surveys") func surveys() throws {
    let repository = try tracked()
    let kept = try repository.new(
      "measure", "name=csat", "takenOn=2026-03-31", "audience=users", "csat.counts:=[1,3,6,14,8]",
      "sampleSize=32", "asked=120", "method=survey", "question=How satisfied are you with deploys?")
    #expect(
      (try repository.record(kept)["csat"] as? [String: Any])?["counts"] as? [Int]
        == [1, 3, 6, 14, 8])
    let missed = try repository.new(
      "measure", "name=csat", "takenOn=2026-03-31", "value=4.1", "method=survey")
    try expect("surveys", kept: [kept], missed: [missed], in: repository)
  }

  @Test("job stories") func jobStories() throws {
    let repository = try tracked()
    let kept = try repository.new(
      "pain-point", "title=Failed deploys say nothing", "status=triaged",
      "jobStory.when=a deploy fails", "jobStory.iWantTo=see which step failed",
      "jobStory.soICan=mend it the same day")
    #expect(try repository.record(kept)["jobStory"] as? [String: String] != nil)
    let missed = try repository.new("pain-point", "title=Add a dashboard", "status=triaged")
    try expect("job stories", kept: [kept], missed: [missed], in: repository)
  }

  @Test("story maps") func storyMaps() throws {
    let repository = try tracked()
    let pain = try repository.new("pain-point", "title=Nobody finds the page that is true")
    let kept = try repository.new(
      "story-map", "title=From joining to the first deploy", "whose=a developer who joins a team")
    try repository.say(["add", kept, "activities", "title=Deploy a first change"])
    func item(_ keys: String...) throws -> String {
      var place = try repository.record(kept)
      for key in keys {
        place = try #require((place[key] as? [[String: Any]])?.first)
      }
      return try #require(place["id"] as? String)
    }
    let activity = "activities.\(try item("activities"))"
    try repository.say([
      "add", kept, "\(activity).steps", "title=Find the page", "painPoints+=\(pain)",
    ])
    let step = "\(activity).steps.\(try item("activities", "steps"))"
    try repository.say([
      "add", kept, "\(step).stories", "title=Read one page", "painPoints+=\(pain)", "horizon=now",
    ])
    try repository.say(["move", kept, "current"])
    #expect(try repository.docket("show", pain).output.contains("placed in \(kept)"))

    let missed = try repository.new(
      "story-map", "title=A journey of wishes", "status=current",
      #"activities:=[{"title": "a", "steps": [{"title": "b", "stories": [{"title": "c"}]}]}]"#)
    try expect("story maps", kept: [kept], missed: [missed], in: repository)
  }

  @Test("sprint reviews with developers") func sprintReviews() throws {
    let repository = try tracked()
    let kept = try repository.new(
      "minutes", "type=sprint-review", "body=Platform team", "heldOn=2026-05-19",
      "title=Sprint review, 19 May")
    try repository.say([
      "add", kept, "guests", "name=developer 12", "team=payments", "group=developer",
    ])
    try repository.say([
      "add", kept, "agenda", "title=Deploy messages", "shown=A failing deploy that names its owner",
    ])
    try repository.say([
      "add", kept, "developerFeedback", "text=I would have found it.", "team=payments",
    ])
    #expect((try repository.record(kept)["developerFeedback"] as? [Any])?.count == 1)
    let missed = try repository.new(
      "minutes", "type=sprint-review", "body=Platform team", "heldOn=2026-06-02",
      "title=Sprint review, 2 June")
    try expect("sprint reviews with developers", kept: [kept], missed: [missed], in: repository)
  }

  @Test("impact scoring") func impactScoring() throws {
    let repository = try tracked()
    let kept = try repository.new(
      "decision", "title=Name the failing step", "scoring.rice.reach=120", "scoring.rice.impact=2",
      "scoring.rice.confidence=80", "scoring.rice.effort=1.5")
    #expect(
      (try repository.record(kept)["scoring"] as? [String: [String: Double]])?["rice"]?["effort"]
        == 1.5)
    let missed = try repository.new(
      "decision", "title=Build a portal", "scoring.rice.reach=12", "scoring.rice.impact=1")
    try expect("impact scoring", kept: [kept], missed: [missed], in: repository)
  }

  @Test("retros with developer feedback") func retros() throws {
    let repository = try tracked()
    let decision = try repository.new("decision", "title=Name the failing step")
    let kept = try repository.new("retro", "title=Second quarter", "heldOn=2026-07-02")
    try repository.say([
      "add", kept, "participants", "name=developer 12", "team=payments", "group=developer",
    ])
    try repository.say([
      "add", kept, "developerFeedback", "text=I no longer dread Fridays.", "team=payments",
    ])
    try repository.say([
      "add", kept, "outcomes", "decision=\(decision)", "before=95", "after=41", "result=partly",
    ])
    try repository.say(["move", kept, "closed"])
    #expect(try repository.record(kept)["status"] as? String == "closed")
    let missed = try repository.new(
      "retro", "title=Third quarter", "heldOn=2026-10-02", "status=closed",
      #"outcomes:=[{"decision": "\#(decision)"}]"#)
    let readings = try ["users", "builders"].map { audience in
      try repository.new(
        "measure", "name=satisfaction", "audience=\(audience)", "takenOn=2026-09-30", "value=4",
        "unit=of 5", "sampleSize=9", "method=survey", "question=Are you content?")
    }
    let mixed = try repository.new("retro", "title=Fourth quarter", "heldOn=2027-01-02")
    try repository.say([
      "add", mixed, "outcomes", "decision=\(decision)", "beforeFrom=\(readings[0])",
      "afterFrom=\(readings[1])", "result=met",
    ])
    try expect(
      "retros with developer feedback", kept: [kept], missed: [missed, mixed], in: repository)
  }

  @Test("an advisory board with early access and votes") func board() throws {
    let repository = try tracked()
    let pain = try repository.new("pain-point", "title=There is no page with all services")
    let teams = ["payments", "search", "mobile", "checkout", "data", "identity", "web", "growth"]
    let members = teams.enumerated().map {
      #"{"who": "member\#($0.offset)", "team": "\#($0.element)"}"#
    }
    let kept = try repository.new(
      "board", "title=Platform advisory board", "quorum=5", "cadence=month",
      "members:=[\(members.joined(separator: ","))]")
    try repository.say([
      "add", kept, "earlyAccess", "what=The handbook's first chapters", "since=2026-05-04",
    ])
    let minutes = try repository.new(
      "minutes", "type=advisory-board", "body=Platform advisory board", "heldOn=2026-03-04",
      "board=\(kept)")
    for name in ["Ada", "Ben", "Cleo", "Dan", "Eve"] {
      try repository.say(["add", minutes, "present", "name=\(name)"])
    }
    try repository.say([
      "add", minutes, "positions", "painPoint=\(pain)", "position=not-valuable", "team=search",
      "reason=I know my services.",
    ])
    try repository.say([
      "add", minutes, "motions", "text=Documentation before the portal", "mover=member1", "for=8",
      "against=0", "abstain=0", "outcome=carried",
    ])
    try repository.say([
      "add", minutes, "earlyAccess", "feature=The handbook", "team=data", "feedback=No jobs yet.",
    ])
    #expect(try repository.docket("show", kept).output.contains("met in \(minutes)"))

    let missed = try repository.new(
      "board", "title=Board of two", #"members:=[{"who": "a"}, {"who": "b"}]"#)
    let silent = try repository.new(
      "minutes", "type=advisory-board", "body=Board of two", "heldOn=2026-03-05",
      #"motions:=[{"text": "Build a portal"}]"#)
    let few = try repository.new(
      "minutes", "type=advisory-board", "body=Platform advisory board", "heldOn=2026-04-01",
      "board=\(kept)", #"present:=[{"name": "Ada"}]"#,
      #"motions:=[{"text": "Build a portal", "mover": "Ada", "outcome": "carried"}]"#)
    try expect(
      "an advisory board with early access and votes", kept: [kept, minutes],
      missed: [missed, silent, few], in: repository)
  }

  @Test("adoption, satisfaction, NPS, perception gap, time to a first deployment")
  func numbers() throws {
    let repository = try tracked()
    let decision = try repository.new("decision", "title=Write one handbook")
    func perceived(_ name: String, by audience: String, _ value: String) throws -> String {
      try repository.new(
        "measure", "name=\(name)", "audience=\(audience)", "takenOn=2026-03-31", "value=\(value)",
        "scale.from=1", "scale.to=5", "sampleSize=9", "method=survey",
        "question=How well can developers deploy?")
    }
    var kept = [
      try perceived("perceived-success", by: "builders", "4.3"),
      try perceived("perceived-success", by: "users", "4.1"),
    ]
    kept.append(
      try repository.new(
        "measure", "name=nps", "audience=users", "takenOn=2026-03-31", "nps.promoters=21",
        "nps.passives=14", "nps.detractors=7", "sampleSize=42", "asked=120", "method=survey",
        "question=Would you recommend the platform?"))
    kept.append(
      try repository.new(
        "measure", "name=time-to-first-deployment", "audience=users", "takenOn=2026-03-31",
        "value=12", "unit=hours", "sampleSize=5", "method=observation"))
    let after = try repository.new(
      "measure", "name=time-to-first-deployment", "audience=users", "takenOn=2026-09-08",
      "value=3.5", "unit=hours", "sampleSize=5", "method=observation", "previous=\(kept[3])",
      "measures+=\(decision)")
    kept.append(after)
    #expect(try repository.docket("show", decision).output.contains("measured by \(after)"))
    try repository.tryDocket(["edit", after, "value=3"]).expectRefusal(saying: "record.frozen")

    let missed = [
      try repository.new(
        "measure", "name=adoption", "takenOn=2026-03-31", "value=41", "previous=\(after)"),
      try perceived("satisfaction", by: "builders", "4.3"),
      try perceived("ease", by: "builders", "4.3"),
    ]
    kept.append(try perceived("ease", by: "users", "2.4"))
    #expect(
      try repository.docket("check").output.contains(
        "says 4.3 where the users say 2.4 (\(kept[5])): a perception gap of 1.9"))
    try expect(
      "adoption, satisfaction, NPS, perception gap, time to a first deployment", kept: kept,
      missed: missed, in: repository)
  }

  @Test("service levels and office hours") func serviceLevels() throws {
    let repository = try tracked()
    try repository.replace(
      #""recordsFolder": "docket""#,
      with: #"""
        "recordsFolder": "docket",
          "serviceLevels": {
            "firstResponse": {
              "5": "4h",
              "otherwise": "1w"
            },
            "officeHours": [
              {
                "weekday": "tuesday",
                "from": "14:00",
                "to": "15:00"
              }
            ]
          }
        """#, in: ".docket/config.json")
    try repository.git("commit", "-qam", "Promise answers")
    let kept = try repository.new(
      "minutes", "type=office-hours", "body=Platform team", "heldOn=2026-05-12",
      #"guests:=[{"name": "developer 12", "team": "mobile", "group": "developer"}]"#)
    let pain = try repository.new("pain-point", "title=Questions get lost")
    try repository.say([
      "add", pain, "responses", "to=mobile", "told=We look at it on Tuesday.", "by=mira",
    ])
    #expect(try repository.docket("show", pain).output.contains("We look at it on Tuesday."))

    let missed = try repository.new(
      "minutes", "type=office-hours", "body=Platform team", "heldOn=2026-05-19")
    let silent = try repository.new(
      "pain-point", "title=Builds are slow", "status=resolved")
    try expect(
      "service levels and office hours", kept: [kept, pain], missed: [missed, silent],
      in: repository)
  }

  @Test("staffing") func staffing() throws {
    let repository = try tracked()
    let kept = try repository.new(
      "team", "title=Kestrel platform team", "developersServed=180", "scope=usual",
      "productRole=dedicated")
    for (role, discipline, people) in [
      ("platform engineer", "engineering", "6"), ("product manager", "product", "1"),
    ] {
      try repository.say([
        "add", kept, "roles", "role=\(role)", "discipline=\(discipline)", "people=\(people)",
      ])
    }
    #expect((try repository.record(kept)["roles"] as? [Any])?.count == 2)
    let missed = try repository.new("team", "title=Another team")
    let promised = try repository.new(
      "team", "title=A third", "productRole=part-time", "developersServed=180",
      #"subPlatforms:=[{"name": "ci"}, {"name": "deploys"}]"#)
    let stretched = try repository.new(
      "team", "title=A fourth", "productRole=dedicated", "developersServed=180", "scope=broad",
      #"roles:=[{"role": "engineer", "discipline": "engineering", "people": 6}, {"role": "product manager", "discipline": "product", "people": 1}]"#
    )
    try expect(
      "staffing", kept: [kept], missed: [missed, promised, stretched], in: repository)
  }

  @Test("every row of the page has a test here, and every rule it names exists")
  func rows() throws {
    let page = try String(contentsOf: Self.practices, encoding: .utf8)
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let rows = page.split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasPrefix("| practice")
    }
    #expect(rows.count == 12)
    for row in rows {
      let practice = row.split(separator: "|")[0].trimmingCharacters(in: .whitespaces)
      #expect(source.contains("@Test(\"\(practice)\")"), "no test of \(practice)")
    }
  }
}

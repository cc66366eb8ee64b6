import Foundation
import TestSupport
import Testing

/// Rules as a user meets them: told of, put off, not repeated, and judged by commits' times.
@Suite("rules on the command line") struct RulesCommandTests {
  private func config(_ repository: ScratchRepository, _ members: String) throws {
    try repository.replace(
      "\"recordsFolder\": \"docket\"", with: "\"recordsFolder\": \"docket\",\n  \(members)",
      in: ".docket/config.json")
    try repository.git("commit", "-qam", "Set rules")
  }

  @Test("--explain tells of built-in rules and of schemas', for people and programs")
  func explain() throws {
    let repository = try ScratchRepository.tracked()
    try config(
      repository,
      #""rules": {"action.overdue": {"severity": "error", "failFrom": "2026-10-01"}}"#)
    let text = try repository.tryDocket(["check", "--explain", "action.overdue"])
    #expect(
      text.output == """
        action.overdue: a warning; looks at one record and the day
        It is said of an action that it is still open; it was due on 2026-03-01, 9 days ago.
        Here it is an error from 2026-10-01 on, and warns until then, as .docket/config.json says.
        fix: docket move ID done; or docket edit ID due=…
        more: docs/rules.md#action.overdue

        """)
    let run = try repository.tryDocket(["check", "--explain", "link.cycle", "--format", "json"])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(json["format"] as? String == "docket.rule/1")
    #expect(json["severity"] as? String == "error" && json["configured"] == nil)
    #expect(json["help"] as? String == "docs/rules.md#link.cycle")
    // A kind that isn't installed here is told of too.
    #expect(try repository.tryDocket(["check", "--explain", "board.no-quorum"]).status == 0)
    let wrong = try repository.tryDocket(["check", "--explain", "action.overdew"])
    wrong.expectRefusal(saying: "did you mean \"action.overdue\"?")
    let format = try repository.tryDocket(["check", "--explain", "link.cycle", "--format", "sarif"])
    #expect(format.status == 2 && format.output == "")
  }

  @Test("a rule fails from its day on, counted by the date of the commit in the making")
  func failFrom() throws {
    let repository = try ScratchRepository.tracked()
    try config(
      repository, #""rules": {"action.no-due": {"severity": "error", "failFrom": "2026-10-01"}}"#)
    for (date, refuses) in [("2026-09-30T23:59:59Z", false), ("2026-10-01T00:00:00Z", true)] {
      let run = try repository.tryDocket(
        ["new", "action", "title=\(date)", "owner=ada"], environment: ["GIT_COMMITTER_DATE": date])
      #expect(run.status == (refuses ? 1 : 0), "\(run.transcript)")
      #expect(run.errors.contains(refuses ? "error: " : "warning: "))
      // The hook, on a plain commit.
      let id = "ACT-000000000\(refuses ? "A" : "B")"
      try repository.write(
        "docket/actions/2026/01/\(id).json",
        """
        {
          "$schema": "../../../../.docket/schema/action.schema.json",
          "id": "\(id)",
          "title": "x",
          "status": "open",
          "owner": "ada"
        }

        """)
      try repository.git("add", "docket")
      let commit = try repository.tryGit(
        ["commit", "-qm", "By hand"], environment: ["GIT_COMMITTER_DATE": date])
      #expect(commit.status == (refuses ? 1 : 0), "\(commit.transcript)")
      #expect(commit.errors.contains("[action.no-due]"))
      try repository.git("reset", "-q", "--hard")
    }
  }

  @Test("a write doesn't repeat what the record was warned of before; check does")
  func repeats() throws {
    let repository = try ScratchRepository.tracked()
    let first = try repository.tryDocket(["new", "action", "title=Ask three teams"])
    #expect(first.errors.contains("[action.no-due]") && first.errors.contains("[action.no-owner]"))
    let id = try #require(first.lines.first)
    let second = try repository.tryDocket(["edit", id, "owner=ada"])
    #expect(second.status == 0 && !second.errors.contains("[action.no-due]"), "\(second.errors)")
    // What the change brings is said.
    let third = try repository.tryDocket(["edit", id, "owner-="])
    #expect(third.errors.contains("[action.no-owner]") && !third.errors.contains("no-due"))
    let path = try repository.path(of: id)
    try repository.replace("Ask three teams", with: "Ask four teams", in: path)
    let commit = try repository.tryGit(["commit", "-qam", "By hand"])
    #expect(commit.status == 0 && !commit.errors.contains("warning"), "\(commit.errors)")
    #expect(try repository.tryDocket(["check"]).output.contains("[action.no-due]"))
  }

  @Test("what the day or history judges refuses no commit")
  func dayInHook() throws {
    let repository = try ScratchRepository.tracked()
    try config(repository, #""rules": {"action.overdue": "error"}"#)
    let id = try repository.new("action", "title=x", "owner=ada", "due=2020-01-01")
    let check = try repository.tryDocket(["check"])
    #expect(check.status == 1 && check.output.contains("[action.overdue]"))
    #expect(check.output.contains("fix: docket move \(id) done; or docket edit \(id) due=…"))
  }

  @Test("service levels go by the commits, and a shallow clone says that it doesn't know")
  func serviceLevels() throws {
    let repository = try ScratchRepository.tracked()
    try config(repository, #""serviceLevels": {"triage": {"4": "1d", "otherwise": "5d"}}"#)
    func at(_ date: String, _ words: String...) throws -> CommandRun {
      let run = try repository.tryDocket(
        words,
        environment: ["GIT_COMMITTER_DATE": date, "SOURCE_DATE_EPOCH": try epoch(date)])
      try run.succeeded()
      return run
    }
    func epoch(_ date: String) throws -> String {
      String(Int(try #require(ISO8601DateFormatter().date(from: date)).timeIntervalSince1970))
    }
    let hot = try at(
      "2026-02-01T10:00:00Z", "new", "pain-point", "title=Builds fail", "severity=4",
      "reportedOn=2019-01-01"
    ).lines[0]
    let mild = try at("2026-02-01T10:00:00Z", "new", "pain-point", "title=Docs are old").lines[0]
    func found(_ date: String) throws -> [String] {
      let run = try repository.tryDocket(
        ["check"], environment: ["SOURCE_DATE_EPOCH": try epoch(date)])
      return run.output.split(separator: "\n").filter { $0.contains("[pain-point.triage") }.map(
        String.init)
    }
    #expect(try found("2026-02-02T10:00:00Z") == [])
    let late = try found("2026-02-02T10:00:01Z")
    #expect(
      late.count == 1
        && late[0].contains(
          "\(hot) is not triaged after 1 day; a look at it is promised within 1 day")
    )
    _ = try at("2026-02-04T10:00:00Z", "move", hot, "triaged")
    let after = try found("2026-02-10T10:00:00Z")
    #expect(after.count == 2, "\(after)")
    #expect(after.contains { $0.contains("info: \(hot) was triaged after 3 days") })
    #expect(after.contains { $0.contains("warning: \(mild) is not triaged after 9 days") })
    // As of a revision, by the same clock.
    let clone = "\(repository.base)/shallow"
    try repository.git("clone", "-q", "--depth", "1", "file://\(repository.path)", clone)
    let shallow = try repository.tryDocket(["-C", clone, "check"])
    #expect(
      shallow.output.contains("[history.shallow]")
        && shallow.output.contains("fix: git fetch --unshallow"))
    #expect(!shallow.output.contains("triaged after"))
  }

  @Test("a cadence is judged once docket has been here for a whole span")
  func cadences() throws {
    let repository = try ScratchRepository.tracked()
    try config(repository, #""cadences": {"retro": {"every": "month"}}"#)
    // The tracker begins on 2026-01-02: January is not whole, February is.
    for (date, isJudged) in [("1770100000", false), ("1772500000", true)] {
      let run = try repository.tryDocket(["check"], environment: ["SOURCE_DATE_EPOCH": date])
      #expect(run.output.contains("[retro.too-rare]") == isJudged, "\(run.transcript)")
    }
    let run = try repository.tryDocket(["check"], environment: ["SOURCE_DATE_EPOCH": "1772500000"])
    #expect(
      run.output.contains("retros from 2026-02-01 to 2026-02-28: 0; their cadence asks for 1"))
    #expect(run.output.contains(".docket/config.json:5:25: warning: "), "\(run.output)")
  }
}

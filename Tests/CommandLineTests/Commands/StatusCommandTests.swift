import Foundation
import TestSupport
import Testing

/// Bare `docket`: what waits for me.
@Suite("what waits for me") struct StatusCommandTests {
  /// 2026-03-20.
  private static let today = ["SOURCE_DATE_EPOCH": "1774000000"]

  private func status(
    _ repository: ScratchRepository, _ words: String..., as handle: String? = "mira"
  ) throws -> CommandRun {
    if let handle { try repository.git("config", "docket.handle", handle) }
    return try repository.tryDocket(words, environment: Self.today)
  }

  private func object(_ run: CommandRun) throws -> [String: Any] {
    #expect(run.status == 0, "\(run.transcript)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.outputBytes)) as? [String: Any])
  }

  private func waiting(_ run: CommandRun) throws -> [String] {
    try #require(try object(run)["waiting"] as? [[String: Any]]).map {
      "\($0["what"] ?? "") \($0["title"] ?? "")"
    }
  }

  @Test("my actions come first by day, then what else is my turn; others' don't")
  func mine() throws {
    let repository = try ScratchRepository.tracked()
    _ = try repository.new("action", "title=Later", "owner=mira", "due=2026-03-25")
    _ = try repository.new("action", "title=Late", "owner=mira", "due=2026-03-08")
    _ = try repository.new("action", "title=No day", "owner=mira")
    _ = try repository.new("action", "title=Theirs", "owner=tomas", "due=2026-03-01")
    let done = try repository.new("action", "title=Done", "owner=mira", "due=2026-03-01")
    try repository.say(["move", done, "done"])
    func minutes(_ title: String, _ values: String...) throws {
      try repository.say(
        ["new", "minutes", "type=other", "body=Board", "title=\(title)"] + values)
    }
    try minutes("I chaired", "heldOn=2026-03-04", "chair=mira")
    try minutes("I was there", "heldOn=2026-03-05", #"present:=[{"handle":"mira"}]"#)
    try minutes("I was away", "heldOn=2026-03-05", #"absent:=[{"handle":"mira"}]"#)
    try minutes("Still to come", "heldOn=2026-03-21", "chair=mira")
    try minutes("Approved", "heldOn=2026-03-01", "chair=mira", "status=approved")
    func decision(_ title: String, _ values: String...) throws {
      try repository.say(["new", "decision", "title=\(title)"] + values)
    }
    try decision("Review me", "status=shipped", "deciders=mira,tomas", "reviewOn=2026-03-20")
    try decision("Not yet", "status=shipped", "deciders=mira", "reviewOn=2026-03-21")
    try decision("Reviewed", "status=reviewed", "deciders=mira", "reviewOn=2026-03-01")
    try decision("Mine to choose", "deciders=mira", "consulted=mira")
    try decision("Asked", "consulted=mira")
    #expect(
      try waiting(status(repository, "--format", "json")) == [
        "to do Late", "to review Review me", "to do Later", "to do No day",
        "to decide Mine to choose", "to advise on Asked", "to approve I chaired",
        "to approve I was there",
      ])
    let run = try status(repository)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Trial: 8 things wait for you, mira\n"), "\(run.output)")
    #expect(run.output.contains(/ACT-\w{4}  to do, 12 days late +Late +docket move ACT-\w{4} done/))
    #expect(run.output.contains("to review, due today") && run.output.contains("due in 5 days"))
    #expect(run.output.contains("and 3 more: docket --all"))
    #expect(run.output.contains("4 actions to do, 2 late"), "\(run.output)")
    #expect(run.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 17)
    let all = try status(repository, "--all")
    #expect(all.output.contains("I was there") && !all.output.contains("docket --all"))
    #expect(try status(repository, "--format", "jsonl").lines.count == 8)
  }

  @Test("the line's own command works, abbreviated id and all")
  func nextCommand() throws {
    let repository = try ScratchRepository.tracked()
    for number in 1...40 { _ = try repository.new("action", "title=\(number)", "owner=tomas") }
    let id = try repository.new("action", "title=Mine", "owner=mira")
    let line = try #require(
      try status(repository).lines.first { $0.contains("Mine") })
    let command = try #require(line.firstRange(of: "docket ").map { line[$0.upperBound...] })
    try repository.say(command.split(separator: " ").map(String.init))
    #expect(try repository.record(id)["status"] as? String == "done")
    #expect(try status(repository).output.hasPrefix("Trial: nothing waits for you, mira\n"))
  }

  @Test("pain points of my areas wait for an answer, whoever's team I am in")
  func areas() throws {
    let repository = try ScratchRepository.tracked()
    try repository.commit(
      "People",
      [
        ".docket/people.json":
          #"{"people": [{"handle": "mira", "name": "Mira", "areas": ["ci"]}, {"handle": "tomas", "name": "Tomas"}]}"#
          + "\n"
      ])
    let id = try repository.new("pain-point", "title=Slow", "area=ci")
    _ = try repository.new("pain-point", "title=Elsewhere", "area=docs")
    #expect(try waiting(status(repository, "--format", "json")) == ["to answer Slow"])
    #expect(try waiting(status(repository, "--format", "json", as: "tomas")) == [])
    #expect(
      try status(repository, as: "nobody").output.contains("nobody is nobody on the roster"))
    try repository.say(["add", id, "responses", "to=payments", "told=We are on it"])
    #expect(try waiting(status(repository, "--format", "json")) == [])
  }

  @Test("without a handle it says how to set one, and shows everybody's")
  func stranger() throws {
    let repository = try ScratchRepository.tracked()
    let empty = try status(repository, as: nil)
    #expect(empty.output.contains("Trial: no records yet"))
    #expect(empty.output.contains("docket new pain-point"))
    _ = try repository.new("action", "title=Theirs", "owner=tomas", "due=2026-03-01")
    let run = try status(repository, as: nil)
    #expect(run.output.contains("git config docket.handle YOUR-HANDLE"))
    #expect(run.output.contains("tomas: to do, 19 days late"), "\(run.output)")
    let answer = try object(status(repository, "--format", "json", as: nil))
    #expect(answer["handle"] == nil)
    #expect(answer["format"] as? String == "docket.status/1")
    #expect(answer["today"] as? String == "2026-03-20")
    let team = try #require(answer["team"] as? [[String: Any]])
    #expect(team.first?["count"] as? Int == 1 && team.first?["late"] as? Int == 1)
  }

  @Test("a kind of the team's own waits by its schema alone; a bad file hides nothing")
  func ownKind() throws {
    let repository = try ScratchRepository.tracked()
    let path = ".docket/schema/action.schema.json"
    let text = try #require(repository.read(path))
      .replacingOccurrences(of: "urn:docket:action:1", with: "urn:trial:errand:1")
      .replacingOccurrences(of: "\"ACT\"", with: "\"ERR\"")
      .replacingOccurrences(of: "\"actions\"", with: "\"errands\"")
      .replacingOccurrences(of: "#/$defs/actionId", with: "#/$defs/recordId")
      .replacingOccurrences(of: "\"action.", with: "\"errand.")
      .replacingOccurrences(of: "\"to do\"", with: "\"to run\"")
    try repository.write(".docket/schema/errand.schema.json", text)
    try repository.write("docket/errands/2026/01/ERR-0000000000.json", "{")
    try repository.git("add", ".")
    try repository.git("commit", "-q", "--no-verify", "-m", "Keep errands")
    _ = try repository.new("errand", "title=Post", "owner=mira")
    #expect(try waiting(status(repository, "--format", "json")) == ["to run Post"])
    let run = try status(repository)
    #expect(run.status == 0 && run.output.contains("1 file can't be read"), "\(run.transcript)")
  }

  @Test("text of records obeys nobody's terminal")
  func hostile() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("action", "title=Harm", "owner=mira")
    let path = try repository.path(of: id)
    try repository.replace("Harm", with: #"a\u001b[31mb\u202ec"#, in: path)
    try repository.git("commit", "-q", "--no-verify", "-am", "Harm")
    let run = try status(repository)
    #expect(!run.output.contains("\u{1B}") && !run.output.contains("\u{202E}"))
    #expect(run.output.contains(#"a\u{1B}[31mb\u{202E}c"#), "\(run.output)")
  }
}

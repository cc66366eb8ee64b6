import Foundation
import TestSupport
import Testing

/// What many people add to a record is a record of its own.
@Suite("collections") struct CollectionTests {
  private let repository: ScratchRepository
  private let pain: String

  init() throws {
    repository = try ScratchRepository.tracked()
    pain = try repository.new("pain-point", "title=Deploys take a day")
  }

  private func ids(_ run: CommandRun) throws -> [String] {
    try run.succeeded()
    return run.lines
  }

  @Test("add to a collection prints the new record's id alone; the owner's file stays as it is")
  func add() throws {
    let before = try repository.git("rev-parse", "HEAD:\(repository.path(of: pain))")
    let run = try repository.docket("add", pain, "evidence", "said=Took me a day", "team=web")
    #expect(try ids(run).count == 1 && run.lines[0].hasPrefix("FB-"), "\(run.transcript)")
    #expect(try repository.git("rev-parse", "HEAD:\(repository.path(of: pain))") == before)
    let record = try repository.record(run.lines[0])
    #expect(record["about"] as? [String] == [pain] && record["status"] as? String == "triaged")
    #expect(try repository.git("diff", "--name-only", "HEAD^") == repository.path(of: run.lines[0]))
    // A list that one hand writes prints nothing.
    #expect(try repository.docket("add", pain, "tags", "slow").output == "")
    try repository.expectSound()
  }

  @Test("no words of feedback or answers stand in paths and subjects")
  func words() throws {
    let secret = "zebra"
    let id = try repository.say(["note", "the \(secret) is slow", "team=web"])
    try repository.say(["edit", id, "who=\(secret) 1", "said=no \(secret) at all"])
    try repository.say(["link", id, "about", pain])
    try repository.say(["tell", pain, "the \(secret) is gone"])
    try repository.say(["move", id, "set-aside", "setAsideReason=no \(secret)"])
    try repository.say(["new", "pain-point", "title=Other", "evidence+=a \(secret)"])
    #expect(!(try repository.git("log", "--format=%B")).contains(secret))
    #expect(!(try repository.git("ls-files")).contains(secret))
  }

  @Test("feedback is new until it says what it is about, and never again")
  func states() throws {
    let id = try repository.say(["note", "slow", "team=web"])
    #expect(try repository.record(id)["status"] as? String == "new")
    try repository.say(["link", id, "about", pain])
    #expect(try repository.record(id)["status"] as? String == "triaged")
    try repository.docket("edit", id, "status=new").expectRefusal(saying: "illegal-step")
    try repository.docket("edit", id, "about-=").expectRefusal(saying: "feedback.state-disagrees")
    try repository.docket("move", id, "set-aside").expectRefusal(
      saying: "set-aside-without-reason", "docket move \(id) set-aside")
    let fresh = try repository.say(["note", "slow", "team=web"])
    try repository.docket("move", fresh, "triaged").expectRefusal(
      saying: "feedback.state-disagrees")
    // Linking what was set aside doesn't count it again.
    try repository.say(["move", fresh, "set-aside", "setAsideReason=told twice"])
    try repository.say(["link", fresh, "about", pain])
    #expect(try repository.record(fresh)["status"] as? String == "set-aside")
  }

  @Test("its words are frozen once it isn't new, and nothing else")
  func frozen() throws {
    let id = try repository.say(["note", "slow"])
    try repository.say(["edit", id, "said=slower"])
    try repository.say(["link", id, "about", pain])
    let refusal = try repository.docket("edit", id, "said=slowest")
    refusal.expectRefusal(saying: "record.frozen", "docket move \(id) set-aside")
    try repository.say(["edit", id, "team=web", "who=developer 1", "tags+=x"])
    try repository.say(["edit", id, "source=interview"])
    // By hand, through git's own hook.
    let path = try repository.path(of: id)
    try repository.replace("slower", with: "slowest", in: path)
    let commit = try repository.tryGit(["commit", "-qam", "By hand"])
    #expect(commit.status != 0 && commit.errors.contains("record.frozen"), "\(commit.transcript)")
  }

  @Test("what was set aside counts for nothing")
  func setAside() throws {
    let id = try repository.say(["add", pain, "evidence", "said=slow", "team=web"])
    let counted = try repository.docket("rank", pain, "--format", "jsonl").output
    try repository.say(["move", id, "set-aside", "setAsideReason=told twice"])
    let without = try repository.docket("rank", pain, "--format", "jsonl").output
    #expect(counted != without)
    // The cache and all records say the same.
    let walked = try repository.docket("rank", pain, "--at", "HEAD", "--format", "jsonl").output
    #expect(walked == without)
    let rows = try repository.docket("sql", "select count(*) from evidence").output
    #expect(rows.contains("0"))
  }

  @Test("a retired list is never written, by any verb")
  func retired() throws {
    let item = #"[{"id":"aaaaa","said":["x"]}]"#
    for words in [
      ["edit", pain, "evidence:=\(item)"], ["edit", pain, "evidence+={\"said\":[\"x\"]}"],
      ["edit", pain, "responses:=[{\"told\":[\"x\"]}]"],
      ["move", pain, "triaged", "evidence:=\(item)"],
    ] {
      let run = try repository.tryDocket(words)
      #expect(run.status != 0 && run.errors.contains("no longer written"), "\(run.transcript)")
    }
    #expect(try repository.record(pain)["evidence"] == nil)
    // By hand it is a warning with the fix.
    let path = try repository.path(of: pain)
    try repository.replace(
      "\"status\": \"reported\"", with: "\"status\": \"reported\", \"evidence\": \(item)", in: path)
    try repository.say(["fmt", path])
    try repository.git("add", path)
    let commit = try repository.tryGit(["commit", "-qm", "By hand"])
    #expect(
      commit.status == 0 && commit.errors.contains("record.retired-items")
        && commit.errors.contains("fix: docket migrate"), "\(commit.transcript)")
    // It is told where it came, not ever after.
    let range = try repository.docket("check", "--range", "HEAD^..HEAD")
    #expect(range.status == 0 && range.output.contains("record.retired-items"))
    try repository.say(["edit", pain, "severity=3"])
    #expect(!(try repository.docket("check", "--range", "HEAD^..HEAD")).output.contains("retired"))
    #expect(!(try repository.docket("check")).errors.contains("retired"))
    // And it is read like a record of the collection.
    #expect(
      try repository.docket("sql", "select item, said from evidence").output.contains("aaaaa"))
    #expect(try repository.docket("rank", "--explain", pain).output.contains("aaaaa"))
  }

  @Test("a new record's collections are records of the same commit; --from takes them too")
  func new() throws {
    let run = try repository.docket(
      "new", "pain-point", "title=Flaky tests", "evidence+=they fail at random",
      #"evidence+={"said":"every day","team":"web"}"#)
    try run.succeeded()
    #expect(run.lines.count == 1 && run.lines[0].hasPrefix("PP-"), "\(run.transcript)")
    #expect(run.errors.components(separatedBy: "added feedback FB-").count == 3)
    #expect(try repository.git("diff", "--name-only", "HEAD^").split(separator: "\n").count == 3)
    let object =
      #"{"title": "Old docs", "evidence": [{"said": ["stale"], "team": "ops"}], "responses": [{"told": "Soon."}]}"#
    let from = try repository.docket("new", "pain-point", "--from", "-", input: object)
    try from.succeeded()
    let shown = try repository.docket("show", from.lines[0], "--format", "json").json()
    let item = try #require((shown["items"] as? [[String: Any]])?.first)
    let collections = try #require(item["collections"] as? [String: [[String: Any]]])
    #expect(collections["evidence"]?.count == 1 && collections["responses"]?.count == 1)
    #expect((item["record"] as? [String: Any])?["evidence"] == nil)
    #expect(collections["evidence"]?.first?.keys.sorted() == ["id", "path", "record"])
  }

  @Test("evidence.X reads both forms; X may be the beginning of an id")
  func queries() throws {
    let id = try repository.say([
      "add", pain, "evidence", "said=slow", "team=web", "source=interview",
    ])
    let digits = String(id.dropFirst(3))
    for key in [
      "evidence.team:web", "evidence.\(digits).team:web", "evidence.\(digits.prefix(5)).team:web",
      "evidence.\(digits.lowercased()).team:web", "evidence.source:interview",
    ] {
      #expect(try repository.docket("list", key).output.contains(pain), "\(key)")
    }
    for key in ["evidence.team:ops", "evidence.\(digits.prefix(5)).team:ops"] {
      #expect(!(try repository.docket("list", key).output.contains(pain)), "\(key)")
    }
    try repository.docket("list", "evidence.tema:web").expectRefusal(2, saying: "evidence.team")
    // Long enough to be digits of an id, with a letter that no id has.
    try repository.docket("list", "evidence.quote:web").expectRefusal(2, saying: "evidence.quote")
  }

  @Test("the check collection-has is said by move and new, and by check; never by pre-commit")
  func rule() throws {
    let move = try repository.docket("move", pain, "triaged")
    #expect(move.errors.contains("pain-point.no-evidence"), "\(move.transcript)")
    #expect(try repository.docket("check").output.contains("pain-point.no-evidence"))
    try repository.say(["add", pain, "evidence", "said=slow", "team=web"])
    #expect(!(try repository.docket("check").output.contains("pain-point.no-evidence")))
    // As an error: the hook lets it pass, the check of a range and of a push don't.
    let other = try repository.new("pain-point", "title=Docs are old")
    try repository.replace(
      "\"recordsFolder\"",
      with: "\"rules\": {\"pain-point.no-evidence\": \"error\"}, \"recordsFolder\"",
      in: ".docket/config.json")
    try repository.git("commit", "-qam", "Evidence is a must")
    let path = try repository.path(of: other)
    try repository.replace("reported", with: "triaged", in: path)
    try repository.git("commit", "-qam", "Triage")
    let range = try repository.docket("check", "--range", "HEAD^..HEAD")
    #expect(range.status == 1 && range.output.contains("no-evidence"), "\(range.transcript)")
    #expect(try repository.docket("check", "--rev", "HEAD").status == 1)
  }

  @Test("records lie in the folder of their own day")
  func filed() throws {
    let note = try repository.say(["note", "slow", "date=2019-04-02"])
    #expect(try repository.path(of: note).hasPrefix("docket/feedback/2019/04/"))
    let minutes = try repository.new(
      "minutes", "title=Board", "type=office-hours", "body=Team", "heldOn=2018-11-30")
    #expect(try repository.path(of: minutes).hasPrefix("docket/minutes/2018/11/"))
    let told = try repository.new("pain-point", "title=Old", "reportedOn=2017-01-09")
    #expect(try repository.path(of: told).hasPrefix("docket/pain-points/2017/01/"))
    // The folder is fixed from then on.
    try repository.say(["edit", note, "date=2020-05-05"])
    #expect(try repository.path(of: note).hasPrefix("docket/feedback/2019/04/"))
    try repository.expectSound()
  }

  @Test("a key of x-docket that this docket doesn't know is refused everywhere")
  func unknownKey() throws {
    let path = ".docket/schema/action.schema.json"
    try repository.replace(
      "\"prefix\": \"ACT\"", with: "\"prefix\": \"ACT\", \"ritual\": {}", in: path)
    let check = try repository.docket("check")
    #expect(check.status == 1, "\(check.transcript)")
    for text in ["config.invalid", "x-docket.ritual", "update docket"] {
      #expect(check.output.contains(text), "\(check.transcript)")
    }
    try repository.git("add", path)
    let commit = try repository.tryGit(["commit", "-qm", "From the future"])
    #expect(commit.status != 0 && commit.errors.contains("update docket"), "\(commit.transcript)")
    try repository.git("commit", "-qnm", "From the future")
    try repository.docket("list").expectRefusal(2, saying: "update docket")
  }

  @Test("two kinds that claim note are refused")
  func twoNotes() throws {
    try repository.replace(
      "\"prefix\": \"ACT\"",
      with: "\"prefix\": \"ACT\", \"note\": {\"text\": \"/title\", \"about\": \"about\"}",
      in: ".docket/schema/action.schema.json")
    let check = try repository.docket("check")
    #expect(check.status == 1 && check.output.contains("\"note\" must be its own"))
  }

  @Test("where the schemas have no collections, add appends as before and note says migrate")
  func before() throws {
    let path = ".docket/schema/pain-point.schema.json"
    let text = try #require(repository.read(path))
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    var model = try #require(object["x-docket"] as? [String: Any])
    model["collections"] = nil
    model["rank"] = nil
    model["rules"] = nil
    model["waits"] = nil
    object["x-docket"] = model
    var properties = try #require(object["properties"] as? [String: [String: Any]])
    properties["evidence"]?["retired"] = nil
    properties["responses"]?["retired"] = nil
    object["properties"] = properties
    try repository.write(
      path, String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self))
    for name in ["feedback", "answer"] {
      try repository.git("rm", "-q", ".docket/schema/\(name).schema.json")
    }
    try repository.git("commit", "-qnam", "As it was")
    let run = try repository.docket("add", pain, "evidence", "said=slow", "team=web")
    try run.succeeded()
    #expect(run.output == "")
    #expect((try repository.record(pain)["evidence"] as? [Any])?.count == 1)
    try repository.docket("note", "slow").expectRefusal(saying: "docket migrate")
    try repository.docket("tell", pain, "soon").expectRefusal(saying: "docket migrate")
  }
}

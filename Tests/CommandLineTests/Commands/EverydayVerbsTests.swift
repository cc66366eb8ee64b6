import Foundation
import TestSupport
import Testing

@Suite("everyday verbs") struct EverydayVerbsTests {
  @Test("new prints the id and nothing else, and commits that record alone")
  func new() throws {
    let repository = try ScratchRepository.tracked()
    let run = try repository.docket(
      "new", "pain-point", "title=Deploys need three approvals", "area=deploy", "severity=4")
    #expect(run.status == 0, "\(run.transcript)")
    #expect(run.output.wholeMatch(of: /PP-[0-9A-HJKMNP-TV-Z]{10}\n/) != nil)
    let id = run.lines[0]
    let path = try repository.path(of: id)
    #expect(path.hasSuffix("/\(id)-deploys-need-three-approvals.json"))
    #expect(try repository.git("diff", "--name-status", "HEAD^", "HEAD") == "A\t\(path)")
    let record = try repository.record(id)
    #expect(record["severity"] as? Int == 4)
    #expect(record["status"] as? String == "reported")
    #expect(record["$schema"] as? String == "../../../../.docket/schema/pain-point.schema.json")
    #expect(repository.read(path) == (try repository.git("show", "HEAD:\(path)")) + "\n")
    try repository.expectSound()
  }

  @Test("a list for a spreadsheet: one table over kinds, and no formula in it")
  func csv() throws {
    let repository = try ScratchRepository.tracked()
    let action = try repository.new("action", "title==SUM(A1), twice", "due=2026-12-01")
    let pain = try repository.new("pain-point", "title=Slow \"builds\"", "severity=4")
    let list = try repository.docket("list", "--format", "csv", "--sort", "kind")
    let rows = list.output.components(separatedBy: "\r\n")
    let (actionPath, painPath) = (try repository.path(of: action), try repository.path(of: pain))
    #expect(
      rows == [
        "id,kind,path,title,status,owner,due,area,severity,reach",
        "\(action),action,\(actionPath),\"'=SUM(A1), twice\",open,,2026-12-01,,,",
        "\(pain),pain-point,\(painPath),\"Slow \"\"builds\"\"\",reported,,,,4,", "",
      ], "\(list.transcript)")
    #expect(
      try repository.docket("list", "kind:retro", "--format=csv").output == "id,kind,path\r\n")
    try repository.docket("list", "--format", "xls")
      .expectRefusal(2, saying: "--format is text, csv, json or jsonl")
  }

  @Test("every kind of the first five, each verb, clean after each")
  func everyVerb() throws {
    let repository = try ScratchRepository.tracked()
    func clean(_ words: String..., location: SourceLocation = #_sourceLocation) throws -> String {
      let before = try repository.commitCount()
      let output = try repository.say(words)
      #expect(try repository.commitCount() == before + 1, sourceLocation: location)
      try repository.expectSound(sourceLocation: location)
      return output
    }
    let pain = try clean("new", "pain-point", "title=Flaky tests")
    let other = try clean("new", "pain-point", "title=Tests are flaky")
    let minutes = try clean(
      "new", "minutes", "title=Board", "type=advisory-board", "body=Board",
      "heldOn=2026-01-02")
    let old = try clean("new", "decision", "title=Retry tests", "addresses=\(pain)")
    let new = try clean("new", "decision", "title=Quarantine tests")
    let retro = try clean("new", "retro", "title=Quarter", "heldOn=2026-01-03")
    let action = try clean("new", "action", "title=Ask the vendor", "from=\(minutes)")

    let note = try clean(
      "add", pain, "evidence", "said=It took me a day", "team=payments", "source=interview")
    _ = try clean("edit", note, "team=checkout")
    #expect(try repository.record(note)["team"] as? String == "checkout")
    _ = try clean("note", "They fail at night", "team=ops")
    _ = try clean("tell", pain, "We look at it on Tuesday")
    _ = try clean("add", pain, "tags", "ci")
    _ = try clean("add", minutes, "agenda", "title=Tests")
    let agenda = try #require(try repository.record(minutes)["agenda"] as? [[String: Any]])
    let item = try #require(agenda.first?["id"] as? String)
    #expect(item.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{5}/) != nil)
    _ = try clean("edit", minutes, "agenda.\(item).title=Flaky tests")
    #expect(
      (try repository.record(minutes)["agenda"] as? [[String: Any]])?.first?["title"] as? String
        == "Flaky tests")
    _ = try clean("edit", pain, "severity:=5", "area=ci")
    _ = try clean("edit", pain, "area-=")
    #expect(try repository.record(pain)["area"] == nil)
    _ = try clean("move", pain, "triaged")
    _ = try clean("move", action, "dropped", "droppedReason=Solved by itself")
    _ = try clean("link", new, "addresses", pain)
    _ = try clean("move", old, "accepted")
    _ = try clean("link", new, "supersedes", old)
    #expect(try repository.record(old)["status"] as? String == "superseded")
    #expect(
      try repository.git("diff", "--name-only", "HEAD^", "HEAD").split(separator: "\n").count == 2)
    _ = try clean("link", other, "duplicateOf", pain)

    // What changes nothing makes no commit.
    let head = try repository.head()
    #expect(try repository.tryDocket(["edit", pain, "severity=5"]).status == 0)
    #expect(try repository.tryDocket(["move", pain, "triaged"]).status == 0)
    #expect(try repository.head() == head)

    for id in [pain, other, minutes, old, new, retro, action] {
      let shown = try repository.docket("show", id)
      #expect(shown.status == 0 && shown.output.contains(id), "\(shown.transcript)")
    }
    let listed = try repository.docket("list", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(listed.outputBytes)) as? [String: Any])
    #expect(object["format"] as? String == "docket.list/1")
    #expect((object["items"] as? [[String: Any]])?.count == 10)
    #expect(
      try repository.docket("list", "kind:decision", "status:superseded").output.contains(old))
    #expect(try repository.docket("list", "status:nowhere", "kind:retro").output == "")

    let log = try repository.docket("log", pain, "--format", "json")
    let history = try #require(
      try JSONSerialization.jsonObject(with: Data(log.outputBytes)) as? [String: Any])
    #expect(history["format"] as? String == "docket.log/1")
    #expect(history["truncated"] as? Bool == false)
    let items = try #require(history["items"] as? [[String: Any]])
    #expect(items.count == 8, "added, a tag, two edits, a step; feedback, its edit, an answer")
    let newest = try #require(items.first?["changes"] as? [[String: Any]])
    let field = try #require((newest.first?["fields"] as? [[String: Any]])?.first)
    #expect(field["key"] as? String == "status")
    #expect(field["before"] as? String == "reported" && field["after"] as? String == "triaged")
    #expect(
      items.last?["commit"] as? String
        == (try repository.git(
          "log", "--format=%H", "--diff-filter=A", "--", try repository.path(of: pain))))

    let check = try repository.docket("check")
    #expect(check.status == 0, "\(check.transcript)")
    #expect(try repository.docket("fmt", "--check").status == 0)
    try repository.expectSound()
  }

  @Test("ids may be abbreviated, in any case; ambiguous ones name the candidates")
  func abbreviations() throws {
    let repository = try ScratchRepository.tracked()
    let ids = try (0..<3).map { try repository.new("pain-point", "title=Point \($0)") }
    let short = String(ids[0].lowercased().prefix(9))
    #expect(try repository.docket("show", short).output.contains(ids[0]))
    let all = try repository.docket("show", "pp-")
    all.expectRefusal(1, saying: "pp-")
    try repository.docket("show", "PP-0000000000").expectRefusal(1, saying: "no record")
    // Two ids on paper: the same first nine digits.
    let path = try repository.path(of: ids[0])
    let twin = String(ids[0].dropLast()) + (ids[0].hasSuffix("0") ? "1" : "0")
    let twinPath = path.replacingOccurrences(of: ids[0], with: twin)
    try repository.write(
      twinPath, try #require(repository.read(path)).replacingOccurrences(of: ids[0], with: twin))
    try repository.git("add", twinPath)
    try repository.git("commit", "-qm", "Twin")
    try repository.docket("show", String(ids[0].dropLast()))
      .expectRefusal(1, saying: ids[0], twin, "could be any of 2")
  }

  @Test("a link's id may be abbreviated wherever it is typed")
  func abbreviatedLinks() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow")
    let typed = String(pain.prefix(9)).lowercased()
    let decision = try repository.new("decision", "title=Faster", "addresses=\(typed)")
    #expect(try repository.record(decision)["addresses"] as? [String] == [pain])
    try repository.say([
      "add", decision, "evidence", "said=Much faster", "from=\(String(pain.prefix(9)))",
    ])
    let evidence = try #require(try repository.record(decision)["evidence"] as? [[String: Any]])
    #expect(evidence.first?["from"] as? String == pain)
    try repository.docket("new", "decision", "title=None", "addresses=PP-0000")
      .expectRefusal(1, saying: "there is no record PP-0000")
    try repository.expectSound()
  }

  @Test(
    "exit status 2 where it couldn't run, 1 where the answer is no",
    arguments: [
      (["new", "pain-point"], 2), (["new", "nonsense", "title=x"], 2), (["frobnicate"], 2),
      (["new", "pain-point", "titel=x"], 2), (["new", "pain-point", "severity:={"], 2),
      (["list", "--format", "nonsense"], 2), (["show"], 2), (["list", "sevrity:3"], 2),
      (["show", "PP-0000000000"], 1), (["new", "pain-point", "title=x", "severity=9"], 1),
      (["new", "pain-point", "title=x", "status=resolvd"], 1),
      (["check", "--rev", "nowhere"], 2), (["list"], 0), (["check"], 0), (["help"], 0),
      (["--version"], 0), (["show", "--help"], 0), (["help", "show"], 0), (["help", "shw"], 2),
      (["help", "schema", "validate"], 0), (["hooks", "instal"], 2), (["schema", "lst"], 2),
    ] as [([String], Int32)])
  func exitStatus(words: [String], status: Int32) throws {
    let repository = try ScratchRepository.tracked()
    let head = try repository.head()
    let run = try repository.tryDocket(words)
    #expect(run.status == status, "\(run.transcript)")
    if status != 0 {
      #expect(run.output == "")
      #expect(run.errors != "")
    }
    #expect(try repository.head() == head)
    try repository.expectSound()
  }

  @Test("outside a repository, and in one that isn't tracked, docket says what to do")
  func untracked() throws {
    let scratch = try ScratchDirectory()
    var environment = ScratchRepository.environment(home: scratch.path)
    environment["GIT_CEILING_DIRECTORIES"] = scratch.path
    let outside = try CommandRun.run(
      ScratchRepository.docketExecutable, ["list"], in: scratch.path, environment: environment)
    outside.expectRefusal(2, saying: "docket init")
    let repository = try ScratchRepository()
    try repository.docket("list").expectRefusal(2, saying: "docket init")
    try repository.docket("-C", "/nowhere/at/all", "list").expectRefusal(2, saying: "/nowhere")
  }

  @Test("fmt makes canonical what isn't, and nothing else")
  func fmt() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Größe <b>", "severity=2")
    let path = try repository.path(of: id)
    let text = try #require(repository.read(path))
    try repository.write(path, text.replacingOccurrences(of: "\n  ", with: "\n\t "))
    let check = try repository.docket("fmt", "--check")
    #expect(check.status == 1 && check.output == path + "\n", "\(check.transcript)")
    #expect(try repository.docket("fmt").status == 0)
    #expect(repository.read(path) == text)
    try repository.expectSound()
  }

  @Test("many records from standard input are one commit; one bad one refuses all")
  func jsonLines() throws {
    let repository = try ScratchRepository.tracked()
    let lines = #"{"title":"One"}"# + "\n" + #"{"title":"Two","severity":3}"# + "\n"
    let run = try repository.docket("new", "pain-point", "--from", "-", input: lines)
    #expect(run.status == 0 && run.lines.count == 2, "\(run.transcript)")
    #expect(try repository.commitCount() == 2)
    try repository.docket(
      "new", "pain-point", "--from", "-", input: lines + #"{"title":"Three","severity":30}"#
    ).expectRefusal(1, saying: "severity", "record.schema")
    try repository.docket("new", "pain-point", "--from", "-", input: lines + "{")
      .expectRefusal(2, saying: "standard input:3:")
    #expect(try repository.commitCount() == 2)
    try repository.expectSound()
  }

  @Test("show --at a revision and a date give the record as it was")
  func showAt() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Before")
    let later = ["GIT_COMMITTER_DATE": "1769904000 +0000"]
    let edit = try repository.tryDocket(["edit", id, "title=After"], environment: later)
    #expect(edit.status == 0, "\(edit.transcript)")
    for at in ["HEAD^", "2026-01", "2026-01-31"] {
      #expect(try repository.docket("show", id, "--at", at).output.contains("Before"), "at \(at)")
    }
    for at in ["HEAD", "2026-02-01", "2026"] {
      #expect(try repository.docket("show", id, "--at", at).output.contains("After"), "at \(at)")
    }
    try repository.docket("show", id, "--at", "2025").expectRefusal(1, saying: "2025")
  }

  @Test("a bad record doesn't hide the good ones")
  func errorRow() throws {
    let repository = try ScratchRepository.tracked()
    let good = try repository.new("pain-point", "title=Good")
    let bad = try repository.new("pain-point", "title=Bad")
    let path = try repository.path(of: bad)
    try repository.write(path, "{ \"id\": ")
    try repository.git("add", path)
    try repository.git("commit", "-q", "--no-verify", "-m", "Break")
    let listed = try repository.docket("list", "--format", "json")
    let items = try #require(
      (try JSONSerialization.jsonObject(with: Data(listed.outputBytes)) as? [String: Any])?["items"]
        as? [[String: Any]])
    #expect(items.contains { $0["id"] as? String == good })
    #expect(items.contains { $0["path"] as? String == path && $0["error"] != nil })
    let plain = try repository.docket("list")
    #expect(plain.status == 0 && plain.output.contains(good) && plain.transcript.contains(path))
    try repository.docket("show", bad).expectRefusal(1, saying: path, "record.well-formed")
    #expect(try repository.docket("show", good).status == 0)
    #expect(try repository.docket("check").status == 1)
  }

  @Test("\"me\" is the handle that git's config has, in values and in queries")
  func me() throws {
    let repository = try ScratchRepository.tracked()
    try repository.tryDocket(["new", "action", "title=Mine", "owner=me"])
      .expectRefusal(1, saying: "git config docket.handle")
    try repository.tryDocket(["list", "owner:me"]).expectRefusal(2, saying: "docket.handle")
    try repository.git("config", "docket.handle", "Ada")
    let id = try repository.new("action", "title=Mine", "owner=me")
    #expect(try repository.record(id)["owner"] as? String == "Ada")
    _ = try repository.new("action", "title=me", "owner=bo")
    let mine = try repository.docket("list", "owner:me", "--format", "jsonl")
    #expect(mine.lines.count == 1 && mine.output.contains(id), "\(mine.transcript)")
    #expect(try repository.docket("list", "title:me", "--format", "jsonl").lines.count == 1)
    let board = try repository.new("decision", "title=Choose", "deciders=me,bo")
    #expect(try repository.record(board)["deciders"] as? [String] == ["Ada", "bo"])
  }

  @Test("an empty message is refused, as git refuses it")
  func emptyMessage() throws {
    let repository = try ScratchRepository.tracked()
    for message in ["", "  \n"] {
      try repository.tryDocket(["new", "pain-point", "title=x", "-m", message])
        .expectRefusal(1, saying: "message is empty")
    }
    try repository.expectSound()
  }

  @Test("two items of a list with one id are refused")
  func itemIDs() throws {
    let repository = try ScratchRepository.tracked()
    let items = #"options:=[{"id":"aaaaa","title":"x"},{"id":"aaaaa","title":"y"}]"#
    try repository.tryDocket(["new", "decision", "title=x", items])
      .expectRefusal(1, saying: "record.duplicate-item", "aaaaa")
    let id = try repository.new(
      "decision", "title=x", "options:=[{\"title\":\"x\"},{\"title\":\"y\"}]")
    let evidence = try #require(try repository.record(id)["options"] as? [[String: Any]])
    #expect(Set(evidence.compactMap { $0["id"] as? String }).count == 2)
  }

  @Test("log names people as .mailmap has them")
  func mailmap() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=x")
    try repository.commit("Map", [".mailmap": "Ada Lovelace <ada@example.org>\n"])
    #expect(try repository.docket("log", id).output.contains("Ada Lovelace"))
    #expect(try repository.docket("list", #"author:"Ada Lovelace""#).output.contains(id))
  }
}

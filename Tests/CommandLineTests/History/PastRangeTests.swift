import Foundation
import TestSupport
import Testing

/// Which part of history is meant, and what isn't known of it.
@Suite("ranges and ends of history") struct PastRangeTests {
  private static func dated(_ month: Int) -> [String: String] {
    let day = "2027-0\(month)-01T00:00:00Z"
    return ["GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day]
  }

  @Test("log takes a range of revisions or dates, beside an id or a query")
  func logRange() throws {
    let repository = try ScratchRepository.tracked()
    let first = try repository.new("pain-point", "title=Slow", "area=ci")
    let second = try repository.new("pain-point", "title=Flaky", "area=docs")
    try repository.say(["edit", first, "severity=2"])
    let all = try repository.docket("log", "HEAD~2..HEAD").succeeded().output
    #expect(all.contains("Flaky") && all.contains("severity set to 2"), "\(all)")
    #expect(!all.contains("Slow  (added)"), "\(all)")
    let one = try repository.docket("log", "HEAD~3..", second).succeeded().output
    #expect(one.contains("Flaky") && !one.contains("severity"), "\(one)")
    let asked = try repository.docket("log", "area:ci", "HEAD~2...HEAD").succeeded().output
    #expect(asked.contains("severity") && !asked.contains("Flaky"), "\(asked)")
    #expect(try repository.docket("log", "HEAD..HEAD").succeeded().output == "")
    // Its two dots are a query's.
    #expect(try repository.docket("log", "severity:2..4").succeeded().output.contains("severity"))
    try repository.docket("log", "HEAD~1..HEAD", "HEAD~2..HEAD").expectRefusal(
      2, saying: "one range of revisions")
    try repository.docket("log", "nowhere..HEAD").expectRefusal(1, saying: "neither a revision")
  }

  @Test(
    "a date with a time stands on either side of the dots, and alone",
    arguments: [
      ["2027-02-01T00:00:00Z..HEAD"], ["2027-02-01T00:00:00Z.."], ["2027-02-01T00:00:00Z...HEAD"],
      ["2027-02..2027-04-01T00:00:00Z"], ["2027-02-01T00:00:00Z"],
    ])
  func times(_ words: [String]) throws {
    let repository = try ScratchRepository.tracked()
    for month in [1, 3] {
      try repository.docket(
        "new", "pain-point", "title=Month \(month)", environment: Self.dated(month)
      ).succeeded()
    }
    let difference = try repository.tryDocket(["diff"] + words)
    #expect(difference.status == 0, "\(difference.transcript)")
    #expect(difference.output.contains("Month 3"), "\(difference.transcript)")
    #expect(!difference.output.contains("Month 1"), "\(difference.transcript)")
  }

  @Test("asked for a day before it existed, a record is said not to have existed then")
  func before() throws {
    let repository = try ScratchRepository.tracked()
    try repository.git("commit", "-q", "--allow-empty", "-m", "Empty", environment: Self.dated(1))
    let run = try repository.docket(
      "new", "pain-point", "title=Slow", environment: Self.dated(3)
    ).succeeded()
    let id = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    for verb in ["show", "blame"] {
      try repository.docket(verb, id, "--at", "2027-02-01").expectRefusal(
        1, saying: "\(id) did not exist then", "docket log \(id)")
    }
    try repository.docket("show", id, "--at", "2027-04-01").succeeded()
  }

  @Test("a shallow clone doesn't say when what is older than it was added")
  func shallow() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    try repository.docket("edit", id, "area=ci", environment: Self.dated(1)).succeeded()
    try repository.docket("move", id, "triaged", environment: Self.dated(2)).succeeded()
    let young = try repository.docket(
      "new", "pain-point", "title=Young", environment: Self.dated(3)
    ).succeeded().output.prefix(13)
    let clone = repository.base + "/shallow"
    try repository.git("clone", "-q", "--depth", "3", "file://" + repository.path, clone)
    func ask(_ sql: String) throws -> String {
      try repository.tryDocket(["sql", sql, "--format", "csv"], in: clone).succeeded().output
    }
    #expect(try ask("SELECT hours FROM state_change WHERE record = '\(id)'") == "hours\r\n\r\n")
    #expect(
      try ask("SELECT created_at IS NULL, changed_at FROM record WHERE id = '\(id)'").contains(
        "1,2027-02-01T00:00:00Z"))
    #expect(
      try ask("SELECT created_at FROM record WHERE id = '\(young)'").contains(
        "2027-03-01T00:00:00Z"))
  }

  @Test("words join records by their id: no answer of sql hangs on how the cache grew")
  func words() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow deploys")
    _ = try repository.new("pain-point", "title=Flaky tests")
    let sql = "SELECT r.id FROM word w JOIN record r ON r.id = w.record WHERE word MATCH 'deploys'"
    #expect(try repository.docket("sql", sql).succeeded().output.contains(id))
    try repository.say(["edit", id, "area=ci"])
    let all = "SELECT * FROM record ORDER BY id"
    let before = try repository.docket("sql", all).succeeded().output
    #expect(!before.contains("rowid"))
    try FileManager.default.removeItem(atPath: repository.path + "/.git/docket")
    #expect(try repository.docket("sql", all).succeeded().output == before)
    #expect(try repository.docket("sql", sql).succeeded().output.contains(id))
  }

  @Test("what can't be read is named by rank, in every format")
  func unreadable() throws {
    let repository = try ScratchRepository.tracked()
    let lost = try repository.new("pain-point", "title=Worst", "severity=5")
    _ = try repository.new("pain-point", "title=Mild", "severity=1")
    let path = try repository.git("ls-files", "docket/*\(lost)*").split(separator: "\n")[0]
    let blob = try repository.git("rev-parse", "HEAD:\(path)")
    // As far as the cache knows all is well.
    try repository.docket("list").succeeded()
    try FileManager.default.removeItem(
      atPath: repository.path + "/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2).prefix(38))")
    for format in ["text", "json", "jsonl"] {
      let run = try repository.docket("rank", "--format", format)
      #expect((run.output + run.errors).contains(lost), "\(run.transcript)")
      #expect(run.output.contains("Mild"), "\(run.transcript)")
    }
  }

  @Test("schema check judges the records there are, also where the schema didn't change")
  func schemaCheck() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("schema", "new", "incident").succeeded()
    let id = try repository.new("incident", "title=Registry full", "owner=mira")
    let file = ".docket/schema/incident.schema.json"
    try repository.docket("schema", "check", "incident").succeeded()
    try repository.replace("\"required\": [", with: "\"required\": [\n    \"rootCause\",", in: file)
    try repository.replace(
      "\"properties\": {",
      with:
        "\"properties\": {\n    \"rootCause\": { \"type\": \"string\", \"title\": \"Root cause\" },",
      in: file)
    try repository.git("commit", "-qam", "Ask for more", "--no-verify")
    let run = try repository.docket("schema", "check", "incident")
    #expect(run.status == 1 && run.output.contains("rootCause is missing"), "\(run.transcript)")
    #expect(run.output.contains(id), "\(run.transcript)")
    // Another kind's records aren't asked for.
    try repository.docket("schema", "check", "pain-point").succeeded()
  }

  @Test(
    "a period that ends before it begins is refused, for its answer would look like one",
    arguments: [
      ["log", "--since", "2026-05", "--until", "2026-03"],
      ["report", "audit", "--since", "2026-03-02", "--until", "2026-03-01"],
      ["list", "created:2026-05..2026-03"], ["list", "severity:4..2"],
      ["list", "changed:2026-05-01T00:00:00+02:00..2026-04-30T21:59:59Z"],
    ])
  func reversed(_ words: [String]) throws {
    let repository = try ScratchRepository.tracked()
    _ = try repository.new("pain-point", "title=Slow", "severity=3")
    let run = try repository.tryDocket(words)
    #expect(run.status == 2 && run.errors.contains(" ends before "), "\(run.transcript)")
    #expect(run.output == "", "\(run.transcript)")
  }

  @Test("a literal … is no value at any door")
  func placeholder() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let head = try repository.head()
    let lines = #"{"title": "…"}"#
    for run in [
      try repository.docket("new", "pain-point", "title=…"),
      try repository.docket("new", "pain-point", "--from", "-", input: lines),
      try repository.docket("edit", id, "workaround=…"), try repository.docket("note", "…"),
      try repository.docket("edit", id, "description=…"), try repository.docket("tell", id, "…"),
    ] {
      #expect(run.status == 1 && run.errors.contains("[record.placeholder]"), "\(run.transcript)")
    }
    #expect(try repository.head() == head)
    // In the hook, too, and not where a text has an ellipsis.
    let path = try repository.git("ls-files", "docket").split(separator: "\n")[0]
    try repository.replace("\"Slow\"", with: "\"…\"", in: String(path))
    let commit = try repository.tryGit(["commit", "-qam", "Later"])
    #expect(commit.errors.contains("[record.placeholder]"), "\(commit.transcript)")
    try repository.git("checkout", "-q", ".")
    try repository.docket("edit", id, #"description:=["First", "…", "last"]"#).succeeded()
  }

  @Test("an argument that isn't UTF-8 is refused, and nothing is stored")
  func bytes() throws {
    let repository = try ScratchRepository.tracked()
    let head = try repository.head()
    let run = try repository.run(
      "sh", ["-c", #"docket new pain-point title="$(printf 'caf\351 closed')""#])
    #expect(run.status == 2 && run.errors.contains("isn't UTF-8"), "\(run.transcript)")
    #expect(try repository.head() == head)
  }
}

import Foundation
import TestSupport
import Testing

@Suite("docket check") struct CheckCommandTests {
  /// A record that the schema refuses, committed around the hook.
  private func broken() throws -> (ScratchRepository, id: String, path: String, base: String) {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "severity=2")
    let path = try repository.path(of: id)
    let base = try repository.head()
    try repository.replace("\"severity\": 2", with: "\"severity\": 9", in: path)
    try repository.git("commit", "-q", "--no-verify", "-am", "Around the hook")
    return (repository, id, path, base)
  }

  @Test("the working tree, a revision and a range say the same of a bad commit")
  func sameFinding() throws {
    let (repository, _, path, base) = try broken()
    let place = "\(path):6:15: error: severity is 9; at most 5 is expected [record.schema]"
    for words in [
      ["check"], ["check", "--rev", "HEAD"], ["check", "--range", "\(base)..HEAD"],
      ["check", path], ["check", "docket"],
    ] {
      let run = try repository.tryDocket(words)
      #expect(run.status == 1 && run.output.contains(place), "\(words): \(run.transcript)")
    }
    for words in [
      ["check", "--rev", base], ["check", "--staged"], ["check", "--range", "HEAD..HEAD"],
    ] {
      #expect(try repository.tryDocket(words).status == 0, "\(words)")
    }
  }

  @Test("the fix named for a committed record fixes it")
  func fix() throws {
    let (repository, id, _, _) = try broken()
    let output = try repository.docket("check").output
    #expect(output.contains("fix: docket edit \(id) severity="), "\(output)")
    try repository.say(["edit", id, "severity=4"])
    #expect(try repository.docket("check").status == 0)
    try repository.expectSound()
  }

  @Test(
    "the machines' formats hold the same finding", arguments: ["json", "github", "gitlab", "sarif"])
  func formats(format: String) throws {
    let (repository, _, path, _) = try broken()
    let run = try repository.docket("check", "--format", format)
    #expect(run.status == 1)
    #expect(run.output.contains(path) && run.output.contains("record.schema"), "\(run.output)")
    guard format != "github" else {
      #expect(run.output.contains("::error file=\(path),line=6,col=15"), "\(run.output)")
      return
    }
    let value = try JSONSerialization.jsonObject(with: Data(run.outputBytes))
    if format == "json" {
      let object = try #require(value as? [String: Any])
      #expect(object["format"] as? String == "docket.check/1")
      let finding = try #require((object["findings"] as? [[String: Any]])?.first)
      #expect(finding["line"] as? Int == 6 && finding["column"] as? Int == 15)
      #expect(finding["pointer"] as? String == "/severity")
      #expect(object["checked"] as? Int == 1)
    }
  }

  @Test("a workflow command in a title doesn't escape from the annotations")
  func workflowCommands() throws {
    let repository = try ScratchRepository.tracked()
    try repository.write(
      "docket/pain-points/2026/01/PP-0000000000.json",
      "{\"id\": \"PP-0000000000\", \"x\\n::set-output name=a::b\": 1, \"severity\": \"%0A::error::\"}"
    )
    let run = try repository.docket("check", "--format", "github")
    #expect(run.status == 1)
    for line in run.lines {
      #expect(line.wholeMatch(of: /::(error|warning|notice) file=.*/) != nil, "\(line)")
    }
  }

  @Test("a range that weakens its own judge is refused whole")
  func range() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let base = try repository.head()
    try repository.replace(
      "\"recordsFolder\": \"docket\"",
      with: "\"recordsFolder\": \"docket\",\n  \"rules\": {\n    \"record.deleted\": \"off\"\n  }",
      in: ".docket/config.json")
    try repository.git("commit", "-q", "--no-verify", "-am", "Weaken")
    try repository.git("rm", "-q", try repository.path(of: id))
    try repository.git("commit", "-q", "--no-verify", "-am", "Delete")
    let run = try repository.docket("check", "--range", "\(base)..HEAD")
    #expect(run.status == 1 && run.output.contains("policy.weakened"), "\(run.transcript)")
  }

  @Test("a range that takes docket's folder away is refused as that, also where it is checked out")
  func folderGone() throws {
    let repository = try ScratchRepository.tracked()
    _ = try repository.new("pain-point", "title=Slow")
    try repository.git("rm", "-rq", ".docket")
    let staged = try repository.docket("check", "--staged")
    #expect(staged.status == 1 && staged.output.contains("ends docket here"))
    try repository.git("commit", "-q", "--no-verify", "-m", "Away with it")
    let run = try repository.docket("check", "--range", "HEAD^..HEAD", "--format", "json")
    #expect(run.status == 1 && run.output.contains("ends docket here"), "\(run.transcript)")
    #expect(run.output.components(separatedBy: "\"rule\"").count == 2, "\(run.transcript)")
    // Where nothing was tracked before either, there is nothing to check.
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "Nothing")
    let after = try repository.docket("check", "--range", "HEAD^..HEAD")
    #expect(after.status == 2 && after.errors.contains("docket init"), "\(after.transcript)")
  }

  @Test("findings beyond the limit are counted, in every form")
  func counted() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let keys = (0..<300).map { "\"k\($0)\": 1" }.joined(separator: ",\n  ")
    try repository.replace(
      "\"title\": \"Slow\"", with: "\"title\": \"Slow\",\n  \(keys)", in: repository.path(of: id))
    try repository.git("commit", "-q", "--no-verify", "-am", "Keys")
    let run = try repository.docket("check", "--range", "HEAD^..HEAD")
    #expect(run.output.components(separatedBy: "[record.unknown-key]").count == 102)
    #expect(run.output.contains("200 more findings of this rule aren't listed"))
    #expect(run.errors.contains("300 warnings"), "\(run.transcript)")
    let json = try repository.docket("check", "--range", "HEAD^..HEAD", "--format", "json")
    #expect(json.output.contains("\"count\": 200"))
  }

  @Test("without an index the answers are the same; a shallow clone is said to be one")
  func indexAndShallow() throws {
    let repository = try ScratchRepository.tracked()
    for number in 0..<4 { _ = try repository.new("pain-point", "title=Point \(number)") }
    func answers(_ folder: String) throws -> [String] {
      try [
        ["list"], ["list", "--format", "json"], ["log", "--format", "json"],
        ["check", "--rev", "HEAD"],
      ]
      .map { try repository.tryDocket($0, in: folder).output }
    }
    let before = try answers(repository.path)
    try repository.run("rm", [".git/index"]).succeeded()
    #expect(try answers(repository.path) == before)
    try repository.git(
      "clone", "-q", "--depth", "2", "file://" + repository.path, repository.base + "/shallow")
    let log = try repository.tryDocket(["log"], in: repository.base + "/shallow")
    #expect(log.status == 0 && log.errors.contains("shallow"), "\(log.transcript)")
    let json = try repository.tryDocket(
      ["log", "--format", "json"], in: repository.base + "/shallow")
    #expect(json.output.contains("\"truncated\": true"))
    let dated = try repository.tryDocket(
      ["list", "created:2026"], in: repository.base + "/shallow")
    #expect(dated.errors.contains("shallow"))
  }
}

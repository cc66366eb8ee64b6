import Foundation
import TestSupport
import Testing

@Suite("docket diff") struct DiffCommandTests {
  private func changes(_ repository: ScratchRepository, _ words: String...) throws -> [[String:
    Any]]
  {
    let run = try repository.tryDocket(["diff"] + words + ["--format", "json"])
    try run.succeeded()
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(run.outputBytes)) as? [String: Any])
    #expect(run.output.hasPrefix("{\n  \"format\": \"docket.diff/1\",\n  \"truncated\": false"))
    return try #require(answer["changes"] as? [[String: Any]])
  }

  private func told(_ changes: [[String: Any]]) -> [String] {
    changes.map { "\($0["id"] ?? "") \($0["change"] ?? "")" }
  }

  @Test("tells what isn't committed: edits, new files, what is missing, what is staged")
  func workingTree() throws {
    let repository = try ScratchRepository.tracked()
    let edited = try repository.new("pain-point", "title=Slow builds", "severity=3")
    let gone = try repository.new("pain-point", "title=Old news")
    #expect(try repository.docket("diff").succeeded().output == "")
    try repository.replace(
      "\"severity\": 3", with: "\"severity\": 5", in: try repository.path(of: edited))
    try repository.run("rm", [repository.path(of: gone)]).succeeded()
    let added = try repository.say(["new", "action", "title=Do it", "--no-commit"])
    // A foreign file, and one without meaning, hide nothing and are nothing.
    try repository.write("docket/README.md", "Hello\n")
    try repository.write("docket/pain-points/notes.txt", "Hello\n")
    let text = try repository.docket("diff").succeeded().output
    #expect(
      text == """
        Added (1)
          \(added)  Do it
            status set to open

        Changed (1)
          \(edited)  Slow builds
            severity 3 → 5

        Deleted (1)
          \(gone)  Old news

        """)
    #expect(try told(changes(repository, "--staged")) == ["\(added) added"])
    #expect(try told(changes(repository, edited)) == ["\(edited) modified"])
    #expect(try told(changes(repository, "kind:action")) == ["\(added) added"])
    #expect(try told(changes(repository, "HEAD", "severity:3")) == ["\(edited) modified"])
  }

  @Test("tells ranges by revision and date, what closed, what moved, and from where both parted")
  func ranges() throws {
    let repository = try ScratchRepository.tracked()
    func at(_ date: String, _ words: String...) throws -> String {
      let run = try repository.tryDocket(
        words, environment: ["GIT_COMMITTER_DATE": "\(date)T12:00:00Z"])
      try run.succeeded()
      return run.lines.first ?? ""
    }
    let pain = try at("2026-02-01", "new", "pain-point", "title=Slow builds")
    let action = try at("2026-02-02", "new", "action", "title=Do it")
    _ = try at("2026-03-05", "move", action, "done")
    let path = try repository.path(of: pain)
    let moved = path.replacingOccurrences(of: ".json", with: "-again.json")
    try repository.git("mv", path, moved)
    try repository.git(
      "commit", "-qnm", "Move", environment: ["GIT_COMMITTER_DATE": "2026-03-06T12:00:00Z"])
    let march = try repository.docket("diff", "2026-02..2026-03").succeeded().output
    #expect(
      march == """
        Closed (1)
          \(action)  Do it
            status open → done

        Moved (1)
          \(pain)  Slow builds  (moved from \(path))

        """)
    let change = try #require(try changes(repository, "HEAD~1..HEAD").first)
    #expect(change["from"] as? String == path && change["path"] as? String == moved)
    #expect(try told(changes(repository, "2026-02", "2026-03")).count == 2)
    try repository.git("switch", "-qc", "side", "HEAD~1")
    let own = try repository.new("decision", "title=Side")
    #expect(try told(changes(repository, "main...side")) == ["\(own) added"])
    #expect(try told(changes(repository, "main..side")).count == 2)
    #expect(try told(changes(repository, "..main")).count == 2)
    let markdown = try repository.docket("diff", "main...side", "--format", "md").succeeded().output
    #expect(markdown.hasPrefix("## Records: 1 added\n\n### Decision `\(own)`: Side\n\nAdded"))
  }

  @Test("a file in another form is told as that")
  func form() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow builds")
    try repository.replace("\n", with: "\n\n", in: try repository.path(of: id))
    let text = try repository.docket("diff").succeeded().output
    #expect(text == "Changed (1)\n  \(id)  Slow builds\n    only its form changed, no value\n")
    try repository.write(try repository.path(of: id), "{")
    #expect(try repository.docket("diff").succeeded().output.contains("not readable as JSON"))
  }

  @Test("refuses what is no revision, id or key")
  func refusals() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("diff", "nowhere..HEAD").expectRefusal(saying: "nowhere")
    try repository.docket("diff", "nowhere").expectRefusal(saying: "neither a revision, nor a date")
    try repository.docket("diff", "PP-8KX3").expectRefusal(saying: "no record PP-8KX3")
    try repository.docket("diff", "severty:3").expectRefusal(2, saying: "did you mean")
    try repository.docket("diff", "HEAD..HEAD", "HEAD").expectRefusal(2, saying: "two states")
    try repository.docket("diff", "--staged", "HEAD..HEAD").expectRefusal(2, saying: "--staged")
    let empty = try ScratchRepository()
    try empty.docket("diff").expectRefusal(2, saying: "docket init")
    let bare = repository.base + "/bare.git"
    try repository.git("clone", "-q", "--bare", repository.path, bare)
    try repository.tryDocket(["diff"], in: bare).expectRefusal(2, saying: "bare")
  }
}

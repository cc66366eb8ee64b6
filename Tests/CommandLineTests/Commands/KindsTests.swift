import Foundation
import TestSupport
import Testing

/// The kinds that `docket init` doesn't bring: how they come, and that every verb knows them.
@Suite("kinds") struct KindsTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let kind: String
    let heading: String
    let values: [String]
    /// A valid value of the file, and what makes it invalid.
    let valid: String
    let invalid: String
    var testDescription: String { kind }
  }

  private static let examples = [
    Example(
      kind: "interview", heading: "How payments deploys",
      values: [
        "title=How payments deploys", "type=interview", "conductedOn=2026-03-02",
        #"said:=[{"text": ["It took me a day."]}]"#,
      ], valid: "\"interview\"", invalid: "\"inteview\""),
    Example(
      kind: "measure", heading: "adoption",
      values: ["name=adoption", "takenOn=2026-03-31", "value=41", "unit=% of teams"],
      valid: "2026-03-31", invalid: "2026-03-32"),
    Example(
      kind: "board", heading: "Platform advisory board",
      values: ["title=Platform advisory board", "quorum=5"], valid: "\"quorum\": 5",
      invalid: "\"quorum\": 0"),
    Example(
      kind: "story-map", heading: "From joining to the first deploy",
      values: [
        "title=From joining to the first deploy",
        #"activities:=[{"title": "Deploy", "steps": [{"title": "Find the page"}]}]"#,
      ], valid: "\"Find the page\"", invalid: "7"),
    Example(
      kind: "team", heading: "Kestrel platform team",
      values: ["title=Kestrel platform team", "productRole=coach"], valid: "\"coach\"",
      invalid: "\"couch\""),
  ]

  @Test("every verb knows each kind once it is added", arguments: examples)
  func verbs(example: Example) throws {
    let repository = try ScratchRepository.tracked()
    let early = try repository.tryDocket(["new", example.kind] + example.values)
    early.expectRefusal(2, saying: "docket schema add \(example.kind)")
    try repository.docket("schema", "add", example.kind).succeeded()
    let id = try repository.say(["new", example.kind] + example.values)
    #expect(try repository.docket("list", "kind:\(example.kind)").output.contains(example.heading))
    #expect(try repository.docket("show", id).output.contains(example.heading))
    #expect(try repository.docket("log", id).output.contains(id))
    #expect(try repository.docket("schema", "show", example.kind).output.contains("x-docket"))
    let report = try repository.docket("report", "audit")
    try report.succeeded()
    #expect(report.output.contains(id))
    let check = try repository.docket("check")
    #expect(check.status == 0 && !check.transcript.contains("error:"), "\(check.transcript)")

    let path = try repository.path(of: id)
    try repository.replace(example.valid, with: example.invalid, in: path)
    let commit = try repository.tryGit(["commit", "-qam", "Break it"])
    #expect(commit.status == 1 && commit.transcript.contains("record.schema"))
    try repository.git("restore", path)
    try repository.expectSound()
  }

  @Test("several kinds come in one commit, all that are left with --all, none a second time")
  func severalAtOnce() throws {
    let repository = try ScratchRepository.tracked()
    let count = try repository.commitCount()
    try repository.docket("schema", "add", "interview", "measures").succeeded()
    #expect(try repository.commitCount() == count + 1)
    let subject = try repository.git("log", "-1", "--format=%s")
    #expect(subject == "Keep interviews and measures")
    try repository.docket("schema", "add", "--all").succeeded()
    #expect(try repository.commitCount() == count + 2)
    let kinds = try repository.docket("schema", "list").output.split(separator: "\n")
    #expect(kinds.count == 12 && !kinds.contains { $0.contains("docket schema add") })
    for again in [["--all"], ["team", "board"]] {
      let run = try repository.tryDocket(["schema", "add"] + again)
      try run.succeeded()
      #expect(run.errors.contains("in use already"))
    }
    #expect(try repository.commitCount() == count + 2)
    try repository.tryDocket(["schema", "add", "incident"])
      .expectRefusal(saying: "no kind \"incident\"", "interview")
    try repository.tryDocket(["schema", "add"]).expectRefusal(2, saying: "name a kind")
    try repository.tryDocket(["schema", "add", "--all", "team"]).expectRefusal(2, saying: "--all")
    try repository.expectSound()
  }

  @Test("shared shapes that an older tracker lacks come along; what it has stays as it is")
  func olderShapes() throws {
    let repository = try ScratchRepository.tracked()
    let path = ".docket/schema/common.schema.json"
    let text = try #require(repository.read(path))
    let start = try #require(text.range(of: "    \"note\": {"))
    let end = try #require(text.range(of: "    \"developerFeedback\": {"))
    var old = text
    old.removeSubrange(start.lowerBound..<end.lowerBound)
    old = old.replacingOccurrences(
      of: "\"title\": \"Shared shapes\"", with: "\"title\": \"Our shapes\"")
    try repository.write(path, old)
    try repository.git("commit", "-qam", "As an older docket had it", "--no-verify")
    try repository.docket("schema", "add", "interview").succeeded()
    let new = try #require(repository.read(path))
    #expect(new.contains("\"Our shapes\"") && new.contains("\"note\": {"))
    let numbers = try repository.git("diff", "--numstat", "HEAD~1", "--", path)
    #expect(numbers.split(separator: "\t").dropFirst().first == "0", "\(numbers)")
    _ = try repository.new(
      "interview", "title=x", "type=interview", "conductedOn=2026-03-02",
      #"said:=[{"text": ["It took me a day."]}]"#)
    try repository.docket("check").succeeded()
  }
}

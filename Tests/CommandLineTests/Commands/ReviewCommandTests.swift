import Foundation
import TestSupport
import Testing

@Suite("docket review") struct ReviewCommandTests {
  /// A repository whose branch `side` left `main` after one pain point was there.
  private func branched() throws -> (ScratchRepository, pain: String) {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds", "severity=3")
    try repository.git("switch", "-qc", "side")
    return (repository, pain)
  }

  @Test("says what a branch adds, changes and links, and what becomes of it")
  func words() throws {
    let (repository, pain) = try branched()
    try repository.say(["edit", pain, "severity=5"])
    let decision = try repository.new("decision", "title=Cache it")
    try repository.say(["link", decision, "addresses", pain])
    try repository.git("switch", "-q", "main")
    _ = try repository.new("pain-point", "title=Of somebody else")
    let run = try repository.docket("review", "main...side")
    #expect(run.status == 0, "\(run.transcript)")
    let text = run.output
    #expect(text.hasPrefix("## Records: 1 added, 1 changed\n\n3 commits by Ada Author."), "\(text)")
    #expect(text.contains("### Decision `\(decision)`: Cache it\n\nAdded, proposed."), "\(text)")
    #expect(text.contains("`\(pain)` “Slow builds”."))
    #expect(text.contains("- severity 3 → 5\n"))
    #expect(!text.contains("somebody else"))
    let json = try repository.docket("review", "main...side", "--format", "json")
    #expect(json.output.hasPrefix("{\n  \"format\": \"docket.review/1\",\n"))
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [String: Any])
    #expect((answer["changes"] as? [Any])?.count == 2)
    #expect(answer["findings"] is [Any])
    #expect(answer["base"] as? String == (try repository.git("merge-base", "main", "side")))
  }

  @Test("without a range it is against config's branch or the remote's default")
  func withoutRange() throws {
    let (repository, pain) = try branched()
    try repository.docket("review").expectRefusal(2, saying: "docket review BASE...HEAD")
    try repository.git("switch", "-q", "main")
    let clone = repository.base + "/clone"
    try repository.git("clone", "-q", repository.path, clone)
    try repository.tryGit(["switch", "-qc", "topic"], in: clone).succeeded()
    try repository.tryDocket(["edit", pain, "severity=4"], in: clone).succeeded()
    let run = try repository.tryDocket(["review"], in: clone)
    #expect(run.status == 0 && run.output.hasPrefix("## Records: 1 changed\n"), "\(run.transcript)")
  }

  @Test("errors make it 1, and stand with their record")
  func findings() throws {
    let (repository, pain) = try branched()
    let path = try repository.path(of: pain)
    try repository.replace("\"severity\": 3", with: "\"severity\": 9", in: path)
    try repository.git("commit", "-qnam", "Break it")
    let run = try repository.docket("review", "main...side")
    #expect(run.status == 1)
    #expect(run.output.contains("**1 error**"), "\(run.output)")
    let section = try #require(run.output.components(separatedBy: "### Pain point").last)
    #expect(section.contains("- **error** in line "), "\(run.output)")
  }

  @Test("hostile text links nothing, calls nobody and ends no block")
  func hostile() throws {
    let (repository, pain) = try branched()
    try repository.say([
      "edit", pain,
      "title=@mira see #12 <img src=x onerror=alert(1)> [x](http://e.example) | `a` ::error::no",
      "workaround=# Heading\n- item\n::set-env name=A::b\n##[error]x\n<!-- -->",
    ])
    let output = try repository.docket("review", "main...side").output
    // What stands behind a backslash is text.
    let text = output.replacingOccurrences(
      of: "\\\\.", with: "", options: .regularExpression)
    for bad in ["@mira", "#12", "<img", "](", "\n# ", "\n::", "##[", "<!--", "`a`"] {
      #expect(!text.contains(bad), "\(bad) in:\n\(text)")
    }
  }

  @Test("stays short enough for a comment, and counts what is left out")
  func size() throws {
    let (repository, _) = try branched()
    let records = (0..<400).map { number in
      "{\"title\": \"Pain \(number)\", \"workaround\": [\"\(String(repeating: "x", count: 300))\"]}\n"
    }
    try repository.docket("new", "pain-point", "--from", "-", input: records.joined())
      .succeeded()
    let text = try repository.docket("review", "main...side").output
    #expect(text.utf8.count < 60_000)
    #expect(text.contains("\n… and "), "\(text.suffix(300))")
  }

  @Test("refuses ranges without ends")
  func refusals() throws {
    let (repository, _) = try branched()
    try repository.docket("review", "nowhere...HEAD").expectRefusal(2, saying: "nowhere")
    try repository.git("switch", "-q", "--orphan", "other")
    try repository.git("commit", "-qn", "--allow-empty", "-m", "Other")
    try repository.docket("review", "main...other", in: repository.path).expectRefusal(
      2, saying: "docket init")
    try repository.git("switch", "-q", "main")
    try repository.docket("review", "main...other").expectRefusal(2, saying: "in common")
  }
}

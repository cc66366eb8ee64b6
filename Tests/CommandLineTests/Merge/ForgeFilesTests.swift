import Foundation
import TestSupport
import Testing

/// The files for forges (`action.yml`, `templates`, `docs/ci`) do what they say: their shell lines are run
/// with a forge's variables. `Tests/Distribution` runs those that install docket.
@Suite("files for forges") struct ForgeFilesTests {
  let repository: ScratchRepository
  let pain: String
  private let clone: String

  /// A hub, where `main` and `topic` changed one record, and a clone as a forge's runner makes it.
  init() throws {
    repository = try ScratchRepository.tracked()
    clone = repository.base + "/runner"
    pain = try repository.new("pain-point", "title=Slow builds", "severity=1")
    try repository.git("branch", "topic")
  }

  private func change(topic: [String], main: [String]) throws {
    try repository.git("checkout", "-q", "topic")
    try repository.say(["edit", pain] + topic)
    try repository.git("checkout", "-q", "main")
    try repository.say(["edit", pain] + main)
    // The runner pushes to a branch that nobody has checked out.
    try repository.git("clone", "-q", repository.path, clone)
    try repository.tryGit(["checkout", "-q", "topic"], in: clone).succeeded()
  }

  /// The shell lines of a file: the last `run: |` of a workflow, or the list under `script:`.
  private func script(_ name: String) throws -> String {
    let lines = try Shapes.text(name).split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(
      lines.lastIndex { $0.hasSuffix("run: |") || $0.hasSuffix("script:") })
    let indent = lines[start + 1].prefix { $0 == " " }.count
    let block = lines[(start + 1)...].prefix {
      $0.isEmpty || $0.prefix { $0 == " " }.count >= indent
    }
    return block.map { line in
      let text = line.dropFirst(indent)
      return text.hasPrefix("- ") ? String(text.dropFirst(2)) : String(text)
    }.joined(separator: "\n")
  }

  /// The names of the variables that the last step of a workflow sets from the forge's event.
  private func variables(_ name: String) throws -> [String] {
    let text = try Shapes.text(name)
    let step = try #require(text.range(of: " env:", options: .backwards))
    return text[step.lowerBound...].matches(of: /\n +([A-Z_]+): \$\{\{/).map {
      String($0.output.1)
    }
  }

  private func run(_ name: String, _ variables: [String: String]) throws -> CommandRun {
    return try repository.run(
      "sh", ["-euc", try script(name)], in: clone,
      environment: variables.merging(["GITHUB_WORKSPACE": clone]) { first, _ in first })
  }

  private func ends() throws -> (base: String, head: String) {
    (try repository.head(), try repository.git("rev-parse", "topic"))
  }

  @Test(
    "what merging would bring is judged: right, and in conflict",
    arguments: ["action.yml", "templates/records.yml", "docs/ci/gitea-records.yml"], [true, false])
  func checks(_ file: String, isRight: Bool) throws {
    try change(topic: isRight ? ["reach=4"] : ["severity=2"], main: ["severity=3"])
    let (base, head) = try ends()
    var variables = ["BASE": base, "HEAD": head]
    if file.hasPrefix("templates") {
      variables = [
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_SHA": head,
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "",
      ]
    } else {
      #expect(try self.variables(file) == ["BASE", "HEAD"])
    }
    let run = try run(file, variables)
    #expect(run.status == (isRight ? 0 : 1), "\(run.transcript)")
    if !isRight {
      let report = readFile(clone + "/records.json").map { String(decoding: $0, as: UTF8.self) }
      #expect((run.output + (report ?? "")).contains("severity"), "\(run.transcript)")
    }
  }

  @Test("record conflicts of plain git are merged and pushed; what contradicts is left to people")
  func resolves() throws {
    try change(topic: ["reach=4"], main: ["frequency=daily"])
    #expect(try variables("docs/ci/github-resolve.yml") == ["BASE_REF", "HEAD_REF"])
    let variables = ["BASE_REF": "main", "HEAD_REF": "topic"]
    let run = try run("docs/ci/github-resolve.yml", variables)
    #expect(run.status == 0, "\(run.transcript)")
    let merged = try repository.record(pain, at: "topic")
    #expect(merged["reach"] as? Int == 4 && merged["frequency"] as? String == "daily")
    #expect(
      try repository.git("rev-list", "--count", "topic..main") == "0", "main is in the pull request"
    )
  }

  @Test("a contradiction is left to people, and nothing is pushed")
  func leaves() throws {
    try change(topic: ["severity=2"], main: ["severity=3"])
    let before = try repository.git("rev-parse", "topic")
    let run = try run("docs/ci/github-resolve.yml", ["BASE_REF": "main", "HEAD_REF": "topic"])
    #expect(run.status == 1 && run.errors.contains("severity: "), "\(run.transcript)")
    #expect(try repository.git("rev-parse", "topic") == before)
  }

  @Test("without a branch to go to, a state is judged by the action as it is")
  func state() throws {
    try change(topic: ["reach=4"], main: ["frequency=daily"])
    let run = try run("action.yml", ["BASE": "", "HEAD": ""])
    #expect(run.status == 0, "\(run.transcript)")
  }

  @Test("the ruleset asks for the check that the workflow runs")
  func ruleset() throws {
    let text = try Shapes.text("docs/ci/github-ruleset.json")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["target"] as? String == "branch")
    #expect(text.contains(#""context": "records""#))
    #expect(try Shapes.text("docs/ci/github-records.yml").contains("\njobs:\n  records:\n"))
  }
}

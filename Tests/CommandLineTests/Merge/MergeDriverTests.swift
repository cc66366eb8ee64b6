import Foundation
import TestSupport
import Testing

/// Two branches change one record, and real git brings them together.
@Suite("docket as git's merge driver") struct MergeDriverTests {
  let repository: ScratchRepository
  let pain: String
  let path: String

  /// Set up by `docket init`: `main` and `topic` are at the same commit, with one pain point.
  init() throws {
    repository = try ScratchRepository.tracked()
    pain = try repository.new("pain-point", "title=Slow builds", "severity=1", "area=ci")
    path = try repository.path(of: pain)
    try repository.git("branch", "topic")
  }

  /// Edits on `topic`, then on `main`, which is checked out afterwards.
  private func edit(topic: [String], main: [String]) throws {
    try repository.git("checkout", "-q", "topic")
    try repository.say(["edit", pain] + topic)
    try repository.git("checkout", "-q", "main")
    try repository.say(["edit", pain] + main)
  }

  @Test(
    "what doesn't overlap comes together in a merge, a rebase, a cherry-pick, a stash and a revert",
    arguments: [
      "merge -q --no-edit topic", "rebase -q topic", "rebase -q --apply topic", "cherry-pick topic",
      "stash", "revert",
    ])
  func together(_ command: String) throws {
    switch command {
    case "stash":
      try repository.say(["edit", pain, "reach=40", "--no-commit"])
      try repository.git("stash", "-q")
      try repository.say(["edit", pain, "frequency=daily"])
      try repository.git("stash", "pop", "-q")
      try repository.git("commit", "-qam", "Popped")
    case "revert":
      try repository.say(["edit", pain, "workaround=Wait"])
      try repository.say(["edit", pain, "reach=40", "frequency=daily"])
      try repository.git("revert", "--no-edit", "HEAD^")
    default:
      try edit(topic: ["frequency=daily", "tags+=b"], main: ["reach=40", "tags+=a"])
      try repository.git(command.split(separator: " ").map(String.init))
    }
    let record = try repository.record(pain)
    #expect(record["frequency"] as? String == "daily" && record["reach"] as? Int == 40)
    #expect(record["workaround"] == nil)
    #expect(try repository.docket("check").status == 0)
    try repository.expectSound()
  }

  @Test("a file that one side moved and the other edited has the edit where it lies now")
  func moved() throws {
    try repository.git("checkout", "-q", "topic")
    let place = "docket/pain-points/2025/12/\(pain).json"
    try repository.run("mkdir", ["-p", "docket/pain-points/2025/12"]).succeeded()
    try repository.git("mv", path, place)
    try repository.replace("\"severity\": 1", with: "\"severity\": 2", in: place)
    try repository.git("commit", "-qam", "Move")
    try repository.git("checkout", "-q", "main")
    try repository.say(["edit", pain, "reach=40"])
    try repository.git("merge", "-q", "--no-edit", "topic")
    #expect(try repository.path(of: pain) == place)
    let record = try repository.record(pain)
    #expect(record["severity"] as? Int == 2 && record["reach"] as? Int == 40)
    try repository.expectSound()
  }

  @Test("a conflict names the field and both branches, and the file is valid on either half")
  func conflict() throws {
    try edit(topic: ["severity=2", "frequency=daily"], main: ["severity=3", "reach=40"])
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "topic"])
    #expect(merge.status == 1, "\(merge.transcript)")
    #expect(
      merge.errors.contains("docket: \(pain): severity: main has 3, topic has 2\n")
        && merge.errors.contains("  fix: docket resolve \(pain)\n"), "\(merge.transcript)")
    let text = try #require(repository.read(path))
    let marked = "<<<<<<< main\n  \"severity\": 3,\n=======\n  \"severity\": 2,\n>>>>>>> topic\n"
    #expect(text.contains(marked), "\(text)")
    let theirs = text.replacingOccurrences(of: marked, with: "  \"severity\": 2,\n")
    let object = try JSONSerialization.jsonObject(with: Data(theirs.utf8)) as? [String: Any]
    #expect(object?["severity"] as? Int == 2 && object?["reach"] as? Int == 40)
    #expect(object?["frequency"] as? String == "daily")
    // What people add is a record of its own, which conflicts with nothing: it links to this one.
    let check = try repository.docket("check")
    #expect(check.status == 1 && check.output.contains("1 error") == false)
    #expect(check.output.split(separator: "\n").filter { $0.contains(": error: ") }.count == 1)
    for words in [["show", pain], ["list"], []] {
      let run = try repository.tryDocket(words)
      #expect(
        run.errors.contains("is in conflict: severity: main has 3, topic has 2"),
        "\(words) \(run.transcript)")
    }
  }

  @Test("in a rebase the sides are named by branch, too", arguments: [[], ["--apply"]])
  func rebase(_ options: [String]) throws {
    try edit(topic: ["severity=2"], main: ["severity=3"])
    let run = try repository.tryGit(["rebase", "-q"] + options + ["topic"])
    #expect(run.status != 0)
    #expect(
      (run.errors + run.output).contains("severity: topic has 2, main has 3"), "\(run.transcript)")
    // The user's own branch is ours, whatever git calls it.
    try repository.docket("resolve", pain, "--ours").succeeded()
    try repository.tryGit(["rebase", "--continue"], environment: ["GIT_EDITOR": "true"])
      .succeeded()
    #expect(try repository.record(pain)["severity"] as? Int == 3)
    try repository.expectSound()
  }

  @Test("without docket git's own merge is done, with its conflict", arguments: ["gone", "broken"])
  func without(_ what: String) throws {
    try edit(topic: ["severity=2"], main: ["severity=3"])
    let config = try repository.git("config", "merge.docket.driver")
    let program = ScratchRepository.docketExecutable
    let other = repository.path + "/other-docket"
    if what == "broken" {
      try repository.write("other-docket", "#!/bin/sh\nkill -9 $$\n")
      try repository.run("chmod", ["+x", other]).succeeded()
    }
    let driver = config.replacingOccurrences(of: "command -v docket", with: "false")
      .replacingOccurrences(of: realPath(program), with: other)
    #expect(driver != config)
    try repository.git("config", "merge.docket.driver", driver)
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "topic"])
    #expect(merge.status == 1, "\(merge.transcript)")
    let text = try #require(repository.read(path))
    #expect(text.contains("\"severity\": 3") && text.contains("\"severity\": 2"), "\(text)")
    #expect(try repository.git("diff", "--name-only", "--diff-filter=U") == path)
    // Resolved all the same: the versions are in the index.
    try repository.docket("resolve", pain, "--theirs").succeeded()
    try repository.git("commit", "-qm", "Merge")
    #expect(try repository.record(pain)["severity"] as? Int == 2)
  }

  private func realPath(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
  }

  @Test("what is no record on one side is merged as text, and stays in conflict")
  func noRecord() throws {
    try repository.git("checkout", "-q", "topic")
    try repository.replace("\"severity\": 1", with: "\"severity\": ,", in: path)
    try repository.git("commit", "-qam", "Broken", "--no-verify")
    try repository.git("checkout", "-q", "main")
    try repository.say(["edit", pain, "reach=40"])
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "topic"])
    #expect(merge.status == 1 && merge.errors.contains("topic has a text that is no record"))
    let text = try #require(repository.read(path))
    #expect(text.contains("\"reach\": 40") && text.contains("\"severity\": ,"), "\(text)")
    try repository.docket("resolve", pain).expectRefusal(1, saying: pain, "--ours")
    try repository.docket("resolve", pain, "--ours").succeeded()
    try repository.git("commit", "-qm", "Merge")
    #expect(try repository.record(pain)["reach"] as? Int == 40)
  }

  @Test("two branches merged criss-cross, both with a conflict, come together")
  func crissCross() throws {
    try edit(topic: ["severity=2"], main: ["severity=3"])
    try repository.git("branch", "main-1")
    try repository.git("branch", "topic-1", "topic")
    _ = try repository.tryGit(["merge", "-q", "topic-1"])
    try repository.docket("resolve", pain, "severity=4").succeeded()
    try repository.git("commit", "-qm", "Main's merge")
    try repository.git("checkout", "-q", "topic")
    _ = try repository.tryGit(["merge", "-q", "main-1"])
    try repository.docket("resolve", pain, "severity=5").succeeded()
    try repository.git("commit", "-qm", "Topic's merge")
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "main"])
    #expect(
      merge.status == 1 && merge.errors.contains("severity: topic has 5, main has 4"),
      "\(merge.transcript)")
    try repository.docket("resolve", pain, "--theirs").succeeded()
    try repository.git("commit", "-qm", "Both")
    #expect(try repository.record(pain)["severity"] as? Int == 4)
    try repository.expectSound()
  }

  @Test("git diff says it in words, --no-textconv shows the file")
  func words() throws {
    try repository.say(["edit", pain, "severity=5", "workaround=Build at night."])
    let diff = try repository.git("show", "HEAD")
    #expect(
      diff.contains("-Severity: 1\n+Severity: 5\n") && diff.contains("+  Build at night."),
      "\(diff)")
    #expect(try repository.git("show", "--no-textconv", "HEAD").contains("+  \"severity\": 5"))
    try repository.write("plain.json", "not { JSON\n")
    #expect(try repository.docket("textconv", "plain.json").output == "not { JSON\n")
  }

  @Test("a driver of the user's own stays, and docket's goes without a trace")
  func configuration() throws {
    func config() throws -> String { try #require(repository.read(".git/config")) }
    try repository.docket("hooks", "uninstall").succeeded()
    let before = try config()
    #expect(!before.contains("docket"))
    try repository.docket("hooks", "install").succeeded()
    #expect(try config().hasPrefix(before))
    // Twice changes nothing; what somebody adds to the section stays.
    let installed = try config()
    try repository.docket("hooks", "install").succeeded()
    #expect(try config() == installed)
    try repository.git("config", "diff.docket.wordRegex", "x")
    try repository.docket("hooks", "uninstall").succeeded()
    #expect(try config() == before + "[diff \"docket\"]\n\twordRegex = x\n")
    try repository.write(".git/config", before + "[merge \"docket\"]\n\tdriver = mine %A\n")
    try repository.docket("hooks", "install").succeeded()
    #expect(try repository.git("config", "merge.docket.driver") == "mine %A")
    #expect(try repository.docket("hooks", "status").output.contains("another program of your own"))
    try repository.docket("hooks", "uninstall").succeeded()
    #expect(try config() == before + "[merge \"docket\"]\n\tdriver = mine %A\n")
  }
}

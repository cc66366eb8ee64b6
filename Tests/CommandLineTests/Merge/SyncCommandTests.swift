import Foundation
import TestSupport
import Testing

/// People who share records through a hub, and type no git command.
@Suite("docket sync") struct SyncCommandTests {
  let repository: ScratchRepository
  let pain: String
  private let hub: String
  private let other: String

  /// A hub with one pain point, and a clone, `other`, that is set up.
  init() throws {
    repository = try ScratchRepository.tracked()
    (hub, other) = (repository.base + "/hub.git", repository.base + "/other")
    try repository.git("init", "-q", "--bare", "-b", "main", hub)
    try repository.git("remote", "add", "origin", hub)
    pain = try repository.new("pain-point", "title=Slow builds", "severity=1")
    try repository.docket("sync").succeeded()
    try repository.git("clone", "-q", hub, other)
    try repository.tryDocket(["init"], in: other).succeeded()
  }

  @discardableResult
  private func sync(in folder: String? = nil, saying texts: String...) throws -> CommandRun {
    let run = try repository.tryDocket(["sync"], in: folder)
    #expect(run.status == 0, "\(run.transcript)")
    for text in texts { #expect(run.errors.contains(text), "\(run.transcript)") }
    return run
  }

  private func edit(_ words: String..., in folder: String? = nil) throws {
    try repository.tryDocket(["edit", pain] + words, in: folder).succeeded()
  }

  private func tip(of folder: String) throws -> String {
    try repository.tryGit(["rev-parse", "main"], in: folder).output
  }

  @Test("what others changed comes in, one's own goes out, and all have the same")
  func both() throws {
    try edit("severity=2")
    try edit("reach=40", in: other)
    try repository.tryDocket(["note", "I wait", "about=\(pain)"], in: other).succeeded()
    let status = try repository.tryDocket([], in: other)
    #expect(status.output.contains("2 changes aren't published: docket sync"))
    try sync(saying: "published 1 change to origin/main")
    try sync(in: other, saying: "took in 1 change of others", "published 3 changes")
    try sync(saying: "took in 3 changes of others")
    try sync(saying: "nothing new, and nothing to publish")
    #expect(try tip(of: other) == tip(of: hub) && tip(of: repository.path) == tip(of: hub))
    let record = try repository.record(pain)
    #expect(record["severity"] as? Int == 2 && record["reach"] as? Int == 40)
    try repository.expectSound()
  }

  @Test("where git is set up to rebase, it rebases")
  func rebases() throws {
    try repository.tryGit(["config", "pull.rebase", "true"], in: other).succeeded()
    try edit("severity=2")
    try sync()
    try edit("reach=40", in: other)
    try sync(in: other)
    #expect(try repository.tryGit(["rev-list", "--merges", "main"], in: other).output == "")
  }

  @Test(
    "one field changed on both sides waits for words, and goes on; or is taken back",
    arguments: ["merge", "rebase"])
  func waits(_ way: String) throws {
    try repository.tryGit(["config", "pull.rebase", way == "rebase" ? "true" : "false"], in: other)
      .succeeded()
    try edit("severity=2")
    try sync()
    try edit("severity=3", in: other)
    let before = try tip(of: other)
    for isTakenBack in [true, false] {
      let run = try repository.tryDocket(["sync"], in: other)
      #expect(run.status == 1 && run.errors.contains("docket resolve \(pain)"), "\(run.transcript)")
      #expect(run.errors.contains("main has 3"), "\(run.transcript)")
      guard isTakenBack else { break }
      try repository.tryDocket(["sync", "--abort"], in: other).succeeded()
      #expect(try tip(of: other) == before)
      #expect(try repository.tryGit(["status", "--porcelain"], in: other).output == "")
    }
    let early = try repository.tryDocket(["sync"], in: other)
    #expect(early.status == 1 && early.errors.contains("docket resolve"))
    try repository.tryDocket(["resolve", pain, "--ours"], in: other).succeeded()
    try sync(in: other, saying: "concluded the \(way)", "published")
    try sync()
    #expect(try repository.record(pain)["severity"] as? Int == 3)
  }

  @Test("what isn't about records isn't published, nor brought together by guessing")
  func refuses() throws {
    try repository.write("code.c", "one\n")
    try repository.git("add", "code.c")
    try repository.git("commit", "-qm", "Code")
    try repository.docket("sync").expectRefusal(1, saying: "isn't of records alone", "code.c")
    try repository.git("push", "-q")
    try repository.tryGit(["pull", "-q"], in: other).succeeded()
    try repository.git("switch", "-q", "--detach")
    try repository.docket("sync").expectRefusal(1, saying: "no branch is checked out")
    try repository.git("switch", "-q", "main")
    try repository.git("remote", "remove", "origin")
    try repository.docket("sync").expectRefusal(1, saying: "no remote", "git remote add")
    try repository.git("remote", "add", "origin", repository.base + "/gone.git")
    try repository.docket("sync").expectRefusal(1, saying: "origin can't be reached")
  }

  @Test("what can't be brought together in words is undone cleanly, with what git says")
  func undoes() throws {
    for (folder, name) in [(repository.path, "Ours"), (other, "Theirs")] {
      let path = folder + "/.docket/config.json"
      let text = String(decoding: try #require(readFile(path)), as: UTF8.self)
      try writeFile(
        path, Array(text.replacingOccurrences(of: "\"Trial\"", with: "\"\(name)\"").utf8))
      try repository.tryGit(["commit", "-qam", name], in: folder).succeeded()
    }
    try sync()
    try edit("reach=3", in: other)
    let before = try tip(of: other)
    let run = try repository.tryDocket(["sync"], in: other)
    #expect(
      run.status == 1 && run.errors.contains("can't be brought together")
        && run.errors.contains(".docket/config.json"), "\(run.transcript)")
    #expect(try tip(of: other) == before)
    #expect(try repository.tryGit(["status", "--porcelain"], in: other).output == "")
  }

  @Test("what isn't right isn't published")
  func checks() throws {
    let path = try repository.path(of: pain)
    try repository.replace("\"severity\": 1", with: "\"severity\": 9", in: path)
    try repository.git("commit", "-qam", "Nine", "--no-verify")
    let before = try tip(of: hub)
    try repository.docket("sync").expectRefusal(1, saying: "record.schema", "nothing was published")
    #expect(try tip(of: hub) == before)
    // The hook says it before a plain push leaves, too.
    let push = try repository.tryGit(["push", "-q", "origin", "main"])
    #expect(push.status != 0 && push.errors.contains("record.schema"), "\(push.transcript)")
  }

  @Test("what a rewritten branch lost is told record by record")
  func rewritten() throws {
    try edit("severity=2")
    let note = try repository.say(["note", "I wait", "about=\(pain)"])
    try sync()
    try sync(in: other)
    try repository.git("reset", "-q", "--hard", "HEAD~2")
    try edit("reach=3")
    try repository.git("push", "-q", "--force", "origin", "main")
    let run = try repository.tryDocket(["sync"], in: other)
    for text in [
      "no longer has", "\(pain): severity 2 → 1", "\(note): the record is gone", "rescued",
    ] {
      #expect(run.errors.contains(text), "no \(text) in \(run.transcript)")
    }
  }

  @Test("a proposal is a branch of one's own")
  func proposes() throws {
    try repository.replace(
      "\"recordsFolder\": \"docket\"",
      with: "\"recordsFolder\": \"docket\",\n  \"publish\": \"propose\"",
      in: ".docket/config.json")
    try repository.git("commit", "-qam", "Propose")
    try repository.git("push", "-q", "origin", "main")
    let before = try tip(of: hub)
    try edit("severity=4")
    try repository.docket("sync").expectRefusal(1, saying: "git config docket.handle")
    try repository.git("config", "docket.handle", "mira")
    try sync(saying: "proposed 1 change as docket/mira/\(pain)")
    #expect(try tip(of: hub) == before)
    let proposed = try repository.tryGit(["rev-parse", "docket/mira/\(pain)"], in: hub)
    #expect(proposed.output.trimmingCharacters(in: .newlines) == (try repository.head()))
  }

  @Test("three who sync at once are all published")
  func race() throws {
    let third = repository.base + "/third"
    try repository.git("clone", "-q", hub, third)
    try repository.tryDocket(["init"], in: third).succeeded()
    let folders = [repository.path, other, third]
    var notes: [String] = []
    for (index, folder) in folders.enumerated() {
      let run = try repository.tryDocket(["note", "Note \(index)", "about=\(pain)"], in: folder)
      notes.append(run.lines.first ?? "")
    }
    let children = try folders.map {
      try ChildProcess(
        ScratchRepository.docketExecutable, ["sync"], in: $0, environment: repository.environment)
    }
    for child in children { #expect(child.finish().status == 0) }
    let files = try repository.tryGit(["ls-tree", "-r", "--name-only", "main"], in: hub).output
    for note in notes { #expect(!note.isEmpty && files.contains(note), "\(files)") }
  }
}

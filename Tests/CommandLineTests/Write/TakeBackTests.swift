import Foundation
import TestSupport
import Testing

/// What a refused write takes back, and what it must leave: another's commit may have taken it in.
@Suite("taking a refused write back") struct TakeBackTests {
  private let repository: ScratchRepository

  init() throws { repository = try ScratchRepository.tracked() }

  /// Installs a commit-msg hook that runs `script` for docket's commits only.
  private func hook(_ script: String) throws {
    let path = ".git/hooks/commit-msg"
    try repository.write(
      path,
      """
      #!/bin/sh
      grep -q mine "$1" && exit 0
      unset GIT_INDEX_FILE GIT_DIR
      \(script)
      """)
    try repository.run("chmod", ["+x", path]).succeeded()
  }

  private func status() throws -> String { try repository.git("status", "--porcelain") }

  @Test("an edit that a plain commit -a took in meanwhile is at HEAD, and that is success")
  func edit() throws {
    let id = try repository.new("pain-point", "title=Old")
    try hook("git commit -qam mine; exit 1")
    try repository.docket("edit", id, "title=New").succeeded()
    #expect(try status() == "")
    #expect(try repository.record(id)["title"] as? String == "New")
    #expect(try repository.git("log", "-1", "--format=%s") == "mine")
    try repository.expectSound()
  }

  @Test("what a hook refuses was never staged, so a plain commit -a doesn't take a new record in")
  func new() throws {
    try repository.commit("Code", ["a.c": "a"])
    try repository.write("a.c", "b")
    try hook("git commit -qam mine; git ls-files docket >&2; exit 1")
    let before = try repository.git("ls-tree", "-r", "--name-only", "HEAD")
    let run = try repository.docket("new", "pain-point", "title=x")
    run.expectRefusal(1, saying: "commit-msg hook")
    #expect(!run.errors.contains("docket/pain-points"), "\(run.transcript)")
    #expect(try status() == "")
    #expect(try repository.git("ls-tree", "-r", "--name-only", "HEAD") == before)
    #expect(try repository.git("log", "-1", "--format=%s") == "mine")
  }

  @Test("a file that can't be looked at under git's lock stays, and that is said")
  func locked() throws {
    let id = try repository.new("pain-point", "title=Old")
    let path = try repository.path(of: id)
    try hook("touch .git/index.lock; exit 1")
    let run = try repository.docket(
      "edit", id, "title=New", environment: ["DOCKET_LOCK_TIMEOUT": "0.2"])
    run.expectRefusal(2, saying: "commit-msg hook", path, "stays as written", "index.lock")
    try repository.run("rm", [".git/index.lock"]).succeeded()
    #expect(try status().contains("M \(path)"))
    #expect(repository.read(path)?.contains("New") == true)
  }

  @Test(
    "a signal during a hook puts all back, and ends docket by that signal",
    arguments: [
      SIGINT, SIGTERM, SIGHUP,
    ])
  func interrupted(signal: Int32) throws {
    try hook("touch started; exec sleep 20")
    let before = try repository.head()
    let child = try ChildProcess(
      ScratchRepository.docketExecutable, ["new", "pain-point", "title=x"], in: repository.path,
      environment: repository.environment)
    while repository.read("started") == nil { usleep(10_000) }
    kill(child.processID, signal)
    let run = child.finish()
    #expect(run.status == 128 + signal)
    #expect(run.errors.contains("interrupted; nothing was written"), "\(run.transcript)")
    #expect(run.output == "")
    #expect(try status() == "?? started")
    #expect(try repository.head() == before)
    #expect(
      !FileManager.default.fileExists(atPath: repository.path + "/.git/docket/next-index"))
  }

  @Test("a signal that the caller ignores changes nothing")
  func ignored() throws {
    try hook("kill -HUP $PPID; exit 0")
    let run = try repository.run(
      "sh",
      ["-c", "trap '' HUP; exec '\(ScratchRepository.docketExecutable)' new pain-point title=x"])
    try run.succeeded()
    #expect(try status() == "")
  }
}

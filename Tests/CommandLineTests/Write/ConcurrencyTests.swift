import Foundation
import TestSupport
import Testing

/// Many writers on one branch: nothing acknowledged is lost, nothing is there twice.
@Suite("writers at the same time", .serialized) struct ConcurrencyTests {
  /// DOCKET_STRESS=1 asks for the hundred of the acceptance list.
  private static let writers =
    ProcessInfo.processInfo.environment["DOCKET_STRESS"] == nil ? 30 : 100

  private func start(_ words: [String], in repository: ScratchRepository) throws -> ChildProcess {
    try ChildProcess(
      words[0], Array(words.dropFirst()), in: repository.path, environment: repository.environment)
  }

  /// How often each id's file stands in a tree.
  private func places(in repository: ScratchRepository, at revision: String = "HEAD") throws
    -> [String: Int]
  {
    var counts: [String: Int] = [:]
    for path in try repository.git("ls-tree", "-r", "--name-only", revision, "--", "docket")
      .split(separator: "\n")
    {
      let name = path.split(separator: "/").last ?? ""
      counts[
        name.split(separator: "-").prefix(2).joined(separator: "-")
          .replacingOccurrences(of: ".json", with: ""), default: 0] += 1
    }
    return counts
  }

  @Test("every id that is printed is at HEAD once, beside a loop of plain commits")
  func manyWriters() throws {
    let repository = try ScratchRepository.tracked()
    let loop = try start(
      [
        "sh", "-c",
        """
        while [ ! -e '\(repository.base)/stop' ]; do
          git commit -q --allow-empty --no-verify -m plain 2>/dev/null && echo done
          sleep 0.02
        done
        """,
      ], in: repository)
    let children = try (0..<Self.writers).map {
      try start(
        [ScratchRepository.docketExecutable, "new", "pain-point", "title=Point \($0)"],
        in: repository)
    }
    let runs = children.map { $0.finish() }
    try writeFile(repository.base + "/stop", [])
    let plain = loop.finish().lines.count
    var ids: Set<String> = []
    for run in runs {
      #expect(run.status == 0, "\(run.transcript)")
      #expect(run.lines.count == 1)
      ids.formUnion(run.lines)
    }
    #expect(ids.count == Self.writers)
    let counts = try places(in: repository)
    #expect(counts == Dictionary(uniqueKeysWithValues: ids.map { ($0, 1) }))
    #expect(plain > 0, "plain commits got their turn")
    try repository.expectSound()
    // No commit took anything of another's away, and none holds more than plain git swept in.
    let deleted = try repository.git("log", "--diff-filter=DM", "--format=%H", "--", "docket")
    #expect(deleted == "")
    let added = try repository.git(
      "log", "--diff-filter=A", "--format=", "--name-only", "--", "docket")
    #expect(added.split(separator: "\n").count == Self.writers)
    let left = try repository.run("find", [".", "-name", "*.lock", "-o", "-name", "*.docket-*"])
    #expect(left.output == "")
  }

  @Test("a change of the same record by many: each is kept, or refused by name")
  func sameRecord() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Shared")
    let children = try (0..<8).map {
      try start(
        [ScratchRepository.docketExecutable, "add", id, "tags", "tag-\($0)"], in: repository)
    }
    let runs = children.map { $0.finish() }
    let kept = runs.indices.filter { runs[$0].status == 0 }
    for run in runs where run.status != 0 {
      #expect(run.status == 1 && run.errors.contains("docket: "), "\(run.transcript)")
    }
    #expect(!kept.isEmpty)
    let tags = try #require(try repository.record(id)["tags"] as? [String])
    #expect(Set(tags) == Set(kept.map { "tag-\($0)" }), "saved means kept, refused means absent")
    try repository.expectSound()
  }

  /// Runs `docket new` with git's ref lock held, so that it stands between its index entry and its
  /// commit, and stops it there while `meanwhile` runs.
  private func paused(
    in repository: ScratchRepository, _ words: [String] = ["new", "pain-point", "title=Swept"],
    meanwhile: (String) throws -> Void
  ) throws -> CommandRun {
    let branch = repository.path + "/.git/refs/heads/main"
    let before = try repository.git("diff", "--cached", "--name-only", "--no-renames")
    try writeFile(branch + ".lock", [])
    let child = try start([ScratchRepository.docketExecutable] + words, in: repository)
    var staged = before
    for _ in 0..<200 where staged == before {
      usleep(20_000)
      staged = try repository.git("diff", "--cached", "--name-only", "--no-renames")
    }
    // Stopped, it can't win the race for the ref, however slow the others are.
    kill(child.processID, SIGSTOP)
    // A system call that it is in still runs to its end, and may be the one that takes the lock.
    var stopped = siginfo_t()
    #expect(waitid(P_PID, id_t(child.processID), &stopped, WSTOPPED) == 0)
    let outcome = Result {
      // Its temporary commit is out of the way of everything but the ref.
      try repository.run("rm", [branch + ".lock"]).succeeded()
      try meanwhile(staged)
    }
    kill(child.processID, SIGCONT)
    let run = child.finish()
    try outcome.get()
    return run
  }

  @Test("a plain git commit that sweeps the staged entry in: saved once, nothing doubled")
  func swept() throws {
    for _ in 0..<5 {
      let repository = try ScratchRepository.tracked()
      let run = try paused(in: repository) { _ in
        _ = try repository.git("commit", "-q", "--no-verify", "-m", "Sweep")
      }
      #expect(run.status == 0, "\(run.transcript)")
      let id = try #require(run.lines.first)
      #expect(try places(in: repository) == [id: 1])
      let added = try repository.git(
        "log", "--diff-filter=A", "--format=%s", "--", try repository.path(of: id))
      #expect(added == "Sweep", "the race was not lost: this test looked at nothing")
      let commit = try repository.git("log", "-1", "--format=%H", "--diff-filter=A", "--", "docket")
      #expect(run.errors.contains(commit.prefix(10)), "the commit that holds it: \(run.errors)")
      try repository.expectSound()
    }
  }

  @Test(
    "a writer that is killed leaves at worst a staged change",
    arguments: [0, 5, 10, 20, 40, 60, 80, 120])
  func killed(milliseconds: Int) throws {
    let repository = try ScratchRepository.tracked()
    let known = try repository.new("pain-point", "title=Known")
    let child = try start(
      [ScratchRepository.docketExecutable, "new", "pain-point", "title=Killed"], in: repository)
    usleep(UInt32(milliseconds) * 1000)
    kill(child.processID, SIGKILL)
    let run = child.finish()
    // Locks that a killed process leaves are named to the user, who removes them; so does this test.
    try repository.run(
      "find", [".git", "-name", "*.lock", "-size", "-1000k", "-delete"]
    ).succeeded()
    let deletions = try repository.git("diff", "--cached", "--diff-filter=D", "--name-only")
    #expect(deletions == "", "the user's next plain commit deletes no record")
    #expect(try repository.tryGit(["fsck", "--strict", "--no-dangling"]).status == 0)
    if run.status == 0 { #expect(try places(in: repository)[run.lines[0]] == 1) }
    #expect(try repository.record(known)["title"] as? String == "Known")
    let next = try repository.new("pain-point", "title=Next")
    #expect(try places(in: repository)[next] == 1)
  }

  @Test("links that would lead in a circle together: one at least is refused")
  func circle() throws {
    let repository = try ScratchRepository.tracked()
    let ids = try (0..<6).map { try repository.new("pain-point", "title=Point \($0)") }
    let children = try ids.indices.map { index in
      try start(
        [
          ScratchRepository.docketExecutable, "link", ids[index], "duplicateOf",
          ids[(index + 1) % ids.count],
        ], in: repository)
    }
    let runs = children.map { $0.finish() }
    let refused = runs.filter { $0.status != 0 }
    #expect(!refused.isEmpty)
    for run in refused {
      #expect(run.status == 1 && run.errors.contains("link.cycle"), "\(run.transcript)")
    }
    let check = try repository.docket("check")
    #expect(check.status == 0, "\(check.output)")
    try repository.expectSound()
  }
}

import Foundation
import TestSupport
import Testing

/// Each refusal of a write: said, with the way out, and nothing left behind.
@Suite("refused writes leave nothing behind") struct RefusalTests {
  private func record(in repository: ScratchRepository) throws -> (id: String, path: String) {
    let id = try repository.new("pain-point", "title=Mine", "severity=2")
    return (id, try repository.path(of: id))
  }

  /// Runs a command that must be refused, and requires that nothing has changed by it.
  private func refuse(
    _ words: [String], in repository: ScratchRepository, status: Int32 = 1,
    environment: [String: String] = [:], saying texts: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let refs = try repository.git("for-each-ref")
    let before = try repository.gitState()
    let folders = try repository.run("find", ["docket", "-print"]).output
    let run = try repository.tryDocket(words, environment: environment)
    #expect(run.status == status, "\(run.transcript)", sourceLocation: sourceLocation)
    #expect(run.output == "", sourceLocation: sourceLocation)
    for text in texts {
      #expect(
        run.errors.contains(text), "no \"\(text)\" in:\n\(run.errors)",
        sourceLocation: sourceLocation)
    }
    #expect(try repository.gitState() == before, sourceLocation: sourceLocation)
    #expect(try repository.git("for-each-ref") == refs, sourceLocation: sourceLocation)
    #expect(
      try repository.run("find", ["docket", "-print"]).output == folders,
      sourceLocation: sourceLocation)
  }

  @Test("staged edits of the user's own on the path")
  func stagedEdits() throws {
    let repository = try ScratchRepository.tracked()
    let (id, path) = try record(in: repository)
    try repository.replace("\"severity\": 2", with: "\"severity\": 3", in: path)
    try repository.git("add", path)
    try refuse(
      ["edit", id, "area=ci"], in: repository, saying: [path, "staged edits", "git commit"])
    try refuse(
      ["edit", id, "area=ci", "--no-commit"], in: repository, saying: [path, "staged edits"])
  }

  @Test("unstaged edits, a missing file, a directory and a link in its place")
  func unstagedEdits() throws {
    let repository = try ScratchRepository.tracked()
    let (id, path) = try record(in: repository)
    let text = try #require(repository.read(path))
    try repository.write(path, text + "\n")
    try refuse(["move", id, "triaged"], in: repository, saying: [path, "edits of your own"])
    try repository.run("rm", [path]).succeeded()
    try refuse(["move", id, "triaged"], in: repository, saying: [path, "missing", "git restore"])
    try repository.run("mkdir", [path]).succeeded()
    try refuse(["move", id, "triaged"], in: repository, saying: [path])
    try repository.run("rmdir", [path]).succeeded()
    try repository.write("elsewhere.json", text)
    try repository.run("ln", ["-s", repository.path + "/elsewhere.json", path]).succeeded()
    try refuse(["move", id, "triaged"], in: repository, saying: [path])
    #expect(repository.read("elsewhere.json") == text)
  }

  @Test("a merge in progress, with and without conflict; --no-commit works in a clean one")
  func merge() throws {
    let repository = try ScratchRepository.tracked()
    let (id, _) = try record(in: repository)
    try repository.commit("Code", ["a.c": "a\n"])
    try repository.git("switch", "-qc", "side")
    try repository.commit("Side", ["b.c": "side\n"])
    try repository.git("switch", "-q", "main")
    try repository.commit("Main", ["c.c": "main\n"])
    try repository.git("merge", "-q", "--no-commit", "--no-ff", "side")
    try refuse(
      ["move", id, "triaged"], in: repository, saying: ["merge is in progress", "--no-commit"])
    try refuse(["new", "pain-point", "title=x"], in: repository, saying: ["merge is in progress"])
    try repository.say(["move", id, "triaged", "--no-commit"])
    try repository.git("commit", "-qm", "Merge with a step")
    #expect(try repository.record(id)["status"] as? String == "triaged")
    #expect(
      try repository.git("rev-list", "--parents", "-1", "HEAD").split(separator: " ").count == 3)

    try repository.git("switch", "-q", "side")
    try repository.commit("Side", ["a.c": "side\n"])
    try repository.git("switch", "-q", "main")
    try repository.commit("Main", ["a.c": "main\n"])
    #expect(try repository.tryGit(["merge", "-q", "side"]).status == 1)
    try refuse(
      ["new", "pain-point", "title=x"], in: repository, saying: ["unresolved conflicts", "git add"])
    // Staging beside a conflict ends nobody's merge.
    try repository.say(["move", id, "validated", "--no-commit"])
    #expect(
      try repository.git("diff", "--name-only", "--diff-filter=U").trimmingCharacters(in: .newlines)
        == "a.c")
  }

  @Test("a rebase, a cherry-pick and a revert in progress")
  func otherOperations() throws {
    let repository = try ScratchRepository.tracked()
    let (id, _) = try record(in: repository)
    try repository.commit("Code", ["a.c": "a\n"])
    let second = try repository.commit("Second", ["a.c": "b\n"])
    let todo = ["GIT_SEQUENCE_EDITOR": "sed -i s/^pick/edit/"]
    try repository.git("rebase", "-q", "-i", "HEAD^", environment: todo)
    try refuse(["move", id, "triaged"], in: repository, saying: ["rebase is in progress"])
    try repository.git("rebase", "--abort")
    try repository.git("revert", "--no-commit", second)
    try refuse(["move", id, "triaged"], in: repository, saying: ["revert is in progress"])
    try repository.git("revert", "--abort")
    try repository.git("bisect", "start")
    try repository.say(["move", id, "triaged"])
  }

  @Test("a file of the same id already there")
  func alreadyThere() throws {
    let repository = try ScratchRepository.tracked()
    let (id, path) = try record(in: repository)
    try refuse(
      ["new", "pain-point", "--from", path], in: repository, saying: ["ids are docket's to give"])
    #expect(try repository.path(of: id) == path)
  }

  @Test("a live index.lock is waited for, then named, never removed", .timeLimit(.minutes(1)))
  func indexLock() throws {
    let repository = try ScratchRepository.tracked()
    let (id, _) = try record(in: repository)
    let lock = repository.path + "/.git/index.lock"
    try writeFile(lock, Array("foreign".utf8))
    // git status can't refresh the index meanwhile, but it can read it.
    let began = Date()
    try refuse(
      ["move", id, "triaged"], in: repository, environment: ["DOCKET_LOCK_TIMEOUT": "0.5"],
      saying: [lock, "File exists"])
    let waited = Date().timeIntervalSince(began)
    #expect(waited > 0.4 && waited < 9)
    #expect(readFile(lock) == Array("foreign".utf8))
    try repository.docket("new", "pain-point", "title=x", environment: ["DOCKET_LOCK_TIMEOUT": "0"])
      .expectRefusal(1, saying: lock)
    // Released in time, it is only waited for.
    let child = try ChildProcess(
      "sh", ["-c", "sleep 0.7; rm '\(lock)'"], in: repository.path,
      environment: repository.environment)
    try repository.say(["move", id, "triaged"])
    _ = child.finish()
    try repository.expectSound()
  }

  @Test("a held ref lock is named, and file and entry are put back")
  func refLock() throws {
    let repository = try ScratchRepository.tracked()
    let (id, _) = try record(in: repository)
    let lock = repository.path + "/.git/refs/heads/main.lock"
    try writeFile(lock, [])
    let environment = ["DOCKET_LOCK_TIMEOUT": "0.2"]
    try refuse(["move", id, "triaged"], in: repository, environment: environment, saying: [lock])
    try refuse(
      ["new", "minutes", "title=x", "type=other", "body=Board", "heldOn=2026-01-01"],
      in: repository,
      environment: environment, saying: [lock])
    #expect(readFile(lock) == [])
    try repository.run("rm", [lock]).succeeded()
    try repository.expectSound()
  }

  @Test(
    "the team's own hooks see the commit and may refuse it",
    arguments: [
      "pre-commit", "prepare-commit-msg", "commit-msg",
    ])
  func teamHook(name: String) throws {
    let repository = try ScratchRepository.tracked()
    let (id, path) = try record(in: repository)
    try repository.commit("Code", ["a.c": "a\n"])
    try repository.write("a.c", "staged\n")
    try repository.git("add", "a.c")
    let seen = repository.base + "/seen"
    let hook =
      repository.path + "/.git/hooks/" + name + (name == "pre-commit" ? ".before-docket" : "")
    try writeFile(
      hook,
      Array(
        """
        #!/bin/sh
        { echo "args $#"; git diff --cached --name-only; cat "$1" 2>/dev/null; } > '\(seen)'
        echo "not today" >&2
        exit 3

        """.utf8))
    try repository.run("chmod", ["+x", hook]).succeeded()
    try refuse(
      ["move", id, "triaged"], in: repository, saying: ["not today", "\(name) hook", "--no-verify"])
    let text = String(decoding: readFile(seen) ?? [], as: UTF8.self)
    #expect(
      text.contains(path) && !text.contains("a.c"), "the hook sees what is committed: \(text)")
    #expect(
      text.hasPrefix(name == "pre-commit" ? "args 0" : name == "commit-msg" ? "args 1" : "args 2"))
    try repository.say(["move", id, "triaged", "--no-verify"])
    #expect(try repository.git("diff", "--cached", "--name-only") == "a.c")
    #expect(try repository.git("log", "-1", "--format=%an/%cn") == "Ada Author/Carl Committer")
  }

  @Test("a commit-msg hook may word the message; post-commit runs")
  func hooksAtWork() throws {
    let repository = try ScratchRepository.tracked()
    let hooks = repository.path + "/.git/hooks/"
    try writeFile(hooks + "commit-msg", Array("#!/bin/sh\necho 'Change-Id: I1' >> \"$1\"\n".utf8))
    try writeFile(
      hooks + "post-commit",
      Array("#!/bin/sh\ngit rev-parse HEAD > '\(repository.base)/post'\n".utf8))
    try repository.run("chmod", ["+x", hooks + "commit-msg", hooks + "post-commit"]).succeeded()
    let (_, _) = try record(in: repository)
    #expect(try repository.git("log", "-1", "--format=%B").contains("Change-Id: I1"))
    #expect(
      String(decoding: readFile(repository.base + "/post") ?? [], as: UTF8.self)
        == (try repository.head()) + "\n")
    try repository.expectSound()
  }

  @Test("on a detached HEAD the commit goes to HEAD")
  func detached() throws {
    let repository = try ScratchRepository.tracked()
    let main = try repository.head()
    try repository.git("switch", "-q", "--detach")
    let (id, _) = try record(in: repository)
    #expect(try repository.git("rev-parse", "HEAD^", "main") == "\(main)\n\(main)")
    #expect(try repository.tryGit(["symbolic-ref", "-q", "HEAD"]).status == 1)
    #expect(try repository.record(id)["title"] as? String == "Mine")
    try repository.expectSound()
  }

  @Test("on an unborn branch the record is its first commit")
  func unborn() throws {
    let repository = try ScratchRepository.tracked()
    try repository.git("switch", "-q", "--orphan", "fresh")
    try repository.git("checkout", "-q", "main", "--", ".docket", ".gitattributes")
    let before = try repository.git("ls-files", "-s")
    let run = try repository.tryDocket(["new", "pain-point", "title=First"])
    #expect(run.status == 0, "\(run.transcript)")
    #expect(try repository.commitCount() == 1)
    let path = try repository.path(of: run.lines[0])
    #expect(try repository.git("ls-tree", "-r", "--name-only", "HEAD") == path)
    #expect(
      try repository.git("ls-files", "-s").split(separator: "\n").filter { !$0.hasSuffix(path) }
        == before.split(separator: "\n"))
  }

  @Test("a missing identity is refused in git's words")
  func identity() throws {
    let repository = try ScratchRepository.tracked()
    let (id, _) = try record(in: repository)
    let nobody = Dictionary(
      uniqueKeysWithValues: ["AUTHOR", "COMMITTER"].flatMap {
        [("GIT_\($0)_NAME", ""), ("GIT_\($0)_EMAIL", "")]
      })
    try repository.git("config", "user.useConfigOnly", "true")
    try refuse(
      ["move", id, "triaged"], in: repository, status: 2, environment: nobody,
      saying: ["git config --global user.email"])
    try repository.git("config", "user.name", "Configured")
    try repository.git("config", "user.email", "configured@example.org")
    let run = try repository.tryDocket(["move", id, "triaged"], environment: nobody)
    #expect(run.status == 0, "\(run.transcript)")
    #expect(
      try repository.git("log", "-1", "--format=%an %ce") == "Configured configured@example.org")
  }

  @Test("a bare repository takes a record on a branch, with no working tree to write")
  func bare() throws {
    let repository = try ScratchRepository.tracked()
    let bare = repository.base + "/bare.git"
    try repository.git("clone", "-q", "--bare", repository.path, bare)
    let run = try repository.tryDocket(["new", "pain-point", "title=Bare"], in: bare)
    #expect(run.status == 0, "\(run.transcript)")
    let tree = try repository.tryGit(["ls-tree", "-r", "--name-only", "main"], in: bare).output
    #expect(tree.contains(run.lines[0]))
    #expect(try repository.tryGit(["fsck", "--strict"], in: bare).status == 0)
  }

  @Test("a folder that is a link leads out of the repository and is refused")
  func linkedFolder() throws {
    let repository = try ScratchRepository.tracked()
    let outside = repository.base + "/outside"
    try repository.run("mkdir", [outside]).succeeded()
    try repository.run("ln", ["-s", outside, repository.path + "/docket"]).succeeded()
    let run = try repository.tryDocket(["new", "pain-point", "title=x"])
    #expect(run.status != 0 && run.output == "", "\(run.transcript)")
    #expect(try repository.run("find", [outside]).lines == [outside])
    #expect(try repository.commitCount() == 1)
  }

  @Test("another docket that writes is waited for, then its lock is named")
  func docketLock() throws {
    let repository = try ScratchRepository.tracked()
    let (id, _) = try record(in: repository)
    let lock = repository.path + "/.git/docket/lock"
    let descriptor = open(lock, O_RDWR)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    try refuse(
      ["move", id, "triaged"], in: repository, environment: ["DOCKET_LOCK_TIMEOUT": "0.2"],
      saying: [lock, "another docket"])
    close(descriptor)
    try repository.say(["move", id, "triaged"])
  }
}

import Git
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("opening a repository")
struct OpeningTests {
  private let scratch: ScratchRepository

  init() throws {
    scratch = try ScratchRepository()
    try scratch.commit("first", ["dir/deep/file": "1\n"])
  }

  private func discover(_ directory: String, _ extra: [String: String] = [:]) throws -> Repository?
  {
    try Repository.discover(from: directory, environment: scratch.environment.adding(extra))
  }

  @Test("from below, from outside, and through a symbolic link")
  func climbing() throws {
    let below = try #require(try discover(scratch.path + "/dir/deep"))
    #expect(below.workingDirectory == scratch.path)
    #expect(below.gitDirectory == scratch.path + "/.git")
    #expect(below.indexPath == scratch.path + "/.git/index")
    #expect(!below.isBare)
    #expect(try discover(scratch.base) == nil)
    #expect(try discover(scratch.path + "/dir", ["GIT_CEILING_DIRECTORIES": scratch.path]) == nil)
    try scratch.run("ln", ["-s", scratch.path + "/dir", scratch.base + "/link"]).succeeded()
    #expect(try discover(scratch.base + "/link")?.workingDirectory == scratch.path)
    #expect(throws: GitError.self) { try discover(scratch.path + "/absent") }
    #expect(try below.location.open().head() == below.head())
  }

  @Test("the environment that git gives its hooks")
  func hook() throws {
    try writeFile(
      scratch.path + "/.git/hooks/pre-commit",
      Array("#!/bin/sh\nenv > \"$HOME/hook-env\"\npwd >> \"$HOME/hook-env\"\n".utf8))
    try scratch.run("chmod", ["+x", ".git/hooks/pre-commit"]).succeeded()
    try scratch.write("dir/deep/file", "2\n")
    try scratch.write("staged", "s\n")
    try scratch.git("add", "staged")
    // `commit PATH` commits from an index of its own, next to the usual one.
    try scratch.git("commit", "-q", "-m", "x", "dir/deep/file")
    let text = try #require(readFile(scratch.base + "/home/hook-env"))
    var environment: [String: String] = [:]
    var directory = ""
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      if let equals = line.firstIndex(of: "=") {
        environment[String(line[..<equals])] = String(line[line.index(after: equals)...])
      } else {
        directory = String(line)
      }
    }
    let index = try #require(environment["GIT_INDEX_FILE"])
    #expect(index.contains("next-index"))
    let repository = try #require(
      try Repository.discover(from: directory, environment: environment))
    #expect(repository.workingDirectory == scratch.path)
    #expect(repository.indexPath.hasSuffix(index))
    #expect(repository.indexPath.hasPrefix("/"))
  }

  @Test("GIT_DIR relative, GIT_WORK_TREE, GIT_INDEX_FILE, and git -c")
  func variables() throws {
    let one = try #require(try discover(scratch.path, ["GIT_DIR": ".git"]))
    #expect(one.workingDirectory == scratch.path)
    try scratch.run("cp", [scratch.path + "/.git/index", scratch.base + "/other-index"]).succeeded()
    let two = try #require(
      try discover(
        scratch.base,
        [
          "GIT_DIR": "repository/.git", "GIT_WORK_TREE": "home", "GIT_INDEX_FILE": "other-index",
          "GIT_CONFIG_PARAMETERS": "'docket.x'='a b' 'docket.y=it'\\''s' 'docket.Flag'",
          "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "docket.n", "GIT_CONFIG_VALUE_0": "7",
        ]))
    #expect(two.workingDirectory == scratch.base + "/home")
    #expect(two.indexPath == scratch.base + "/other-index")
    #expect(try two.readIndex().entryCount == 1)
    #expect(try two.config("docket.x") == "a b")
    #expect(try two.config("docket.y") == "it's")
    #expect(try two.configBool("docket.flag") == true)
    #expect(try two.config("docket.n") == "7")
    #expect(throws: GitError.self) { try discover(scratch.path, ["GIT_DIR": "nowhere"]) }
  }

  @Test("a linked worktree has its own HEAD and index, and shares the rest")
  func worktree() throws {
    let path = scratch.base + "/linked"
    try scratch.git("config", "extensions.worktreeConfig", "true")
    try scratch.git("worktree", "add", "-q", "-b", "topic", path)
    try scratch.tryGit(["config", "--worktree", "docket.here", "linked"], in: path).succeeded()
    let linked = try #require(try discover(path))
    #expect(linked.workingDirectory == path)
    #expect(linked.commonDirectory == scratch.path + "/.git")
    #expect(linked.gitDirectory == scratch.path + "/.git/worktrees/linked")
    let head = try linked.head()
    #expect(head.branch == "refs/heads/topic")
    #expect(try linked.config("docket.here") == "linked")
    #expect(try discover(scratch.path)?.config("docket.here") == nil)
    let id = try #require(head.commit)
    let who = try linked.identity(.committer)
    let writer = linked.objectWriter()
    let blob = try writer.writeBlob(Array("w".utf8))
    try writer.flush()
    #expect(linked.contains(blob))
    #expect(
      try linked.updateReference("HEAD", to: id, expecting: id, identity: who, reason: "same"))
    #expect(try scratch.tryGit(["reflog", "-1", "--format=%gs"], in: path).output == "same\n")
    #expect(linked.hooksDirectory == scratch.path + "/.git/hooks")
  }

  @Test("bare, and quarantined objects")
  func bare() throws {
    let path = scratch.base + "/bare.git"
    try scratch.git("clone", "-q", "--bare", scratch.path, path)
    let bare = try #require(try discover(path))
    #expect(bare.isBare)
    #expect(bare.workingDirectory == nil)
    #expect(throws: GitError.self) {
      try discover(
        path,
        [
          "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.bareRepository",
          "GIT_CONFIG_VALUE_0": "explicit",
        ])
    }
    // What receive-pack gives its pre-receive hook.
    let quarantine = path + "/objects/tmp_objdir-incoming-x"
    try writeFile(quarantine + "/pack/.keep", [])
    let commit = try scratch.git("rev-parse", "HEAD")
    let environment = [
      "GIT_DIR": ".", "GIT_OBJECT_DIRECTORY": quarantine,
      "GIT_ALTERNATE_OBJECT_DIRECTORIES": "\"\(path)/ob\\152ects\"",
      "GIT_QUARANTINE_PATH": quarantine,
    ]
    let inside = try #require(try discover(path, environment))
    let id = try #require(ObjectID(hex: commit))
    #expect(try inside.commit(id).subject == "first")
    let writer = inside.objectWriter()
    let blob = try writer.writeBlob(Array("quarantined".utf8))
    try writer.flush()
    #expect(inside.contains(blob))
    #expect(!bare.contains(blob))
    let who = try inside.identity(.committer)
    let error = #expect(throws: GitError.self) {
      try inside.updateReference(
        "refs/heads/x", to: id, expecting: nil, identity: who, reason: "")
    }
    #expect(error?.message.contains("quarantine") == true)
  }

  @Test(
    "extensions: harmless ones open, the others are named",
    arguments: [
      ("partialClone", "origin", nil), ("preciousObjects", "true", nil), ("noop", "x", nil),
      ("worktreeConfig", "true", nil), ("objectFormat", "sha1", nil),
      ("refStorage", "reftable", "reftable"), ("objectFormat", "sha256", "sha256"),
      ("somethingNew", "1", "somethingnew"),
    ] as [(String, String, String?)])
  func extensions(name: String, value: String, complaint: String?) throws {
    try scratch.git("config", "core.repositoryformatversion", "1")
    try scratch.git("config", "extensions.\(name)", value)
    if let complaint {
      let error = #expect(throws: GitError.self) { try discover(scratch.path) }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains(complaint) == true)
    } else {
      #expect(try discover(scratch.path)?.head().commit != nil)
    }
  }

  @Test("a real SHA-256 repository is refused in words")
  func sha256() throws {
    let other = try ScratchRepository(arguments: ["--object-format=sha256"])
    let error = #expect(throws: GitError.self) { try other.open() }
    #expect(error?.message.contains("docket reads SHA-1 repositories only") == true)
  }

  @Test(
    "another owner's repository is refused as git refuses it, and allowed as git allows it",
    .enabled(if: geteuid() == 0, "only root can give a directory to another user"),
    arguments: [
      (nil, true), ("*", false), ("PATH", false), ("/elsewhere", true), ("PARENT/*", false),
    ] as [(String?, Bool)])
  func ownership(safe: String?, refused: Bool) throws {
    try scratch.run("chown", ["-R", "12345", scratch.path]).succeeded()
    var extra = ["SUDO_UID": ""]
    if let safe {
      let value =
        safe.split(separator: "PATH").isEmpty
        ? scratch.path
        : safe.hasPrefix("PARENT") ? scratch.base + safe.dropFirst("PARENT".count) : safe
      try writeFile(
        scratch.base + "/home/.gitconfig", Array("[safe]\n\tdirectory = \(value)\n".utf8))
      extra["GIT_CONFIG_GLOBAL"] = scratch.base + "/home/.gitconfig"
    }
    if refused {
      let error = #expect(throws: GitError.self) { try discover(scratch.path, extra) }
      let git = try scratch.tryGit(["status"], environment: extra)
      #expect(error.map { $0.description + "\n" } == git.errors)
    } else {
      #expect(try discover(scratch.path, extra) != nil)
    }
    // GIT_DIR is explicit, and sudo's caller may be the owner.
    #expect(try discover(scratch.path, ["GIT_DIR": ".git"]) != nil)
    #expect(try discover(scratch.path, ["SUDO_UID": "12345"]) != nil)
  }

  @Test("identity: variables, role, user, and git's words when there is none")
  func identity() throws {
    let none = scratch.environment.filter {
      !$0.key.hasPrefix("GIT_AUTHOR") && !$0.key.hasPrefix("GIT_COMMITTER")
    }
    let bare = try #require(try Repository.discover(from: scratch.path, environment: none))
    let error = #expect(throws: GitError.self) { try bare.identity(.author) }
    #expect(error?.code == .identity)
    #expect(error?.description.contains("git config --global user.email") == true)
    try scratch.git("config", "user.name", " User <Name>. ")
    try scratch.git("config", "user.email", "user@example.org")
    try scratch.git("config", "committer.email", "role@example.org")
    let repository = try #require(try Repository.discover(from: scratch.path, environment: none))
    let author = try repository.identity(.author, now: 1_700_000_000)
    #expect(author.name == "User Name")
    #expect(author.time == 1_700_000_000)
    #expect(try repository.identity(.committer).email == "role@example.org")
    for date in [
      "1767323045 +0130", "@1767323045 -0800", "2026-01-02T03:04:05Z", "2026-01-02 03:04:05 +0200",
      "Fri, 2 Jan 2026 03:04:05 +0000", "2026-01-02T03:04:05.25+01:00",
    ] {
      let dated = try scratch.open(environment: ["GIT_AUTHOR_DATE": date])
      let signature = try dated.identity(.author)
      let expected = try scratch.git(
        "var", "GIT_AUTHOR_IDENT", environment: ["GIT_AUTHOR_DATE": date])
      let minutes = abs(signature.offsetMinutes)
      let zone =
        (signature.offsetMinutes < 0 ? "-" : "+")
        + String(String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst())
      #expect("Ada Author <ada@example.org> \(signature.time) \(zone)" == expected)
    }
    for date in ["yesterday", "2026-01-02", "nonsense", "2026-13-02T00:00:00Z"] {
      let dated = try scratch.open(environment: ["GIT_AUTHOR_DATE": date])
      #expect(throws: GitError.self) { try dated.identity(.author) }
    }
  }

  @Test("a user's settings that can't be read are an error, as for git; absent ones are none")
  func unreadableSettings() throws {
    let settings = ["GIT_CONFIG_GLOBAL": scratch.base + "/settings"]
    #expect(try discover(scratch.path, settings) != nil)
    symlink("settings", scratch.base + "/settings")
    #expect(try scratch.tryGit(["log"], environment: settings).status == 128)
    #expect(throws: GitError.self) { try discover(scratch.path, settings) }
  }

  @Test("operations in progress")
  func operations() throws {
    #expect(try scratch.open().operationInProgress == nil)
    try scratch.git("checkout", "-q", "-b", "side")
    try scratch.commit("side", ["dir/deep/file": "side\n"])
    try scratch.git("checkout", "-q", "main")
    try scratch.commit("main", ["dir/deep/file": "main\n"])
    let cases: [([String], OperationInProgress)] = [
      (["merge", "side"], .merge), (["cherry-pick", "side"], .cherryPick),
      (["rebase", "side"], .rebase), (["revert", "HEAD~1"], .revert),
      (["bisect", "start"], .bisect),
    ]
    for (command, operation) in cases {
      _ = try scratch.tryGit(command, environment: ["GIT_EDITOR": "true"])
      let repository = try scratch.open()
      #expect(try repository.operationInProgress == operation)
      #expect(try repository.mergeHeads.count == (operation == .merge ? 1 : 0))
      try scratch.git(operation == .bisect ? ["bisect", "reset"] : [operation.name, "--abort"])
    }
    #expect(try scratch.open().operationInProgress == nil)
  }

  @Test("a new repository, and configuration of its own")
  func initialize() throws {
    let path = scratch.base + "/made/here"
    let made = try Repository.initialize(
      at: path, branch: nil,
      environment: scratch.environment.adding([
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "init.defaultBranch",
        "GIT_CONFIG_VALUE_0": "trunk",
      ]))
    #expect(try made.head() == Head(branch: "refs/heads/trunk", commit: nil))
    #expect(made.workingDirectory == path)
    try made.setConfig("docket.handle", "ada")
    #expect(try made.config("docket.handle") == "ada")
    #expect(try scratch.tryGit(["config", "docket.handle"], in: path).output == "ada\n")
    try made.unsetConfig("docket.handle")
    try made.unsetConfig("docket.handle")
    #expect(try made.config("docket.handle") == nil)
    #expect(try scratch.tryGit(["status", "--porcelain"], in: path).output == "")
    #expect(throws: GitError.self) {
      try Repository.initialize(at: path, branch: "x", environment: scratch.environment)
    }
  }
}

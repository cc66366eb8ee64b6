import Foundation
import TestSupport
import Testing

/// Writes, checks and hooks in each sort of repository that git knows, beside git's own answers.
@Suite("sorts of repositories") struct RepositorySortTests {
  enum Sort: String, CaseIterable, CustomTestStringConvertible {
    case plain, splitIndex, sparse, sparseIndex, shared, carriageReturns, version4, ignoring
    case linkedWorktree, narrowUmask

    var testDescription: String { rawValue }
    /// Whether records aren't in the working tree.
    var leavesRecordsOut: Bool { self == .sparse || self == .sparseIndex }
  }

  /// A repository with a record and code, of a sort; and where to work in it.
  private func make(_ sort: Sort) throws -> (repository: ScratchRepository, id: String) {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "severity=2")
    try repository.commit("Code", ["code/f": "1\n", "top": "1\n"])
    switch sort {
    case .plain, .linkedWorktree, .narrowUmask: break
    case .splitIndex:
      try repository.git("config", "core.splitIndex", "true")
      try repository.git("update-index", "--split-index")
    case .sparse, .sparseIndex:
      try repository.git(
        "sparse-checkout", "set", "--cone",
        sort == .sparse ? "--no-sparse-index" : "--sparse-index", "code")
    case .shared:
      try repository.git("config", "core.sharedRepository", "group")
      try repository.run("rm", ["-r", ".git/docket"]).succeeded()
    case .carriageReturns:
      try repository.git("config", "core.autocrlf", "true")
      let path = try repository.path(of: id)
      let text = try #require(repository.read(path))
      try repository.write(path, text.replacingOccurrences(of: "\n", with: "\r\n"))
      try repository.git("add", "-u")
    case .version4: try repository.git("update-index", "--index-version", "4")
    case .ignoring:
      try repository.commit("Ignore", [".gitignore": ".DS_Store\n*~\n*.swp\nbuild/\n"])
      let path = try repository.path(of: id)
      for name in ["docket/.DS_Store", path + "~", "docket/build/PP-AAAAAAAAAA.json"] {
        try repository.write(name, "no record")
      }
    }
    return (repository, id)
  }

  private func run(
    _ words: [String], in repository: ScratchRepository, _ sort: Sort
  ) throws -> CommandRun {
    let docket = ScratchRepository.docketExecutable
    switch sort {
    case .narrowUmask:
      return try repository.run("sh", ["-c", "umask 077; exec \"$@\"", "sh", docket] + words)
    case .linkedWorktree:
      return try repository.run("sh", ["-c", "cd ../linked && exec \"$@\"", "sh", docket] + words)
    default: return try repository.tryDocket(words)
    }
  }

  @Test("reads, writes and hooks agree with git", arguments: Sort.allCases)
  func agree(sort: Sort) throws {
    let (repository, id) = try make(sort)
    if sort == .linkedWorktree {
      try repository.git("worktree", "add", "-q", "../linked", "-b", "linked")
    }
    func git(_ words: String...) throws -> CommandRun {
      try repository.tryGit((sort == .linkedWorktree ? ["-C", "../linked"] : []) + words)
    }
    func clean(_ what: String) throws {
      #expect(try git("status", "--porcelain").output == "", "after \(what)")
    }
    func docket(_ words: String...) throws -> CommandRun { try run(words, in: repository, sort) }
    func ok(_ words: String...) throws -> CommandRun {
      let result = try run(words, in: repository, sort)
      #expect(result.status == 0, "\(words): \(result.transcript)")
      return result
    }
    // What git calls clean is clean, and every record is looked at.
    try clean("setting up")
    #expect(try ok("check").errors.contains("1 file checked, no findings"))
    #expect(try ok("diff").output == "")
    #expect(try ok("fmt", "--check").status == 0)
    #expect(try ok("list").output.contains("Slow"))
    // Writes leave git's status clean, twice over.
    _ = try ok("edit", id, "severity=3")
    try clean("an edit")
    _ = try ok("edit", id, "severity=4")
    try clean("another edit")
    let other = try ok("new", "pain-point", "title=Other", "severity=1").lines[0]
    try clean("a new record")
    #expect(try ok("check").errors.contains("2 files checked, no findings"))
    #expect(try git("fsck", "--strict").status == 0)
    // What touches no record is committed; a bad one is refused, by the hook.
    try repository.write(sort == .linkedWorktree ? "../linked/code/f" : "code/f", "2\n")
    let code = try git("commit", "-qam", "Code only")
    #expect(code.status == 0, "\(code.transcript)")
    let path = try #require(
      try git("ls-files", "docket").lines.first { $0.contains(other) })
    let root = sort == .linkedWorktree ? "../linked/" : ""
    let text = try #require(repository.read(root + path))
    try repository.write(
      root + path, text.replacingOccurrences(of: "\"severity\": 1", with: "\"severity\": 9"))
    #expect(try docket("check").status == 1)
    #expect(try docket("diff").output.contains("9"))
    // git adds nothing that a sparse checkout leaves out unless it is told to.
    #expect(try git("add", sort.leavesRecordsOut ? "--sparse" : "-v", "--", path).status == 0)
    let bad = try git("commit", "-qm", "Bad")
    #expect(bad.status == 1 && bad.errors.contains("record.schema"), "\(bad.transcript)")
    if sort == .shared {
      let files = try repository.run("find", [".git/docket", "!", "-perm", "-g+w"])
      #expect(files.output == "", "the group can't write it")
    }
  }

  @Test(
    "temporary files: of a write in progress they are no record, of a dead one they are removed")
  func temporaries() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let name = try repository.path(of: id) + ".docket-999999"
    try repository.write(name, "{")
    // A writer holds docket's lock.
    let writer = try ChildProcess(
      "flock", [".git/docket/lock", "sh", "-c", "touch held; exec sleep 1"], in: repository.path,
      environment: repository.environment)
    while repository.read("held") == nil { usleep(10_000) }
    #expect(try repository.tryDocket(["check"]).status == 0)
    #expect(repository.read(name) != nil)
    _ = writer.finish()
    #expect(try repository.tryDocket(["check"]).status == 0)
    #expect(repository.read(name) == nil)
  }
}

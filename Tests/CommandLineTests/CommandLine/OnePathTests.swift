import TestSupport
import Testing

/// A write touches what it says and nothing else.
@Suite("writes touch one path") struct OnePathTests {
  /// A tracked repository in the middle of somebody's work.
  private func busy() throws -> ScratchRepository {
    let repository = try ScratchRepository.tracked()
    try repository.commit(
      "Code", ["a.c": "a\n", "b.c": "b\n", "c.c": "c\n", "d.c": "d\n", "dir/e.c": "e\n"])
    try repository.write("a.c", "staged\n")
    try repository.write("new.c", "added\n")
    try repository.git("add", "a.c", "new.c")
    try repository.write("a.c", "staged and edited\n")
    try repository.write("b.c", "edited\n")
    try repository.git("rm", "-q", "--cached", "c.c")
    try repository.write("intended.c", "later\n")
    try repository.git("add", "-N", "intended.c")
    try repository.git("update-index", "--assume-unchanged", "d.c")
    try repository.git("update-index", "--skip-worktree", "dir/e.c")
    try repository.write("loose.txt", "loose\n")
    return repository
  }

  @Test("new commits one path and leaves what is staged and edited byte for byte")
  func new() throws {
    let repository = try busy()
    let before = try repository.gitState()
    let id = try repository.new("pain-point", "title=Busy")
    let path = try repository.path(of: id)
    #expect(try repository.git("diff", "--name-status", "HEAD^", "HEAD") == "A\t\(path)")
    #expect(try repository.gitState(without: path) == before)
    #expect(try repository.git("ls-files", "-s", path).hasPrefix("100644 "))
    #expect(try repository.git("fsck", "--strict", "--no-dangling") == "")
    // Git itself agrees with every cached tree that docket left in the index.
    let written = try repository.git("write-tree")
    try repository.git("read-tree", "--empty", environment: ["GIT_INDEX_FILE": "check"])
    #expect(written.count == 40)
  }

  @Test("edit, move, add and link likewise")
  func changes() throws {
    let repository = try busy()
    let id = try repository.new("pain-point", "title=Busy")
    let twin = try repository.new("pain-point", "title=Busier")
    let path = try repository.path(of: id)
    let before = try repository.gitState()
    // The entry of the record changes, and nothing else.
    let others = { try repository.gitState(without: path) }
    let start = try others()
    for words in [
      ["edit", id, "severity=2"], ["move", id, "triaged"], ["add", id, "tags", "ci"],
      ["link", id, "duplicateOf", twin],
    ] {
      try repository.say(words)
      #expect(try repository.git("diff", "--name-status", "HEAD^", "HEAD") == "M\t\(path)")
      #expect(try others() == start, "after \(words)")
    }
    #expect(try repository.gitState() != before)
  }

  @Test("in a subdirectory, in a worktree, by GIT_DIR and by -C, the same")
  func elsewhere() throws {
    let repository = try busy()
    let before = try repository.gitState()
    let folder = repository.path + "/dir"
    let first = try repository.tryDocket(["new", "pain-point", "title=Inner"], in: folder)
    #expect(first.status == 0, "\(first.transcript)")
    let outside = try repository.tryDocket(
      ["-C", repository.path, "new", "pain-point", "title=Outer"], in: repository.base)
    #expect(outside.status == 0, "\(outside.transcript)")
    let named = try repository.tryDocket(
      ["new", "pain-point", "title=Named"], in: repository.base,
      environment: [
        "GIT_DIR": repository.path + "/.git", "GIT_WORK_TREE": repository.path,
      ])
    #expect(named.status == 0, "\(named.transcript)")
    let ours = try [first, outside, named].map { try repository.path(of: $0.lines[0]) }
    let rest = try repository.gitState().split(separator: "\n")
      .filter { line in !ours.contains { line.hasSuffix($0) } }
    #expect(rest == before.split(separator: "\n").map { $0 })

    let tree = repository.base + "/tree"
    try repository.git("worktree", "add", "-q", "-b", "side", tree)
    let main = try repository.head()
    let there = try repository.tryDocket(["new", "pain-point", "title=There"], in: tree)
    #expect(there.status == 0, "\(there.transcript)")
    #expect(try repository.tryGit(["status", "--porcelain"], in: tree).output == "")
    #expect(try repository.tryGit(["rev-parse", "side^"], in: tree).output == main + "\n")
    #expect(try repository.head() == main)
    try repository.git("fsck", "--strict", "--no-dangling")
  }

  @Test("--on another branch touches neither working tree nor index")
  func otherBranch() throws {
    let repository = try busy()
    try repository.git("branch", "inbox")
    let before = try repository.gitState()
    let head = try repository.head()
    let id = try repository.new("pain-point", "title=Elsewhere", "--on", "inbox")
    #expect(try repository.gitState() == before)
    #expect(try repository.head() == head)
    let changed = try repository.git("diff", "--name-status", "inbox^", "inbox")
    #expect(changed.hasPrefix("A\tdocket/pain-points/") && changed.contains(id))
    try repository.tryDocket(["new", "pain-point", "title=x", "--on", "nowhere"])
      .expectRefusal(1, saying: "nowhere", "git branch")
  }

  @Test("--no-commit stages the one path")
  func noCommit() throws {
    let repository = try busy()
    let before = try repository.gitState()
    let head = try repository.head()
    let id = try repository.new("pain-point", "title=Later", "--no-commit")
    let path = try repository.path(of: id)
    #expect(try repository.head() == head)
    let rest = try repository.gitState().split(separator: "\n")
      .filter { !$0.hasSuffix(path) }
    let staged = try repository.git("diff", "--cached", "--name-status", "--", path)
    #expect(staged == "A\t\(path)")
    #expect(try repository.git("ls-files", "-s", "-v").contains(path))
    for line in before.split(separator: "\n") { #expect(rest.contains(line)) }
    try repository.docket("show", id).expectRefusal(1, saying: "not committed yet", path)
  }

  @Test("the user's index may be of any version, with any extension git writes")
  func indexFormats() throws {
    for settings in [["2"], ["3"], ["4"]] {
      let repository = try busy()
      try repository.git("update-index", "--index-version", settings[0])
      try repository.git("update-index", "--untracked-cache")
      let before = try repository.gitState()
      let id = try repository.new("pain-point", "title=Formats")
      let path = try repository.path(of: id)
      #expect(try repository.gitState(without: path) == before, "version \(settings[0])")
      #expect(try repository.git("diff", "--name-status", "HEAD^", "HEAD") == "A\t\(path)")
    }
  }
}

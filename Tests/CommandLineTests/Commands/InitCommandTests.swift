import TestSupport
import Testing

@Suite("docket init") struct InitCommandTests {
  @Test("an empty folder becomes a repository with one commit, clean and whole")
  func emptyFolder() throws {
    let scratch = try ScratchDirectory()
    try writeFile(scratch.path + "/home/.keep", [])
    var environment = ScratchRepository.environment(home: scratch.path + "/home")
    environment["GIT_CEILING_DIRECTORIES"] = scratch.path
    func run(_ program: String, _ words: String...) throws -> CommandRun {
      try CommandRun.run(program, words, in: scratch.path, environment: environment)
    }
    let first = try run(ScratchRepository.docketExecutable, "init", "team")
    #expect(first.status == 0 && first.output == "", "\(first.transcript)")
    #expect(try run("git", "-C", "team", "rev-list", "--count", "HEAD").output == "1\n")
    #expect(try run("git", "-C", "team", "status", "--porcelain").output == "")
    #expect(try run("git", "-C", "team", "fsck", "--strict").status == 0)
    let files = try run("git", "-C", "team", "ls-tree", "-r", "--name-only", "HEAD").lines
    for name in ["config.json", "people.json", "schema/pain-point.schema.json"] {
      #expect(files.contains(".docket/\(name)"))
    }
    #expect(files.contains(".gitattributes"))

    let head = try run("git", "-C", "team", "rev-parse", "HEAD").output
    let second = try run(ScratchRepository.docketExecutable, "init", "team")
    #expect(second.status == 0, "\(second.transcript)")
    #expect(second.errors.contains("nothing was changed"))
    #expect(try run("git", "-C", "team", "rev-parse", "HEAD").output == head)
    #expect(try run("git", "-C", "team", "status", "--porcelain").output == "")
  }

  @Test("a repository with work in it keeps that work as it was")
  func existingRepository() throws {
    let repository = try ScratchRepository()
    try repository.commit(
      "Begin", ["code.c": "int x;\n", "other.c": "int y;\n", ".gitattributes": "*.png binary"])
    try repository.write("code.c", "int x = 1;\n")
    try repository.git("add", "code.c")
    try repository.write("other.c", "int y = 2;\n")
    try repository.write("loose.txt", "loose\n")
    let before = try repository.git("diff", "--cached", "--binary")
    let edits = try repository.git("diff", "--binary")
    try repository.docket("init").succeeded()
    #expect(try repository.git("diff", "--cached", "--binary") == before)
    #expect(try repository.git("diff", "--binary") == edits)
    #expect(
      try repository.git("status", "--porcelain").split(separator: "\n")
        == ["M  code.c", " M other.c", "?? loose.txt"])
    let changed = try repository.git("diff", "--name-only", "HEAD^", "HEAD").split(separator: "\n")
    #expect(changed.allSatisfy { $0.hasPrefix(".docket/") || $0 == ".gitattributes" })
    let attributes = try repository.git("show", "HEAD:.gitattributes")
    #expect(attributes.hasPrefix("*.png binary\n"), "what was there stays, with its line ended")
    #expect(attributes.contains("/docket/**/*.json text eol=lf"))
    try repository.git("fsck", "--strict")
  }

  @Test("a clone gets its hooks without a commit, and is told about them before")
  func clone() throws {
    let origin = try ScratchRepository.tracked()
    let id = try origin.new("pain-point", "title=Slow")
    let clone = origin.base + "/clone"
    try origin.git("clone", "-q", origin.path, clone)
    let listed = try origin.tryDocket(["list"], in: clone)
    #expect(listed.status == 0 && listed.output.contains(id))
    #expect(listed.errors == "", "\(listed.transcript)")
    let bare = try origin.tryDocket([], in: clone)
    #expect(
      bare.output.split(separator: "\n").filter { $0.contains("docket init") }.count == 1,
      "one line says what the clone lacks: \(bare.transcript)")
    let head = try origin.tryGit(["rev-parse", "HEAD"], in: clone).output
    let setUp = try origin.tryDocket(["init"], in: clone)
    #expect(setUp.status == 0 && setUp.output == "", "\(setUp.transcript)")
    #expect(try origin.tryGit(["rev-parse", "HEAD"], in: clone).output == head)
    #expect(try origin.tryGit(["status", "--porcelain"], in: clone).output == "")
    #expect(readFile(clone + "/.git/hooks/pre-commit") != nil)
    #expect(try origin.tryDocket(["list"], in: clone).errors == "")
  }

  @Test("the records folder can be named; a folder outside is a usage error")
  func folder() throws {
    let repository = try ScratchRepository()
    for bad in ["/etc", "../up", ".hidden", "a/../b"] {
      try repository.docket("init", "--folder", bad).expectRefusal(2, saying: "--folder")
    }
    #expect(try repository.tryGit(["rev-parse", "HEAD"]).status != 0)
    try repository.docket("init", "--folder", "docs/feedback").succeeded()
    let id = try repository.new("action", "title=Ask", "owner=ada", "due=2026-02-01")
    #expect(try repository.path(of: id).hasPrefix("docs/feedback/actions/20"))
    #expect(try repository.docket("check").status == 0)
    try repository.expectSound()
  }

  @Test("a bare repository is refused")
  func bare() throws {
    let repository = try ScratchRepository(bare: true)
    try repository.docket("init").expectRefusal(1, saying: "bare repository", "git clone")
  }
}

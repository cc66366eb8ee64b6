import Foundation
import TestSupport
import Testing

/// What somebody trying docket for the first time broke once.
@Suite("what was broken once") struct RegressionTests {
  private func minutes(_ body: String) -> String {
    "# \(body) 2026-03-05\n\n## Present\n\n- Ana Ruiz @ana\n\n## Agenda\n\n### \(body) plans\n\n- Talk.\n"
  }

  @Test("two teams' minutes of one day and one file name are two records")
  func importedNamesakes() throws {
    let repository = try ScratchRepository.tracked()
    let outside = try ScratchRepository()
    for team in ["a", "b"] {
      try outside.write("\(team)/notes/board/2026-03-05.md", minutes("Board \(team)"))
    }
    for team in ["a", "b"] {
      try repository.say(["import", "minutes", "\(outside.path)/\(team)/notes/board/2026-03-05.md"])
    }
    let listed = try repository.tryDocket(["list", "kind:minutes", "--format", "jsonl"])
    #expect(listed.lines.count == 2)
    let again = try repository.head()
    try repository.say(["import", "minutes", "\(outside.path)/a/notes/board/2026-03-05.md"])
    #expect(try repository.head() == again)
  }

  @Test("one meeting that can't be a record holds no other back")
  func importedBadText() throws {
    let repository = try ScratchRepository.tracked()
    try repository.write("good-2026-03-05.md", minutes("Board"))
    try repository.write("bad-2026-04-02.md", minutes("Bo\u{202E}ard"))
    let run = try repository.tryDocket([
      "import", "minutes", "good-2026-03-05.md", "bad-2026-04-02.md",
    ])
    #expect(run.status == 1)
    #expect(run.errors.contains("bad-2026-04-02.md:1:1: not imported"))
    #expect(run.lines.count == 1)
  }

  @Test("a link to itself is refused and leaves the file as it was")
  func selfLink() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("decision", "title=Wait")
    let run = try repository.tryDocket(["link", id, "supersedes", id])
    #expect(run.status == 1)
    try repository.expectSound()
  }

  @Test("the team's hook finds the files that are being committed")
  func hookReadsFiles() throws {
    let repository = try ScratchRepository.tracked()
    let hook = ".git/hooks/pre-commit.before-docket"
    try repository.write(
      hook,
      "#!/bin/sh\nfor f in $(git diff --cached --name-only); do grep -q title \"$f\" || exit 1; done\n"
    )
    try repository.run("chmod", ["+x", hook]).succeeded()
    _ = try repository.new("pain-point", "title=Seen by the hook")
    try repository.expectSound()
  }

  @Test("a folder that holds something else is not taken for records")
  func takenFolder() throws {
    let repository = try ScratchRepository()
    try repository.commit("Code", ["docket/notes.txt": "mine\n"])
    let run = try repository.tryDocket(["init"])
    #expect(run.status == 1)
    #expect(run.errors.contains("docket init --folder"))
    try repository.say(["init", "--folder", "feedback"])
    try repository.expectSound()
  }

  @Test("two files of one id are said, and one of them may go")
  func duplicateMended() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Twice")
    let path = try repository.path(of: id)
    let copy = path.replacing("twice", with: "again")
    try repository.git("config", "core.hooksPath", "/dev/null")
    try FileManager.default.copyItem(
      atPath: repository.path + "/" + path, toPath: repository.path + "/" + copy)
    try repository.git("add", copy)
    try repository.git("commit", "-qm", "A copy")
    try repository.git("config", "--unset", "core.hooksPath")
    let run = try repository.tryDocket(["show", id])
    #expect(run.status == 1)
    #expect(run.errors.contains("2 files"))
    try repository.git("rm", "-q", copy)
    try repository.git("commit", "-qm", "One of them goes")
    try repository.say(["show", id])
  }

  @Test(
    "a records folder outside the repository or in git's own is a fault, not a place",
    arguments: ["../out", ".git", ".docket", "a/../b", ""])
  func unsafeFolder(_ folder: String) throws {
    let repository = try ScratchRepository.tracked()
    try repository.write(
      ".docket/config.json", "{\n  \"name\": \"x\",\n  \"recordsFolder\": \"\(folder)\"\n}\n")
    try repository.git("commit", "-qanm", "Break the config")
    let run = try repository.tryDocket(["new", "pain-point", "title=x"])
    #expect(run.status == 2)
    #expect(run.errors.contains(".docket/config.json:3:"))
  }
}

import Foundation
import TestSupport
import Testing

/// Docket's files under the git directory, and what it takes for a file of its own.
@Suite("docket's own folder and descriptors") struct OwnFolderTests {
  private static let questions = [["list"], ["log"], ["sql", "SELECT 1"], ["show"], ["rank"], []]

  @Test("a link in it is not followed, and no answer changes")
  func links() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let questions = Self.questions.map { $0 == ["show"] ? ["show", id] : $0 }
    let before = try questions.map { try repository.tryDocket($0).output }
    let folder = repository.path + "/.git/docket"
    let victim = repository.base + "/victim"
    try writeFile(victim, Array("precious\n".utf8))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/" + name, withDestinationPath: victim)
    }
    for (words, expected) in zip(questions, before) {
      #expect(try repository.tryDocket(words).output == expected, "\(words)")
    }
    // A write says why it can't.
    let write = try repository.tryDocket(["new", "pain-point", "title=More"])
    write.expectRefusal(2, saying: "symbolic links", ".git/docket/lock")
    #expect(readFile(victim) == Array("precious\n".utf8))

    // The folder itself.
    try FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(
      atPath: repository.base + "/elsewhere", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder, withDestinationPath: repository.base + "/elsewhere")
    for (words, expected) in zip(questions, before) {
      #expect(try repository.tryDocket(words).output == expected, "\(words)")
    }
    let write2 = try repository.tryDocket(["new", "pain-point", "title=More"])
    write2.expectRefusal(2, saying: ".git/docket is not a folder")
    let left = try FileManager.default.contentsOfDirectory(atPath: repository.base + "/elsewhere")
    #expect(left.isEmpty)
  }

  @Test("what is closed is no file of docket's: a lost answer is told by the exit status")
  func closed() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=SECRETTITLE")
    for words in [["list"], ["show", id], ["blame", id], ["log"], ["rank"]] {
      for closed in [">&-", "<&- >&-", "<&- >&- 2>&-", ">/dev/full"] {
        try? FileManager.default.removeItem(atPath: repository.path + "/.git/docket")
        let run = try repository.run(
          "/bin/sh", ["-c", "\"$0\" \"$@\" \(closed)", ScratchRepository.docketExecutable] + words)
        #expect(run.status == 2, "\(words) \(closed): \(run.transcript)")
        if !closed.contains("2>") {
          #expect(run.errors.contains("can't write to standard output"), "\(run.errors)")
        }
      }
    }
    // Nothing of it is in any file but the objects.
    let found = try repository.run(
      "/bin/sh", ["-c", "grep -rl SECRETTITLE .git/docket/*lock || true"])
    #expect(found.output == "")
    // Where nothing is printed there, nothing is lost.
    let check = try repository.run(
      "/bin/sh",
      ["-c", "\"$0\" hooks run pre-commit <&- >&- 2>&-", ScratchRepository.docketExecutable])
    #expect(check.status == 0)
  }
}

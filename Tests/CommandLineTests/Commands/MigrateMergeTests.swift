import Foundation
import TestSupport
import Testing

/// Branches that migrate apart, and branches from before a migration, meet in plain git.
@Suite("a migration on two branches") struct MigrateMergeTests {
  private let repository: ScratchRepository
  private let pain: String
  private let path: String

  /// `main` and `side`, both with one item in a list; no merge driver of docket's.
  init() throws {
    repository = try ScratchRepository.tracked()
    pain = try repository.new("pain-point", "title=It's slow", "severity=2")
    path = try repository.path(of: pain)
    for section in ["merge", "diff"] {
      try repository.git("config", "--remove-section", "\(section).docket")
    }
    try plant("aaaaa")
    try repository.git("branch", "side")
  }

  private func plant(_ item: String) throws {
    try repository.plant(
      #"{"id": "\#(item)", "said": ["Words of \#(item)"], "team": "payments"}"#, in: "evidence",
      of: pain)
  }

  private func migrate() throws { try repository.docket("migrate").succeeded() }

  private func items() throws -> [String] { try repository.migrated().keys.sorted() }

  /// Runs the command that docket names for the conflict, as pasted into a shell.
  private func paste(_ more: String = "") throws -> CommandRun {
    let check = try repository.docket("check")
    let line = try #require(
      check.output.split(separator: "\n").first { $0.contains("docket resolve") },
      "\(check.transcript)")
    let command = try #require(line.components(separatedBy: "fix: ").last)
    let staged = try repository.docket("check", "--staged")
    #expect(staged.status == 1 && staged.output.contains(command), "\(staged.transcript)")
    try repository.docket("new", "action", "title=X", "owner=ada").expectRefusal(
      1, saying: "conflict", command)
    return try repository.run("sh", ["-c", command + more])
  }

  @Test("both migrated, each with items of its own: no conflict, each counted once")
  func apart() throws {
    try plant("bbbbb")
    try migrate()
    try repository.git("checkout", "-q", "side")
    try plant("ccccc")
    try migrate()
    try repository.git("merge", "-q", "-m", "Merge", "main")
    #expect(try items() == ["aaaaa", "bbbbb", "ccccc"])
    try repository.expectSound()
    #expect(try repository.docket("check").status == 0)
  }

  @Test(
    "one migrated, the other added to the list: the command named resolves it",
    arguments: [true, false])
  func late(_ mergesSide: Bool) throws {
    try migrate()
    try repository.say(["edit", pain, "severity=4"])
    try repository.git("checkout", "-q", "side")
    try plant("bbbbb")
    try repository.say(["edit", pain, "area=ci"])
    let (ours, theirs) = mergesSide ? ("main", "side") : ("side", "main")
    try repository.git("checkout", "-q", ours)
    let merge = try repository.tryGit(["merge", "-q", "-m", "Merge", theirs])
    #expect(merge.status == 1, "\(merge.transcript)")
    let run = try paste()
    #expect(run.status == 0 && run.errors.contains(": git commit"), "\(run.transcript)")
    #expect(try repository.git("diff", "--name-only") == "")
    try repository.git("commit", "-qm", "Merge")
    #expect(try items() == ["aaaaa", "bbbbb"])
    let record = try repository.record(pain)
    #expect(record["severity"] as? Int == 4 && record["area"] as? String == "ci")
    #expect(record["evidence"] == nil)
    try repository.expectSound()
    #expect(try repository.docket("check").status == 0)
    #expect(try repository.docket("migrate").errors.contains("nothing to migrate"))
  }

  @Test("both migrated, and one changed the line beside the list: the command named resolves it")
  func beside() throws {
    try migrate()
    try repository.say(["edit", pain, "severity=4"])
    try repository.git("checkout", "-q", "side")
    try plant("bbbbb")
    try migrate()
    let merge = try repository.tryGit(["merge", "-q", "-m", "Merge", "main"])
    // The comma went with the list, on both sides; git can't tell that from a change of the value.
    #expect(merge.status == 1, "\(merge.transcript)")
    let run = try paste()
    #expect(run.status == 0, "\(run.transcript)")
    try repository.git("commit", "-qm", "Merge")
    #expect(try items() == ["aaaaa", "bbbbb"])
    #expect(try repository.record(pain)["severity"] as? Int == 4)
    try repository.expectSound()
  }

  @Test("in a rebase, too, commit by commit")
  func rebase() throws {
    try migrate()
    try repository.git("checkout", "-q", "side")
    try plant("bbbbb")
    try repository.say(["edit", pain, "severity=5"])
    try plant("ccccc")
    var run = try repository.tryGit(["rebase", "-q", "main"])
    for _ in 0..<3 {
      #expect(run.status == 1, "\(run.transcript)")
      let resolved = try paste()
      #expect(
        resolved.status == 0 && resolved.errors.contains("git rebase --continue"),
        "\(resolved.transcript)")
      run = try repository.tryGit(["rebase", "--continue"], environment: ["GIT_EDITOR": "true"])
    }
    #expect(run.status == 0, "\(run.transcript)")
    #expect(try items() == ["aaaaa", "bbbbb", "ccccc"])
    #expect(try repository.record(pain)["severity"] as? Int == 5)
    try repository.expectSound()
  }

  @Test("deleted on one side stays deleted; changed there is refused until somebody chooses")
  func deleted() throws {
    try plant("bbbbb")
    try repository.git("branch", "-f", "side")
    try repository.replant("bbbbb", in: "evidence", of: pain)
    try migrate()
    try repository.git("checkout", "-q", "side")
    try plant("ccccc")
    try repository.git("branch", "changed")
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "-m", "Merge", "side"])
    #expect(try paste().status == 0)
    try repository.git("commit", "-qm", "Merge")
    #expect(try items() == ["aaaaa", "ccccc"])
    try repository.git("reset", "-q", "--hard", "HEAD^")
    try repository.git("checkout", "-q", "changed")
    try repository.replant("bbbbb", "team", "search", in: "evidence", of: pain)
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "-m", "Merge", "changed"])
    try paste().expectRefusal(
      1, saying: "evidence.bbbbb: main took it away, changed has", "--ours | --theirs")
    try repository.docket("migrate", "--prefer", "theirs").succeeded()
    #expect(try items() == ["aaaaa", "bbbbb", "ccccc"])
  }

  @Test("one field changed differently on both sides is refused, with both values")
  func clash() throws {
    try migrate()
    try repository.say(["edit", pain, "severity=4"])
    try repository.git("checkout", "-q", "side")
    try plant("bbbbb")
    try repository.say(["edit", pain, "severity=5"])
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "-m", "Merge", "side"])
    try paste().expectRefusal(1, saying: "severity: main has 4, side has 5", "severity=…")
    #expect(try repository.git("ls-files", "-u") != "", "nothing is staged")
    #expect(try items() == ["aaaaa"])
    try repository.docket("migrate", "--prefer", "theirs").succeeded()
    try repository.git("commit", "-qm", "Merge")
    #expect(try repository.record(pain)["severity"] as? Int == 5)
    #expect(try items() == ["aaaaa", "bbbbb"])
  }

  @Test("an item edited before and a record edited after the migration are both kept")
  func edited() throws {
    try migrate()
    let id = try #require(repository.migrated()["aaaaa"]?.record["id"] as? String)
    try repository.say(["edit", id, "tags+=ci"])
    try repository.git("checkout", "-q", "side")
    try repository.replant("aaaaa", "team", "search", in: "evidence", of: pain)
    try repository.git("branch", "words")
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "-m", "Merge", "side"])
    #expect(try paste().status == 0)
    try repository.git("commit", "-qm", "Merge")
    let record = try repository.record(id)
    #expect(record["team"] as? String == "search" && record["tags"] as? [String] == ["ci"])
    // Words are frozen since they are a record.
    try repository.git("reset", "-q", "--hard", "HEAD^")
    try repository.git("checkout", "-q", "words")
    try repository.replant("aaaaa", "said", ["Other words"], in: "evidence", of: pain)
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "-m", "Merge", "words"])
    try paste().expectRefusal(
      1, saying: "evidence.aaaaa", id, "frozen: said", "docket resolve \(pain) --ours")
    try repository.docket("migrate", "--prefer", "ours").succeeded()
    #expect(try repository.migrated()["aaaaa"]?.record["said"] as? [String] == ["Words of aaaaa"])
  }

  @Test("what merges without a conflict is told by the hook, and migrated afterwards")
  func clean() throws {
    let other = try repository.new("pain-point", "title=Stale docs")
    try repository.git("branch", "-f", "side")
    try migrate()
    try repository.git("checkout", "-q", "side")
    try repository.plant(
      #"{"id": "ddddd", "said": ["Old"], "team": "payments"}"#, in: "evidence", of: other)
    try repository.git("checkout", "-q", "main")
    let merge = try repository.tryGit(["merge", "--no-ff", "-m", "Merge", "side"])
    #expect(merge.status == 0, "\(merge.transcript)")
    #expect(
      merge.errors.contains("record.retired-items") && merge.errors.contains("docket migrate"),
      "\(merge.transcript)")
    try migrate()
    #expect(try items() == ["aaaaa", "ddddd"])
    try repository.expectSound()
  }

  @Test("other conflicts of the merge stay, and are named; a resolution by hand isn't overwritten")
  func others() throws {
    try repository.commit("Notes", ["notes.txt": "one\n"])
    try repository.git("branch", "-f", "side")
    try migrate()
    try repository.commit("Main's", ["notes.txt": "main\n"])
    try repository.git("checkout", "-q", "side")
    try plant("bbbbb")
    try repository.commit("Side's", ["notes.txt": "side\n"])
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "-m", "Merge", "side"])
    let conflict = try #require(repository.read(path))
    try repository.write(path, conflict + "by hand\n")
    try repository.docket("migrate").expectRefusal(1, saying: "words of your own: by hand")
    #expect(repository.read(path) == conflict + "by hand\n")
    try repository.git("checkout", "--merge", "--", path)
    let run = try paste()
    #expect(run.status == 0 && run.errors.contains("still in conflict: notes.txt"), "\(run.errors)")
    #expect(try repository.git("diff", "--name-only", "--diff-filter=U") == "notes.txt")
    try repository.write("notes.txt", "both\n")
    try repository.git("commit", "-qam", "Merge")
    #expect(try items() == ["aaaaa", "bbbbb"])
    try repository.expectSound()
  }

  @Test(
    "with docket's driver an item added to the retired list stays there, and becomes a record once")
  func driver() throws {
    try repository.docket("hooks", "install").succeeded()
    try migrate()
    try repository.say(["edit", pain, "severity=4"])
    try repository.git("checkout", "-q", "side")
    try plant("bbbbb")
    try repository.say(["edit", pain, "area=ci"])
    try repository.git("checkout", "-q", "main")
    let merge = try repository.tryGit(["merge", "-q", "-m", "Merge", "side"])
    #expect(merge.status == 0 && merge.errors.contains("docket migrate"), "\(merge.transcript)")
    try migrate()
    #expect(try items() == ["aaaaa", "bbbbb"])
    let record = try repository.record(pain)
    #expect(record["severity"] as? Int == 4 && record["area"] as? String == "ci")
    #expect(record["evidence"] == nil)
    try repository.expectSound()
  }

  @Test("with the driver an item that changed in the list and became a record is resolved into it")
  func driverEdited() throws {
    try repository.docket("hooks", "install").succeeded()
    try migrate()
    let id = try #require(repository.migrated()["aaaaa"]?.record["id"] as? String)
    try repository.git("checkout", "-q", "side")
    try repository.replant("aaaaa", "team", "search", in: "evidence", of: pain)
    try plant("bbbbb")
    try repository.git("checkout", "-q", "main")
    let merge = try repository.tryGit(["merge", "-q", "-m", "Merge", "side"])
    #expect(
      merge.status == 1 && merge.errors.contains("docket resolve \(pain)"), "\(merge.transcript)")
    try repository.docket("resolve", pain).succeeded()
    try repository.git("commit", "-qm", "Merge")
    #expect(try items() == ["aaaaa", "bbbbb"])
    #expect(try repository.record(id)["team"] as? String == "search")
    try repository.expectSound()
  }
}

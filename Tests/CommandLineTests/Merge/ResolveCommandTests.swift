import Foundation
import TestSupport
import Testing

/// Conflicts in records end in words.
@Suite("docket resolve") struct ResolveCommandTests {
  let repository: ScratchRepository
  let pain: String
  let path: String

  /// In the middle of a merge: severity is 3 on `main` and 2 on `topic`, and so are the lines of the
  /// workaround.
  init() throws {
    repository = try ScratchRepository.tracked()
    pain = try repository.new("pain-point", "title=Slow builds", "severity=1", "workaround=Wait")
    path = try repository.path(of: pain)
    try repository.git("checkout", "-qb", "topic")
    try repository.say(["edit", pain, "severity=2", "workaround=Two"])
    try repository.git("checkout", "-q", "main")
    try repository.say(["edit", pain, "severity=3", "workaround=Three"])
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "topic"])
    #expect(merge.status == 1)
  }

  private func resolved() throws -> (severity: Int?, workaround: [String]?) {
    try repository.git("commit", "-qm", "Merge")
    try repository.expectSound()
    let record = try repository.record(pain)
    return (record["severity"] as? Int, record["workaround"] as? [String])
  }

  @Test("without a choice both values are named, and nothing changes")
  func unsaid() throws {
    let before = try repository.gitState()
    try repository.docket("resolve", pain).expectRefusal(
      1, saying: "severity: main has 3, topic has 2",
      "workaround: main has “Three”, topic has “Two”",
      "docket resolve \(pain) --ours | --theirs | --both | severity=… workaround=…")
    try repository.docket("resolve", pain, "severity=4").expectRefusal(1, saying: "workaround: ")
    try repository.docket("resolve", pain, "--both").expectRefusal(1, saying: "severity: ")
    try repository.docket("resolve").expectRefusal(1, saying: pain, "record.conflict")
    #expect(try repository.gitState() == before)
  }

  @Test("a side is taken, values may be given, and the merge can be concluded")
  func sides() throws {
    let run = try repository.docket("resolve", String(pain.prefix(8)).lowercased(), "--theirs")
    #expect(
      run.status == 0 && run.errors.contains("severity is 2")
        && run.errors.contains("this concludes the merge: git commit"), "\(run.transcript)")
    let (severity, workaround) = try resolved()
    #expect(severity == 2 && workaround == ["Two"])
  }

  @Test("values before options, and both for what can be both")
  func values() throws {
    let run = try repository.docket("resolve", pain, "severity=4", "--both")
    #expect(run.status == 0, "\(run.transcript)")
    let (severity, workaround) = try resolved()
    #expect(severity == 4 && workaround == ["Three", "Two"])
  }

  @Test("on a terminal it asks for each field, once")
  func asked() throws {
    let (run, screen) = try repository.typing(["?", "2", "=Neither"], to: ["resolve", pain])
    #expect(run.status == 0, "\(screen)")
    #expect(screen.contains("severity:") && screen.contains("1  main has 3"), "\(screen)")
    let (severity, workaround) = try resolved()
    #expect(severity == 2 && workaround == ["Neither"])
  }

  @Test("an answer that is left out leaves the record in conflict")
  func left() throws {
    let (run, screen) = try repository.typing(["1", ""], to: ["resolve", pain])
    #expect(run.status == 1 && screen.contains("workaround: main has"), "\(screen)")
    #expect(try repository.git("diff", "--name-only", "--diff-filter=U") == path)
  }

  @Test("a value that the schema refuses is refused, and nothing changes")
  func invalid() throws {
    let before = try repository.gitState()
    let run = try repository.docket("resolve", pain, "severity=9", "--ours")
    #expect(run.status == 1 && run.transcript.contains("record.schema"), "\(run.transcript)")
    #expect(try repository.gitState() == before)
  }

  @Test("words of one's own in the file aren't overwritten; a side chosen by hand may be")
  func byHand() throws {
    let text = try #require(repository.read(path))
    try repository.write(path, text.replacingOccurrences(of: "Three", with: "My own words"))
    try repository.docket("resolve", pain, "--ours").expectRefusal(
      1, saying: "words of your own", "My own words", "git add", "git checkout --merge")
    #expect(try #require(repository.read(path)).contains("My own words"))
    try repository.git("checkout", "--merge", "--", path)
    try repository.docket("resolve", pain, "--ours").succeeded()
    #expect(try resolved().severity == 3)
  }

  @Test("deleted on one side and changed on the other: either, said so", arguments: [true, false])
  func deleted(_ keeps: Bool) throws {
    try repository.git("merge", "--abort")
    try repository.git("checkout", "-q", "topic")
    try repository.git("rm", "-q", path)
    try repository.git("commit", "-qm", "Delete", "--no-verify")
    try repository.git("checkout", "-q", "main")
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "topic"])
    #expect(merge.status == 1)
    let check = try repository.docket("check")
    #expect(check.output.contains("topic took it away"), "\(check.transcript)")
    let run = try repository.docket("resolve", pain, keeps ? "--ours" : "--theirs")
    #expect(run.status == 0, "\(run.transcript)")
    try repository.git("commit", "-qm", "Merge", "--no-verify")
    #expect(try repository.git("ls-files", "--", path) == (keeps ? path : ""))
    try repository.expectSound()
  }

  @Test("a record that links to another one in conflict can be resolved first")
  func linked() throws {
    try repository.git("merge", "--abort")
    try repository.git("checkout", "-q", "topic")
    let decision = try repository.new(
      "decision", "title=Cache", "horizon=now", "addresses+=\(pain)")
    try repository.git("checkout", "-q", "main")
    try repository.git("cherry-pick", "topic")
    try repository.say(["edit", decision, "horizon=next"])
    try repository.git("checkout", "-q", "topic")
    try repository.say(["edit", decision, "horizon=later"])
    try repository.git("checkout", "-q", "main")
    _ = try repository.tryGit(["merge", "-q", "topic"])
    let run = try repository.docket("resolve", decision, "--ours")
    #expect(run.status == 0 && run.errors.contains("still in conflict"), "\(run.transcript)")
    try repository.docket("resolve", pain, "--theirs").succeeded()
    try repository.git("commit", "-qm", "Merge")
    #expect(try repository.docket("check").status == 0)
    try repository.expectSound()
  }

  @Test("what isn't in conflict is said, and other conflicts are named")
  func others() throws {
    try repository.docket("resolve", "PP-0000").expectRefusal(1, saying: "isn't in conflict", pain)
    try repository.docket("resolve", pain, "--ours", "--theirs").expectRefusal(2)
    try repository.git("merge", "--abort")
    let run = try repository.docket("resolve", pain)
    #expect(run.status == 0 && run.errors.contains("nothing is in conflict"))
  }
}

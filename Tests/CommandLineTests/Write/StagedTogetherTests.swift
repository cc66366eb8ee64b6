import Foundation
import TestSupport
import Testing

/// One commit for one thought, and the way back.
@Suite("commit, batch and undo") struct StagedTogetherTests {
  let repository: ScratchRepository
  let pain: String

  init() throws {
    repository = try ScratchRepository.tracked()
    pain = try repository.new("pain-point", "title=Slow builds", "severity=1")
  }

  @Test("what --no-commit staged, on one record and over several, is one commit of that alone")
  func commit() throws {
    try repository.write("code.c", "one\n")
    try repository.git("add", "code.c")
    try repository.say(["edit", pain, "severity=2", "--no-commit"])
    try repository.say(["edit", pain, "area=ci", "--no-commit"])
    let new = try repository.new("decision", "title=Cache", "addresses+=\(pain)", "--no-commit")
    try repository.say(["add", new, "options", "title=One", "--no-commit"])
    try repository.docket("edit", pain, "reach=3").expectRefusal(1, saying: "docket commit")
    let count = try repository.commitCount()
    try repository.docket("commit", "-m", "Both").succeeded()
    #expect(try repository.commitCount() == count + 1)
    #expect(try repository.git("diff", "--cached", "--name-only") == "code.c")
    #expect(try repository.record(pain)["area"] as? String == "ci")
    #expect((try repository.record(new)["options"] as? [Any])?.count == 1)
    #expect(try repository.docket("commit").errors.contains("nothing that isn't committed"))
  }

  @Test("what the user touched since is the user's")
  func touched() throws {
    try repository.say(["edit", pain, "severity=2", "--no-commit"])
    let path = try repository.path(of: pain)
    try repository.replace("\"severity\": 2", with: "\"severity\": 3", in: path)
    try repository.docket("edit", pain, "area=ci", "--no-commit").expectRefusal(1, saying: path)
    #expect(try repository.docket("commit").errors.contains("nothing that isn't committed"))
  }

  @Test("a batch is one commit; ids go on to later lines")
  func batch() throws {
    let count = try repository.commitCount()
    let run = try repository.run(
      ScratchRepository.docketExecutable, ["batch", "-m", "The board"],
      input: """
        # What we heard.
        new pain-point title="Builds \\"wait\\"" 'workaround=the web'
        note "Half an hour" about={2} \\
          team=payments
        move \(pain) triaged
        """)
    #expect(run.status == 0 && run.lines.count == 2, "\(run.transcript)")
    #expect(try repository.commitCount() == count + 1)
    let made = try repository.record(run.lines[0])
    #expect(
      made["title"] as? String == "Builds \"wait\""
        && made["workaround"] as? [String] == ["the web"])
    #expect(try repository.record(run.lines[1])["about"] as? [String] == [run.lines[0]])
    try repository.expectSound()
  }

  @Test(
    "a batch with a line that is refused writes nothing",
    arguments: [
      ("edit PP-0000 severity=3", "there is no record"), ("list", "a batch has no verb"),
      ("note \"x", "a quote isn't closed"), ("note {9} x", "and none did"),
      ("edit PAIN severity=9", "record.schema"), ("note x -m y", "-m is for single commands"),
    ])
  func refusedBatch(_ line: String, _ says: String) throws {
    let before = try repository.gitState()
    let run = try repository.run(
      ScratchRepository.docketExecutable, ["batch"],
      input: "new pain-point title=One\n"
        + line.replacingOccurrences(of: "PAIN", with: pain) + "\n")
    #expect(run.status != 0 && run.output == "" && run.errors.contains(says), "\(run.transcript)")
    #expect(try repository.gitState() == before)
    try repository.expectSound()
  }

  @Test("undo takes the last commit back while nobody else can have it")
  func takesBack() throws {
    let head = try repository.head()
    let note = try repository.say(["note", "I wait", "about=\(pain)"])
    let run = try repository.docket("undo")
    #expect(run.status == 0 && run.errors.contains("took back"), "\(run.transcript)")
    #expect(try repository.head() == head)
    #expect(try repository.docket("show", note).status == 1)
    try repository.expectSound()
    // An edit of the user's own stays, and nothing is taken back.
    try repository.say(["edit", pain, "severity=4"])
    try repository.replace(
      "\"severity\": 4", with: "\"severity\": 5", in: repository.path(of: pain))
    let before = try repository.gitState()
    try repository.docket("undo").expectRefusal(1, saying: "edits of your own")
    #expect(try repository.gitState() == before)
  }

  @Test(
    "what others may have, or what came before, is reversed by a commit, as far as the rules allow")
  func reverses() throws {
    try repository.say(["edit", pain, "severity=4", "area=ci"])
    let first = try repository.head()
    try repository.say(["edit", pain, "area=web"])
    try repository.docket("undo", first).expectRefusal(1, saying: "area: it has web")
    try repository.docket("undo").succeeded()
    try repository.git("tag", "published")
    let note = try repository.say(["note", "I wait", "about=\(pain)"])
    try repository.git("branch", "other")
    try repository.docket("undo").expectRefusal(1, saying: note, "a record isn't deleted")
    try repository.docket("undo", first).succeeded()
    let record = try repository.record(pain)
    #expect(record["severity"] as? Int == 1 && record["area"] == nil)
    #expect(try repository.git("log", "-1", "--format=%s") == "Undo \(first.prefix(10))")
    try repository.say(["move", pain, "triaged"])
    try repository.git("branch", "-f", "other")
    let back = try repository.docket("undo")
    #expect(back.status == 1 && back.errors.contains("workflow.illegal-step"), "\(back.transcript)")
    try repository.expectSound()
  }

  @Test("a dry move says what is missing and what freezes, and writes nothing")
  func dryMove() throws {
    let decision = try repository.new("decision", "title=Cache", "addresses+=\(pain)")
    let before = try repository.gitState()
    let run = try repository.docket("move", decision, "accepted", "--dry-run")
    #expect(
      run.status == 0 && run.errors.contains("decision.no-options")
        && run.errors.contains("from then on can't change: everything but"), "\(run.transcript)")
    let refused = try repository.docket("move", pain, "declined", "--dry-run")
    #expect(
      refused.status == 1 && refused.errors.contains("would not move"), "\(refused.transcript)")
    #expect(try repository.gitState() == before)
    let (_, screen) = try repository.typing(["n"], to: ["move", decision, "accepted"])
    #expect(screen.contains("[y/N]") && screen.contains("nothing was written"), "\(screen)")
    #expect(try repository.gitState() == before)
    let (done, _) = try repository.typing(["y"], to: ["move", decision, "accepted"])
    #expect(done.status == 0)
    #expect(try repository.record(decision)["status"] as? String == "accepted")
  }

  @Test("twelve who add to one list at once are all there; the same field from two sides is told")
  func queue() throws {
    let decision = try repository.new("decision", "title=Cache")
    let children = try (1...12).map { number in
      try ChildProcess(
        ScratchRepository.docketExecutable, ["add", decision, "options", "title=t\(number)"],
        in: repository.path, environment: repository.environment)
    }
    for child in children { #expect(child.finish().status == 0) }
    let options = try repository.record(decision)["options"] as? [[String: Any]] ?? []
    #expect(Set(options.compactMap { $0["title"] as? String }).count == 12)
    try repository.expectSound()
  }
}

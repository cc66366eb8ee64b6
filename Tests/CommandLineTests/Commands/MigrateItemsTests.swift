import Foundation
import TestSupport
import Testing

@Suite("items of retired lists become records") struct MigrateItemsTests {
  private static let said =
    #"{"id": "k3x9q", "said": ["Took me a day"], "who": "developer 12", "team": "payments", "date": "2024-03-04"}"#

  @Test("each item is a record that links back, in its own month or its owner's; again is nothing")
  func items() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds", "reportedOn=2023-05-06")
    try repository.plant(
      Self.said, #"{"id": "p7r2d", "observed": ["Waited"]}"#, in: "evidence", of: pain)
    try repository.plant(
      #"{"id": "a1b2c", "told": ["We look"], "to": "payments"}"#, in: "responses", of: pain)
    let head = try repository.head()
    let dry = try repository.docket("migrate", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("evidence.k3x9q is FB-"), "\(dry.transcript)")
    #expect(dry.output.contains("1 record would change, 3 made of items"), "\(dry.transcript)")
    #expect(try repository.head() == head)
    let run = try repository.docket("migrate")
    #expect(run.status == 0, "\(run.transcript)")
    let migrated = try repository.migrated()
    let first = try #require(migrated["k3x9q"])
    #expect(first.path.hasPrefix("docket/feedback/2024/03/FB-"), "\(first.path)")
    #expect(first.record["about"] as? [String] == [pain])
    #expect(first.record["status"] as? String == "triaged")
    #expect(first.record["said"] as? [String] == ["Took me a day"])
    #expect(migrated["p7r2d"]?.path.hasPrefix("docket/feedback/2023/05/FB-") == true)
    #expect(migrated["a1b2c"]?.record["to"] as? [String] == ["payments"])
    let owner = try repository.record(pain)
    #expect(owner["evidence"] == nil && owner["responses"] == nil)
    // No words of feedback or answers, which can never be taken out again.
    let message = try repository.git("log", "-1", "--format=%B")
    for word in ["Took", "Waited", "look", "payments", "developer"] {
      #expect(!message.contains(word), "\(message)")
    }
    #expect(
      message.contains("Docket-Migration: records pain-point.evidence=feedback.about"), "\(message)"
    )
    #expect(try repository.docket("check", "--range", "HEAD^..HEAD").status == 0)
    try repository.expectSound()
    let again = try repository.docket("migrate")
    #expect(again.status == 0 && again.errors.contains("nothing to migrate"), "\(again.transcript)")
  }

  @Test("a closed retro gives its items away, and loses none that isn't a record")
  func frozen() throws {
    let repository = try ScratchRepository.tracked()
    let retro = try repository.new("retro", "title=Q1", "heldOn=2026-01-02")
    try repository.plant(
      #"{"id": "k3x9q", "text": ["Well done"]}"#, #"{"id": "p7r2d", "text": ["Too slow"]}"#,
      in: "developerFeedback", of: retro)
    try repository.say(["move", retro, "closed"])
    let path = try repository.path(of: retro)
    let before = try repository.head()
    // By hand, without the records, or with one of two, or with other words: refused everywhere.
    try repository.docket("migrate", "--no-commit").succeeded()
    let made = try repository.migrated()
    let (one, two) = try (#require(made["k3x9q"]).path, #require(made["p7r2d"]).path)
    let text = try #require(repository.read(two))
    #expect(made["k3x9q"]?.record["from"] as? String == retro)
    #expect(made["k3x9q"]?.record["status"] as? String == "new")
    try repository.git("rm", "-q", "--cached", "--", two)
    let without = try repository.tryGit(["commit", "-qm", "Sly"])
    #expect(
      without.status != 0 && without.errors.contains("developerFeedback can't change"),
      "\(without.transcript)")
    try repository.write(two, text.replacingOccurrences(of: "Too slow", with: "Fast enough"))
    try repository.git("add", "-A")
    let forged = try repository.tryGit(["commit", "-qm", "Sly"])
    #expect(forged.status != 0 && forged.errors.contains("record.frozen"), "\(forged.transcript)")
    try repository.git("commit", "-qnm", "Slyer")
    let range = try repository.docket("check", "--range", "\(before)..HEAD")
    #expect(range.status == 1 && range.output.contains("record.frozen"), "\(range.transcript)")
    #expect(try repository.docket("report", "audit").output.contains("record.frozen"))
    // As the migration does it: taken.
    try repository.git("reset", "-q", "--hard", before)
    try repository.docket("migrate").succeeded()
    #expect(try repository.docket("check", "--range", "\(before)..HEAD").status == 0)
    #expect(try repository.docket("check").status == 0)
    let report = try repository.docket("report", "audit").output
    #expect(report.contains("record.migrated") && !report.contains("record.frozen"))
    #expect(repository.read(path)?.contains("developerFeedback") == false)
    #expect(repository.read(one) != nil)
  }

  @Test("--records takes any list along; what the record can't hold is refused and named")
  func records() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds")
    try repository.plant(
      #"{"id": "k3x9q", "said": ["Late"], "mood": "sour"}"#, in: "evidence", of: pain)
    let step = ["migrate", "--records", "pain-point.evidence=feedback.about"]
    try repository.tryDocket(step).expectRefusal(
      1, saying: "evidence.k3x9q.mood has no place", "--remove", "pain-point.evidence.*.mood",
      try repository.path(of: pain))
    try repository.docket("migrate").expectRefusal(1, saying: "evidence.k3x9q.mood")
    try repository.tryDocket(step + ["--remove", "pain-point.evidence.*.mood"]).succeeded()
    #expect(try repository.migrated()["k3x9q"] != nil)
    // Who it was is not for a commit's message either.
    try repository.docket(
      "migrate", "--set", "feedback.who=Ann", "--set", "feedback.team=payments"
    ).succeeded()
    let message = try repository.git("log", "-1", "--format=%B")
    #expect(!message.contains("Ann") && message.contains("set feedback.who\n"), "\(message)")
    #expect(message.contains("set feedback.team=payments"), "\(message)")
    try repository.docket("migrate", "--records", "pain-point.evidence").expectRefusal(
      2, saying: "KIND.LIST=KIND.LINK")
    try repository.docket("migrate", "--records", "pain-point.evidense=feedback.about")
      .expectRefusal(1, saying: "did you mean \"evidence\"?")
    try repository.docket("migrate", "--records", "pain-point.evidence=feedback.from")
      .expectRefusal(1, saying: "those it has: about")
    try repository.expectSound()
  }

  @Test("a repository of before brings the kinds that take the items; an edited schema stays")
  func upgrade() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds")
    try repository.plant(Self.said, in: "evidence", of: pain)
    let file = ".docket/schema/pain-point.schema.json"
    let present = try #require(repository.read(file))
    let shapes = ".docket/schema/common.schema.json"
    let shared = try #require(repository.read(shapes))
    // As it was before: no collections, nothing retired, and no kinds for the items.
    let old =
      present
      .replacingOccurrences(of: #""retired": { "to": "feedback" },"#, with: "")
      .replacingOccurrences(of: #""retired": { "to": "answer" },"#, with: "")
    #expect(old != present)
    try repository.write(file, old)
    try repository.git(
      "rm", "-q", ".docket/schema/feedback.schema.json", ".docket/schema/answer.schema.json")
    let start = try #require(shared.range(of: "    \"answerId\": {")?.lowerBound)
    let end = try #require(shared.range(of: "    \"minutesId\": {")?.lowerBound)
    try repository.write(shapes, String(shared[..<start] + shared[end...]))
    try repository.git("add", "-A")
    let first = try repository.git("rev-list", "--max-parents=0", "HEAD")
    try repository.git("commit", "-q", "--fixup", first, "--no-verify")
    try repository.git(
      "rebase", "-q", "-i", "--autosquash", "--root", environment: ["GIT_SEQUENCE_EDITOR": ":"])
    let run = try repository.docket("migrate")
    #expect(run.status == 0, "\(run.transcript)")
    #expect(repository.read(file) == present)
    #expect(try repository.migrated().keys.sorted() == ["k3x9q"])
    #expect(
      try repository.git("log", "-1", "--format=%B").contains("vendor feedback.schema.json"))
    #expect(try repository.git("status", "--porcelain") == "")
    // The same with a schema that the team has changed: nothing happens to its lists by itself.
    try repository.git("reset", "-q", "--hard", "HEAD^")
    try repository.write(
      file, old.replacingOccurrences(of: #""title": "Pain point""#, with: #""title": "Pain""#))
    try repository.git("commit", "-qam", "Our words", "--no-verify")
    try repository.replace("\"title\": \"Pain point\"", with: "\"title\": \"Our pain\"", in: shapes)
    try repository.git("commit", "-qam", "Our words here too", "--no-verify")
    try repository.docket("migrate").succeeded()
    #expect(try repository.migrated().isEmpty)
    try repository.docket("migrate", "--records", "pain-point.evidence=feedback.about").succeeded()
    #expect(try repository.migrated().keys.sorted() == ["k3x9q"])
    try repository.docket("migrate", "--records", "pain-point.responses=answer.about").succeeded()
    // The shapes that the kinds need came into the team's file, which stays the team's.
    try repository.docket("migrate").succeeded()
    let after = try #require(repository.read(shapes))
    #expect(after.contains("Our pain") && after.contains("\"answerId\""))
    #expect(try repository.git("status", "--porcelain") == "")
  }

  @Test(
    "an item that is a record already goes; what was said since is brought or refused, not lost")
  func already() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds")
    try repository.plant(Self.said, in: "evidence", of: pain)
    try repository.docket("migrate").succeeded()
    let id = try #require(repository.migrated()["k3x9q"]?.record["id"] as? String)
    try repository.say(["edit", id, "tags+=ci"])
    // A merge by hand that took the list back, as it was and with a team changed.
    try repository.plant(Self.said, in: "evidence", of: pain)
    try repository.docket("migrate").succeeded()
    #expect(try repository.record(id)["tags"] as? [String] == ["ci"])
    #expect(try repository.record(pain)["evidence"] == nil)
    try repository.plant(
      Self.said.replacingOccurrences(of: "payments", with: "search"), in: "evidence", of: pain)
    try repository.docket("migrate").succeeded()
    #expect(try repository.record(id)["team"] as? String == "search")
    #expect(try repository.record(id)["tags"] as? [String] == ["ci"])
    try repository.plant(
      Self.said.replacingOccurrences(of: "a day", with: "a week"), in: "evidence", of: pain)
    let refused = try repository.docket("migrate")
    refused.expectRefusal(
      1, saying: "evidence.k3x9q", id, try repository.path(of: pain), "frozen: said",
      "--prefer ours")
    try repository.docket("migrate", "--prefer", "ours").succeeded()
    #expect(try repository.record(id)["said"] as? [String] == ["Took me a day"])
    try repository.expectSound()
  }
}

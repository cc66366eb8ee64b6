import Foundation
import TestSupport
import Testing

/// Kinds change: what a change would break is said, and a migration takes the records along.
@Suite("changing a kind that has records") struct MigrateCommandTests {
  private static let schema = ".docket/schema/incident.schema.json"

  private struct Trial {
    let repository: ScratchRepository
    let open: String
    let closed: String

    /// Two incidents, one of them frozen, and somebody who may change schemas.
    init() throws {
      repository = try ScratchRepository.tracked()
      try repository.docket("schema", "new", "incident", "--states", "open,mitigated,closed")
        .succeeded()
      try repository.replace(
        "\"recordsFolder\": \"docket\"",
        with: "\"recordsFolder\": \"docket\",\n  \"policy\": { \"maintainers\": [\"mira\"] }",
        in: ".docket/config.json")
      try repository.git("commit", "-qam", "Name a maintainer")
      try repository.git("config", "docket.handle", "mira")
      open = try repository.new("incident", "title=Registry full", "owner=mira", "summary=Disk")
      closed = try repository.new("incident", "title=Proxy down", "owner=olaf", "summary=Loop")
      try repository.say(["move", closed, "closed"])
    }

    /// `owner` is `lead` from now on, and required.
    func renameOwner() throws {
      try repository.replace("    \"owner\": {", with: "    \"lead\": {", in: schema)
      try repository.replace(
        "    \"title\",\n    \"status\"\n  ],",
        with: "    \"title\",\n    \"status\",\n    \"lead\"\n  ],",
        in: schema)
      for (old, new) in [
        ("      \"status\",\n      \"owner\"", "      \"status\",\n      \"lead\""),
        ("      \"startedOn\",\n      \"owner\"", "      \"startedOn\",\n      \"lead\""),
        ("            \"owner\"", "            \"lead\""), ("owner=…", "lead=…"),
      ] {
        try repository.replace(old, with: new, in: schema)
      }
    }
  }

  @Test("a changed schema that old records don't fit is refused with the list of them")
  func refused() throws {
    let trial = try Trial()
    let repository = trial.repository
    try trial.renameOwner()
    let check = try repository.docket("schema", "check", "incident")
    #expect(check.status == 1, "\(check.transcript)")
    for id in [trial.open, trial.closed] {
      #expect(check.output.contains("\(try repository.path(of: id)):1:1: error"), "\(check.output)")
    }
    #expect(check.output.contains("2 of 2 incidents"))
    let commit = try repository.tryGit(["commit", "-qam", "Rename owner"])
    #expect(
      commit.status != 0 && commit.errors.contains("schema.refuses-records"), "\(commit.transcript)"
    )
    #expect(commit.errors.contains(trial.closed) && commit.errors.contains("docket migrate"))
    // What a record had against it before is not the change's doing.
    try repository.git("checkout", "-q", "--", Self.schema)
    let path = try repository.path(of: trial.open)
    try repository.replace("\"status\": \"open\"", with: "\"status\": \"opened\"", in: path)
    try repository.git("commit", "-qam", "Unseen", "--no-verify")
    try repository.replace("How far it has come", with: "How far it is", in: Self.schema)
    let fine = try repository.tryGit(["commit", "-qam", "Word it better"])
    #expect(
      fine.status == 0 && fine.errors.contains("the schema as it was says so too"),
      "\(fine.transcript)")
  }

  @Test("migrate shows first, then commits schema and records together, frozen ones too")
  func rename() throws {
    let trial = try Trial()
    let repository = trial.repository
    try trial.renameOwner()
    let words = ["migrate", "--rename", "incident.owner=lead"]
    let head = try repository.head()
    let dry = try repository.tryDocket(words + ["--dry-run"])
    #expect(dry.status == 0, "\(dry.transcript)")
    #expect(
      dry.output.contains("lead set to olaf") && dry.output.contains("2 records would change"))
    #expect(try repository.head() == head)
    let run = try repository.tryDocket(words)
    #expect(run.status == 0, "\(run.transcript)")
    #expect(try repository.record(trial.closed)["lead"] as? String == "olaf")
    let message = try repository.git("log", "-1", "--format=%B")
    #expect(message.contains("Docket-Migration: rename incident.owner=lead"), "\(message)")
    #expect(try repository.git("diff", "--name-only", "HEAD^").split(separator: "\n").count == 3)
    try repository.expectSound()
    #expect(try repository.docket("check").status == 0)
    // A server judges the same commit by what it had to change.
    #expect(try repository.docket("check", "--range", "HEAD^..HEAD").status == 0)
    #expect(try repository.docket("check", "--rev", "HEAD^").status == 0, "by its own schemas")
    #expect(try repository.docket("show", trial.open, "--at", "HEAD^").output.contains("Owner"))
    let report = try repository.docket("report", "audit").output
    #expect(report.contains("rename incident.owner=lead") && report.contains("record.migrated"))
    #expect(!report.contains("record.frozen"))
  }

  @Test("a migration is no cover for rewriting what is frozen")
  func tampering() throws {
    let trial = try Trial()
    let repository = trial.repository
    try trial.renameOwner()
    try repository.docket("migrate", "--rename", "incident.owner=lead", "--no-commit").succeeded()
    try repository.replace("Proxy down", with: "Proxy fine", in: repository.path(of: trial.closed))
    let commit = try repository.tryGit(["commit", "-qam", "Migrate\n\nDocket-Migration: all"])
    #expect(
      commit.status != 0 && commit.errors.contains("title can't change"), "\(commit.transcript)")
    try repository.replace("Proxy fine", with: "Proxy down", in: repository.path(of: trial.closed))
    try repository.replace("\"olaf\"", with: "\"nora\"", in: repository.path(of: trial.closed))
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "Sly", "--no-verify")
    // `lead` is required now, so some value had to come; the report names the record all the same.
    let report = try repository.docket("report", "audit").output
    #expect(report.contains(trial.closed) && report.contains("record.migrated"))
  }

  @Test("steps: map, set, lines, remove, move; --where; what goes is shown whole")
  func steps() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("schema", "new", "incident", "--states", "open,closed").succeeded()
    let ids = try (1...3).map { try repository.new("incident", "title=Number \($0)", "tags+=old") }
    try repository.say([
      "add", ids[0], "notes", "text=First", "on=2026-01-02",
    ])
    let run = try repository.tryDocket([
      "migrate", "--map", "incident.tags:old=new", "--set", "incident.owner=mira",
      "--remove", "incident.notes.*.on", "--where", "number", "-m", "Tidy up",
    ])
    #expect(run.status == 0, "\(run.transcript)")
    #expect(run.errors.contains("(was 2026-01-02)"), "\(run.transcript)")
    for id in ids {
      let record = try repository.record(id)
      #expect(record["tags"] as? [String] == ["new"] && record["owner"] as? String == "mira")
    }
    let message = try repository.git("log", "-1", "--format=%B")
    #expect(
      message.hasPrefix("Tidy up\n") && message.contains("Docket-Migration: map incident.tags"))
    try repository.docket("migrate", "--set", "incident.owner=olaf").succeeded()
    #expect(
      try repository.record(ids[0])["owner"] as? String == "mira", "set is for what is absent")
    try repository.docket("migrate", "--set", "incdent.owner=x")
      .expectRefusal(1, saying: "did you mean \"incident\"?")
    try repository.docket("migrate", "--rename", "incident.id=key").expectRefusal(
      1, saying: "never change")
    try repository.docket("migrate", "--rename", "owner").expectRefusal(2, saying: "KIND.OLD=NEW")
    try repository.expectSound()
  }

  @Test("without steps docket's own schemas come up to date; the team's edits are kept and named")
  func vendored() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("action", "title=Ask", "owner=ada", "due=2026-02-01")
    #expect(try repository.docket("migrate").errors.contains("already"))
    // As an older docket would have left it: other words, and another order of keys.
    let file = ".docket/schema/action.schema.json"
    let present = try #require(repository.read(file))
    let older = present.replacingOccurrences(
      of: "\"title\": \"Action\"", with: "\"title\": \"To do\"")
    try repository.write(file, older)
    try repository.git("add", "-A")
    try repository.git("commit", "-q", "--fixup", "HEAD~1", "--no-verify")
    try repository.git(
      "rebase", "-q", "-i", "--autosquash", "--root", environment: ["GIT_SEQUENCE_EDITOR": ":"])
    let dry = try repository.docket("migrate", "--dry-run")
    #expect(
      dry.status == 0 && dry.output.contains("schema  action.schema.json"), "\(dry.transcript)")
    try repository.docket("migrate").succeeded()
    #expect(repository.read(file) == present)
    #expect(try repository.git("log", "-1", "--format=%B").contains("vendor action.schema.json"))
    #expect(try repository.docket("show", id).status == 0)
    // Edited since: kept, said, and taken only when asked for.
    let edited = present.replacingOccurrences(
      of: "\"title\": \"Action\"", with: "\"title\": \"Our task\"")
    try repository.write(file, edited)
    try repository.git("commit", "-qam", "Our words")
    let kept = try repository.docket("migrate")
    #expect(kept.status == 0 && kept.errors.contains("is yours"), "\(kept.transcript)")
    #expect(repository.read(file) == edited)
    try repository.docket("migrate", "--take", "action").succeeded()
    #expect(repository.read(file) == present)
    #expect(try repository.git("status", "--porcelain") == "")
  }

  @Test("a kind of the team's own is left alone, though docket has one of that name by now")
  func ownName() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("schema", "new", "talk").succeeded()
    let file = ".docket/schema/interview.schema.json"
    try repository.git("mv", ".docket/schema/talk.schema.json", file)
    try repository.replace("urn:trial:talk:1", with: "urn:trial:interview:1", in: file)
    try repository.replace("talk.no-owner", with: "interview.no-owner", in: file)
    try repository.git("commit", "-qam", "Call it interview", "--no-verify")
    let head = try repository.head()
    let run = try repository.docket("migrate")
    #expect(run.status == 0 && run.errors.contains("already"), "\(run.transcript)")
    #expect(try repository.head() == head)
  }
}

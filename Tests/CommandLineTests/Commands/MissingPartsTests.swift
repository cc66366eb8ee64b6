import TestSupport
import Testing

/// What a clone lacks is said where somebody asks what to do, and where something is written.
@Suite("what a clone lacks") struct MissingPartsTests {
  @Test("is said by bare docket and by what writes, and not by what reads")
  func convention() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let whole = try repository.docket("--format", "json").succeeded()
    #expect(whole.output.contains("\"missing\": []"), "\(whole.transcript)")
    try repository.docket("hooks", "uninstall").succeeded()
    for words in [
      ["list"], ["list", "--format", "jsonl"], ["show", id], ["log"], ["blame", id], ["rank"],
      ["diff"], ["sql", "SELECT 1"], ["schema", "list"], ["schema", "check"], ["report", "audit"],
    ] {
      let run = try repository.tryDocket(words).succeeded()
      #expect(!run.errors.contains("docket init"), "\(run.transcript)")
    }
    let bare = try repository.docket().succeeded()
    #expect(
      bare.output.contains("This clone has no docket hooks yet: docket init\n"),
      "\(bare.transcript)")
    let json = try repository.docket("status", "--format", "json").succeeded()
    #expect(json.output.contains("\"pre-commit hook\""), "\(json.transcript)")
    let written = try repository.docket("edit", id, "area=ci").succeeded()
    #expect(
      written.errors.contains("docket: this clone has no docket hooks yet: docket init\n"),
      "\(written.transcript)")
    try repository.docket("init").succeeded()
    #expect(try !repository.docket().succeeded().output.contains("docket init"))
  }

  @Test("a day that the calendar doesn't know is no date, in any field and any kind")
  func days() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("schema", "add", "measure").succeeded()
    let head = try repository.head()
    for day in ["2026-02-30", "2026-04-31", "2025-02-29", "2026-00-10"] {
      let run = try repository.docket("new", "action", "title=x", "owner=mira", "due=\(day)")
      #expect(run.status == 1 && run.errors.contains("[record.schema]"), "\(run.transcript)")
      #expect(try repository.head() == head)
    }
    let said = try repository.docket("new", "action", "title=x", "owner=mira", "due=2026-02-30")
    #expect(said.errors.contains("February 2026 has 28 days"), "\(said.transcript)")
    try repository.docket("new", "action", "title=x", "owner=mira", "due=2028-02-29").succeeded()
    // In the hook, whoever wrote it.
    let path = try #require(
      repository.git("ls-files", "docket").split(separator: "\n").first.map(String.init))
    try repository.replace("2028-02-29", with: "2027-02-29", in: path)
    let commit = try repository.tryGit(["commit", "-qam", "Later"])
    #expect(commit.status == 1 && commit.errors.contains("has 28 days"), "\(commit.transcript)")
  }
}

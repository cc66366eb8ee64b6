import Foundation
import TestSupport
import Testing

/// A repository's schemas may come from another docket than the one that reads them.
@Suite("schemas of another docket") struct SchemaVersionTests {
  private static let schema = ".docket/schema/pain-point.schema.json"
  private static let advice = "update docket to 9.1.0 or later; this is docket 0.1.0"

  /// A repository whose pain points are described by a docket 9.1.0.
  private static func later(_ change: (ScratchRepository) throws -> Void = { _ in }) throws
    -> ScratchRepository
  {
    let repository = try ScratchRepository.tracked()
    _ = try repository.new("pain-point", "title=Slow")
    try repository.replace("\"docket 0.1.0\"", with: "\"docket 9.1.0\"", in: schema)
    try change(repository)
    try repository.git("commit", "-qam", "Bring docket's schemas to version 9.1.0", "--no-verify")
    return repository
  }

  @Test("of a later one is said by bare docket and by what writes; what is understood goes on")
  func later() throws {
    let repository = try Self.later()
    let note = "chemas here are of docket 9.1.0, and this is docket 0.1.0: update docket\n"
    let list = try repository.docket("list").succeeded()
    #expect(list.errors == "" && list.output.contains("Slow"), "\(list.transcript)")
    let bare = try repository.docket().succeeded()
    #expect(bare.output.contains("S" + note) && bare.errors == "", "\(bare.transcript)")
    let written = try repository.docket("new", "pain-point", "title=Other").succeeded()
    #expect(written.errors.hasPrefix("docket: s" + note), "\(written.transcript)")
    let kinds = try repository.docket("schema", "list").succeeded()
    #expect(kinds.output.contains("(of docket 9.1.0, later than this one)"), "\(kinds.transcript)")
    let status = try repository.docket("--format", "json").succeeded()
    #expect(status.output.contains("\"origin\": \"later\""), "\(status.transcript)")
    #expect(status.output.contains("\"docket\": \"9.1.0\""), "\(status.transcript)")
    // The team's own copy of it is as unknown to this docket.
    try repository.replace("\"Pain point\"", with: "\"Pain\"", in: Self.schema)
    #expect(try repository.docket().succeeded().output.contains(note))
    _ = try repository.new("pain-point", "title=More")
  }

  @Test("of a later one aren't taken back by docket migrate")
  func noWayBack() throws {
    let repository = try Self.later()
    let head = try repository.head()
    for words in [["migrate"], ["migrate", "--take", "pain-point"]] {
      try repository.tryDocket(words).expectRefusal(
        saying: "docket 0.1.0 would take schemas of docket 9.1.0 back", Self.advice)
    }
    #expect(try repository.head() == head)
  }

  @Test("what a later one wrote and this one can't read says which docket can")
  func unknown() throws {
    let repository = try Self.later {
      try $0.replace(
        "\"prefix\": \"PP\",", with: "\"prefix\": \"PP\", \"scope\": 1,", in: Self.schema)
    }
    try repository.docket("list").expectRefusal(2, saying: "x-docket.scope", Self.advice)
    let check = try repository.docket("check")
    #expect(check.status == 1, "\(check.transcript)")
    #expect(check.output.components(separatedBy: "fix: " + Self.advice).count == 3)
    #expect(!check.output.contains("git restore"), "\(check.transcript)")
    // In the hook, too.
    let record = try #require(
      repository.git("ls-files", "docket").split(separator: "\n").first.map(String.init))
    try repository.replace("\"Slow\"", with: "\"Slower\"", in: record)
    let commit = try repository.tryGit(["commit", "-qam", "Slower"])
    #expect(commit.status == 1 && commit.errors.contains(Self.advice), "\(commit.transcript)")
  }

  @Test("the same key in a schema of the team's own is a slip to correct")
  func slip() throws {
    let repository = try ScratchRepository.tracked()
    try repository.replace(
      "\"prefix\": \"PP\",", with: "\"prefix\": \"PP\", \"scope\": 1,", in: Self.schema)
    try repository.git("commit", "-qam", "Slip", "--no-verify")
    let run = try repository.docket("list")
    #expect(run.errors.contains("or correct the key"), "\(run.transcript)")
  }

  @Test("of an earlier one are said by bare docket, with the command that brings this one's")
  func earlier() throws {
    let repository = try ScratchRepository.tracked()
    _ = try repository.new("pain-point", "title=Slow")
    #expect(try !repository.docket().succeeded().output.contains("migrate"))
    let file = ".docket/schema/retro.schema.json"
    let january = PackageFolder.url.appending(path: "demo/january/retro.schema.json")
    try repository.write(file, String(contentsOf: january, encoding: .utf8))
    try repository.git("commit", "-qam", "Go back", "--no-verify")
    let status = try repository.docket().succeeded()
    #expect(
      status.output.contains("Schemas here are of an earlier docket: docket migrate --dry-run\n"),
      "\(status.transcript)")
    #expect(status.errors == "", "\(status.transcript)")
    let json = try repository.docket("--format", "json").succeeded()
    #expect(json.output.contains("\"origin\": \"earlier\""), "\(json.transcript)")
    try repository.docket("migrate").succeeded()
    #expect(try !repository.docket().succeeded().output.contains("migrate"))
  }
}

import Foundation
import TestSupport
import Testing

@Suite("docket import minutes") struct ImportMinutesTests {
  private static let march = """
    # Acme Platform Council Meeting 2026-03-04

    ## Links

    * **Recording**: https://video.example/1
    * **GitHub Issue**: https://git.example/acme/council/issues/9

    ## Present

    * AR: Ana Ruiz (@ana)
    * Bo Lindqvist (@bo-l)

    ## Agenda

    ### acme/council

    * Faster builds [#12](https://git.example/acme/council/issues/12)
      * Ana: cache misses are up
      * Decision: rent two more builders

    Action: AR to ask for quotes, due 2026-04-01

    ## Q&A, Other

    """

  private static let april = march.replacingOccurrences(of: "2026-03-04", with: "2026-04-01")
    .replacingOccurrences(of: "Action: AR to ask for quotes, due 2026-04-01\n", with: "")

  private func setUp() throws -> ScratchRepository {
    let repository = try ScratchRepository.tracked()
    try writeFile(repository.base + "/minutes/march.md", Array(Self.march.utf8))
    try writeFile(repository.base + "/minutes/april.md", Array(Self.april.utf8))
    return repository
  }

  private func importAll(_ repository: ScratchRepository) throws -> CommandRun {
    try repository.docket("import", "minutes", "../minutes/march.md", "../minutes/april.md")
  }

  @Test("a record a meeting and one an action, in one commit; again, nothing")
  func twice() throws {
    let repository = try setUp()
    let first = try importAll(repository)
    #expect(first.status == 0, "\(first.transcript)")
    let ids = first.lines
    #expect(ids.filter { $0.hasPrefix("MIN-") }.count == 2)
    #expect(ids.filter { $0.hasPrefix("ACT-") }.count == 1)
    #expect(try repository.commitCount() == 2)
    let records = try ids.map { try repository.record($0) }
    let march = try #require(records.first { $0["heldOn"] as? String == "2026-03-04" })
    let present = try #require(march["present"] as? [[String: Any]])
    #expect(present.compactMap { $0["name"] as? String } == ["Ana Ruiz", "Bo Lindqvist"])
    let agenda = try #require(march["agenda"] as? [[String: Any]])
    #expect(agenda.contains { ($0["title"] as? String)?.hasPrefix("Faster builds") == true })
    let text = try repository.git(
      "show", "HEAD:\(repository.path(of: march["id"] as? String ?? ""))")
    #expect(text.contains("cache misses are up") && text.contains("rent two more builders"))
    let provenance = try #require(march["provenance"] as? [String: Any])
    #expect((provenance["sha256"] as? String)?.count == 64)
    let action = try #require(records.first { ($0["id"] as? String)?.hasPrefix("ACT-") == true })
    #expect(action["from"] as? String == march["id"] as? String)
    #expect(action["due"] as? String == "2026-04-01")
    try repository.expectSound()

    let head = try repository.head()
    let again = try importAll(repository)
    #expect(again.status == 0 && again.output == "", "\(again.transcript)")
    #expect(try repository.head() == head)
    try repository.expectSound()
  }

  @Test("after an edit upstream, that meeting's record only")
  func edited() throws {
    let repository = try setUp()
    let ids = try importAll(repository).lines
    let april = try #require(
      try ids.first { try repository.record($0)["heldOn"] as? String == "2026-04-01" })
    try repository.say(["edit", april, "chair=bo-l"])
    let agenda = try #require(try repository.record(april)["agenda"] as? [[String: Any]])
    try writeFile(
      repository.base + "/minutes/april.md",
      Array(
        Self.april.replacingOccurrences(of: "cache misses are up", with: "cache misses are down")
          .utf8))
    let again = try importAll(repository)
    #expect(again.status == 0 && again.lines == [april], "\(again.transcript)")
    #expect(
      try repository.git("diff", "--name-only", "HEAD^", "HEAD") == (try repository.path(of: april))
    )
    let record = try repository.record(april)
    #expect(record["chair"] as? String == "bo-l", "what was added by hand stays")
    let now = try #require(record["agenda"] as? [[String: Any]])
    #expect(now.first?["id"] as? String == agenda.first?["id"] as? String, "items keep their ids")
    try repository.expectSound()
  }

  @Test("approved minutes stay as they are; a file that can't be read is named, the others come in")
  func approvedAndMissing() throws {
    let repository = try setUp()
    let ids = try importAll(repository).lines
    let april = try #require(
      try ids.first { try repository.record($0)["heldOn"] as? String == "2026-04-01" })
    try repository.say(["move", april, "approved"])
    try writeFile(repository.base + "/minutes/april.md", Array((Self.april + "\nMore.\n").utf8))
    let head = try repository.head()
    let run = try importAll(repository)
    #expect(run.errors.contains("\(april) is approved and stays"), "\(run.transcript)")
    #expect(try repository.head() == head)

    try writeFile(
      repository.base + "/minutes/may.md",
      Array(
        Self.april.replacingOccurrences(of: "2026-04-01", with: "2026-05-06").utf8))
    let partly = try repository.docket(
      "import", "minutes", "../minutes/none.md", "../minutes/may.md")
    #expect(
      partly.status == 1 && partly.errors.contains("../minutes/none.md"), "\(partly.transcript)")
    #expect(partly.lines.count == 1, "the readable one came in")
    try repository.expectSound()
  }

  @Test("text that holds no meeting gives a named reason, not an invented record")
  func noMeeting() throws {
    let repository = try ScratchRepository.tracked()
    try writeFile(
      repository.base + "/readme.md", Array("# Readme\n\nNothing was decided here.\n".utf8))
    let run = try repository.docket("import", "minutes", "../readme.md")
    #expect(run.output == "" && run.errors.contains("../readme.md:"), "\(run.transcript)")
    #expect(try repository.commitCount() == 1)
  }

  /// The real minutes beside the project; without them this is skipped by name.
  @Test(
    "every real file gives a record or a named reason, and nothing the second time",
    .enabled(if: SharedData.isHere("minutes/openjs"), "no ../shared/data/minutes/openjs here"))
  func realMinutes() throws {
    let files = try SharedData.files("minutes/openjs", withSuffix: ".md")
    try #require(files.count > 10)
    let repository = try ScratchRepository.tracked()
    let first = try repository.tryDocket(["import", "minutes"] + files)
    #expect(try repository.commitCount() == 2)
    let sources = try repository.docket("list", "kind:minutes", "--format", "json")
    let items = try #require(
      (try JSONSerialization.jsonObject(with: Data(sources.outputBytes)) as? [String: Any])?[
        "items"]
        as? [[String: Any]])
    let known = Set(
      items.compactMap {
        (($0["record"] as? [String: Any])?["provenance"] as? [String: Any])?["source"] as? String
      })
    for file in files {
      let source = file.split(separator: "/").suffix(3).joined(separator: "/")
      let isNamed = first.errors.split(separator: "\n").contains {
        $0.hasPrefix(file + ":") && $0.contains("not imported")
      }
      #expect(known.contains(source) != isNamed, "\(source): a record or a reason")
    }
    let check = try repository.docket("check")
    #expect(check.status == 0, "\(check.errors)")
    try repository.expectSound()
    let head = try repository.head()
    let again = try repository.tryDocket(["import", "minutes"] + files)
    #expect(again.output == "")
    #expect(try repository.head() == head)
  }
}

/// Public data that nobody here wrote, kept outside the repository: DOCKET_SHARED_DATA, or
/// `../shared/data` beside the project's root.
enum SharedData {
  static let folder = PackageFolder.sharedData.path

  static func isHere(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + name)
  }

  static func files(_ name: String, withSuffix suffix: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder + "/" + name)
      .filter { $0.hasSuffix(suffix) }.sorted().map { folder + "/" + name + "/" + $0 }
  }
}

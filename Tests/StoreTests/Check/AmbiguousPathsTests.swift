import Files
import Git
import Records
import TestSupport
import Testing

@testable import Store

@Suite("names that a file system may take for docket's own") struct AmbiguousPathsTests {
  private let repository: ScratchRepository

  init() throws {
    repository = try ScratchRepository()
    try repository.commit(
      "Begin", [".docket/config.json": "{\"recordsFolder\": \"docs/feedback\"}\n", "Docs/a": "a"])
    for (name, bytes) in Scene.builtIn {
      try repository.write(".docket/schema/\(name)", String(decoding: bytes, as: UTF8.self))
    }
    try repository.git("add", ".")
    try repository.git("commit", "-qm", "Schemas")
  }

  private func stage(_ path: String, mode: String = "100644") throws {
    let blob = try repository.git("hash-object", "-w", "--stdin", input: "{}\n")
    try repository.git("update-index", "--add", "--cacheinfo", "\(mode),\(blob),\(path)")
  }

  private func rules() throws -> (staged: [String], range: [String]) {
    let context = ExecutionContext(environment: repository.environment, now: { 0 })
    let staged = try StagedCheck.run(in: repository.path, context: context)
    try repository.git("commit", "-qm", "x", "--no-verify")
    let open = try #require(
      try Repository.discover(from: repository.path, environment: repository.environment))
    func commit(_ name: String) throws -> ObjectID { try #require(try open.resolveCommit(name)) }
    let range = try RangeCheck(open, handle: nil).run(
      from: commit("HEAD^"), to: commit("HEAD"), isPushed: false)
    return (staged.findings.map(\.rule), range.findings.map(\.rule))
  }

  @Test(
    "are refused, staged and in a range",
    arguments: [
      ".Docket/config.json", ".DOCKET", ".docket\u{200C}/x", ".docket./x", ".docket /x",
      ".docket::$INDEX_ALLOCATION/x", "docket~1/x", ".doc\u{212A}et/x", ".docket\\config.json",
      "Docs/Feedback/x", "docs/FEEDBACK/x", "DOCS/feedback",
    ])
  func refused(path: String) throws {
    try stage(path)
    let rules = try rules()
    #expect(rules.staged.contains("path.ambiguous"), "\(rules)")
    #expect(rules.staged == rules.range)
  }

  @Test(
    "inside docket's folder too",
    arguments: [
      ".docket/Config.json", ".docket/config.json.", ".docket/config~1.jso", ".docket/SCHEMA/x",
      ".docket/schema/Pain-Point.schema.json", ".docket/people.JSON",
    ])
  func refusedInside(path: String) throws {
    try stage(path)
    let rules = try rules()
    #expect(rules.staged.contains("path.ambiguous"), "\(rules)")
    #expect(rules.staged == rules.range)
  }

  @Test(
    "others are none of docket's business",
    arguments: [
      "docket/x", ".dockets/x", "Docs/b", "docs", ".doc/ket", ".docket2", "docs/feed",
      "src/.docket/x",
      "feedback/x", ".docket/notes.md",
    ])
  func innocent(path: String) throws {
    try stage(path)
    let rules = try rules()
    #expect(rules.staged == [] && rules.range == [], "\(rules)")
  }

  @Test("one that was there before is left alone")
  func old() throws {
    try stage(".DOCKET/x")
    try repository.git("commit", "-qm", "x", "--no-verify")
    try stage(".DOCKET/y")
    #expect(try rules().staged == [])
  }

  @Test("records, config and schemas aren't executable")
  func executable() throws {
    try repository.git("update-index", "--chmod=+x", ".docket/config.json")
    try stage("docs/feedback/pain-points/2026/01/PP-0000000001.json", mode: "100755")
    let rules = try rules()
    #expect(rules.staged.contains("record.path") && rules.staged.contains("config.invalid"))
  }
}

import Files
import Foundation
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

/// Each rule fires where it should, and not beside it.
@Suite("rules, one by one") struct RuleTableTests {
  /// Tried elsewhere, with the reason.
  private static let elsewhere = [
    "record.deleted": "takes two trees: `deleted` below",
    "path.ambiguous": "takes names in git: AmbiguousPathsTests",
    "schema.refuses-records": "takes two schemas and records: MigrateCommandTests",
    "schema.migrated": "takes history: MigrateCommandTests",
    "schema.stranded-state": "takes two schemas and records: MigrateCommandTests",
    "record.retired-items": "takes two versions of a record: CollectionTests",
    "record.migrated": "takes two schemas and records: MigrateCommandTests",
  ]

  @Test("every rule, built in or in a schema, has its row")
  func complete() {
    let rows = Set(RuleTable.rows.map(\.rule)).union(Self.elsewhere.keys)
    let rules = RuleBook.descriptions(in: Scene.builtInCatalog).map(\.id)
    #expect(rules.count > 60 && Set(rules).count == rules.count)
    for rule in rules { #expect(rows.contains(rule), "\(rule) has no row in RuleTable") }
    for row in rows { #expect(rules.contains(row), "\(row) is no rule any more") }
    #expect(RuleTable.rows.count == Set(RuleTable.rows.map(\.rule)).count)
  }

  @Test("fires, and doesn't on the nearest innocent neighbour", arguments: RuleTable.rows)
  func fires(row: RuleRow) throws {
    let silent = try row.silent.findings().filter { $0.rule == row.rule }
    #expect(silent.isEmpty, "\(silent)")
    let found = try row.firing.findings()
    let finding = try #require(found.first { $0.rule == row.rule }, "\(found)")
    let rule = try #require(
      RuleBook.descriptions(in: Scene.builtInCatalog).first { $0.id == row.rule })
    #expect(finding.severity == rule.severity)
    #expect(!finding.message.isEmpty && finding.hint?.isEmpty == false)
    for text in [finding.message, finding.hint ?? ""] {
      #expect(!text.contains("ITEM") && Placeholders.names(in: text).isEmpty, "\(text)")
    }
  }

  @Test("a hint's command changes nothing that is frozen", arguments: RuleTable.rows)
  func hints(row: RuleRow) throws {
    for finding in try row.firing.findings() where finding.rule == row.rule {
      guard let hint = finding.hint, hint.hasPrefix("docket edit "),
        let (record, compiled) = try row.firing.record(at: finding.path)
      else { continue }
      var value = record.value
      for word in hint.split(separator: " ").dropFirst(3) {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { continue }
        let key = word[..<equals].filter { $0 != ":" && $0 != "+" && $0 != "-" }
        // Throws where the key names an item that isn't there.
        let pointer = try FieldKey.pointer(key, in: value)
        value[pointer] =
          word[..<equals].hasSuffix("+")
          ? .array((value[pointer]?.array ?? []) + ["changed"]) : "changed"
      }
      let after = try RecordFile.read(
        JSONPrinter.canonical(value, order: compiled.kind.view), path: record.path, folder: "docket"
      ).get()
      let refusals = ChangeCheck.findings(from: record, to: after, compiled: compiled)
      #expect(!refusals.contains { $0.rule == "record.frozen" }, "\(hint): \(refusals)")
    }
  }

  @Test("what is frozen is fixed by an amendment, and silent once there is one")
  func amended() throws {
    let frozen = Scene(
      (
        kind: "minutes",
        text:
          #"{"title": "x", "status": "approved", "heldOn": "2026-02-28", "motions": [{"id": "aaaaa", "text": "t"}]}"#
      ))
    let finding = try #require(
      try frozen.findings().first { $0.rule == "minutes.motion-without-outcome" })
    #expect(finding.hint == #"docket add MIN-0000000001 amendments text="…""#)
    #expect(finding.pointer == "/motions/0" && finding.line == 8)
    let amended = try frozen.patched(
      #"{"amendments": [{"id": "bbbbb", "text": ["It was lost."]}]}"#)
    #expect(!(try amended.findings().contains { $0.rule == "minutes.motion-without-outcome" }))
  }

  @Test("an error only warns before its day, whatever rule it is", arguments: RuleTable.rows)
  func failFrom(row: RuleRow) throws {
    // What makes the config itself the matter can't be put off by it here.
    guard row.firing.config == "{}" else { return }
    for (day, severity) in [("2026-03-01", Severity.error), ("2026-03-02", .warning)] {
      var scene = row.firing
      scene.config = """
        {"rules": {"\(row.rule)": {"severity": "error", "failFrom": "\(day)"}}}
        """
      let found = try scene.findings().first { $0.rule == row.rule }
      // What a change does is put off where changes are judged.
      guard scene.before == nil else { continue }
      #expect(found?.severity == severity, "from \(day)")
    }
    var off = row.firing
    off.config = "{\"rules\": {\"\(row.rule)\": \"off\"}}"
    guard off.before == nil else { return }
    #expect(!(try off.findings().contains { $0.rule == row.rule }))
  }

  @Test("a record that is deleted is found; one that moved is not")
  func deleted() throws {
    let repository = try ScratchRepository()
    try repository.commit("Begin", [".docket/config.json": "{}\n"])
    for (name, bytes) in Scene.builtIn {
      try repository.write(".docket/schema/\(name)", String(decoding: bytes, as: UTF8.self))
    }
    let path = "docket/pain-points/2026/01/PP-0000000001.json"
    try repository.write(
      path,
      """
      {
        "$schema": "../../../../.docket/schema/pain-point.schema.json",
        "id": "PP-0000000001",
        "title": "x",
        "status": "reported"
      }

      """)
    try repository.git("add", ".")
    try repository.git("commit", "-qm", "One")
    func rules() throws -> [String] {
      try StagedCheck.run(
        in: repository.path,
        context: ExecutionContext(environment: repository.environment, now: { 0 })
      ).findings.map(\.rule)
    }
    try repository.git("mv", path, "docket/pain-points/2026/01/PP-0000000001-x.json")
    #expect(try rules() == [])
    try repository.git("reset", "-q", "--hard")
    try repository.git("rm", "-q", path)
    #expect(try rules() == ["record.deleted"])
  }
}

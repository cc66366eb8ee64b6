import Files
import JSONText
import Testing

@testable import Records

@Suite("findings that are kept and counted") struct FindingTallyTests {
  private func finding(_ rule: String, _ severity: Severity, line: Int) -> Finding {
    Finding(rule: rule, severity: severity, path: "a", line: line, message: "\(line)")
  }

  @Test("of one rule and severity the first are kept, the rest counted")
  func limit() {
    var tally = FindingTally(atMost: 2)
    for line in 1...5 { tally.add(finding("a.b", .warning, line: line)) }
    tally.add("a.b", .warning) {
      Issue.record("it is made")
      return nil
    }
    tally.add(finding("a.b", .error, line: 9))
    tally.add("c.d", .info) { nil }
    tally.omit(3, "e.f", .info)
    let found = tally.findings
    #expect(found.map(\.line) == [1, 2, 9, 2] && found.map(\.count) == [1, 1, 1, 4])
    #expect(found[3].severity == .warning && found[3].message.contains("4 more findings"))
    // Counts add up when a tally is tallied.
    var outer = FindingTally(atMost: 1)
    outer.add(found)
    #expect(outer.findings.map(\.count) == [1, 1, 5])
  }

  @Test("a record with very many mistakes tells a hundred of each rule, and takes linear time")
  func manyMistakes() throws {
    let kind = try BuiltInKinds.kind("minutes")
    var object: [(key: String, value: JSONValue)] = [
      ("$schema", "../../../../.docket/schema/minutes.schema.json"), ("id", "MIN-0000000001"),
      ("title", "x"), ("status", "draft"), ("type", "other"), ("body", "b"),
      ("heldOn", "2026-02-10"),
      (
        "motions",
        .array((0..<4000).map { ["id": .string("a\($0)"), "text": ["s"], "zz": 1] })
      ),
    ]
    object += (0..<4000).map { ("k\($0)", 1) }
    let start = ContinuousClock.now
    let findings = try BuiltInKinds.findings(kind, .object(JSONObject(object)))
    // Quadratic, this took more than a minute.
    #expect(ContinuousClock.now - start < .seconds(30))
    for rule in ["record.schema", "record.unknown-key"] {
      let own = findings.filter { $0.rule == rule }
      #expect(own.count == 101, "\(rule)")
    }
    let unknown = findings.filter { $0.rule == "record.unknown-key" }
    #expect(unknown.reduce(0) { $0 + $1.count } == 8000)
  }
}

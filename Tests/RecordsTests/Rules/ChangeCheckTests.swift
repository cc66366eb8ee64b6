import JSONText
import Testing

@testable import Records

@Suite("what a change may do") struct ChangeCheckTests {
  @Test(
    "steps of a workflow, jumps along the way included",
    arguments: [
      ("pain-point", nil, "reported", true), ("pain-point", nil, "resolved", true),
      ("pain-point", "reported", "planned", true), ("pain-point", "reported", "resolved", true),
      ("pain-point", "resolved", "reported", false), ("pain-point", "declined", "reported", false),
      ("pain-point", "declined", "validated", true), ("pain-point", "triaged", "reported", false),
      ("action", "open", "dropped", true), ("action", "done", "open", true),
      ("action", "done", "dropped", true), ("action", "dropped", "open", false),
      ("action", "dropped", "done", false), ("minutes", "approved", "draft", false),
      ("minutes", nil, "approved", true), ("decision", "rejected", "proposed", false),
      ("decision", "proposed", "reviewed", true), ("decision", "superseded", "accepted", false),
    ] as [(String, String?, String, Bool)])
  func steps(kind: String, old: String?, new: String, allowed: Bool) throws {
    let kind = try BuiltInKinds.kind(kind)
    let workflow = try #require(kind.workflow)
    #expect(workflow.allows(new, after: old) == allowed)
    func file(_ state: String) throws -> RecordFile {
      try BuiltInKinds.file(
        kind, ["id": .string("\(kind.prefix)-0000000000"), "title": "x", "status": .string(state)])
    }
    let findings = ChangeCheck.findings(
      from: try old.map(file), to: try file(new),
      compiled: try BuiltInKinds.catalog.compiledKind(for: kind))
    #expect(findings.contains { $0.rule == "workflow.illegal-step" } == !allowed, "\(findings)")
    if let finding = findings.first(where: { $0.rule == "workflow.illegal-step" }) {
      #expect(finding.line == 4 && finding.column == 13 && finding.pointer == "/status")
    }
  }

  @Test("every state is one that the schema's enum has, and every one can be reached")
  func states() throws {
    for kind in BuiltInKinds.catalog.kinds {
      guard let workflow = kind.workflow else { continue }
      let choices = kind.view.property(workflow.property)?.choices ?? []
      #expect(Set(workflow.states) == Set(choices), "\(kind.name)")
      #expect(workflow.closed.allSatisfy(workflow.states.contains), "\(kind.name)")
      for (from, to) in workflow.transitions {
        #expect(([from] + to).allSatisfy(workflow.states.contains), "\(kind.name)")
      }
    }
  }

  static let approved = #"""
    {"id":"MIN-0000000000","title":"Board","status":"approved","heldOn":"2026-01-02",
     "tags":["a"],"agenda":[{"id":"aaaaa","title":"Builds","notes":["one","two"]}],
     "amendments":[{"id":"bbbbb","text":["First"]}]}
    """#

  /// Text to replace, with what, and the pointers that are frozen then.
  @Test(
    "approved minutes are frozen but for amendments that grow",
    arguments: [
      (#""Board""#, #""Bored""#, ["/title"]),
      (#""one","two""#, #""one","too""#, ["/agenda/0/notes"]),
      (#""one","two""#, #""one","two","three""#, ["/agenda/0/notes"]),
      (#""Builds""#, #""Builds","issue":"12""#, ["/agenda/0/issue"]),
      (#","heldOn":"2026-01-02""#, "", ["/heldOn"]),
      (
        #""id":"bbbbb","text":["First"]}"#,
        #""id":"bbbbb","text":["First"]},{"id":"ccccc","text":["Second"]}"#, []
      ),
      (#""First""#, #""Frist""#, ["/amendments/0/text"]),
      (#"[{"id":"bbbbb","text":["First"]}]"#, "[]", ["/amendments/0"]),
      (
        #"[{"id":"bbbbb","text":["First"]}]"#,
        #"[{"id":"ccccc","text":["Zeroth"]},{"id":"bbbbb","text":["First"]}]"#, ["/amendments/0"]
      ),
      (#""tags":["a"]"#, #""tags":["b"]"#, ["/tags"]),
      (#""approved""#, #""approved" "#, []),
      (#""id":"aaaaa","title":"Builds""#, #""title":"Builds","id":"aaaaa""#, []),
      (
        #""amendments":[{"id":"bbbbb","text":["First"]}]"#, #""chair":"ada""#,
        ["/amendments", "/chair"]
      ),
    ] as [(String, String, [String])])
  func frozen(old: String, new: String, expected: [String]) throws {
    try #require(Self.approved.contains(old))
    let kind = try BuiltInKinds.kind("minutes")
    let compiled = try BuiltInKinds.catalog.compiledKind(for: kind)
    let before = try BuiltInKinds.file(kind, BuiltInKinds.parse(Self.approved))
    let text = Self.approved.replacing(old, with: new, maxReplacements: 1)
    let after = try BuiltInKinds.file(kind, BuiltInKinds.parse(text))
    let findings = ChangeCheck.findings(from: before, to: after, compiled: compiled)
    #expect(findings.allSatisfy { $0.rule == "record.frozen" })
    #expect(Set(findings.compactMap(\.pointer)) == Set(expected), "\(findings.map(\.message))")
    // As a draft, all of it is free.
    let draft = try BuiltInKinds.file(
      kind, BuiltInKinds.parse(Self.approved.replacing("approved", with: "draft")))
    #expect(ChangeCheck.findings(from: draft, to: after, compiled: compiled).isEmpty)
  }

  @Test("amendments may begin where there were none")
  func firstAmendment() throws {
    let kind = try BuiltInKinds.kind("minutes")
    let bare = Self.approved.replacing(
      #", "amendments":[{"id":"bbbbb","text":["First"]}]"#, with: ""
    )
    .replacing(",\n \"amendments\":[{\"id\":\"bbbbb\",\"text\":[\"First\"]}]", with: "")
    try #require(!bare.contains("amendments"))
    let findings = ChangeCheck.findings(
      from: try BuiltInKinds.file(kind, BuiltInKinds.parse(bare)),
      to: try BuiltInKinds.file(kind, BuiltInKinds.parse(Self.approved)),
      compiled: try BuiltInKinds.catalog.compiledKind(for: kind))
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test(
    "of an accepted decision, numbers that are missing may be filled in, and none changed",
    arguments: [
      (
        #""expectedOutcome":{"measure":"m"}"#, #""expectedOutcome":{"measure":"m","target":3}"#,
        true
      ),
      (#""expectedOutcome":{"measure":"m"}"#, #""expectedOutcome":{"measure":"n"}"#, false),
      (#""expectedOutcome":{"measure":"m"}"#, #""expectedOutcome":{"measure":["m"]}"#, false),
      (#""rice":{"reach":3}"#, #""rice":{"reach":3,"effort":2}"#, true),
      (#""rice":{"reach":3}"#, #""rice":{"reach":4}"#, false),
      (#""rice":{"reach":3}"#, #""rice":{"reach":3},"ice":{"ease":3}"#, false),
    ])
  func filledIn(old: String, new: String, allowed: Bool) throws {
    let kind = try BuiltInKinds.kind("decision")
    let text = #"""
      {"id":"DEC-0000000000","title":"x","status":"accepted",
       "expectedOutcome":{"measure":"m"},"scoring":{"rice":{"reach":3}}}
      """#
    try #require(text.contains(old))
    let findings = ChangeCheck.findings(
      from: try BuiltInKinds.file(kind, BuiltInKinds.parse(text)),
      to: try BuiltInKinds.file(kind, BuiltInKinds.parse(text.replacing(old, with: new))),
      compiled: try BuiltInKinds.catalog.compiledKind(for: kind))
    #expect(findings.isEmpty == allowed, "\(findings)")
  }
}

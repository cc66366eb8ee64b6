import Foundation
import JSONText
import Testing

@testable import Records

/// Rules that name a check: how schemas call them, and when they run.
@Suite("named checks") struct NamedCheckTests {
  /// A kind with one rule, whose text is what is tried.
  private static func kind(_ rule: String) throws -> Kind {
    let text = """
      {"title": "Loan", "x-docket": {"prefix": "LO", "directory": "loans", "date": "on",
        "links": {"after": {"kinds": ["loan"]}}, "rules": [\(rule)]},
       "type": "object", "properties": {"id": {}, "due": {}, "after": {}}}
      """
    let catalog = KindCatalog(files: [(name: "loan.schema.json", bytes: Array(text.utf8))])
    return try #require(catalog.kinds.first, "\(catalog.problems)")
  }

  @Test(
    "a call that can't be answered is a problem of the rule's, with its place, not the kind's",
    arguments: [
      (#""check": "date-not-pased", "with": {"date": "/due"}"#, "did you mean"),
      (#""check": "wholly-unheard-of""#, "there are cadence-kept, "),
      (#""check": "date-not-passed""#, #"needs "with": {"date": …}, where the date is"#),
      (#""check": "date-not-passed", "with": {"date": 3}"#, "is a JSON Pointer"),
      (#""check": "date-not-passed", "with": {"date": "due"}"#, "is a JSON Pointer"),
      (
        #""check": "date-not-passed", "with": {"date": "/due", "dates": "/x"}"#,
        "takes no \"dates\""
      ),
      (#""check": "date-not-passed", "with": {"date": "/due"}, "then": {}"#, "not both"),
      (#""severity": "error""#, "\"then\" or names a \"check\""),
    ])
  func malformed(call: String, says: String) throws {
    let kind = try Self.kind(#"{"id": "loan.x", "message": "m", "hint": "h", \#(call)}"#)
    #expect(kind.rules.isEmpty)
    let problem = try #require(kind.ruleProblems.first)
    #expect(problem.message.contains(says), "\(problem.message)")
    #expect(problem.position.line == 2)
  }

  @Test("the meta-schema and the vocabulary's page know every check")
  func listed() throws {
    let meta = try #require(BuiltInKinds.catalog.files.documents["docket.metaschema.json"])
    let names = meta.root["$defs"]?["rule"]?["properties"]?["check"]?["enum"]?.elements
      .compactMap(\.string)
    #expect(names == NamedCheck.all.map(\.name))
    let page = try String(
      contentsOfFile: BuiltInKinds.folder + "/../docs/schema-vocabulary.md", encoding: .utf8)
    for check in NamedCheck.all {
      let row = try #require(
        page.split(separator: "\n").first { $0.hasPrefix("| `\(check.name)` |") }, "\(check.name)")
      for name in check.parameters.map(\.name) { #expect(row.contains("`\(name)`"), "\(row)") }
      for name in check.facts.map(\.name) { #expect(row.contains("`{\(name)}`"), "\(row)") }
    }
  }

  @Test("a message can't insert what nothing supplies")
  func placeholders() throws {
    let call = #""check": "date-not-passed", "with": {"date": "/due"}"#
    for (message, isSound) in [
      ("was due {ago}", true), ("{id} at {key}", true), ("was due {then}", false),
      (#"wants {\"a\": 1}"#, true),
    ] {
      let kind = try Self.kind(
        #"{"id": "loan.x", "message": "\#(message)", "hint": "h", \#(call)}"#)
      #expect(kind.rules.count == (isSound ? 1 : 0), "\(message)")
    }
    let plain = try Self.kind(#"{"id": "loan.x", "message": "{date}", "hint": "h", "then": {}}"#)
    #expect(plain.ruleProblems.first?.message.contains("{date}") == true)
  }

  @Test("facts in a hint are words of a shell, in a message they are not")
  func quoting() {
    let facts = ["target": "a'b;c"]
    #expect(Placeholders.fill("is {target}", facts) == "is a'b;c")
    #expect(Placeholders.fillCommand("see {target}", facts) == "see 'a'\\''b;c'")
    #expect(Placeholders.fill("{a {target} {other}", facts) == "{a {target} {other}")
  }

  @Test("what needs the day says nothing where there is none; a change offers neighbours alone")
  func needs() throws {
    let catalog = BuiltInKinds.catalog
    func view(now: Int64?) -> StateView {
      StateView(catalog: catalog, config: TrackerConfig(), roster: Roster(), now: now) { _ in nil }
    }
    #expect(!view(now: nil).provides([.day]) && view(now: 0).provides([.day]))
    #expect(view(now: nil).provides([.neighbours]))
    #expect(!view(now: 0).provides([.state]) && !view(now: 0).provides([.history]))
    let kind = try BuiltInKinds.kind("action")
    let compiled = try catalog.compiledKind(for: kind)
    let record = try BuiltInKinds.file(
      kind,
      BuiltInKinds.parse(
        #"{"id":"ACT-0000000000","title":"x","status":"open","owner":"ada","due":"1969-12-30"}"#))
    let late = CheckRun(view(now: 0), remedy: { _ in .edit }).findings(
      on: [record], compiled: compiled)
    #expect(
      late.map(\.message) == ["ACT-0000000000 is still open; it was due on 1969-12-30, 2 days ago"])
    #expect(late.first?.pointer == "/due")
    #expect(
      CheckRun(view(now: nil), remedy: { _ in .edit }).findings(on: [record], compiled: compiled)
        .isEmpty)
  }
}

import JSONText
import Testing

@testable import Records

@Suite("scores in records and schemas") struct ScoreRuleTests {
  private static func decision(_ status: String, _ scoring: String) throws -> JSONValue {
    try BuiltInKinds.parse(
      """
      {"$schema": "../../../../.docket/schema/decision.schema.json", "id": "DEC-0000000000",
       "title": "x", "status": "\(status)", "scoring": \(scoring)}
      """)
  }

  private static func findings(_ status: String, _ scoring: String) throws -> [Finding] {
    try BuiltInKinds.findings(BuiltInKinds.kind("decision"), decision(status, scoring)).filter {
      $0.rule == "score.no-result"
    }
  }

  @Test("a number that is missing is a finding where it belongs, with what fixes it")
  func missing() throws {
    let found = try Self.findings(
      "proposed", #"{"rice": {"reach": 10, "impact": 1, "confidence": 80}}"#)
    #expect(found.map(\.pointer) == ["/scoring/rice"])
    #expect(found.map(\.message) == ["DEC-0000000000 has no RICE score: effort is missing"])
    #expect(found.map(\.hint) == ["docket edit DEC-0000000000 scoring.rice.effort:=…"])
    #expect(found.allSatisfy { $0.severity == .warning && $0.line != nil })
  }

  @Test("nothing is said where there is a score, where nobody scored, or where the schema says it")
  func silent() throws {
    for scoring in [
      #"{"rice": {"reach": 10, "impact": 1, "confidence": 80, "effort": 2}}"#, "{}",
      #"{"rice": {}}"#, #"{"rice": {"reach": 10, "impact": 1, "confidence": 80, "effort": 0}}"#,
    ] {
      #expect(try Self.findings("proposed", scoring).isEmpty, "\(scoring)")
    }
  }

  @Test("what can't be entered any more isn't asked for")
  func frozen() throws {
    let scoring = #"{"ice": {"impact": 3, "confidence": 4}}"#
    #expect(try Self.findings("accepted", scoring).count == 1)
    #expect(try Self.findings("reviewed", scoring).isEmpty)
  }

  private static func problems(_ model: String) throws -> [KindProblem] {
    let text = """
      {"x-docket": {"prefix": "XX", "directory": "xs",
        "links": {"same": {"kinds": ["x"]}}, \(model)},
       "properties": {"reach": {}, "impact": {}, "confidence": {}, "effort": {},
         "evidence": {"type": "array", "items": {"properties": {"who": {}}}}}}
      """
    let catalog = KindCatalog(files: [(name: "x.schema.json", bytes: Array(text.utf8))])
    #expect(catalog.problems.isEmpty)
    return try #require(catalog.kind(named: "x")).formulaProblems
  }

  @Test(
    "a schema that binds what isn't there is told of",
    arguments: [
      (#""score": [{"formula": "rice/2", "inputs": {}}]"#, "there is no formula \"rice/2\""),
      (#""score": [{"inputs": {}}]"#, "a score names its \"formula\""),
      (
        #""score": [{"formula": "rice/1", "inputs": {"reach": "/reach"}}]"#,
        "rice/1 takes the inputs reach, impact, confidence, effort"
      ),
      (
        #""score": [{"formula": "csat/1", "inputs": {}}]"#,
        "csat/1 takes the inputs counts; or answers"
      ),
      (
        #""score": [{"formula": "ice/1", "inputs": {"impact": "/impact", "confidence": "/confidence", "ease": "/eese"}}]"#,
        "the kind has no property /eese"
      ),
      (#""rank": {"formula": "evidence/3"}"#, "there is no formula \"evidence/3\" to rank by"),
      (
        #""rank": {"formula": "evidence/2", "evidence": {"collection": "evidense"}}"#,
        "the kind has no collection evidense"
      ),
      (#""rank": {"formula": "evidence/1"}"#, "evidence/1 needs \"evidence\""),
      (
        #""rank": {"formula": "evidence/1", "evidence": {"at": "/evidense/*"}}"#,
        "the kind has no property /evidense/*"
      ),
      (
        #""rank": {"formula": "evidence/1", "evidence": {"at": "/evidence/*", "team": "/team"}}"#,
        "there is no property /team here"
      ),
      (
        #""rank": {"formula": "evidence/1", "evidence": {"at": "/evidence/*"}, "duplicates": "of"}"#,
        "the kind has no relation \"of\""
      ),
      (
        #""rank": {"formula": "evidence/1", "evidence": {"at": "/evidence/*"}, "positions": {}}"#,
        "\"positions\" names the \"relation\""
      ),
    ])
  func bindings(model: String, expected: String) throws {
    let problems = try Self.problems(model)
    #expect(problems.count == 1 && problems[0].message.hasPrefix(expected), "\(problems)")
    #expect(problems.allSatisfy { $0.position.line > 0 })
  }

  @Test("docket's own schemas bind what is there")
  func own() {
    for kind in BuiltInKinds.catalog.kinds {
      #expect(kind.formulaProblems.isEmpty, "\(kind.name): \(kind.formulaProblems)")
    }
  }

  @Test("a query finds and sorts by scores")
  func query() throws {
    let kind = try BuiltInKinds.kind("decision")
    let subjects = try [("A", 5), ("B", 60), ("C", 40)].map { digit, reach in
      QuerySubject(
        id: try #require(RecordID("DEC-000000000\(digit)")), kind: kind,
        record: try Self.decision(
          "proposed",
          #"{"rice": {"reach": \#(reach), "impact": 1, "confidence": 100, "effort": 2}}"#))
    }
    let sorted = try RecordQuery(["sort:score.desc"]).arranged(subjects)
    #expect(sorted.map { $0.id.text.suffix(1) } == ["B", "C", "A"])
    let above = try RecordQuery(["score:20.."])
    #expect(subjects.filter(above.matches).map { $0.id.text.suffix(1) } == ["B", "C"])
    #expect(try RecordQuery(["score:1.."]).unknownKey(among: [kind]) == nil)
  }
}

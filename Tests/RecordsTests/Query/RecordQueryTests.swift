import JSONText
import Testing

@testable import Records

@Suite("queries") struct RecordQueryTests {
  /// Records of two kinds; each is known by its title's first letter.
  private static func subjects() throws -> [QuerySubject] {
    let rows: [(String, String, String, Int64)] = [
      (
        "pain-point", "PP-000000000A",
        #"{"title":"a flaky deploys","status":"triaged","severity":5,"area":"ci","tags":["x","y"],"reportedOn":"2026-01-15"}"#,
        1_767_225_600
      ),
      (
        "pain-point", "PP-000000000B",
        #"{"title":"b slow tests","status":"validated","severity":4,"area":"Docs","jobStory":{"when":["deploys are due"]}}"#,
        1_769_904_000
      ),
      (
        "pain-point", "PP-000000000C",
        #"{"title":"c Flaky tests","status":"reported","severity":10,"evidence":[{"id":"k3x9q","team":"pay","from":"MIN-0000000000"},{"id":"aaaaa","team":"web"}]}"#,
        1_772_323_200
      ),
      (
        "decision", "DEC-000000000D",
        #"{"title":"d retry flaky deploys","status":"accepted","addresses":["PP-000000000A"],"reviewOn":"2026-06-01"}"#,
        1_772_323_200
      ),
    ]
    return try rows.map { kind, id, text, created in
      var subject = QuerySubject(
        id: try #require(RecordID(id)), kind: try BuiltInKinds.kind(kind),
        record: try BuiltInKinds.parse(text))
      subject.created = created
      subject.changed = created
      subject.authors = kind == "decision" ? ["Bo Brown"] : ["Ada Author"]
      if id.hasSuffix("A") { subject.linkedBy = [try #require(RecordID("DEC-000000000D"))] }
      return subject
    }
  }

  @Test(
    "find what they ask for",
    arguments: [
      ("", "abcd"), ("kind:pain-point", "abc"), ("kind:PP", "abc"),
      ("kind:pain-points,decision", "abcd"),
      ("status:triaged,validated", "ab"), ("status:TRIAGED", "a"), ("not:area:docs", "acd"),
      ("-area:docs", "acd"), ("area:docs", "b"), ("severity:4..", "abc"), ("severity:..4", "b"),
      ("severity:4..5", "ab"), ("severity:>4", "ac"), ("severity>=5", "ac"), ("severity<5", "b"),
      ("severity<=4", "b"), ("severity:10", "c"), ("severity=10", "c"),
      ("flaky", "acd"), ("FLAKY", "acd"), ("flaky deploys", "ad"), (#""flaky deploys""#, "ad"),
      (#"-"flaky deploys""#, "bc"), ("flaky not:deploys", "c"), ("flaky -deploys", "c"),
      ("deploys", "abd"), ("text:slow", "b"), ("tags:y", "a"), ("evidence.team:web", "c"),
      ("evidence.k3x9q.team:pay", "c"), ("evidence.k3x9q.team:web", ""),
      ("jobStory.when:deploys", ""),
      ("links:PP-000000000A", "d"), ("linkedby:dec-000000000d", "a"), ("links:MIN-0000000000", "c"),
      ("author:\"Bo Brown\"", "d"), ("id:PP-000000000B", "b"), ("created:2026-02..", "bcd"),
      ("created:..2026-01", "a"), ("created:2026-02", "b"), ("created:2026-02-01..2026-02-28", "b"),
      ("created:>2026-02", "cd"), ("created:>=2026-02", "bcd"), ("created:<2026-02", "a"),
      ("created:<=2026-02", "ab"), ("reportedOn:2026-01", "a"), ("reviewOn:2026-05..2026-07", "d"),
      ("severity:4.. not:status:reported", "ab"), ("nonsense:1", ""), ("not:nonsense:1", "abcd"),
      ("sort:severity.desc kind:PP", "cab"), ("sort:severity", "bacd"),
      ("sort:title.desc limit:2", "dc"),
      ("limit:0", ""), ("limit:3", "abc"), ("sort:area", "abdc"), ("reportedOn:2026", "a"),
      ("reportedOn:2025,2026-02", ""),
    ])
  func finds(text: String, expected: String) throws {
    let query = try RecordQuery([text])
    let found = query.arranged(try Self.subjects().filter(query.matches))
    #expect(found.compactMap { $0.record["title"]?.string?.prefix(1) }.joined() == expected)
  }

  @Test("words of the shell and one quoted text ask the same")
  func shellWords() throws {
    let query = try RecordQuery([
      "kind:pain-point", "status:triaged,validated", "not:area:docs", "deploys",
    ])
    #expect(try Self.subjects().filter(query.matches).map(\.id.text) == ["PP-000000000A"])
    let phrase = try RecordQuery([#"kind:pain-point "flaky tests" -area:ci"#])
    #expect(try Self.subjects().filter(phrase.matches).map(\.id.text) == ["PP-000000000C"])
  }

  @Test(
    "that ask nothing are refused",
    arguments: [
      "status:", ":x", "limit:many", "limit:-1", ">3", "severity>", "severity>=", "severity:>",
    ])
  func refused(text: String) {
    #expect(throws: KeyProblem.self) { try RecordQuery([text]) }
  }

  @Test("a key that no kind has is named")
  func unknownKey() throws {
    let kinds = BuiltInKinds.catalog.kinds
    #expect(try RecordQuery(["sevrity:3"]).unknownKey(among: kinds) == "sevrity")
    #expect(try RecordQuery(["sort:sevrity"]).unknownKey(among: kinds) == "sevrity")
    #expect(
      try RecordQuery(["severity:3", "created:2026", "evidence.team:x"]).unknownKey(among: kinds)
        == nil)
  }
}

import JSONText
import TestSupport
import Testing

@testable import Records

/// Rankings of whole records, read by the built-in schemas.
@Suite("ranking of records") struct RankingOfRecordsTests {
  private static let day = RankingTests.day

  private static func ranking(_ texts: [String], catalog: KindCatalog = BuiltInKinds.catalog)
    throws -> Ranking
  {
    let records = try texts.map { text in
      let value = try BuiltInKinds.parse(text)
      let id = try #require(value["id"]?.string.flatMap { RecordID($0) })
      return try BuiltInKinds.file(try #require(catalog.kind(of: id)), value)
    }
    return try #require(catalog.rankings(of: records, roster: Roster(), on: day).first)
  }

  private static func pain(
    _ digit: Character, _ people: String, status: String = "triaged", more: String = ""
  ) -> String {
    let evidence = people.enumerated().map { index, person in
      #"{"id":"aaaa\#(index)","said":["x"],"who":"\#(person)","team":"team \#(person)","date":"2026-09-01"}"#
    }
    return """
      {"id": "PP-000000000\(digit)", "title": "\(digit)", "status": "\(status)",
       "evidence": [\(evidence.joined(separator: ","))]\(more)}
      """
  }

  private static func order(_ ranking: Ranking) -> String {
    ranking.entries.map(\.heading).joined()
  }

  @Test("more people come first; equal ones share a place, by id")
  func places() throws {
    let ranking = try Self.ranking([
      Self.pain("D", "c"), Self.pain("A", "ab"), Self.pain("C", "abc"), Self.pain("B", "de"),
    ])
    #expect(Self.order(ranking) == "CABD")
    #expect(ranking.entries.map { ranking.place(of: $0)?.rank } == [1, 2, 2, 4])
    #expect(ranking.entries.map { ranking.place(of: $0)?.of } == [4, 4, 4, 4])
  }

  @Test("the order of records changes nothing")
  func order() throws {
    var texts = [
      Self.pain("A", "ab"), Self.pain("B", "cd"), Self.pain("C", "abc"),
      Self.pain("D", "xyz", status: "duplicate", more: #", "duplicateOf": "PP-000000000A""#),
      #"{"id":"MIN-0000000001","status":"draft","type":"other","body":"b","heldOn":"2026-08-01","positions":[{"id":"aaaaa","painPoint":"PP-000000000B","position":"valuable","who":"q"}]}"#,
    ]
    let first = try Self.ranking(texts)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      texts.shuffle(using: &random)
      let again = try Self.ranking(texts)
      #expect(again.entries.map(\.id) == first.entries.map(\.id))
      #expect(again.entries.map(\.score.tenths) == first.entries.map(\.score.tenths))
    }
  }

  @Test("duplicates lend their evidence, over other duplicates too, one person counted once")
  func duplicates() throws {
    let ranking = try Self.ranking([
      Self.pain("A", "a"), Self.pain("B", "b"),
      Self.pain("C", "acd", status: "duplicate", more: #", "duplicateOf": "PP-000000000A""#),
      Self.pain("D", "de", status: "duplicate", more: #", "duplicateOf": "PP-000000000C""#),
    ])
    #expect(Self.order(ranking) == "AB")
    let entry = try #require(ranking.entries.first)
    #expect(entry.score.witnesses.compactMap(\.who).sorted() == ["a", "c", "d", "e"])
    #expect(entry.duplicates.map { $0.text.suffix(1) } == ["C", "D"])
    let duplicate = try #require(RecordID("PP-000000000D"))
    #expect(ranking.entry(for: duplicate)?.id == entry.id)
  }

  @Test("a duplicate of nothing, or in a circle, stands for itself")
  func circles() throws {
    let ranking = try Self.ranking([
      Self.pain("A", "a", more: #", "duplicateOf": "PP-000000000B""#),
      Self.pain("B", "bc", more: #", "duplicateOf": "PP-000000000A""#),
      Self.pain("C", "def", more: #", "duplicateOf": "PP-000000000Z""#),
    ])
    #expect(Self.order(ranking) == "CBA")
  }

  @Test("closed ones have a place among all, and open ones among the open")
  func closed() throws {
    let ranking = try Self.ranking([
      Self.pain("A", "abcd", status: "resolved"), Self.pain("B", "abc"), Self.pain("C", "a"),
      Self.pain("D", "ab", status: "declined"),
    ])
    let places = ranking.entries.map { ranking.place(of: $0)?.words }
    #expect(places == ["1st of 4", "1st of 2", "3rd of 4", "2nd of 2"])
    #expect(
      ranking.entries.map { ranking.place(of: $0, countingClosed: true)?.rank } == [1, 2, 3, 4])
  }

  @Test("positions in minutes count for what they are about, and for what that duplicates")
  func positions() throws {
    let ranking = try Self.ranking([
      Self.pain("A", "a"), Self.pain("B", "b"),
      Self.pain("C", "", status: "duplicate", more: #", "duplicateOf": "PP-000000000B""#),
      """
      {"id": "MIN-0000000001", "status": "draft", "type": "other", "body": "b",
       "heldOn": "2026-08-01", "positions": [
         {"id": "aaaaa", "painPoint": "PP-000000000A", "position": "not-valuable", "who": "q"},
         {"id": "aaaab", "painPoint": "PP-000000000C", "position": "valuable", "who": "q"},
         {"id": "aaaac", "painPoint": "PP-000000000A", "position": "unsure", "who": "r"}]}
      """,
    ])
    #expect(Self.order(ranking) == "BA")
    #expect(ranking.entries.map { $0.score.tenths(of: "board") } == [40, -40])
    #expect(ranking.entries.map(\.score.members.count) == [1, 2])
  }

  @Test("evidence without a date has that of the record it comes from")
  func datesFromSources() throws {
    let ranking = try Self.ranking([
      #"{"id":"PP-000000000A","title":"A","status":"triaged","evidence":[{"id":"aaaaa","from":"MIN-0000000001"},{"id":"aaaab","said":["x"],"who":"w"}]}"#,
      #"{"id":"MIN-0000000001","status":"draft","type":"other","body":"b","heldOn":"2026-08-01"}"#,
    ])
    let dates = ranking.entries.flatMap(\.score.input.items).map(\.date)
    #expect(dates == [CivilDate("2026-08-01"), nil])
  }

  @Test("what answers to several is placed by the best of them")
  func answered() throws {
    let ranking = try Self.ranking([
      Self.pain("A", "abc"), Self.pain("B", "ab"), Self.pain("C", "a"),
    ])
    let kind = try BuiltInKinds.kind("decision")
    let decision = try BuiltInKinds.file(
      kind,
      try BuiltInKinds.parse(
        #"{"id":"DEC-0000000001","title":"d","status":"proposed","addresses":["PP-000000000C","PP-000000000B"]}"#
      ))
    #expect(
      ranking.answered(by: decision, kind: kind).map(\.place.words) == ["2nd of 3", "3rd of 3"])
  }

  @Test("advice is what would happen, and says nothing that wouldn't help")
  func advice() throws {
    let ranking = try Self.ranking([
      Self.pain("A", "abcdef", more: #", "severity": 3, "frequency": "daily", "reach": 50"#),
      Self.pain("B", "a"),
    ])
    let entry = try #require(ranking.entries.last)
    let advice = ranking.advice(for: entry)
    #expect(advice.allSatisfy { $0.gain > 0 })
    #expect(advice.map(\.gain) == advice.map(\.gain).sorted(by: >))
    #expect(
      advice.contains { $0.command == "docket edit PP-000000000B severity=…" && $0.gain == 200 })
    #expect(
      advice.contains {
        $0.command == "docket add PP-000000000B evidence observed=… who=a team='team a' date=…"
      })
  }

  @Test(
    "ordinals",
    arguments: [
      (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
      (21, "21st"), (22, "22nd"), (101, "101st"), (111, "111th"),
    ])
  func ordinals(number: Int, expected: String) {
    #expect(Ranking.Place.ordinal(number) == expected)
  }
}

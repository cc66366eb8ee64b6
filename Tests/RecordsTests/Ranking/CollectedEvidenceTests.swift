import Foundation
import JSONText
import TestSupport
import Testing

@testable import Records

/// Evidence that lies in records of its own, beside the items of the list that it was before.
@Suite("evidence of collections") struct CollectedEvidenceTests {
  private static let day = RankingTests.day

  private static func ranking(_ texts: [String], formula: String = "evidence/1") throws -> Ranking {
    let catalog = try catalog(formula)
    let records = try texts.map { text in
      let value = try BuiltInKinds.parse(text)
      let id = try #require(value["id"]?.string.flatMap { RecordID($0) })
      return try BuiltInKinds.file(try #require(catalog.kind(of: id)), value)
    }
    return try #require(catalog.rankings(of: records, roster: Roster(), on: day).first)
  }

  /// Docket's own kinds, with pain points ranked by a formula.
  private static func catalog(_ formula: String) throws -> KindCatalog {
    KindCatalog(
      files: BuiltInKinds.catalog.files.documents.map { name, document in
        let text = String(decoding: document.bytes, as: UTF8.self)
        return (name, Array(text.replacingOccurrences(of: "evidence/1", with: formula).utf8))
      })
  }

  private static let items = [
    #""said":["x"],"who":"a","team":"web","date":"2026-08-01""#,
    #""observed":["y"],"who":"b","team":"ops","date":"2025-08-01""#,
    #""said":["z"],"team":"web""#, #""said":["z"],"from":"INT-0000000001""#,
  ]
  private static let interview =
    #"{"id":"INT-0000000001","title":"t","type":"interview","status":"closed","conductedOn":"2026-07-01","participant":{"who":"c","team":"app"}}"#

  private static func pain(_ items: [String], _ more: String = "") -> String {
    let list = items.enumerated().map { #"{"id":"aaaa\#($0.offset)",\#($0.element)}"# }
    return
      #"{"id":"PP-0000000001","title":"p","status":"triaged","severity":4,"evidence":[\#(list.joined(separator: ","))]\#(more)}"#
  }

  private static func feedback(_ number: Int, _ item: String, _ more: String = "") -> String {
    #"{"id":"FB-000000000\#(number)","status":"triaged","about":["PP-0000000001"],\#(item)\#(more)}"#
  }

  private static func parts(_ ranking: Ranking) -> [EvidenceScore.Part] {
    ranking.entries.first?.score.parts ?? []
  }

  @Test("counts as the items of the list counted, however many moved")
  func same() throws {
    let before = try Self.ranking([Self.pain(Self.items), Self.interview])
    for moved in 0...Self.items.count {
      let after = try Self.ranking(
        [Self.pain(Array(Self.items.dropFirst(moved))), Self.interview]
          + Self.items.prefix(moved).enumerated().map { Self.feedback($0.offset, $0.element) })
      #expect(Self.parts(after) == Self.parts(before), "\(moved) moved")
      #expect(
        after.entries.first?.score.witnesses.map(\.who)
          == before.entries.first?.score.witnesses.map(\.who))
    }
  }

  @Test("a migrated item keeps its place among the others of one person")
  func place() throws {
    let twice = [
      #""said":["x"],"who":"A","team":"web","date":"2026-08-01""#,
      #""said":["y"],"who":"a","team":"Web","date":"2026-08-01""#,
    ]
    let before = try Self.ranking([Self.pain(twice)])
    let after = try Self.ranking(
      [Self.pain([])]
        + twice.enumerated().map { index, item in
          Self.feedback(
            9 - index, item,
            #","migrated":{"record":"PP-0000000001","list":"evidence","item":"aaaa\#(index)"}"#)
        })
    let (old, new) = (before.entries.first?.score, after.entries.first?.score)
    #expect(old?.witnesses.map(\.who) == ["A"] && new?.witnesses.map(\.who) == ["A"])
    #expect(new?.witnesses.map(\.team) == old?.witnesses.map(\.team))
  }

  @Test("what was no evidence before a migration is none after it, but for evidence/2")
  func otherList() throws {
    let migrated = Self.feedback(
      1, Self.items[0],
      #","migrated":{"record":"RET-0000000001","list":"developerFeedback","item":"aaaaa"}"#)
    let none = try Self.ranking([Self.pain([])])
    #expect(Self.parts(try Self.ranking([Self.pain([]), migrated])) == Self.parts(none))
    let second = try Self.ranking([Self.pain([]), migrated], formula: "evidence/2")
    #expect(second.entries.first?.score.witnesses.count == 1)
  }

  @Test("what was set aside, or is about something else, doesn't count")
  func aside() throws {
    let none = try Self.ranking([Self.pain([])])
    let aside = try Self.ranking([
      Self.pain([]),
      #"{"id":"FB-0000000001","status":"set-aside","about":["PP-0000000001"],\#(Self.items[0])}"#,
      #"{"id":"FB-0000000002","status":"triaged","about":["DEC-0000000001"],\#(Self.items[0])}"#,
      #"{"id":"FB-0000000003","status":"new",\#(Self.items[0])}"#,
    ])
    #expect(Self.parts(aside) == Self.parts(none))
  }

  @Test("about a record and its duplicate, it counts once")
  func duplicates() throws {
    let once = try Self.ranking([Self.pain([]), Self.feedback(1, Self.items[0])])
    let twice = try Self.ranking([
      Self.pain([]),
      #"{"id":"PP-0000000002","title":"q","status":"duplicate","duplicateOf":"PP-0000000001"}"#,
      #"{"id":"FB-0000000001","status":"triaged","about":["PP-0000000001","PP-0000000002"],\#(Self.items[0])}"#,
    ])
    #expect(Self.parts(twice) == Self.parts(once))
    #expect(twice.entries.first?.score.input.items.count == 1)
  }

  @Test("evidence/2 also counts what other kinds bear, and who an interview was with")
  func bears() throws {
    let interview = { (more: String) in
      #"{"id":"INT-0000000001","title":"t","type":"interview","status":"closed","conductedOn":"2026-07-01","participant":{"who":"c","team":"app"},"said":[{"id":"aaaaa","text":["x"],"about":["PP-0000000001"]}],"observed":[{"id":"bbbbb","text":["y"],"about":["PP-0000000001"]}]\#(more)}"#
    }
    let minutes =
      #"{"id":"MIN-0000000001","title":"t","type":"office-hours","status":"draft","body":"b","heldOn":"2026-07-01","developerFeedback":[{"id":"aaaaa","text":["x"],"who":"d","team":"web","about":"PP-0000000001"}],"earlyAccess":[{"id":"bbbbb","feedback":["x"],"who":"e","about":"PP-0000000001"}]}"#
    let measure =
      #"{"id":"MEA-0000000001","name":"nps","status":"recorded","takenOn":"2026-07-01","measures":["PP-0000000001"]}"#
    let texts = [Self.pain([]), interview(""), minutes, measure]
    #expect(Self.parts(try Self.ranking(texts)).first?.tenths == 0, "evidence/1 counts none of it")
    let score = try #require(
      try Self.ranking(texts, formula: "evidence/2").entries.first?.score)
    #expect(Set(score.witnesses.map { $0.who ?? "" }) == ["c", "d", "e", ""])
    #expect(score.witnesses.first { $0.who == "c" }?.isObserved == true)
    #expect(score.witnesses.first { $0.who == nil }?.isObserved == true)
    // Feedback from the interview that names nobody is the participant's.
    let from = Self.feedback(1, #""from":"INT-0000000001""#)
    let more = try #require(
      try Self.ranking(texts + [from], formula: "evidence/2").entries.first?.score)
    #expect(more.parts == score.parts && more.input.items.count == score.input.items.count + 1)
    // Consent that was withdrawn takes its evidence away.
    let withdrawn = try #require(
      try Self.ranking(
        [Self.pain([]), interview(#","consent":"withdrawn""#)], formula: "evidence/2"
      ).entries.first?.score)
    #expect(withdrawn.witnesses.isEmpty)
  }
}

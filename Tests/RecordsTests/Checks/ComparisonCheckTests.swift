import JSONText
import Testing

@testable import Records

/// Checks that compare numbers and records: staffing, seats, quorum, readings.
@Suite("checks that compare") struct ComparisonCheckTests {
  /// The rules that speak of a record, among others that can be looked up.
  private static func findings(
    _ kindName: String, _ text: String, config: String = "{}", among others: [(String, String)] = []
  ) throws -> [Finding] {
    let catalog = BuiltInKinds.catalog
    var records: [RecordID: RecordFile] = [:]
    for (name, text) in others {
      let file = try BuiltInKinds.file(BuiltInKinds.kind(name), BuiltInKinds.parse(text))
      records[file.id] = file
    }
    let known = records
    let view = StateView(
      catalog: catalog, config: TrackerConfig(try BuiltInKinds.parse(config)), roster: Roster()
    ) { known[$0] }
    let kind = try BuiltInKinds.kind(kindName)
    let record = try BuiltInKinds.file(kind, BuiltInKinds.parse(text))
    return try CheckRun(view, remedy: { _ in .edit }).findings(
      on: [record], compiled: catalog.compiledKind(for: kind))
  }

  private static func team(_ rest: String) -> String {
    #"{"id":"TEAM-0000000000","title":"x","status":"active",\#(rest)}"#
  }

  struct RoleCase: Sendable, CustomTestStringConvertible {
    let developers: Int
    let role: String
    var config = "{}"
    let wanted: String?
    var testDescription: String { "\(developers) developers, \(role), \(config)" }
  }

  @Test(
    "train the lead below 50, a coach or part of the time to 100, full time above",
    arguments: [
      RoleCase(developers: 49, role: "none", wanted: "a lead trained in product work"),
      RoleCase(developers: 49, role: "trained-lead", wanted: nil),
      RoleCase(
        developers: 50, role: "trained-lead", wanted: "a coach or a part-time product manager"),
      RoleCase(developers: 50, role: "coach", wanted: nil),
      RoleCase(developers: 100, role: "part-time", wanted: nil),
      RoleCase(developers: 101, role: "part-time", wanted: "a product manager full time"),
      RoleCase(developers: 101, role: "dedicated", wanted: nil),
      RoleCase(
        developers: 101, role: "part-time", config: #"{"staffing":{"dedicatedAbove":300}}"#,
        wanted: nil),
      RoleCase(
        developers: 30, role: "trained-lead", config: #"{"staffing":{"trainLeadBelow":20}}"#,
        wanted: "a coach or a part-time product manager"),
    ])
  func productRole(example: RoleCase) throws {
    let found = try Self.findings(
      "team",
      Self.team(#""developersServed":\#(example.developers),"productRole":"\#(example.role)""#),
      config: example.config
    ).filter { $0.rule == "team.product-role-too-small" }
    #expect(
      found.map(\.message)
        == (example.wanted.map {
          [
            "TEAM-0000000000 serves \(example.developers) developers, for whom \($0) is usual"
          ]
        } ?? []))
  }

  @Test(
    "one product manager for as many engineers as the scope allows",
    arguments: [
      ("usual", 7, "1", "{}", false), ("usual", 8, "1", "{}", true), ("broad", 5, "1", "{}", false),
      ("broad", 6, "1", "{}", true), ("narrow", 10, "1", "{}", false),
      ("narrow", 11, "1", "{}", true), ("usual", 14, "2", "{}", false),
      ("usual", 4, "0.5", "{}", true), ("usual", 3, "0.5", "{}", false),
      (
        "usual", 8, "1",
        #"{"staffing":{"engineersPerProductManager":{"usual":{"from":6,"to":9}}}}"#,
        false
      ),
    ])
  func managers(scope: String, engineers: Int, managers: String, config: String, speaks: Bool)
    throws
  {
    let found = try Self.findings(
      "team",
      Self.team(
        #""developersServed":300,"scope":"\#(scope)","productRole":"dedicated","roles":[{"id":"k3x9q","role":"e","discipline":"engineering","people":\#(engineers)},{"id":"k3x9r","role":"p","discipline":"product","people":\#(managers)},{"id":"k3x9s","role":"d","discipline":"design","people":3}]"#
      ), config: config)
    #expect(found.contains { $0.rule == "team.too-few-product-managers" } == speaks, "\(found)")
  }

  @Test("several sub-platforms take several product managers")
  func parts() throws {
    let parts = #""subPlatforms":[{"id":"k3x9q","name":"a"},{"id":"k3x9r","name":"b"}]"#
    func speaks(_ people: String, _ config: String = "{}") throws -> Bool {
      try Self.findings(
        "team",
        Self.team(
          #"\#(parts),"roles":[{"id":"k3x9s","role":"p","discipline":"product","people":\#(people)}]"#
        ), config: config
      ).contains { $0.rule == "team.no-product-team" }
    }
    #expect(try speaks("1"))
    #expect(try !speaks("2"))
    #expect(try !speaks("1", #"{"staffing":{"productTeamFromSubPlatforms":3}}"#))
  }

  @Test("seats: as many as the board wants, eight to ten where it doesn't say, one for each team")
  func seats() throws {
    func board(_ count: Int, left: Int = 0, seats: String = "", team: String? = nil) throws
      -> [Finding]
    {
      let members = (0..<count + left).map { index in
        let end = index < left ? ",\"to\":\"2026-01-01\"" : ""
        let place = team ?? "t\(index)"
        return "{\"id\":\"k3x\(10 + index)\",\"who\":\"m\(index)\",\"team\":\"\(place)\"\(end)}"
      }
      return try Self.findings(
        "board",
        #"{"id":"BRD-0000000000","title":"x","status":"active",\#(seats)"members":[\#(members.joined(separator: ","))]}"#
      )
    }
    func unfilled(_ found: [Finding]) -> [String] {
      found.filter { $0.rule == "board.seats-not-filled" }.map(\.message)
    }
    #expect(try unfilled(board(8)).isEmpty)
    #expect(try unfilled(board(10)).isEmpty)
    #expect(
      try unfilled(board(7, left: 3))
        == ["BRD-0000000000 has 7 members; it takes 8 to 10 for a board in which many teams speak"])
    #expect(try unfilled(board(11)).count == 1)
    #expect(try unfilled(board(3, seats: #""seats":{"from":3,"to":4},"#)).isEmpty)
    #expect(
      try board(8, team: "web").map(\.rule) == ["board.team-with-several-seats"])
  }

  @Test("a motion that is carried has the board's quorum in the room")
  func quorum() throws {
    let board = (
      "board", #"{"id":"BRD-0000000000","title":"x","status":"active","quorum":2}"#
    )
    func speaks(_ present: String, outcome: String = "carried", board id: String = "BRD-0000000000")
      throws -> Bool
    {
      try Self.findings(
        "minutes",
        #"{"id":"MIN-0000000000","status":"draft","type":"advisory-board","body":"b","heldOn":"2026-01-02","board":"\#(id)","present":[\#(present)],"motions":[{"id":"k3x9q","text":"m","outcome":"\#(outcome)"}]}"#,
        among: [board]
      ).contains { $0.rule == "minutes.no-quorum" }
    }
    let one = #"{"id":"k3x9q","name":"Ada"}"#
    #expect(try speaks(one))
    #expect(try !speaks(one + #",{"id":"k3x9r","name":"Ben"}"#))
    #expect(try !speaks(one, outcome: "deferred"))
    #expect(try !speaks(one, board: "BRD-0000000001"))
  }

  private static func reading(_ id: String, _ rest: String) -> (String, String) {
    (
      "measure",
      #"{"id":"MEA-000000000\#(id)","status":"recorded","name":"nps","takenOn":"2026-01-02",\#(rest)}"#
    )
  }

  @Test("readings are compared only where they are of the same, by the same")
  func readings() throws {
    let users = Self.reading("1", #""audience":"users","scale":{"from":1,"to":5}"#)
    let same = Self.reading("2", #""audience":"users","scale":{"to":5,"from":1}"#)
    let other = Self.reading("3", #""audience":"builders","unit":"hours""#)
    func retro(_ after: String) throws -> [String] {
      try Self.findings(
        "retro",
        #"{"id":"RET-0000000000","title":"x","status":"draft","heldOn":"2026-01-02","outcomes":[{"id":"k3x9q","decision":"DEC-0000000000","beforeFrom":"MEA-0000000001","afterFrom":"MEA-000000000\#(after)"}]}"#,
        among: [users, same, other]
      ).filter { $0.rule == "retro.readings-not-comparable" }.map(\.message)
    }
    #expect(try retro("2").isEmpty)
    #expect(
      try retro("3") == [
        "RET-0000000000 compares MEA-0000000001 with MEA-0000000003, of which audience, unit and scale differ"
      ])
    #expect(try retro("9").isEmpty)
    let follows = Self.reading("4", #""audience":"builders","previous":"MEA-0000000001""#)
    #expect(
      try Self.findings("measure", follows.1, among: [users]).map(\.rule)
        == ["measure.not-comparable"])
    let excused = Self.reading(
      "4",
      #""audience":"builders","previous":"MEA-0000000001","amendments":[{"id":"k3x9q","text":["Asked others."]}]"#
    )
    #expect(try Self.findings("measure", excused.1, among: [users]).isEmpty)
  }
}

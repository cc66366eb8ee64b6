import JSONText
import TestSupport
import Testing

@testable import Records

@Suite("ranking by evidence") struct RankingTests {
  static let day = CivilDate(daysSinceEpoch: 20_700)  // 2026-09-04
  private static let pain = RecordID("PP-0000000001")
  private static let roster = Roster([
    "people": [["handle": "ines", "name": "Ines", "team": "payments"]]
  ])

  static func item(
    _ who: String?, _ team: String?, observed: Bool = false, age: Int? = 0, id: String = "k3x9q"
  ) throws -> RankInput.Item {
    RankInput.Item(
      record: try #require(pain), item: id, who: who, team: team, isObserved: observed,
      date: age.map { CivilDate(daysSinceEpoch: day.daysSinceEpoch - $0) })
  }

  private static func points(_ items: [RankInput.Item]) -> EvidenceScore {
    EvidenceScore(RankInput(items: items), on: day, roster: roster)
  }

  /// By hand: 10 × log2(1 + n), the size no more than that, 4 for each member.
  @Test("parts are the numbers of the documentation")
  func numbers() throws {
    // One person told of it: log2(1 + 1) is one doubling; so for teams.
    var score = Self.points([try Self.item("a", "payments")])
    #expect(score.tenths(of: "people") == 100 && score.tenths(of: "teams") == 100)
    // Observed counts twice: log2(1 + 2) = 1.58496…
    score = Self.points([try Self.item("a", "payments", observed: true)])
    #expect(score.tenths(of: "people") == 158)
    // Three who reported it make two doublings; two teams log2(3).
    score = Self.points([
      try Self.item("a", "payments"), try Self.item("b", "search"), try Self.item("c", "search"),
    ])
    #expect(score.tenths(of: "people") == 200 && score.tenths(of: "teams") == 158)
    // A year old counts half: log2(1.5) = 0.58496…
    score = Self.points([try Self.item("a", "payments", age: 365)])
    #expect(score.tenths(of: "people") == 58 && score.tenths(of: "teams") == 58)
    score = Self.points([])
    #expect(score.tenths == 0)
  }

  @Test("the worked example of docs/rank.md")
  func workedExample() throws {
    var reported = try Self.item("developer 12", "payments", age: 40)
    reported.record = try #require(RecordID("PP-0000000002"))
    let minutes = try #require(RecordID("MIN-0000000001"))
    let stances: [RankInput.Position.Stance] = [.valuable, .valuable, .notValuable]
    let input = RankInput(
      items: [
        try Self.item("developer 12", "payments", observed: true), reported,
        try Self.item("developer 7", "search", age: 365),
      ], severity: 4, frequency: "weekly", reach: 40,
      positions: stances.enumerated().map {
        RankInput.Position(
          record: minutes, item: nil, who: "member \($0.offset)", team: nil, stance: $0.element,
          value: "\($0.element)", date: Self.day)
      })
    let score = EvidenceScore(input, on: Self.day, roster: Self.roster)
    #expect(score.parts.map(\.tenths) == [181, 132, 150, 90, 107, -34, 40])
    #expect(score.tenths == 666)
  }

  @Test(
    "size is 5 a step of severity, 3 a step of frequency, 2 a doubling of reach",
    arguments: [
      (5, "several-times-a-day", 1023, 200, 150, 200), (1, "once", 0, 0, 0, 0),
      (4, "daily", 180, 150, 120, 150), (2, "monthly", 12, 50, 60, 74),
      (9, "often", 1_000_000, 200, 0, 200), (-3, "weekly", -5, 0, 90, 0),
    ])
  func size(
    severity: Int, frequency: String, reach: Int, forSeverity: Int, forFrequency: Int, forReach: Int
  ) throws {
    let many = try (0..<60).map { try Self.item("p\($0)", "t\($0)") }
    var input = RankInput(items: many, severity: severity, frequency: frequency, reach: reach)
    let score = EvidenceScore(input, on: Self.day, roster: Self.roster)
    #expect(score.tenths(of: "severity") == forSeverity)
    #expect(score.tenths(of: "frequency") == forFrequency)
    #expect(score.tenths(of: "reach") == forReach)
    #expect(score.tenths(of: "unbacked") == 0)
    // Without evidence, size counts nothing.
    input.items = []
    #expect(EvidenceScore(input, on: Self.day, roster: Self.roster).tenths == 0)
    // With some, as much as the evidence.
    input.items = [try Self.item("a", "payments")]
    #expect(
      EvidenceScore(input, on: Self.day, roster: Self.roster).tenths
        == 200 + min(200, forSeverity + forFrequency + forReach))
  }

  @Test("one person counts once, whatever names them")
  func persons() throws {
    func count(_ items: [RankInput.Item]) -> Int { Self.points(items).witnesses.count }
    #expect(
      count([try Self.item("Developer 12", "web"), try Self.item("developer  12 ", "Web")]) == 1)
    #expect(count([try Self.item("developer 12", nil), try Self.item("developer 12", "web")]) == 1)
    #expect(count([try Self.item("developer", "search"), try Self.item("developer", "web")]) == 2)
    #expect(count([try Self.item("ines", "web"), try Self.item("ines", "search")]) == 1)
    #expect(count([try Self.item(nil, "web"), try Self.item(nil, "web")]) == 1)
    #expect(
      count([try Self.item(nil, "web"), try Self.item(nil, nil), try Self.item("a", "web")]) == 3)
    // The roster knows the team of those it knows.
    #expect(Self.points([try Self.item("ines", nil)]).teams.map(\.name) == ["payments"])
  }

  @Test("the board's latest word counts, once a member, for and against")
  func board() throws {
    let minutes = try #require(RecordID("MIN-0000000001"))
    func position(_ who: String, _ stance: RankInput.Position.Stance, _ date: String)
      -> RankInput.Position
    {
      RankInput.Position(
        record: minutes, item: nil, who: who, team: nil, stance: stance, value: "\(stance)",
        date: CivilDate(date))
    }
    func points(_ positions: [RankInput.Position]) -> Int {
      EvidenceScore(RankInput(positions: positions), on: Self.day, roster: Self.roster).tenths
    }
    #expect(points([position("a", .valuable, "2026-01-01")]) == 40)
    #expect(points([position("a", .notValuable, "2026-01-01")]) == -40)
    #expect(points([position("a", .neither, "2026-01-01")]) == 0)
    #expect(
      points([position("a", .valuable, "2026-01-01"), position("A", .notValuable, "2026-02-01")])
        == -40)
    #expect(points((0..<9).map { position("m\($0)", .notValuable, "2026-01-01") }) == -200)
  }

  @Test("evidence fades: half after each year, never sooner worth more")
  func recency() {
    var last = 1000
    for age in 0..<4000 {
      let now = EvidenceFormula.freshness(
        of: CivilDate(daysSinceEpoch: Self.day.daysSinceEpoch - age), on: Self.day)
      #expect(now <= last, "day \(age)")
      last = now
    }
    let years = [0, 365, 730, 1095].map {
      EvidenceFormula.freshness(
        of: CivilDate(daysSinceEpoch: Self.day.daysSinceEpoch - $0), on: Self.day)
    }
    #expect(years == [1000, 500, 250, 125])
    #expect(EvidenceFormula.freshness(of: nil, on: Self.day) == 500)
    // Tomorrow's counts as today's.
    let tomorrow = CivilDate(daysSinceEpoch: Self.day.daysSinceEpoch + 1)
    #expect(EvidenceFormula.freshness(of: tomorrow, on: Self.day) == 1000)
  }

  @Test("the logarithm is right to the tenth, against the floating one")
  func logarithm() {
    for thousandths in stride(from: 0, through: 3_000_000, by: 137) {
      let fixed = EvidenceFormula.logarithmic(thousandths, tenths: 100)
      var x = Double(1000 + thousandths) / 1000
      var exponent = 0.0
      while x >= 2 {
        x /= 2
        exponent += 1
      }
      // The series of atanh, accurate far beyond a tenth.
      let ratio = (x - 1) / (x + 1)
      var term = ratio
      var sum = 0.0
      for power in stride(from: 1, to: 60, by: 2) {
        sum += term / Double(power)
        term *= ratio * ratio
      }
      let exact = (exponent + 2 * sum / 0.693147180559945309417) * 100
      #expect(abs(Double(fixed) - exact) <= 0.5001, "\(thousandths)")
    }
  }

  // MARK: Properties

  private static func random(_ random: inout SeededGenerator) throws -> [RankInput.Item] {
    try (0..<Int.random(in: 0...12, using: &random)).map { index in
      try item(
        [nil, "a", "b", "c", "ines", "A"].randomElement(using: &random) ?? nil,
        [nil, "web", "search", "data", "Web "].randomElement(using: &random) ?? nil,
        observed: Bool.random(using: &random),
        age: [nil, 0, 3, 100, 365, 900].randomElement(using: &random) ?? nil, id: "i\(index)")
    }
  }

  private static func input(_ items: [RankInput.Item], _ random: inout SeededGenerator)
    -> RankInput
  {
    RankInput(
      items: items, severity: Int.random(in: 0...6, using: &random),
      frequency: EvidenceFormula.frequencies.randomElement(using: &random),
      reach: Int.random(in: 0...2000, using: &random))
  }

  @Test("more evidence never lowers a score; the same again changes nothing", arguments: 0..<8)
  func monotone(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let input = Self.input(try Self.random(&random), &random)
      let tenths = EvidenceScore(input, on: Self.day, roster: Self.roster).tenths
      func tenthsWith(_ item: RankInput.Item) -> Int {
        var changed = input
        changed.items.append(item)
        return EvidenceScore(changed, on: Self.day, roster: Self.roster).tenths
      }
      #expect(tenthsWith(try Self.item("new", "another team")) >= tenths)
      for item in try Self.random(&random) { #expect(tenthsWith(item) >= tenths, "\(item)") }
      if let item = input.items.randomElement(using: &random) {
        #expect(tenthsWith(item) == tenths, "\(item)")
        var elsewhere = item
        elsewhere.record = try #require(RecordID("PP-0000000002"))
        #expect(tenthsWith(elsewhere) == tenths, "\(elsewhere)")
      }
      var shuffled = input
      shuffled.items.shuffle(using: &random)
      #expect(EvidenceScore(shuffled, on: Self.day, roster: Self.roster).tenths == tenths)
    }
  }

  @Test("newer evidence never counts less, and a later day never counts more", arguments: 0..<4)
  func newer(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var input = Self.input(try Self.random(&random), &random)
      for index in input.items.indices where input.items[index].date == nil {
        input.items[index].date = Self.day
      }
      let tenths = EvidenceScore(input, on: Self.day, roster: Self.roster).tenths
      let later = CivilDate(daysSinceEpoch: Self.day.daysSinceEpoch + 90)
      #expect(EvidenceScore(input, on: later, roster: Self.roster).tenths <= tenths)
      guard let index = input.items.indices.randomElement(using: &random) else { continue }
      input.items[index].date = Self.day
      #expect(EvidenceScore(input, on: Self.day, roster: Self.roster).tenths >= tenths)
    }
  }
}

import JSONText
import Testing

@testable import Records

@Suite("formulas") struct FormulaTests {
  private static func outcome(_ id: String, _ text: String) throws -> Formula.Outcome {
    let formula = try #require(Formula.named(id))
    let object = try #require(try BuiltInKinds.parse(text).object)
    let values = Dictionary(
      object.members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    let inputs = try #require(
      formula.inputs(named: Set(values.keys)) ?? formula.inputs.first)
    return formula.outcome(of: values, inputs: inputs)
  }

  /// Computed by hand; those with a source are worked examples of it.
  @Test(
    "give the numbers that the literature gives",
    arguments: [
      ("rice/1", #"{"reach":500,"impact":2,"confidence":50,"effort":12}"#, "41.7"),
      // Three projects in the manner of Intercom's introduction of RICE.
      ("rice/1", #"{"reach":500,"impact":3,"confidence":100,"effort":2}"#, "750"),
      ("rice/1", #"{"reach":2000,"impact":1,"confidence":80,"effort":4}"#, "400"),
      ("rice/1", #"{"reach":2000,"impact":0.25,"confidence":50,"effort":0.5}"#, "500"),
      ("rice/1", #"{"reach":12,"impact":1,"confidence":50,"effort":24}"#, "0.25"),
      ("rice/1", #"{"reach":0,"impact":3,"confidence":100,"effort":1}"#, "0"),
      ("rice/1", #"{"reach":1e2,"impact":0.50,"confidence":80,"effort":3}"#, "13.3"),
      ("ice/1", #"{"impact":8,"confidence":9,"ease":7}"#, "504"),
      ("ice/1", #"{"impact":10,"confidence":10,"ease":10}"#, "1000"),
      ("ice/1", #"{"impact":1,"confidence":1,"ease":1}"#, "1"),
      // Cost of delay 13 + 8 + 5 over a job of 8.
      (
        "wsjf/1", #"{"businessValue":13,"timeCriticality":8,"riskReduction":5,"jobSize":8}"#, "3.2"
      ),
      (
        "wsjf/1", #"{"businessValue":1,"timeCriticality":1,"riskReduction":1,"jobSize":20}"#, "0.15"
      ),
      (
        "wsjf/1", #"{"businessValue":20,"timeCriticality":13,"riskReduction":8,"jobSize":3}"#,
        "13.7"
      ),
      ("nps/1", #"{"promoters":50,"passives":30,"detractors":20}"#, "30"),
      ("nps/1", #"{"promoters":0,"passives":0,"detractors":7}"#, "-100"),
      ("nps/1", #"{"promoters":1,"passives":1,"detractors":1}"#, "0"),
      ("nps/1", #"{"answers":[10,9,8,7,6,0]}"#, "0"),
      ("nps/1", #"{"answers":[9,9,7]}"#, "66.7"),
      ("csat/1", #"{"counts":[1,3,6,14,8]}"#, "68.8"),
      ("csat/1", #"{"answers":[4,5,2]}"#, "66.7"),
      ("csat/1", #"{"answers":[3]}"#, "0"),
      // Brooke's own example in "SUS: a quick and dirty usability scale": 22 × 2.5 = 55.
      ("sus/1", #"{"answers":[[5,4,2,1,2,3,2,4,5,4]]}"#, "50"),
      ("sus/1", #"{"answers":[[5,1,5,1,5,1,5,1,5,1]]}"#, "100"),
      ("sus/1", #"{"answers":[[3,3,3,3,3,3,3,3,3,3]]}"#, "50"),
      ("sus/1", #"{"answers":[[1,5,1,5,1,5,1,5,1,5],[5,1,5,1,5,1,5,1,5,1]]}"#, "50"),
      ("sus/1", #"{"answers":[[4,2,4,1,4,2,5,1,4,2]]}"#, "82.5"),
    ])
  func values(id: String, text: String, expected: String) throws {
    guard case .score(let value, _) = try Self.outcome(id, text) else {
      Issue.record("no score: \(try Self.outcome(id, text))")
      return
    }
    #expect(value.printed == expected)
  }

  @Test(
    "give no score, and why, where they can't",
    arguments: [
      ("rice/1", #"{"reach":500,"impact":2,"confidence":50}"#, "effort is missing"),
      (
        "rice/1", #"{"reach":500,"impact":2,"confidence":50,"effort":0}"#,
        "effort is 0, and has to be more than 0"
      ),
      (
        "rice/1", #"{"reach":-1,"impact":2,"confidence":50,"effort":1}"#,
        "reach is -1, and has to be at least 0"
      ),
      (
        "rice/1", #"{"reach":1,"impact":4,"confidence":50,"effort":1}"#,
        "impact is 4, not one of 3, 2, 1, 0.5, 0.25"
      ),
      (
        "rice/1", #"{"reach":1,"impact":1,"confidence":0.5,"effort":1}"#,
        "confidence is 0.5, not one of 100, 80, 50"
      ),
      (
        "rice/1", #"{"reach":"many","impact":1,"confidence":50,"effort":1}"#,
        "reach is not a number"
      ),
      (
        "rice/1", #"{"reach":1e400,"impact":1,"confidence":50,"effort":1}"#,
        "reach is too large or too fine a number"
      ),
      (
        "rice/1", #"{"reach":999999999999999999,"impact":3,"confidence":100,"effort":0.001}"#,
        "the numbers are too large to compute with"
      ),
      (
        "ice/1", #"{"impact":11,"confidence":9,"ease":7}"#,
        "impact is 11, and has to be a whole number from 1 to 10"
      ),
      (
        "ice/1", #"{"impact":1.5,"confidence":9,"ease":7}"#,
        "impact is 1.5, and has to be a whole number from 1 to 10"
      ),
      (
        "wsjf/1", #"{"businessValue":4,"timeCriticality":1,"riskReduction":1,"jobSize":1}"#,
        "business value is 4, not one of 1, 2, 3, 5, 8, 13, 20"
      ),
      ("nps/1", #"{"promoters":0,"passives":0,"detractors":0}"#, "nobody answered"),
      ("nps/1", #"{"promoters":3,"passives":1}"#, "detractors is missing"),
      ("nps/1", #"{"answers":[]}"#, "answers is an empty list: nobody answered"),
      (
        "nps/1", #"{"answers":[9,11]}"#,
        "answers is a list with 11 in it, which is no whole number from 0 to 10"
      ),
      ("csat/1", #"{"counts":[0,0,0,0,0]}"#, "nobody answered"),
      ("csat/1", #"{"counts":[1,2]}"#, "counts is a list of 2 where 5 belong"),
      (
        "csat/1", #"{"answers":[0]}"#,
        "answers is a list with 0 in it, which is no whole number from 1 to 5"
      ),
      ("sus/1", #"{"answers":[[1,2,3]]}"#, "answers is a list of 3 where 10 belong"),
      ("sus/1", #"{"answers":[]}"#, "answers is an empty list: nobody answered"),
    ])
  func reasons(id: String, text: String, expected: String) throws {
    guard case .none(let reason, _) = try Self.outcome(id, text) else {
      Issue.record("a score: \(try Self.outcome(id, text))")
      return
    }
    #expect(reason == expected)
  }

  @Test("say their arithmetic in words")
  func words() throws {
    let decision = try BuiltInKinds.kind("decision")
    let record = try BuiltInKinds.parse(
      #"{"scoring":{"rice":{"reach":500,"impact":2,"confidence":50,"effort":12},"wsjf":{"jobSize":3}}}"#
    )
    #expect(
      decision.scores(of: record).map(\.sentence) == [
        "RICE 41.7 = reach 500 × impact 2 × confidence 50 % ÷ effort 12",
        "no WSJF score: business value is missing",
      ])
  }

  @Test(
    "print rounded half to even",
    arguments: [
      (41.25, 4125, 100, "41.2"), (41.35, 4135, 100, "41.4"), (1.25, 125, 100, "1.2"),
      (0.125, 125, 1000, "0.12"), (0.135, 135, 1000, "0.14"), (-1.25, -125, 100, "-1.2"),
      (-0.375, -375, 1000, "-0.38"), (9.96, 996, 100, "10"), (0.999, 999, 1000, "1"),
      (0, 0, 7, "0"), (42, 42, 1, "42"),
    ])
  func rounding(value: Double, numerator: Int, denominator: Int, expected: String) throws {
    let ratio = try #require(ExactRatio(numerator, over: denominator))
    #expect(ratio.printed == expected, "\(value)")
  }

  @Test(
    "read numbers exactly, as they are written",
    arguments: [
      ("0.1", 1, 10), ("0.50", 1, 2), ("1e2", 100, 1), ("25E-2", 1, 4), ("-1.5", -3, 2),
      ("1.0e+1", 10, 1), ("0.30000000000000000", 3, 10),
    ])
  func reading(text: String, numerator: Int, denominator: Int) throws {
    let number = try #require(JSONNumber(text))
    #expect(ExactRatio(number) == ExactRatio(numerator, over: denominator))
  }
}

import JSONText

extension Formula {
  /// Fred Reichheld: the share of 9s and 10s minus the share of 0s to 6s, in per cent.
  static let nps = Formula(
    id: "nps/1", name: "NPS",
    inputs: [
      [
        .whole("promoters", "promoters", in: 0...Int.max),
        .whole("passives", "passives", in: 0...Int.max),
        .whole("detractors", "detractors", in: 0...Int.max),
      ], [.list("answers", "answers", of: 0...10)],
    ],
    compute: { values in
      let promoters: Int
      let passives: Int
      let detractors: Int
      if values["answers"] != nil {
        let answers = values.ints("answers")
        promoters = answers.count { $0 >= 9 }
        detractors = answers.count { $0 <= 6 }
        passives = answers.count - promoters - detractors
      } else {
        promoters = values["promoters"]?.int ?? 0
        passives = values["passives"]?.int ?? 0
        detractors = values["detractors"]?.int ?? 0
      }
      guard let all = sum([promoters, passives, detractors]) else { return tooLarge }
      guard all > 0 else { return .none(reason: "nobody answered", input: "promoters") }
      guard let more = percent(promoters, of: all), let less = percent(detractors, of: all),
        let score = more.minus(less)
      else { return tooLarge }
      let words =
        "\(more.printed) % promoters − \(less.printed) % detractors (\(promoters) promoters, "
        + "\(passives) passives and \(detractors) detractors)"
      return .score(score, words: words)
    })

  /// The share of 4s and 5s among answers from 1 to 5, in per cent.
  static let csat = Formula(
    id: "csat/1", name: "CSAT", unit: " %",
    inputs: [
      [.list("counts", "counts", of: 0...Int.max, count: 5)],
      [.list("answers", "answers", of: 1...5)],
    ],
    compute: { values in
      let satisfied: Int?
      let all: Int?
      if values["answers"] != nil {
        let answers = values.ints("answers")
        satisfied = answers.count { $0 >= 4 }
        all = answers.count
      } else {
        let counts = values.ints("counts")
        satisfied = sum(Array(counts.suffix(2)))
        all = sum(counts)
      }
      guard let satisfied, let all else { return tooLarge }
      guard all > 0 else { return .none(reason: "nobody answered", input: "counts") }
      guard let score = percent(satisfied, of: all) else { return tooLarge }
      return .score(score, words: "\(satisfied) of \(all) answers are 4 or 5")
    })

  /// John Brooke: the mean over people of 2.5 × (Σ(odd − 1) + Σ(5 − even)).
  static let sus = Formula(
    id: "sus/1", name: "SUS",
    inputs: [[.lists("answers", "answers", of: 1...5, count: 10)]],
    compute: { values in
      let sums = (values["answers"]?.array ?? []).map { person in
        (person.array ?? []).compactMap(\.int).enumerated().reduce(0) { sum, answer in
          sum + (answer.offset % 2 == 0 ? answer.element - 1 : 5 - answer.element)
        }
      }
      guard let total = sum(sums),
        let score = ExactRatio(total * 5, over: 2 * sums.count)
      else { return tooLarge }
      if sums.count == 1 { return .score(score, words: "2.5 × \(total) of 40 points") }
      let least = ExactRatio(5 * (sums.min() ?? 0), over: 2)?.printed ?? ""
      let most = ExactRatio(5 * (sums.max() ?? 0), over: 2)?.printed ?? ""
      return .score(score, words: "the mean of \(sums.count) people, from \(least) to \(most)")
    })

  private static func percent(_ part: Int, of all: Int) -> ExactRatio? {
    ExactRatio(part, over: all)?.times(ExactRatio(100))
  }

  private static func sum(_ numbers: [Int]) -> Int? {
    var sum = 0
    for number in numbers {
      let (next, overflow) = sum.addingReportingOverflow(number)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}

import JSONText

extension Formula {
  /// Sean McBride, Intercom: reach × impact × confidence ÷ effort.
  static let rice = Formula(
    id: "rice/1", name: "RICE",
    inputs: [
      [
        .number("reach", "reach", above: 0, orEqual: true),
        .number("impact", "impact", oneOf: ["3", "2", "1", "0.5", "0.25"]),
        .number("confidence", "confidence", oneOf: ["100", "80", "50"]),
        .number("effort", "effort", above: 0, orEqual: false),
      ]
    ],
    compute: { values in
      let score = values.ratio("reach").times(values.ratio("impact"))?
        .times(values.ratio("confidence"))?.divided(by: ExactRatio(100))?
        .divided(by: values.ratio("effort"))
      guard let score else { return tooLarge }
      let words =
        "reach \(values.text("reach")) × impact \(values.text("impact")) × confidence "
        + "\(values.text("confidence")) % ÷ effort \(values.text("effort"))"
      return .score(score, words: words)
    })

  /// Sean Ellis: impact × confidence × ease, each from 1 to 10.
  static let ice = Formula(
    id: "ice/1", name: "ICE",
    inputs: [
      [
        .whole("impact", "impact", in: 1...10), .whole("confidence", "confidence", in: 1...10),
        .whole("ease", "ease", in: 1...10),
      ]
    ],
    compute: { values in
      let score = values.ratio("impact").times(values.ratio("confidence"))?
        .times(values.ratio("ease"))
      guard let score else { return tooLarge }
      let words =
        "impact \(values.text("impact")) × confidence \(values.text("confidence")) × ease "
        + values.text("ease")
      return .score(score, words: words)
    })

  private static let steps = ["1", "2", "3", "5", "8", "13", "20"]

  /// Don Reinertsen, as in SAFe: the cost of delay ÷ the size of the job.
  static let wsjf = Formula(
    id: "wsjf/1", name: "WSJF",
    inputs: [
      [
        .number("businessValue", "business value", oneOf: steps),
        .number("timeCriticality", "time criticality", oneOf: steps),
        .number("riskReduction", "risk reduction", oneOf: steps),
        .number("jobSize", "job size", oneOf: steps),
      ]
    ],
    compute: { values in
      let score = values.ratio("businessValue").plus(values.ratio("timeCriticality"))?
        .plus(values.ratio("riskReduction"))?.divided(by: values.ratio("jobSize"))
      guard let score else { return tooLarge }
      let words =
        "(business value \(values.text("businessValue")) + time criticality "
        + "\(values.text("timeCriticality")) + risk reduction \(values.text("riskReduction"))) "
        + "÷ job size \(values.text("jobSize"))"
      return .score(score, words: words)
    })
}

package import JSONText

/// An entry of `x-docket.score`: a formula, and the places of its inputs in a record.
package struct ScoreBinding: Sendable {
  package let formula: Formula
  package let inputs: [(input: Formula.Input, pointer: JSONPointer)]

  /// Reads one entry, or returns the problem and its node.
  static func read(_ node: JSONNode, view: SchemaView) -> Result<ScoreBinding, BindingProblem> {
    guard let id = node["formula"]?.string else {
      return .failure(BindingProblem("a score names its \"formula\"", at: node))
    }
    guard let formula = Formula.named(id) else {
      let known = Formula.all.map(\.id)
      return .failure(
        BindingProblem(
          "there is no formula \"\(id)\""
            + Spelling.question(for: id, or: "there are", among: known),
          at: node["formula"] ?? node))
    }
    let bound = node["inputs"]?.members.map { $0 } ?? []
    let names = Set(bound.compactMap { $0.key.string })
    guard let inputs = formula.inputs(named: names) else {
      let sets = formula.inputs.map { $0.map(\.name).joined(separator: ", ") }
      return .failure(
        BindingProblem(
          "\(id) takes the inputs \(sets.joined(separator: "; or "))",
          at: node["inputs"] ?? node))
    }
    var places: [(input: Formula.Input, pointer: JSONPointer)] = []
    for input in inputs {
      guard let place = bound.first(where: { $0.key.string == input.name })?.value,
        let text = place.string, let pointer = try? JSONPointer(parsing: text), pointer != .root
      else {
        return .failure(
          BindingProblem("\(input.name) is bound to a JSON Pointer", at: node["inputs"] ?? node))
      }
      guard view.at(pointer) != nil else {
        return .failure(BindingProblem("the kind has no property \(text)", at: place))
      }
      places.append((input, pointer))
    }
    return .success(ScoreBinding(formula: formula, inputs: places))
  }

  /// Returns the score of a record; `nil` if the record has none of the inputs, so it wasn't
  /// scored.
  package func score(of record: JSONValue) -> Score? {
    var values: Formula.Values = [:]
    for (input, pointer) in inputs { values[input.name] = record[pointer] }
    guard !values.isEmpty else { return nil }
    let outcome = formula.outcome(of: values, inputs: inputs.map(\.input))
    var pointer: JSONPointer?
    if case .none(_, let name?) = outcome {
      pointer = inputs.first { $0.input.name == name }?.pointer
    }
    return Score(formula: formula, outcome: outcome, pointer: pointer ?? inputs.first?.pointer)
  }
}

/// The result of a formula for one record; computed each time, never stored.
package struct Score: Sendable {
  package let formula: Formula
  package let outcome: Formula.Outcome
  /// The place of the input that prevents a score.
  package let pointer: JSONPointer?

  package var value: ExactRatio? {
    if case .score(let value, _) = outcome { value } else { nil }
  }

  /// `RICE 41.7 = reach 500 × impact 2 × confidence 50 % ÷ effort 12`, or why there is none.
  package var sentence: String {
    switch outcome {
    case .score(let value, let words): "\(formula.name) \(value.printed)\(formula.unit) = \(words)"
    case .none(let reason, _): "no \(formula.name) score: \(reason)"
    }
  }
}

extension Kind {
  /// Whether a score or rank is computed, for lists to show as a score.
  package var hasScore: Bool { !scoreBindings.isEmpty || rankBinding != nil }

  /// Returns the scores of a record, in the schema's order, without those that have no inputs.
  package func scores(of record: JSONValue) -> [Score] {
    scoreBindings.compactMap { $0.score(of: record) }
  }
}

/// A problem with a binding of a schema; the kind works without it.
struct BindingProblem: Error {
  let message: String
  let node: JSONNode

  init(_ message: String, at node: JSONNode) {
    self.message = message
    self.node = node
  }
}

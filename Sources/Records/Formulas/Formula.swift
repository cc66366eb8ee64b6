package import JSONText

/// A documented, versioned formula that computes a score from numbers in a record.
///
/// `docs/rank.md` describes each. A formula never changes: `rice/1` in schemas and old reports
/// always gives the same number, and an improved formula gets a new version.
package struct Formula: Sendable {
  /// An input of a formula, read from one place of a record.
  package struct Input: Sendable {
    package let name: String
    /// The name in sentences, such as "job size".
    package let words: String
    /// Returns what is wrong with a value, as the rest of a sentence that begins with the input.
    let fault: @Sendable (JSONValue) -> String?
  }

  package typealias Values = [String: JSONValue]

  /// The id and version, such as `rice/1`.
  package let id: String
  /// The display name, such as `RICE`.
  package let name: String
  /// The unit printed after the number: " %", or nothing.
  package var unit = ""
  /// The alternative sets of inputs, of which a schema binds one: single answers, for example, or
  /// their counts.
  package let inputs: [[Input]]
  /// Computes the outcome from valid values.
  let compute: @Sendable (Values) -> Outcome

  /// A result, or why there is none.
  package enum Outcome: Sendable, Equatable {
    /// - words: the arithmetic, without the result: "reach 500 × impact 2 × …".
    case score(ExactRatio, words: String)
    /// - input: the input that causes it, if any.
    case none(reason: String, input: String?)
  }

  package static let all: [Formula] = [.rice, .ice, .wsjf, .nps, .csat, .sus]

  package static func named(_ id: String) -> Formula? { all.first { $0.id == id } }

  /// Returns the set of inputs with exactly these names.
  package func inputs(named names: Set<String>) -> [Input]? {
    inputs.first { Set($0.map(\.name)) == names }
  }

  /// Returns the outcome of these values, which are keyed by their inputs' names.
  package func outcome(of values: Values, inputs: [Input]) -> Outcome {
    for input in inputs {
      guard let value = values[input.name] else {
        return .none(reason: "\(input.words) is missing", input: input.name)
      }
      if let fault = input.fault(value) {
        return .none(reason: "\(input.words) is \(fault)", input: input.name)
      }
    }
    return compute(values)
  }

  static let tooLarge = Outcome.none(
    reason: "the numbers are too large to compute with", input: nil)
}

extension Formula.Input {
  /// A number out of a short list, as in planning scales.
  static func number(_ name: String, _ words: String, oneOf allowed: [String]) -> Self {
    let values = allowed.compactMap { JSONNumber($0) }
    return Self(name: name, words: words) { value in
      guard let number = value.number else { return "not a number" }
      guard !values.contains(number) else { return nil }
      return "\(number.text), not one of \(allowed.joined(separator: ", "))"
    }
  }

  static func number(
    _ name: String, _ words: String, above bound: Int, orEqual: Bool
  ) -> Self {
    Self(name: name, words: words) { value in
      guard let number = value.number else { return "not a number" }
      guard let ratio = ExactRatio(number) else { return "too large or too fine a number" }
      let limit = ExactRatio(bound)
      if limit < ratio || orEqual && ratio == limit { return nil }
      return "\(number.text), and has to be \(orEqual ? "at least" : "more than") \(bound)"
    }
  }

  static func whole(_ name: String, _ words: String, in range: ClosedRange<Int>) -> Self {
    Self(name: name, words: words) { value in
      guard let number = value.number else { return "not a number" }
      guard let int = number.int, range.contains(int) else {
        return "\(number.text), and has to be a whole number from \(range.lowerBound)"
          + (range.upperBound == .max ? "" : " to \(range.upperBound)")
      }
      return nil
    }
  }

  /// A list of whole numbers, of length `count` if given.
  static func list(
    _ name: String, _ words: String, of range: ClosedRange<Int>, count: Int? = nil
  ) -> Self {
    Self(name: name, words: words) { value in fault(value, range, count) }
  }

  /// A list of lists of whole numbers.
  static func lists(
    _ name: String, _ words: String, of range: ClosedRange<Int>, count: Int
  ) -> Self {
    Self(name: name, words: words) { value in
      guard let lists = value.array else { return "not a list of lists" }
      if lists.isEmpty { return "an empty list: nobody answered" }
      return lists.lazy.compactMap { fault($0, range, count) }.first
    }
  }

  private static func fault(_ value: JSONValue, _ range: ClosedRange<Int>, _ count: Int?)
    -> String?
  {
    guard let items = value.array else { return "not a list" }
    if items.isEmpty { return "an empty list: nobody answered" }
    if let count, items.count != count {
      return "a list of \(items.count) where \(count) belong"
    }
    for item in items {
      guard let int = item.int, range.contains(int) else {
        return "a list with \(item.plainText) in it, which is no whole number from "
          + "\(range.lowerBound)" + (range.upperBound == .max ? "" : " to \(range.upperBound)")
      }
    }
    return nil
  }
}

extension Formula.Values {
  func ratio(_ name: String) -> ExactRatio {
    self[name]?.number.flatMap { ExactRatio($0) } ?? ExactRatio(0)
  }

  /// Returns the number as written in the record.
  func text(_ name: String) -> String { self[name]?.number?.text ?? "" }

  func ints(_ name: String) -> [Int] { self[name]?.array?.compactMap(\.int) ?? [] }
}

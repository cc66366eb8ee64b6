package import JSONText

/// A documented, versioned way from numbers in a record to a score.
///
/// `docs/rank.md` tells of each. A formula never changes: what schemas and old reports call `rice/1`
/// gives the same number for ever, and a better one gets a new number.
package struct Formula: Sendable {
  /// What a formula takes in one place of a record.
  package struct Input: Sendable {
    package let name: String
    /// "job size", for sentences.
    package let words: String
    /// What is wrong with a value, as the rest of a sentence that begins with the input.
    let fault: @Sendable (JSONValue) -> String?
  }

  package typealias Values = [String: JSONValue]

  /// `rice/1`.
  package let id: String
  /// `RICE`.
  package let name: String
  /// What stands behind the number: " %", or nothing.
  package var unit = ""
  /// The sets of inputs of which one is bound: answers one by one, say, or their counts.
  package let inputs: [[Input]]
  /// Computes from values that their inputs found nothing wrong with.
  let compute: @Sendable (Values) -> Outcome

  /// A result, or why there is none.
  package enum Outcome: Sendable, Equatable {
    /// - words: the arithmetic, without the result: "reach 500 × impact 2 × …".
    case score(ExactRatio, words: String)
    /// - input: the input that is to blame, where one is.
    case none(reason: String, input: String?)
  }

  package static let all: [Formula] = [.rice, .ice, .wsjf, .nps, .csat, .sus]

  package static func named(_ id: String) -> Formula? { all.first { $0.id == id } }

  /// The set of inputs that these names make up.
  package func inputs(named names: Set<String>) -> [Input]? {
    inputs.first { Set($0.map(\.name)) == names }
  }

  /// The score of these values, one under each input's name.
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
  /// A number out of a short list, as planning scales have it.
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

  /// A list of whole numbers, `count` of them where that is fixed.
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

  /// The number as it is written in the record.
  func text(_ name: String) -> String { self[name]?.number?.text ?? "" }

  func ints(_ name: String) -> [Int] { self[name]?.array?.compactMap(\.int) ?? [] }
}

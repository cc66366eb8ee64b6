package import JSONText

/// What is wrong with a value, as data; ``Violation/message`` is the sentence.
package enum Failure: Sendable, Equatable {
  case wrongType(expected: [String], found: JSONValue)
  case notConstant(expected: JSONValue, found: JSONValue)
  case notInEnum(allowed: [JSONValue], found: JSONValue, nearest: JSONValue?)
  case aboveMaximum(limit: JSONNumber, found: JSONNumber)
  case notBelow(limit: JSONNumber, found: JSONNumber)
  case belowMinimum(limit: JSONNumber, found: JSONNumber)
  case notAbove(limit: JSONNumber, found: JSONNumber)
  case notMultiple(of: JSONNumber, found: JSONNumber)
  /// Lengths are in code points.
  case tooLong(limit: Int, found: Int)
  case tooShort(limit: Int, found: Int)
  case patternMismatch(pattern: String, found: String)
  /// Matching reached its limit, so whether the text matches is unknown.
  case matchLimit(pattern: String)
  /// `reason` says what is wrong, if known.
  case wrongFormat(String, found: String, reason: String?)
  case tooManyItems(limit: Int, found: Int)
  case tooFewItems(limit: Int, found: Int)
  case unexpectedItem(Int)
  case notUnique(first: Int, second: Int)
  /// `sort` describes what `contains` expects, if a few words are enough.
  case tooFewContained(minimum: Int, found: Int, sort: String?)
  case tooManyContained(maximum: Int, found: Int, sort: String?)
  case tooManyMembers(limit: Int, found: Int)
  case tooFewMembers(limit: Int, found: Int)
  case missing(keys: [String])
  /// Another key requires them.
  case missingBeside(key: String, keys: [String])
  case unknownKey(String, nearest: String?)
  /// `anyOf` or `oneOf`: no branch matches; `count` of them come close, and any may be meant.
  case noBranch(count: Int)
  /// `oneOf`: more than one branch matches.
  case severalBranches(matching: [Int])
  /// `not`: the schema matches.
  case forbidden(schema: JSONValue, found: JSONValue)
  /// The schema is `false`.
  case notAllowed
  /// A key that is refused by itself or by another key.
  case unexpectedKey(String)
  /// `then` or `else` is `false`; `fits` says whether the schema of `if` matches.
  case notAllowedIf(fits: Bool, location: String)
  /// The schema refers to itself without descending into the value.
  case endlessReference(String)
  case tooDeep
  case tooMuchWork
  case tooManyAnnotations(Int)
  /// The least number of further violations, which are not kept.
  case more(Int)

  /// Whether the check was aborted, so that the result is unknown.
  package var isUnfinished: Bool {
    switch self {
    case .matchLimit, .endlessReference, .tooDeep, .tooMuchWork, .tooManyAnnotations: true
    default: false
    }
  }
}

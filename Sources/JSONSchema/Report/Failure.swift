package import JSONText

/// What is wrong with a value, as data; ``Violation/message`` puts it into words.
package enum Failure: Sendable, Equatable {
  case wrongType(expected: [String], found: JSONValue)
  case notConstant(expected: JSONValue, found: JSONValue)
  case notInEnum(allowed: [JSONValue], found: JSONValue, nearest: JSONValue?)
  case aboveMaximum(limit: JSONNumber, found: JSONNumber)
  case notBelow(limit: JSONNumber, found: JSONNumber)
  case belowMinimum(limit: JSONNumber, found: JSONNumber)
  case notAbove(limit: JSONNumber, found: JSONNumber)
  case notMultiple(of: JSONNumber, found: JSONNumber)
  /// Lengths count code points.
  case tooLong(limit: Int, found: Int)
  case tooShort(limit: Int, found: Int)
  case patternMismatch(pattern: String, found: String)
  /// Matching took more work than allowed; whether the text fits is not known.
  case matchLimit(pattern: String)
  /// `reason` says what is wrong, where that is known.
  case wrongFormat(String, found: String, reason: String?)
  case tooManyItems(limit: Int, found: Int)
  case tooFewItems(limit: Int, found: Int)
  case unexpectedItem(Int)
  case notUnique(first: Int, second: Int)
  /// `sort` names what `contains` asks for, where that can be said in a few words.
  case tooFewContained(minimum: Int, found: Int, sort: String?)
  case tooManyContained(maximum: Int, found: Int, sort: String?)
  case tooManyMembers(limit: Int, found: Int)
  case tooFewMembers(limit: Int, found: Int)
  case missing(keys: [String])
  /// Another key asks for them.
  case missingBeside(key: String, keys: [String])
  case unknownKey(String, nearest: String?)
  /// `anyOf` or `oneOf`: no branch fits; so many come near, and any of them may be meant.
  case noBranch(count: Int)
  /// `oneOf`: more than one fits.
  case severalBranches(matching: [Int])
  /// `not`: the schema fits.
  case forbidden(schema: JSONValue, found: JSONValue)
  /// The schema is `false`.
  case notAllowed
  /// A key that another key, or itself, refuses.
  case unexpectedKey(String)
  /// `then` or `else` is `false`; `fits` says whether the schema of `if` holds.
  case notAllowedIf(fits: Bool, location: String)
  /// The schema refers to itself without stepping into the value.
  case endlessReference(String)
  case tooDeep
  case tooMuchWork
  case tooManyAnnotations(Int)
  /// So many more violations, at least, are not kept.
  case more(Int)

  /// Whether nothing was found out: a check that could not be finished is no answer.
  package var isUnfinished: Bool {
    switch self {
    case .matchLimit, .endlessReference, .tooDeep, .tooMuchWork, .tooManyAnnotations: true
    default: false
    }
  }
}

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
  case wrongFormat(String, found: String)
  case tooManyItems(limit: Int, found: Int)
  case tooFewItems(limit: Int, found: Int)
  case unexpectedItem(Int)
  case notUnique(first: Int, second: Int)
  case tooFewContained(minimum: Int, found: Int)
  case tooManyContained(maximum: Int, found: Int)
  case tooManyMembers(limit: Int, found: Int)
  case tooFewMembers(limit: Int, found: Int)
  case missing(keys: [String])
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
  /// The schema refers to itself without stepping into the value.
  case endlessReference(String)
  case tooDeep
  case tooMuchWork
}

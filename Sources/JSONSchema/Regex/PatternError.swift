import CPCRE2

/// Why a text is not a regular expression of ECMA-262 that can be used here.
struct PatternError: Error, Equatable, CustomStringConvertible {
  let reason: String
  /// Whether ECMA-262 allows the expression, and PCRE2 can't run it.
  var isUnsupported = false
  /// The character, from 0, where it was noticed.
  var place: Int?

  var description: String { reason + (place.map { " (at character \($0 + 1))" } ?? "") }
}

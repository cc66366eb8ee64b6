import CPCRE2

/// Why a text cannot be used as a regular expression of ECMA-262.
struct PatternError: Error, Equatable, CustomStringConvertible {
  let reason: String
  /// Whether ECMA-262 allows the expression but PCRE2 can't run it.
  var isUnsupported = false
  /// The offset of the character, from 0, where the error was noticed.
  var place: Int?

  var description: String { reason + (place.map { " (at character \($0 + 1))" } ?? "") }
}

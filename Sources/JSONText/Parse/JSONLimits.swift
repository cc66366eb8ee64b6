/// Limits beyond which the parser fails with `tooDeep`, `tooLarge` or `tooMany`.
package struct JSONLimits: Sendable, Hashable {
  /// The maximum number of arrays and objects open at once; never more than ``hardDepth``.
  package var maximumDepth = 512

  /// The maximum size of the text in bytes; never more than ``hardBytes``.
  package var maximumBytes = 64 << 20

  /// The maximum number of values and keys.
  package var maximumValues = Int.max

  package static let standard = JSONLimits()

  /// The limits of what a repository keeps: a text of digits and commas alone takes sixteen times
  /// its size to parse, and more as values.
  package static let stored = JSONLimits(maximumValues: 1_000_000)

  package init(
    maximumDepth: Int = 512, maximumBytes: Int = 64 << 20, maximumValues: Int = .max
  ) {
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
    self.maximumValues = maximumValues
  }

  /// Parsing uses no stack, but converting nodes to values and printing them does.
  static let hardDepth = 4096

  /// Node offsets have 32 bits and element counts 28; an element takes at least two bytes.
  static let hardBytes = (1 << 29) - 1

  var depth: Int { min(maximumDepth, Self.hardDepth) }
  var bytes: Int { min(maximumBytes, Self.hardBytes) }
}

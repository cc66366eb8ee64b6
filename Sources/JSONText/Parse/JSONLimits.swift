/// Limits beyond which the parser fails with `tooDeep` or `tooLarge`.
package struct JSONLimits: Sendable, Hashable {
  /// The maximum number of arrays and objects open at once; never more than ``hardDepth``.
  package var maximumDepth = 512

  /// The maximum size of the text in bytes; never more than ``hardBytes``.
  package var maximumBytes = 64 << 20

  package static let standard = JSONLimits()

  package init(maximumDepth: Int = 512, maximumBytes: Int = 64 << 20) {
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
  }

  /// Parsing uses no stack, but converting nodes to values and printing them does.
  static let hardDepth = 4096

  /// Node offsets have 32 bits and element counts 28; an element takes at least two bytes.
  static let hardBytes = (1 << 29) - 1

  var depth: Int { min(maximumDepth, Self.hardDepth) }
  var bytes: Int { min(maximumBytes, Self.hardBytes) }
}

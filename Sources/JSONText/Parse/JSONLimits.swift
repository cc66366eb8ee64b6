/// How much text the parser accepts before it refuses with `tooDeep` or `tooLarge`.
package struct JSONLimits: Sendable, Hashable {
  /// Arrays and objects that may be open at once; never more than ``hardDepth``.
  package var maximumDepth = 512

  /// Bytes of the whole text; never more than ``hardBytes``.
  package var maximumBytes = 64 << 20

  package static let standard = JSONLimits()

  package init(maximumDepth: Int = 512, maximumBytes: Int = 64 << 20) {
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
  }

  /// Parsing needs no stack, but turning nodes into values and printing them does.
  static let hardDepth = 4096

  /// Node offsets take 32 bits and element counts 28; an element takes at least two bytes.
  static let hardBytes = (1 << 29) - 1

  var depth: Int { min(maximumDepth, Self.hardDepth) }
  var bytes: Int { min(maximumBytes, Self.hardBytes) }
}

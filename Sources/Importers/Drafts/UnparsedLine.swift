/// A source line that no part of a draft contains.
package struct UnparsedLine: Sendable, Hashable {
  /// From 1, in the source.
  package var line: Int
  package var text: String

  package init(line: Int, text: String) {
    self.line = line
    self.text = text
  }
}

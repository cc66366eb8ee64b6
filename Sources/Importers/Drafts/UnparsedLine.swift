/// A source line that found no place in a draft.
package struct UnparsedLine: Sendable, Hashable {
  /// From 1, in the source.
  package var line: Int
  package var text: String

  package init(line: Int, text: String) {
    self.line = line
    self.text = text
  }
}

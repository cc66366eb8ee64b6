package import JSONText

/// Why a schema file, or a part of it, can't be used as a kind.
package struct KindProblem: Error, Sendable, Equatable, CustomStringConvertible {
  package let file: String
  package let position: SourcePosition
  package let message: String

  package var description: String {
    "\(file):\(position.line):\(position.column): \(message)"
  }
}

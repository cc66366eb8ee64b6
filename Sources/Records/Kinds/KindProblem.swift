package import JSONText

/// Why a schema file, or a part of it, can't be used as a kind.
package struct KindProblem: Error, Sendable, Equatable, CustomStringConvertible {
  package let file: String
  package let position: SourcePosition
  package let message: String
  /// How to fix it, where that isn't in the file.
  package var hint: String?

  package var description: String {
    "\(file):\(position.line):\(position.column): \(message)"
  }
}

extension KindProblem {
  /// A key of `x-docket` that comes from a later docket, or is misspelt.
  static func unknownKey(_ key: JSONNode, _ place: String, file: String) -> KindProblem {
    KindProblem(
      file: file, position: key.position,
      message:
        "\(place) is no key that this docket knows: a later docket may judge by it",
      hint: "update docket; or correct the key, docs/schema-vocabulary.md lists them")
  }
}

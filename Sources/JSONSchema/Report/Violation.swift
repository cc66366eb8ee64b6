package import JSONText

/// A location of an instance that fails one keyword.
package struct Violation: Sendable {
  /// The location in the instance.
  package let pointer: JSONPointer

  /// The range of the instance to point at, in bytes: the key for an unknown key or an invalid
  /// name, the object for a missing key, else the value.
  package let range: Range<Int>

  /// Whether the key is invalid, not its value.
  let isAboutKey: Bool

  package let keyword: String

  /// The path through the schemas, references included.
  package let keywordLocation: JSONPointer

  /// The keyword's own URI and fragment.
  package let absoluteKeywordLocation: String

  package let failure: Failure

  /// For `anyOf` and `oneOf`: the closest branch.
  let branch: Alternatives.Branch?

  /// For `anyOf` and `oneOf`: the violations in the closest branch.
  package let causes: [Violation]

  /// The `description` of the schema that has the keyword.
  package let schemaNodeDescription: String?

  /// The first of that schema's `examples`.
  package let schemaNodeExample: JSONValue?

  /// The single violation in the closest branch, or this violation if there isn't exactly one.
  package var innermost: Violation {
    causes.count == 1 ? causes[0].innermost : self
  }
}

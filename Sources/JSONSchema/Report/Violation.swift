package import JSONText

/// One place of an instance that does not fit one keyword.
package struct Violation: Sendable {
  /// The place in the instance.
  package let pointer: JSONPointer

  /// Bytes of the instance to point at: for an unknown key or a bad name the key, for a missing
  /// key the object, else the value.
  package let range: Range<Int>

  /// Whether it is a key that doesn't fit, and not its value.
  let isAboutKey: Bool

  package let keyword: String

  /// The way taken through the schemas, references included.
  package let keywordLocation: JSONPointer

  /// The keyword's own URI and fragment.
  package let absoluteKeywordLocation: String

  package let failure: Failure

  /// Of `anyOf` and `oneOf`: the branch that comes closest.
  let branch: Alternatives.Branch?

  /// Of `anyOf` and `oneOf`: what is wrong in the branch that comes closest.
  package let causes: [Violation]

  /// The `description` of the schema that has the keyword.
  package let schemaNodeDescription: String?

  /// The first of that schema's `examples`.
  package let schemaNodeExample: JSONValue?

  /// The violation itself, or what is wrong in the closest branch, if that is one thing.
  package var innermost: Violation {
    causes.count == 1 ? causes[0].innermost : self
  }
}

import JSONText

/// The result of one schema or keyword at one location of the instance (core §12.3).
struct OutputUnit {
  var isValid: Bool
  /// Empty for a schema as a whole.
  var keyword: String
  var keywordPath: [String]
  var absolute: String
  var instancePath: [String]
  /// The range of the instance to point at, in bytes.
  var range: Range<Int>
  /// Whether the instance is a key, not its value.
  var isAboutKey: Bool
  var failure: Failure?
  var annotation: JSONValue?
  /// The title of a schema as a whole.
  var schemaTitle: String?
  var schemaDescription: String?
  var schemaExample: JSONValue?
  var children: [OutputUnit]

  /// The failures in and below this unit; for alternatives, those of the closest branch are causes.
  var violations: [Violation] {
    guard !isValid else { return [] }
    guard let failure else { return children.flatMap(\.violations) }
    let branches = Alternatives(children.filter { !$0.isValid }, at: instancePath)
    return [
      Violation(
        pointer: JSONPointer(tokens: instancePath), range: range, isAboutKey: isAboutKey,
        keyword: keyword,
        keywordLocation: JSONPointer(tokens: keywordPath), absoluteKeywordLocation: absolute,
        failure: branches.described(failure), branch: branches.branch, causes: branches.closest,
        schemaNodeDescription: schemaDescription, schemaNodeExample: schemaExample)
    ]
  }
}

import JSONText

/// What one schema or keyword had to say about one place of the instance (core §12.3).
struct OutputUnit {
  var isValid: Bool
  /// Empty for a schema as a whole.
  var keyword: String
  var keywordPath: [String]
  var absolute: String
  var instancePath: [String]
  /// Bytes of the instance to point at.
  var range: Range<Int>
  var failure: Failure?
  var annotation: JSONValue?
  var schemaDescription: String?
  var children: [OutputUnit]

  /// The failures in and below this unit; of alternatives those of the closest branch, as causes.
  var violations: [Violation] {
    guard !isValid else { return [] }
    guard let failure else { return children.flatMap(\.violations) }
    let branches = children.filter { !$0.isValid }.map(\.violations)
    let closest = branches.min {
      Self.distance($0, from: instancePath) < Self.distance($1, from: instancePath)
    }
    return [
      Violation(
        pointer: JSONPointer(tokens: instancePath), range: range, keyword: keyword,
        keywordLocation: JSONPointer(tokens: keywordPath), absoluteKeywordLocation: absolute,
        failure: failure, causes: closest ?? [], schemaNodeDescription: schemaDescription)
    ]
  }

  /// How far an instance is from what a branch asks for. A wrong type of the whole value or a
  /// wrong constant right below it means that another branch was meant.
  private static func distance(_ violations: [Violation], from path: [String]) -> Int {
    violations.reduce(0) { sum, violation in
      let depth = violation.pointer.tokens.count - path.count
      switch violation.failure {
      case .wrongType, .notAllowed: return sum + (depth == 0 ? 1000 : 5)
      case .notConstant, .notInEnum: return sum + (depth <= 1 ? 100 : 5)
      case .missing(let keys): return sum + 4 * keys.count
      case .unknownKey: return sum + 4
      default: return sum + 3
      }
    }
  }
}

import JSONText
import Records

extension Ground {
  /// Formulas that schemas name and docket doesn't have, and inputs that are bound to nothing.
  func formulaFindings() -> [Finding] {
    catalog.kinds.flatMap(\.formulaProblems).map {
      RuleBook.finding(
        "config.invalid", path: "\(Self.schemaFolder)/\($0.file)", line: $0.position.line,
        column: $0.position.column, $0.message,
        hint: "correct the schema; docs/schema-vocabulary.md tells of each formula")
    }
  }
}

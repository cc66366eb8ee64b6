import Files
import JSONText
import Records

/// Judges the value of one record by its kind's schema and rules, as far as it alone decides.
struct RecordVersionJudge {
  private let kind: Kind
  private let definition: TrackerDefinition
  private let path: RepositoryPath
  private let id: RecordID
  private let compiled: CompiledKind?

  init(_ kind: Kind, _ definition: TrackerDefinition, path: RepositoryPath, id: RecordID) {
    (self.kind, self.definition, self.path, self.id) = (kind, definition, path, id)
    compiled = try? definition.catalog.compiledKind(for: kind)
  }

  /// Returns the errors; none where the schema can't be used, which is reported on the schema.
  func findings(_ value: JSONValue) -> [Finding] {
    guard let compiled,
      case .success(let record) = RecordFile.read(
        JSONPrinter.canonical(value, order: kind.view), path: path, id: id)
    else { return [] }
    return RecordCheck(compiled: compiled, folder: definition.config.folder, remedy: .values)
      .findings(in: record, checksForm: false, roster: nil)
      .compactMap { definition.config.weighted($0, on: CivilDate(secondsSinceEpoch: 0)) }
      .filter { $0.severity == .error }.sorted()
  }
}

import JSONSchema
import JSONText

/// The rule `score.no-result`: inputs were entered for a score, but don't give one.
enum ScoreCheck {
  /// - Parameter violations: findings of the schema, which aren't repeated.
  static func findings(in record: RecordFile, compiled: CompiledKind, besides violations: [Finding])
    -> [Finding]
  {
    let kind = compiled.kind
    guard !kind.scoreBindings.isEmpty else { return [] }
    let value = record.value
    return kind.scores(of: value).compactMap { score in
      guard score.value == nil, let pointer = score.pointer else { return nil }
      let isSaid = violations.contains { finding in
        (try? JSONPointer(parsing: finding.pointer ?? "")).map {
          $0 != .root && pointer.contains($0)
        } ?? false
      }
      guard !isSaid, isFixable(pointer, in: record, compiled) else { return nil }
      // A missing value has no position; point at the object that lacks it.
      var place = pointer
      while record.root.node(at: place) == nil, let parent = place.parent { place = parent }
      let node = record.root.node(at: place) ?? record.root
      return RuleBook.finding(
        "score.no-result", path: record.path, line: node.position.line,
        column: node.position.column, pointer: place.description,
        "\(record.id) has \(score.sentence)",
        hint: "docket edit \(record.id) \(FieldKey.text(for: pointer, in: record.root)):=…")
    }
  }

  /// Whether the number can still be entered, because the place isn't frozen.
  private static func isFixable(
    _ pointer: JSONPointer, in record: RecordFile, _ compiled: CompiledKind
  )
    -> Bool
  {
    compiled.frozen.allSatisfy { part, when in
      !(when?.isValid(record.root) ?? true) || part.except.contains { $0.covers(pointer) }
        || record.root.node(at: pointer) == nil && part.append.contains { $0.matches(pointer) }
    }
  }
}

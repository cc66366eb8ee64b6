import JSONSchema
import JSONText

/// `score.no-result`: numbers that were entered for a score and don't give one.
enum ScoreCheck {
  /// - Parameter violations: what the schema says already isn't said twice.
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
      // What is missing has no place; the object that it is missing from has.
      var place = pointer
      while record.root.node(at: place) == nil, let parent = place.parent { place = parent }
      let node = record.root.node(at: place) ?? record.root
      return RuleBook.finding(
        "score.no-result", path: record.path, line: node.position.line,
        column: node.position.column, pointer: place.description,
        "\(record.id) has \(score.sentence)",
        hint: "docket edit \(record.id) \(FieldKey.text(for: pointer, in: value)):=…")
    }
  }

  /// Whether the number may still be entered: what is frozen for good is nobody's to mend.
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

import JSONSchema
import JSONText

extension ChangeCheck {
  /// Returns the findings about frozen values that a change touches: all but what `except` frees and
  /// what only grows under `append`.
  static func frozenFindings(
    from before: RecordFile, to after: RecordFile, compiled: CompiledKind, need: MigrationNeed?,
    moved: MovedItems?, remedy: RecordCheck.Remedy
  ) -> [Finding] {
    var tally = FindingTally()
    for (part, when) in compiled.frozen where when?.isValid(before.root) ?? true {
      // The state itself is checked by the workflow.
      let state = compiled.kind.workflow.map { PointerPattern(tokens: [$0.property]) }
      let isFree = { (place: JSONPointer) in part.frees(place) || state?.covers(place) == true }
      let changes = JSONDifference.between(
        before.value, after.value, listKey: { compiled.kind.view.at($0)?.itemKey })
      var growing = Growth(part, before: before, after: after)
      let words = compiled.kind.state(of: before.root) ?? "closed"
      for change in changes where !isFree(change.pointer) {
        if growing.covers(change) { continue }
        func finding(_ rule: String, _ message: String, hint: String? = nil) -> Finding {
          let position = (after.root.node(at: change.pointer) ?? after.root).position
          return RuleBook.finding(
            rule, path: after.path, line: position.line, column: position.column,
            pointer: change.pointer.description, message, hint: hint)
        }
        if need?.excuses(change) == true {
          tally.add("record.migrated", .info) {
            finding(
              "record.migrated",
              "\(change.key) changes with the schema, though \(before.id) is \(words)")
          }
          continue
        }
        if moved?.excuses(change) == true {
          tally.add("record.migrated", .info) {
            finding(
              "record.migrated",
              "\(change.key) is kept in records of its own now, though \(before.id) is \(words)")
          }
          continue
        }
        let amendment =
          part.instead?.replacing("{id}", with: after.id.text)
          ?? part.append.first.map {
            "docket add \(after.id) \($0.tokens.joined(separator: ".")) text=…"
          }
        // Values that aren't written yet don't have to be restored.
        let restoring =
          remedy == .values
          ? nil : "git restore --staged --worktree \(ShellWord.quoted(after.path))"
        tally.add("record.frozen", .error) {
          finding(
            "record.frozen", "\(change.key) can't change: \(before.id) is \(words)",
            hint: restoring.map { $0 + (amendment.map { "; then say it with: \($0)" } ?? "") }
              ?? amendment)
        }
      }
    }
    return tally.findings
  }
}

/// Where a part that may grow does no more than that.
private struct Growth {
  private let part: FrozenPart
  private let before: RecordFile
  private let after: RecordFile
  /// By the place that may grow; each is looked at once, however many changes it has.
  private var known: [JSONPointer: Bool] = [:]

  init(_ part: FrozenPart, before: RecordFile, after: RecordFile) {
    (self.part, self.before, self.after) = (part, before, after)
  }

  /// Whether a change only fills in a missing value of, or appends to, an appendable place.
  mutating func covers(_ change: JSONChange) -> Bool {
    for pattern in part.append where pattern.covers(change.pointer) {
      let list = JSONPointer(tokens: Array(change.pointer.tokens.prefix(pattern.tokens.count)))
      if let isGrowing = known[list] {
        if isGrowing { return true }
        continue
      }
      let isGrowing = grows(list)
      known[list] = isGrowing
      if isGrowing { return true }
    }
    return false
  }

  private func grows(_ list: JSONPointer) -> Bool {
    // A missing value may be filled in.
    guard let present = before.root.node(at: list) else { return true }
    // If this isn't a list, another pattern may name a place inside it.
    guard let old = present.value.array, let new = after.root.node(at: list)?.value.array else {
      return false
    }
    return new.count >= old.count && Array(new.prefix(old.count)) == old
  }
}

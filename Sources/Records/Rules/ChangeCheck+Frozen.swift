import JSONSchema
import JSONText

extension ChangeCheck {
  /// Returns the findings about frozen values that a change touches: all but what `except` frees and
  /// what only grows under `append`.
  static func frozenFindings(
    from before: RecordFile, to after: RecordFile, compiled: CompiledKind, need: MigrationNeed?,
    remedy: RecordCheck.Remedy
  ) -> [Finding] {
    var findings: [Finding] = []
    for (part, when) in compiled.frozen where when?.isValid(before.root) ?? true {
      var free = part.except
      // The state itself is checked by the workflow.
      if let workflow = compiled.kind.workflow {
        free.append(PointerPattern(tokens: [workflow.property]))
      }
      let changes = JSONDifference.between(
        before.value, after.value, listKey: { compiled.kind.view.at($0)?.itemKey })
      for change in changes where !free.contains(where: { $0.covers(change.pointer) }) {
        if isGrowth(change, part: part, before: before, after: after) { continue }
        let node = after.root.node(at: change.pointer) ?? after.root
        let state = compiled.kind.state(of: before.root) ?? "closed"
        if need?.excuses(change) == true {
          findings.append(
            RuleBook.finding(
              "record.migrated", path: after.path, line: node.position.line,
              column: node.position.column, pointer: change.pointer.description,
              "\(change.key) changes with the schema, though \(before.id) is \(state)"))
          continue
        }
        let amendment = part.append.first.map {
          "docket add \(after.id) \($0.tokens.joined(separator: ".")) text=…"
        }
        // Values that aren't written yet don't have to be restored.
        let restoring =
          remedy == .values
          ? nil : "git restore --staged --worktree \(ShellWord.quoted(after.path))"
        findings.append(
          RuleBook.finding(
            "record.frozen", path: after.path, line: node.position.line,
            column: node.position.column, pointer: change.pointer.description,
            "\(change.key) can't change: \(before.id) is \(state)",
            hint: restoring.map { $0 + (amendment.map { "; then say it with: \($0)" } ?? "") }
              ?? amendment))
      }
    }
    return findings
  }

  /// Whether a change only fills in a missing value of, or appends to, an appendable place.
  private static func isGrowth(
    _ change: JSONChange, part: FrozenPart, before: RecordFile, after: RecordFile
  ) -> Bool {
    for pattern in part.append {
      guard change.pointer.tokens.count >= pattern.tokens.count, pattern.covers(change.pointer)
      else { continue }
      let list = JSONPointer(tokens: Array(change.pointer.tokens.prefix(pattern.tokens.count)))
      // A missing value may be filled in.
      guard let present = before.root.node(at: list) else { return true }
      // If this isn't a list, another pattern may name a place inside it.
      guard let old = present.value.array, let new = after.root.node(at: list)?.value.array,
        new.count >= old.count, Array(new.prefix(old.count)) == old
      else { continue }
      return true
    }
    return false
  }
}

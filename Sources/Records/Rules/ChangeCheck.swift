import JSONSchema
import JSONText

/// Checks a change to a record: its workflow step, and that frozen parts stay as they are.
package enum ChangeCheck {
  /// Returns the findings about changing `before` (`nil`: the record is new) to `after`.
  ///
  /// - Parameters:
  ///   - compiled: the kind at the base if it exists there, so that a change can't unfreeze what it
  ///     changes.
  ///   - need: what the record can't keep, if the same change changes its schema.
  ///   - moved: the items of retired lists that the same change has as records of their own.
  ///   - remedy: where `after` is kept, which decides the hints.
  package static func findings(
    from before: RecordFile?, to after: RecordFile, compiled: CompiledKind,
    need: MigrationNeed? = nil, moved: MovedItems? = nil,
    remedy: RecordCheck.Remedy = .file
  ) -> [Finding] {
    var findings: [Finding] = []
    if let finding = step(from: before, to: after, kind: compiled.kind, need: need) {
      findings.append(finding)
    }
    if let before {
      findings += frozenFindings(
        from: before, to: after, compiled: compiled, need: need, moved: moved, remedy: remedy)
    }
    return findings
  }

  private static func step(
    from before: RecordFile?, to after: RecordFile, kind: Kind, need: MigrationNeed?
  ) -> Finding? {
    guard let workflow = kind.workflow, let node = after.root[workflow.property],
      let new = node.string, workflow.states.contains(new)
    else { return nil }
    let old = before?.root[workflow.property]?.string
    if old == new { return nil }
    // A state unknown to the workflow (from an older schema) may change to any other.
    if let old, !workflow.states.contains(old) || need?.releases(state: old) == true { return nil }
    guard !workflow.allows(new, after: old) else { return nil }
    let next = workflow.next(after: old ?? workflow.initial)
    let message =
      if let old {
        "\(workflow.property) went from \(old) to \(new); after \(old) may come "
          + (next.isEmpty
            ? "nothing"
            : (next.count > 1 ? next.dropLast().joined(separator: ", ") + " or " : "")
              + next[next.count - 1])
      } else {
        "a new record can't be \(new)"
      }
    return RuleBook.finding(
      "workflow.illegal-step", path: after.path, line: node.position.line,
      column: node.position.column, pointer: "/\(workflow.property)", message,
      hint: next.first.map { state in
        let asked = (workflow.asks[state] ?? []).map { " \($0)=\"…\"" }.joined()
        return "docket move \(after.id) \(state)\(asked)"
      }
        ?? old.map { "docket edit \(after.id) \(workflow.property)=\($0)" })
  }
}

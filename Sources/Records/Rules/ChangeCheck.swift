import JSONSchema
import JSONText

/// What a change to a record may do: its step in the workflow, and what is frozen.
package enum ChangeCheck {
  /// Findings about going from `before` (absent: the record is new) to `after`.
  ///
  /// - Parameters:
  ///   - judge: the kind as the base has it, where it has it: a change doesn't thaw itself.
  ///   - need: what the record can't keep, where the same change changes its schema.
  ///   - remedy: where `after` stands.
  package static func findings(
    from before: RecordFile?, to after: RecordFile, compiled: CompiledKind,
    need: MigrationNeed? = nil,
    remedy: RecordCheck.Remedy = .file
  ) -> [Finding] {
    var findings: [Finding] = []
    if let finding = step(from: before, to: after, kind: compiled.kind, need: need) {
      findings.append(finding)
    }
    if let before {
      findings += thawed(from: before, to: after, compiled: compiled, need: need, remedy: remedy)
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
    // A state that the workflow doesn't know (an older schema's) may be left for any other.
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
      hint: next.first.map { "docket move \(after.id) \($0)" }
        ?? old.map { "docket edit \(after.id) \(workflow.property)=\($0)" })
  }

  private static func thawed(
    from before: RecordFile, to after: RecordFile, compiled: CompiledKind, need: MigrationNeed?,
    remedy: RecordCheck.Remedy
  ) -> [Finding] {
    var findings: [Finding] = []
    for (part, when) in compiled.frozen where when?.isValid(before.root) ?? true {
      var free = part.except
      // The state itself is the workflow's to judge.
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
        // What is not written yet needs no taking back.
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

  /// Whether a change only fills in, or adds to the end of, what may grow.
  private static func isGrowth(
    _ change: JSONChange, part: FrozenPart, before: RecordFile, after: RecordFile
  ) -> Bool {
    for pattern in part.append {
      guard change.pointer.tokens.count >= pattern.tokens.count, pattern.covers(change.pointer)
      else { continue }
      let list = JSONPointer(tokens: Array(change.pointer.tokens.prefix(pattern.tokens.count)))
      // What wasn't there may be filled in.
      guard let present = before.root.node(at: list) else { return true }
      // A place inside it may be named too, so what is no list decides nothing.
      guard let old = present.value.array, let new = after.root.node(at: list)?.value.array,
        new.count >= old.count, Array(new.prefix(old.count)) == old
      else { continue }
      return true
    }
    return false
  }
}

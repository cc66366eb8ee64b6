import JSONSchema
import JSONText

/// Runs the rules that call a check, if the view provides what the check needs.
package struct CheckRun {
  private let view: StateView
  private let remedy: (RecordFile) -> RecordCheck.Remedy

  package init(_ view: StateView, remedy: @escaping (RecordFile) -> RecordCheck.Remedy) {
    self.view = view
    self.remedy = remedy
  }

  /// Returns the findings on records that are all of one kind.
  ///
  /// - Parameter need: only rules whose check needs this; all if `nil`.
  package func findings(
    on records: [RecordFile], compiled: CompiledKind, needing need: NamedCheck.Need? = nil
  ) -> [Finding] {
    findings(
      on: records.map { (StoredRecord($0, isParsed: true), UInt64.max) }, compiled: compiled,
      needing: need)
  }

  /// Returns the findings on stored records of one kind.
  ///
  /// - Parameter records: the records, with a bit for each rule that may apply to them; see
  ///   ``FastRecordCheck/Outcome/concerned``.
  package func findings(
    on records: [(record: StoredRecord, concerned: UInt64)], compiled: CompiledKind,
    needing need: NamedCheck.Need? = nil
  ) -> [Finding] {
    var findings: [Finding] = []
    for (place, (rule, when, _)) in compiled.rules.enumerated() {
      guard let call = rule.call, need.map(rule.needs) ?? true,
        view.provides(call.check.needs),
        call.check.isWanted(call.arguments, view.config)
      else { continue }
      let bit = FastRecordCheck.bit(ofRule: place)
      let concerned = records.lazy.filter { $0.concerned & bit != 0 }.map(\.record.file)
        .filter { when?.isValid($0.root) ?? true }
      switch call.check.body {
      case .each(let body):
        for record in concerned {
          var tally = FindingTally()
          let notes = body(record, call.arguments, view)
          guard !notes.isEmpty else { continue }
          let amendment = AmendmentHint(compiled, record)
          for note in notes {
            tally.add(rule.id, rule.severity) {
              finding(note, rule, about: record, compiled: compiled, amendment)
            }
          }
          findings += tally.findings
        }
      case .all(let body):
        // A part of the records can't be counted.
        guard view.whole != nil else { continue }
        findings += body(Array(concerned), call.arguments, view).map { onConfig($0, rule) }
      }
    }
    return findings
  }

  private func finding(
    _ note: CheckNote, _ rule: RecordRule, about record: RecordFile, compiled: CompiledKind,
    _ amendment: AmendmentHint
  ) -> Finding? {
    let pointer = note.pointer ?? rule.place?.places(in: record.root).first?.pointer ?? .root
    return RuleWords(rule: rule, compiled: compiled, remedy: remedy(record)).finding(
      in: record, at: pointer, facts: note.facts, amendment: amendment)
  }

  private func onConfig(_ note: CheckNote, _ rule: RecordRule) -> Finding {
    let node = note.pointer.flatMap { view.configRoot?.node(at: $0) }
    return Finding(
      rule: rule.id, severity: rule.severity, path: TrackerConfig.path,
      line: node?.position.line, column: node?.position.column,
      pointer: note.pointer?.description, message: Placeholders.fill(rule.message, note.facts),
      hint: rule.hint.map { Placeholders.fillCommand($0, note.facts) })
  }
}

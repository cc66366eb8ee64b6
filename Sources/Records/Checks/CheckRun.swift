import JSONSchema
import JSONText

/// Runs the rules of kinds that name a check, as far as the view knows what they need.
package struct CheckRun {
  private let view: StateView
  private let remedy: (RecordFile) -> RecordCheck.Remedy

  package init(_ view: StateView, remedy: @escaping (RecordFile) -> RecordCheck.Remedy) {
    self.view = view
    self.remedy = remedy
  }

  /// What checks of single records say of these, which are all of the judge's kind.
  package func findings(on records: [RecordFile], judge: KindJudge) -> [Finding] {
    judge.rules.flatMap { rule, when, _ -> [Finding] in
      guard let call = rule.call, view.provides(call.check.needs),
        call.check.isWanted(call.arguments, view.config)
      else { return [] }
      let concerned = records.filter { when?.isValid($0.root) ?? true }
      switch call.check.body {
      case .each(let body):
        return concerned.flatMap { record in
          body(record, call.arguments, view).compactMap {
            finding($0, rule, about: record, judge: judge)
          }
        }
      case .all(let body):
        // Of some records nobody can say how many there are.
        guard view.whole != nil else { return [] }
        return body(concerned, call.arguments, view).map { onConfig($0, rule) }
      }
    }
  }

  private func finding(
    _ remark: Remark, _ rule: RecordRule, about record: RecordFile, judge: KindJudge
  ) -> Finding? {
    let pointer = remark.pointer ?? rule.place?.places(in: record.root).first?.pointer ?? .root
    return RuleWords(rule: rule, judge: judge, remedy: remedy(record)).finding(
      in: record, at: pointer, facts: remark.facts)
  }

  private func onConfig(_ remark: Remark, _ rule: RecordRule) -> Finding {
    let node = remark.pointer.flatMap { view.configRoot?.node(at: $0) }
    return Finding(
      rule: rule.id, severity: rule.severity, path: TrackerConfig.path,
      line: node?.position.line, column: node?.position.column,
      pointer: remark.pointer?.description, message: Placeholders.fill(rule.message, remark.facts),
      hint: rule.hint.map { Placeholders.fillCommand($0, remark.facts) })
  }
}

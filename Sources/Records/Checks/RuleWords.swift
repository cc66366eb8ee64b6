import JSONText

/// Words a finding of a schema's rule: its message and its hint, with the facts put in.
struct RuleWords {
  let rule: RecordRule
  let compiled: CompiledKind
  let remedy: RecordCheck.Remedy

  /// What any rule's message and hint may insert, whatever finds it.
  static let commonFacts: [(name: String, meaning: String)] = [
    ("id", "the record's id"),
    ("key", "the place as `docket edit` takes it: motions.k3x9q"),
    ("items", "the ids of the items of the list that the finding points at"),
  ]

  /// `nil` where the record is frozen, so that only an amendment can mend it, and has one.
  func finding(in record: RecordFile, at pointer: JSONPointer, facts: [String: String] = [:])
    -> Finding?
  {
    let node = record.root.node(at: pointer) ?? record.root
    var facts = facts
    facts["id"] = record.id.text
    facts["key"] = FieldKey.text(for: pointer, in: record.value)
    facts["items"] = node.elements.compactMap { $0["id"]?.string.map(ShellWord.quoted) }.joined(
      separator: ", ")
    let command = rule.hint.map { hint($0, facts) }
    let amendments = command.flatMap { Amendable(compiled, record).listInstead(of: $0) }
    if let amendments, record.root.node(at: amendments)?.count ?? 0 > 0 { return nil }
    return Finding(
      rule: rule.id, severity: rule.severity, path: record.path, line: node.position.line,
      column: node.position.column, pointer: pointer.description,
      message: "\(record.id) \(Placeholders.fill(rule.message, facts))",
      hint: amendments.map {
        "docket add \(record.id) \($0.tokens.joined(separator: ".")) text=\"…\""
      } ?? command)
  }

  private func hint(_ text: String, _ facts: [String: String]) -> String {
    // A record that isn't written yet can't be edited.
    let named =
      remedy == .values && rule.severity == .error
      ? text.replacing("docket edit {id}", with: "docket new \(compiled.kind.name) …") : text
    return Placeholders.fillCommand(named, facts)
  }
}

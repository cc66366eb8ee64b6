import JSONText

/// Makes findings of a schema's rule, with the facts filled into message and hint.
struct RuleWords {
  let rule: RecordRule
  let compiled: CompiledKind
  let remedy: RecordCheck.Remedy

  /// The facts that the message and hint of any rule may insert.
  static let commonFacts: [(name: String, meaning: String)] = [
    ("id", "the record's id"),
    ("key", "the place as `docket edit` takes it: motions.k3x9q"),
    ("items", "the ids of the items of the list that the finding points at"),
  ]

  /// Returns a finding; `nil` if only an amendment can fix the frozen record, and it already has
  /// one.
  ///
  /// - Parameter amendment: the hint of this record, made once for all its findings.
  func finding(
    in record: RecordFile, at pointer: JSONPointer, facts: [String: String] = [:],
    amendment: AmendmentHint
  ) -> Finding? {
    let node = record.root.node(at: pointer) ?? record.root
    var facts = facts
    facts["id"] = record.id.text
    facts["key"] = FieldKey.text(for: pointer, in: record.root)
    facts["items"] = node.elements.compactMap { $0["id"]?.string.map(ShellWord.quoted) }.joined(
      separator: ", ")
    let command = rule.hint.map { hint($0, facts) }
    let amendments = command.flatMap { amendment.listInstead(of: $0) }
    if let amendments, record.root.node(at: amendments)?.count ?? 0 > 0 { return nil }
    let position = node.position
    return Finding(
      rule: rule.id, severity: rule.severity, path: record.path, line: position.line,
      column: position.column, pointer: pointer.description,
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

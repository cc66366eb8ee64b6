/// A built-in or schema rule, as described by `docs/rules.md`, `docket check --explain` and tools.
package struct RuleDescription: Sendable {
  package let id: String
  /// What the rule looks at: one record, a change, the whole state, the day or the history.
  package let looksAt: String
  package let severity: Severity
  /// A whole sentence.
  package let sentence: String
  /// The sentence for tables; for a schema rule the bare message, without its subject.
  package let note: String
  package let fix: String
  /// The kind whose schema has the rule; `nil` if it is built in.
  package let kind: String?
  /// The check that it calls, if any.
  package let check: String?

  /// The path and anchor of the rule's documentation, from the project's root.
  package var help: String { "docs/rules.md#\(id)" }

  init(_ rule: BuiltInRule) {
    id = rule.id
    looksAt = rule.scope.rawValue
    severity = rule.severity
    sentence = rule.sentence
    note = rule.sentence
    fix = rule.fix
    kind = nil
    check = nil
  }

  init(_ rule: RecordRule, of kind: Kind) {
    id = rule.id
    severity = rule.severity
    self.kind = kind.name
    check = rule.call?.check.name
    looksAt = rule.call?.check.looksAt ?? "one record"
    let message = Self.spelled(rule.message, rule)
    note = message
    sentence =
      (rule.call?.check.isAboutConfig == true
        ? message.capitalizedFirst
        : "It is said of \(kind.withArticle) that it \(message)") + "."
    fix = Self.spelled(rule.hint ?? "", rule)
  }

  /// Returns a message or hint with its placeholders replaced by capitalized words or examples.
  private static func spelled(_ text: String, _ rule: RecordRule) -> String {
    var facts = ["id": "ID", "key": rule.each.map { key(of: $0) } ?? "KEY", "items": "its items"]
    for fact in rule.call?.check.facts ?? [] {
      facts[fact.name] = rule.call?.check.examples[fact.name] ?? "…"
    }
    return Placeholders.fill(text, facts)
  }

  private static func key(of pattern: PointerPattern) -> String {
    pattern.tokens.map { $0 == "*" ? "ITEM" : $0 }.joined(separator: ".")
  }
}

extension NamedCheck {
  /// The widest scope that the check needs.
  package var looksAt: String {
    if needs.contains(.history) { return "the history" }
    if needs.contains(.age) || needs.contains(.state) { return "the whole state" }
    if needs.contains(.neighbours) { return "a record and those it links to" }
    return needs.contains(.day) ? "one record and the day" : "one record"
  }

  /// Whether it runs once for all records, and reports on what the config asks for.
  package var isAboutConfig: Bool {
    if case .all = body { return true }
    return false
  }
}

extension RuleBook {
  /// Returns every rule under a catalog: built-in rules first, then those of the kinds.
  package static func descriptions(in catalog: KindCatalog) -> [RuleDescription] {
    builtIn.map { RuleDescription($0) }
      + catalog.kinds.flatMap { kind in kind.rules.map { RuleDescription($0, of: kind) } }
  }
}

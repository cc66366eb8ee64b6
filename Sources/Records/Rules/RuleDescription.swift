/// A rule as `docs/rules.md`, `docket check --explain` and tools tell of it, wherever it is kept.
package struct RuleDescription: Sendable {
  package let id: String
  /// One record, a change, the whole state, the day or the history.
  package let looksAt: String
  package let severity: Severity
  /// A whole sentence.
  package let sentence: String
  /// The same as the rest of a sentence, where it is about one record; for tables.
  package let note: String
  package let fix: String
  /// The kind whose schema has the rule; `nil` where it is built in.
  package let kind: String?
  /// The check that it calls, if any.
  package let check: String?

  /// Where the rule is described, from the project's root.
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
        ? message.prefix(1).uppercased() + message.dropFirst()
        : "It is said of \(kind.withArticle) that it \(message)") + "."
    fix = Self.spelled(rule.hint ?? "", rule)
  }

  /// A message or hint in general: what a finding fills in stands as a word in capitals.
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
  /// What it looks at, the farthest of it.
  package var looksAt: String {
    if needs.contains(.history) { return "the history" }
    if needs.contains(.age) || needs.contains(.state) { return "the whole state" }
    if needs.contains(.neighbours) { return "a record and those it links to" }
    return needs.contains(.day) ? "one record and the day" : "one record"
  }

  /// Whether it answers once for all records, about what the config wants.
  package var isAboutConfig: Bool {
    if case .all = body { return true }
    return false
  }
}

extension RuleBook {
  /// Every rule under a catalog: the built-in ones first, then those of the kinds.
  package static func descriptions(in catalog: KindCatalog) -> [RuleDescription] {
    builtIn.map { RuleDescription($0) }
      + catalog.kinds.flatMap { kind in kind.rules.map { RuleDescription($0, of: kind) } }
  }
}

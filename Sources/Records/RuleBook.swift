/// A rule that code checks, as `docs/rules.md` and `docket check --explain` tell of it.
package struct BuiltInRule: Sendable {
  package enum Scope: String, Sendable {
    case record = "one record"
    case change = "a change"
    case state = "the whole state"
    case history = "the history"
  }

  package let id: String
  package let scope: Scope
  package let severity: Severity
  package let sentence: String
}

/// The rules kept in code, in one list; those about one record's content live in its schema.
package enum RuleBook {
  package static let builtIn: [BuiltInRule] = [
    .init(
      id: "record.well-formed", scope: .record, severity: .error,
      sentence: "A record is one JSON object in strict RFC 8259 text, UTF-8, without repeated keys."
    ),
    .init(
      id: "record.schema", scope: .record, severity: .error,
      sentence: "A record is valid under its kind's schema, as vendored at the same revision."),
    .init(
      id: "record.unknown-key", scope: .record, severity: .warning,
      sentence: "A key that the schema doesn't know is kept, and reported: it may be misspelt."),
    .init(
      id: "record.canonical", scope: .change, severity: .error,
      sentence: "A file that a change touches is in canonical form, so that it diffs by line."),
    .init(
      id: "record.id", scope: .record, severity: .error,
      sentence: "The id in a record is the id in its file's name, and its $schema fits its kind."),
    .init(
      id: "record.path", scope: .record, severity: .error,
      sentence:
        "A record is a regular file <folder>/<directory>/<yyyy>/<mm>/<ID>[-slug].json; nothing else lies in the records folder."
    ),
    .init(
      id: "record.duplicate-id", scope: .state, severity: .error,
      sentence: "An id belongs to one file."),
    .init(
      id: "record.duplicate-item", scope: .record, severity: .error,
      sentence: "An item's id belongs to one item of its list."),
    .init(
      id: "record.deleted", scope: .change, severity: .error,
      sentence: "A record is closed, not deleted: its history must stay findable."),
    .init(
      id: "record.frozen", scope: .change, severity: .error,
      sentence: "What its kind froze (approved minutes, say) stays; lists marked so may grow."),
    .init(
      id: "workflow.illegal-step", scope: .change, severity: .error,
      sentence: "A record's new state can be reached from its old one in its kind's workflow."),
    .init(
      id: "link.dangling", scope: .state, severity: .error,
      sentence: "A link names a record that exists."),
    .init(
      id: "link.wrong-kind", scope: .state, severity: .error,
      sentence: "A link names a record of a kind that the relation allows."),
    .init(
      id: "link.cycle", scope: .state, severity: .error,
      sentence: "Records don't lead back to themselves along a relation that forbids it."),
    .init(
      id: "text.control-character", scope: .record, severity: .error,
      sentence:
        "Text holds no terminal control and no bidirectional override: they show one thing and mean another."
    ),
    .init(
      id: "text.email-address", scope: .record, severity: .warning,
      sentence: "No e-mail address stands in a record: people are handles, roles or pseudonyms."),
    .init(
      id: "text.secret", scope: .record, severity: .warning,
      sentence: "Nothing that looks like a password or token stands in a record."),
    .init(
      id: "person.unknown", scope: .state, severity: .warning,
      sentence: "A handle is on the roster, .docket/people.json."),
    .init(
      id: "config.invalid", scope: .state, severity: .error,
      sentence: "Config, people and schemas are valid: everything else is judged by them."),
    .init(
      id: "policy.weakened", scope: .change, severity: .error,
      sentence:
        "A change doesn't lower the rules it is judged by, unless a maintainer named in the config makes it."
    ),
    .init(
      id: "policy.maintainers-only", scope: .change, severity: .error,
      sentence: "Where the config names maintainers, only they change config, people and schemas."),
    .init(
      id: "schema.inconsistent", scope: .state, severity: .error,
      sentence:
        "A schema agrees with itself: what its model names is there, and what is there can be reached."
    ),
    .init(
      id: "schema.refuses-records", scope: .change, severity: .error,
      sentence:
        "A changed schema accepts the records that were right before, or the same change migrates them."
    ),
    .init(
      id: "schema.stranded-state", scope: .change, severity: .warning,
      sentence: "A changed workflow keeps the states that records are in, or the change maps them."),
    .init(
      id: "schema.migrated", scope: .history, severity: .info,
      sentence: "A commit that migrates records says so, and the audit report lists it."),
    .init(
      id: "record.migrated", scope: .change, severity: .info,
      sentence:
        "What is frozen changes only where its schema changed and no longer takes it as it was."),
  ]

  private static let byID = Dictionary(builtIn.map { ($0.id, $0) }, uniquingKeysWith: { $1 })

  package static func rule(_ id: String) -> BuiltInRule? { byID[id] }

  /// A finding of a built-in rule at its default severity.
  package static func finding(
    _ rule: String, path: String, line: Int? = nil, column: Int? = nil, pointer: String? = nil,
    _ message: String, hint: String? = nil
  ) -> Finding {
    Finding(
      rule: rule, severity: byID[rule]?.severity ?? .error, path: path, line: line, column: column,
      pointer: pointer, message: message, hint: hint)
  }
}

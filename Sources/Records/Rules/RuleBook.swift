package import Files

/// A rule checked by code, as described by `docs/rules.md` and `docket check --explain`.
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
  /// The general fix; a finding's hint has the command for its record.
  package let fix: String
}

/// The rules built into docket; rules about a kind's content are in the kind's schema.
package enum RuleBook {
  package static let builtIn: [BuiltInRule] = [
    .init(
      id: "record.well-formed", scope: .record, severity: .error,
      sentence:
        "A record is one JSON object in strict RFC 8259 text, UTF-8, without repeated keys.",
      fix: "correct the text where the finding points, then `docket fmt PATH`"),
    .init(
      id: "record.conflict", scope: .record, severity: .error,
      sentence:
        "A record isn't in conflict: two sides of a merge changed the same field, and neither was chosen.",
      fix: "`docket resolve ID` shows both values, and takes one of them, both, or another"),
    .init(
      id: "record.schema", scope: .record, severity: .error,
      sentence:
        "A record is valid under its kind's schema, as vendored at the same revision.",
      fix: "`docket edit ID KEY=VALUE`; the finding names the key and the values allowed there"),
    .init(
      id: "record.unknown-key", scope: .record, severity: .warning,
      sentence:
        "A key that the schema doesn't know is kept, and reported: it may be misspelt.",
      fix: "rename the key, `docket edit ID KEY-=`, or add it to the kind's schema"),
    .init(
      id: "record.derived-fact", scope: .record, severity: .warning,
      sentence:
        "What follows from records or their history (who wrote, when it changed, a score) is not stored: stored, it would be wrong one day.",
      fix:
        "`docket edit ID KEY-=`; `docket log ID` and `docket list author:… changed:…` tell who and when, reports compute scores"
    ),
    .init(
      id: "record.canonical", scope: .change, severity: .error,
      sentence:
        "A file that a change touches is in canonical form, so that it diffs by line.",
      fix: "`docket fmt PATH && git add PATH`"),
    .init(
      id: "record.id", scope: .record, severity: .error,
      sentence:
        "The id in a record is the id in its file's name, and its $schema fits its kind.",
      fix: "put the file's id and its kind's `$schema` back"),
    .init(
      id: "record.path", scope: .record, severity: .error,
      sentence:
        "A record is a regular file <folder>/<directory>/<yyyy>/<mm>/<ID>[-slug].json; nothing else is in the records folder.",
      fix: "`git mv` the file to where its id belongs, or keep it outside the records folder"),
    .init(
      id: "path.ambiguous", scope: .change, severity: .error,
      sentence:
        "A new path differs from docket's own paths, and those in `.docket/` from each other, by more than case, Unicode form and what some file systems leave out of names.",
      fix: "`git rm --cached` the file, and keep it under another name"),
    .init(
      id: "record.duplicate-id", scope: .state, severity: .error,
      sentence:
        "An id belongs to one file.",
      fix: "`git rm --cached` one of the two files; `docket new` gives a record an id of its own"),
    .init(
      id: "record.duplicate-item", scope: .record, severity: .error,
      sentence:
        "An item's id belongs to one item of its list.",
      fix: "take the id out of one of the two items, and docket gives it another"),
    .init(
      id: "record.deleted", scope: .change, severity: .error,
      sentence:
        "A record is closed, not deleted: its history must stay findable.",
      fix: "`git restore` the file, and `docket move ID STATE` to close the record"),
    .init(
      id: "record.frozen", scope: .change, severity: .error,
      sentence:
        "What its kind froze (approved minutes, say) stays; lists marked so may grow.",
      fix: "`git restore` the file, and say it with `docket add ID amendments text=\"…\"`"),
    .init(
      id: "record.retired-items", scope: .change, severity: .warning,
      sentence:
        "Nothing new goes into a list whose items are records of their own now.",
      fix: "`docket migrate` makes records of the items"),
    .init(
      id: "workflow.illegal-step", scope: .change, severity: .error,
      sentence:
        "A record's new state can be reached from its old one in its kind's workflow.",
      fix: "`docket move ID STATE` to a state that may follow"),
    .init(
      id: "link.dangling", scope: .state, severity: .error,
      sentence:
        "A link names a record that exists.",
      fix: "`docket list` finds the id that is meant; `git add` the record if it is new"),
    .init(
      id: "link.wrong-kind", scope: .state, severity: .error,
      sentence:
        "A link names a record of a kind that the relation allows.",
      fix: "name another record, or use another relation"),
    .init(
      id: "link.cycle", scope: .state, severity: .error,
      sentence:
        "Records don't lead back to themselves along a relation that forbids it.",
      fix: "take one link of the circle away; the finding has the command"),
    .init(
      id: "record.placeholder", scope: .record, severity: .error,
      sentence:
        "No value is \"…\" alone: that stands, in what docket prints, for something to fill in.",
      fix: "fill it in: `docket edit ID KEY=VALUE`, or `KEY-=` where there is nothing to say"),
    .init(
      id: "text.control-character", scope: .record, severity: .error,
      sentence:
        "Text holds no character that controls a terminal, or hides or reorders text: it would show one thing and mean another.",
      fix: "take the character out"),
    .init(
      id: "text.email-address", scope: .record, severity: .warning,
      sentence:
        "A record holds no e-mail address: people are handles, roles or pseudonyms.",
      fix: "name the person by handle, role or pseudonym"),
    .init(
      id: "text.secret", scope: .record, severity: .warning,
      sentence:
        "A record holds nothing that looks like a password or token.",
      fix: "take it out and revoke it: history keeps what was committed"),
    .init(
      id: "person.unknown", scope: .state, severity: .warning,
      sentence:
        "A handle is on the roster, .docket/people.json.",
      fix: "add the person to `.docket/people.json`, or correct the handle"),
    .init(
      id: "person.not-then", scope: .state, severity: .warning,
      sentence:
        "A handle belongs to someone who was there on the day that the record is about.",
      fix: "correct the record's date or handle, or `from` and `to` in `.docket/people.json`"),
    .init(
      id: "score.no-result", scope: .record, severity: .warning,
      sentence:
        "Numbers entered for a score give one: none is missing, out of its range, or divides by zero.",
      fix: "`docket edit ID KEY=VALUE` with the number that the finding names"),
    .init(
      id: "config.invalid", scope: .state, severity: .error,
      sentence:
        "Config, people and schemas are valid: everything else is checked against them.",
      fix: "correct the file where the finding points, then `docket check`"),
    .init(
      id: "config.unknown-rule", scope: .state, severity: .warning,
      sentence:
        "The config sets no rule that doesn't exist, as a misspelt name would.",
      fix: "correct the name in `.docket/config.json`, or take the line out"),
    .init(
      id: "history.shallow", scope: .history, severity: .info,
      sentence:
        "History that a rule needs is there: in a shallow clone such rules aren't checked, and nothing is guessed.",
      fix: "`git fetch --unshallow`"),
    .init(
      id: "policy.weakened", scope: .change, severity: .error,
      sentence:
        "A change doesn't lower the rules it is checked against, unless a maintainer named in the config makes it.",
      fix: "take the change back, or first name maintainers in a commit of its own"),
    .init(
      id: "policy.maintainers-only", scope: .change, severity: .error,
      sentence:
        "Where the config names maintainers, only they change config, people and schemas.",
      fix: "ask a maintainer to make the change, in a pull request"),
    .init(
      id: "schema.inconsistent", scope: .state, severity: .error,
      sentence:
        "A schema agrees with itself: what its model names is there, and what is there can be reached.",
      fix: "correct the schema where the finding points; `docket schema check` says more"),
    .init(
      id: "schema.refuses-records", scope: .change, severity: .error,
      sentence:
        "A changed schema accepts the records that were right before, or the same change migrates them.",
      fix: "`docket migrate` changes the schema and the records in one commit"),
    .init(
      id: "schema.stranded-state", scope: .change, severity: .warning,
      sentence: "A changed workflow keeps the states that records are in, or the change maps them.",
      fix: "keep the state, or `docket migrate --map KIND.status:OLD=NEW`"),
    .init(
      id: "schema.migrated", scope: .history, severity: .info,
      sentence: "A commit that migrates records says so, and the audit report lists it.",
      fix: "nothing to fix: it is listed so that someone looks"),
    .init(
      id: "record.migrated", scope: .change, severity: .info,
      sentence:
        "What is frozen changes only where its schema changed and no longer takes it as it was, or leaves a list for a record of its own.",
      fix: "nothing to fix: it is listed so that someone looks"),
  ]

  private static let byID = Dictionary(builtIn.map { ($0.id, $0) }, uniquingKeysWith: { $1 })

  package static func rule(_ id: String) -> BuiltInRule? { byID[id] }

  /// Returns a built-in rule's default severity.
  package static func severity(of rule: String) -> Severity { byID[rule]?.severity ?? .error }

  /// Returns a finding of a built-in rule at its default severity.
  package static func finding(
    _ rule: String, path: RepositoryPath, line: Int? = nil, column: Int? = nil,
    pointer: String? = nil,
    _ message: String, hint: String? = nil
  ) -> Finding {
    Finding(
      rule: rule, severity: severity(of: rule), path: path, line: line, column: column,
      pointer: pointer, message: message, hint: hint)
  }
}

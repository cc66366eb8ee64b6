import Files
package import JSONText
import Records

extension AuditReport {
  /// The report for machines, `docket.report/1`; `docs/audit-report.md` describes it.
  ///
  /// Text is unchanged. Callers that print it must escape it for a terminal; ``jsonText`` does.
  package var json: JSONValue {
    .fields([
      ("format", .string("docket.report/1")),
      ("report", .string("audit")),
      ("rev", .string(revision)),
      ("at", .instant(committedAt)),
      ("truncated", .bool(isTruncated)),
      ("sections", .array([scopeJSON, summaryJSON, ledgerJSON, exceptionsJSON, traceJSON])),
    ])
  }

  /// ``json`` in canonical form, with each character that would control a terminal or reorder text
  /// written as an escape such as `\u202e`: it parses to the same value.
  package var jsonText: String {
    String(decoding: JSONPrinter.printable(json), as: UTF8.self)
  }

  private var scopeJSON: JSONValue {
    .fields([
      ("name", .string("scope")),
      ("tracker", .string(name)),
      ("since", since.map(JSONValue.instant)),
      ("until", until.map(JSONValue.instant)),
      ("command", .string(command)),
      ("records", .count(recordCount)),
      (
        "unreadable",
        .array(
          unreadable.map {
            .fields([
              ("path", .string($0.path.text)), ("line", $0.line.map(JSONValue.count)),
              ("column", $0.column.map(JSONValue.count)), ("error", .string($0.message)),
            ])
          })
      ),
      ("limits", .array(limits.map(JSONValue.string))),
    ])
  }

  private var summaryJSON: JSONValue {
    .fields([
      ("name", .string("summary")),
      (
        "kinds",
        .array(
          kinds.map { kind in
            .fields([
              ("kind", kind.kind.map(JSONValue.string)), ("title", .string(kind.title)),
              ("records", .count(kind.count)),
              (
                "states",
                .array(
                  kind.states.map {
                    .fields([("state", .string($0.state)), ("records", .count($0.count))])
                  })
              ),
            ])
          })
      ),
      ("changes", .count(ledger.lines.count)),
      ("commits", .count(ledger.commitCount)),
      (
        "people",
        .array(
          ledger.people.map {
            .fields([
              ("name", .string($0.name)), ("email", .string($0.email)),
              ("changes", .count($0.changes)), ("commits", .count($0.commits)),
            ])
          })
      ),
      ("openExceptions", .count(exceptions.openCount)),
    ])
  }

  private var ledgerJSON: JSONValue {
    .fields([
      ("name", .string("ledger")),
      ("items", .array(ledger.lines.map(Self.json))),
    ])
  }

  private static func json(_ line: AuditLedger.Line) -> JSONValue {
    let (commit, change) = (line.commit, line.change)
    return .fields([
      ("commit", .string(commit.id)),
      (
        "author",
        .fields([("name", .string(commit.authorName)), ("email", .string(commit.authorEmail))])
      ),
      ("authoredAt", .instant(commit.authoredAt)),
      ("committedAt", .instant(commit.committedAt)),
      ("broughtAt", .instant(line.broughtAt)),
      ("subject", .string(commit.subject)),
      ("id", .string(change.id.text)),
      ("kind", change.kind.map { .string($0.name) }),
      ("title", .string(line.title)),
      ("path", .string(change.path.text)),
      ("from", change.from.map { .string($0.text) }),
      ("change", .string(change.type.rawValue)),
      ("error", change.problem.map(JSONValue.string)),
      (
        "fields",
        .array(
          change.fields.map {
            .fields([
              ("pointer", .string($0.pointer.description)), ("key", .string($0.key)),
              ("before", $0.before), ("after", $0.after),
            ])
          })
      ),
      ("words", .array(line.words.map(JSONValue.string))),
    ])
  }

  private var exceptionsJSON: JSONValue {
    let items = exceptions.groups.flatMap(\.items)
    return .fields([
      ("name", .string("exceptions")),
      (
        "items",
        .array(
          items.map { item in
            let finding = item.finding
            return .fields([
              ("rule", .string(finding.rule)),
              ("severity", .string(finding.severity.rawValue)),
              ("path", .string(finding.path.text)),
              ("line", finding.line.map(JSONValue.count)),
              ("column", finding.column.map(JSONValue.count)),
              ("pointer", finding.pointer.map(JSONValue.string)),
              ("message", .string(finding.message)),
              ("hint", finding.hint.map(JSONValue.string)),
              ("commit", finding.commit.map(JSONValue.string)),
              ("id", item.record.map { .string($0.id.text) }),
              ("lastCommit", item.record?.lastCommit.map { .string($0.id) }),
            ])
          })
      ),
    ])
  }

  private var traceJSON: JSONValue {
    .fields(
      [
        ("name", .string("traceability")),
        (
          "items",
          .array(
            trace.rows.map { row in
              .fields([
                ("decision", Self.json(row.decision)),
                ("people", Self.json(row.people)),
                ("links", Self.json(row.links)), ("computed", Self.json(row.computed)),
                ("painPoints", .array(row.painPoints.map(Self.json))),
                (
                  "outcomes",
                  .array(
                    row.outcomes.map {
                      .fields([("retro", Self.json($0.retro)), ("said", Self.json($0.words))])
                    })
                ),
              ])
            })
        ),
      ] + gaps.map { ($0.name, .array($0.gaps.map { Self.json($0.record) })) }
        + [("missingKinds", .array(trace.missingKinds.map(JSONValue.string)))])
  }

  private static func json(_ record: RecordMention) -> JSONValue {
    .fields([
      ("id", .string(record.id.text)), ("title", .string(record.title)),
      ("state", record.state.map(JSONValue.string)), ("date", record.date.map(JSONValue.string)),
      ("path", .string(record.path.text)),
      ("lastCommit", record.lastCommit.map { .string($0.id) }),
    ])
  }

  private static func json(_ labelled: [AuditTrace.Labelled]) -> JSONValue {
    .array(
      labelled.map {
        .fields([
          ("label", .string($0.label)), ("values", .array($0.values.map(JSONValue.string))),
        ])
      })
  }
}

extension JSONValue {
  /// Returns an object of the members that have a value.
  fileprivate static func fields(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(
      JSONObject(
        members: members.compactMap { key, value in
          value.map { JSONMember(key: key, value: $0) }
        }))
  }

  fileprivate static func count(_ number: Int) -> JSONValue { .number(JSONNumber(number)) }

  fileprivate static func instant(_ seconds: Int64) -> JSONValue { .string(Instant.text(seconds)) }
}

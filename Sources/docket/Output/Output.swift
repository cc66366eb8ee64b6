import ArgumentParser
import Files
import JSONText
import Records

/// Machine output: one object whose first key names its format, or only its items, one for each
/// line.
enum Output {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, jsonl
  }

  /// `{"format": "docket.<what>/1", …}`.
  static func envelope(_ what: String, _ members: [(String, JSONValue)]) -> JSONValue {
    var object = JSONObject()
    object["format"] = .string("docket.\(what)/1")
    for (key, value) in members { object[key] = value }
    return .object(object)
  }

  static func write(_ value: JSONValue) {
    writeJSON(JSONPrinter.canonical(value))
  }

  static func writeLines(_ values: [JSONValue]) {
    var bytes: [UInt8] = []
    for value in values {
      bytes += JSONPrinter.compact(value)
      bytes.append(UInt8(ascii: "\n"))
    }
    writeJSON(bytes)
  }

  /// Writes JSON text to standard output, with escapes for characters that deceive.
  static func writeJSON(_ bytes: [UInt8]) {
    Terminal.print(JSONPrinter.withoutControls(bytes), as: .json)
  }

  static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
    var object = JSONObject()
    for (key, value) in members where value != nil { object[key] = value }
    return .object(object)
  }

  /// `{id, kind, path, record, collections: {NAME: [{id, path, record}]}}`; without collections where
  /// the kind has none.
  static func item(
    _ record: RecordFile, kind: Kind?, collections: [(name: String, records: [RecordFile])]
  ) -> JSONValue {
    var item = item(record, kind: kind)
    guard !collections.isEmpty else { return item }
    item["collections"] = object(
      collections.map { name, records in
        (
          name,
          .array(
            records.map {
              object([
                ("id", .string($0.id.text)), ("path", .string($0.path.text)), ("record", $0.value),
              ])
            })
        )
      })
    return item
  }

  /// `{id, kind, path, record}`.
  static func item(_ record: RecordFile, kind: Kind?) -> JSONValue {
    object([
      ("id", .string(record.id.text)), ("kind", kind.map { .string($0.name) }),
      ("path", .string(record.path.text)), ("record", record.value),
    ])
  }

  /// `{path, error}`: an unreadable record doesn't hide the others.
  static func item(_ problem: UnreadableRecord) -> JSONValue {
    let place = problem.line.map { line in "\(line):\(problem.column ?? 1): " } ?? ""
    return object([
      ("path", .string(problem.path.text)), ("error", .string(place + problem.message)),
    ])
  }

  static func item(_ finding: Finding) -> JSONValue {
    object([
      ("rule", .string(finding.rule)), ("severity", .string(finding.severity.rawValue)),
      ("path", .string(finding.path.text)), ("line", finding.line.map { .number(JSONNumber($0)) }),
      ("column", finding.column.map { .number(JSONNumber($0)) }),
      ("pointer", finding.pointer.map { .string($0) }), ("message", .string(finding.message)),
      ("hint", finding.hint.map { .string($0) }), ("commit", finding.commit.map { .string($0) }),
      ("count", finding.count > 1 ? .number(JSONNumber(finding.count)) : nil),
    ])
  }

  static func item(_ entry: LogEntry) -> JSONValue {
    let commit = entry.commit
    return object([
      ("commit", .string(commit.id)), ("parents", .array(commit.parents.map { .string($0) })),
      (
        "author",
        object([("name", .string(commit.authorName)), ("email", .string(commit.authorEmail))])
      ),
      ("authoredAt", .string(Instant.text(commit.authoredAt))),
      ("committedAt", .string(Instant.text(commit.committedAt))),
      ("subject", .string(commit.subject)), ("changes", .array(entry.changes.map(item))),
    ])
  }

  static func item(_ change: RecordChange) -> JSONValue {
    object([
      ("id", .string(change.id.text)), ("kind", change.kind.map { .string($0.name) }),
      ("path", .string(change.path.text)), ("from", change.from.map { .string($0.text) }),
      ("change", .string(change.type.rawValue)),
      ("fields", .array(change.fields.map(item))),
      ("error", change.problem.map { .string($0) }),
    ])
  }

  static func item(_ field: FieldChange) -> JSONValue {
    object([
      ("pointer", .string(field.pointer.description)), ("key", .string(field.key)),
      ("before", field.before), ("after", field.after),
    ])
  }
}

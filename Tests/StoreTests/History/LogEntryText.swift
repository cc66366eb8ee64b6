import Files
import JSONText
import Records

/// Everything that a log entry says, to compare answers.
enum LogEntryText {
  static func text(_ entry: LogEntry) -> String {
    let changes = entry.changes.map { change in
      let fields = change.fields.map { field in
        let values = [field.before, field.after].map { value in
          value.map { String(decoding: JSONPrinter.compact($0), as: UTF8.self) } ?? "nothing"
        }
        return "\(field.pointer) \(field.key) \(values)"
      }
      return "\(change.id) \(change.type) \(change.path) \(change.from ?? "-") \(fields) "
        + "\(change.migratedFrom as Any) \(change.wentOn.map(\.record)) \(change.problem ?? "")"
    }
    return "\(entry.commit) \(entry.broughtAt)\n  \(changes.joined(separator: "\n  "))"
  }
}

import Files
import Records
import Reports

/// A record's change as text for a terminal.
enum ChangeText {
  /// - Parameter saysDeed: whether to write "added" and "deleted"; `false` if that is already above
  ///   it.
  static func lines(_ change: RecordChange, saysDeed: Bool = true) -> [String] {
    let indent = "  "
    let heading = Terminal.safe(change.heading)
    let verb =
      switch change.type {
      case .added: saysDeed ? "added" : ""
      case .deleted: saysDeed ? "deleted" : ""
      case .renamed:
        change.migratedFrom.map { "migrated from \($0.list).\($0.item) of \($0.record)" }
          ?? "moved from \(change.from ?? "elsewhere")"
      case .modified: ""
      }
    var lines = [
      indent + Terminal.styled(change.id.text, .cyan) + (heading.isEmpty ? "" : "  " + heading)
        + (verb.isEmpty ? "" : "  (\(Terminal.safe(verb)))")
    ]
    if let problem = change.problem { lines.append(indent + "  " + problem) }
    if change.type == .deleted { return lines }
    for line in change.migrationSentences {
      lines += Terminal.wrapped(Terminal.safe(line), indent: indent + "  ")
    }
    if change.type == .modified, change.fields.isEmpty, change.problem == nil,
      change.wentOn.isEmpty
    {
      lines.append(indent + "  only its form changed, no value")
    }
    let reported =
      change.type == .added ? change.fields.filter { !isPlain($0, change) } : change.fields
    let words = FieldSentences(of: change.kind)
    for sentence in reported.flatMap(words.sentences) {
      lines += Terminal.wrapped(Terminal.safe(sentence), indent: indent + "  ")
    }
    return lines
  }

  /// Whether a new record's first line already shows the field.
  private static func isPlain(_ field: FieldChange, _ change: RecordChange) -> Bool {
    (Kind.identityKeys + [change.kind?.titleKey].compactMap { $0 }).contains(field.key)
  }
}

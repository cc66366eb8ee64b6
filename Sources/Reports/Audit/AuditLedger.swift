import JSONText
import Records

/// The ledger: each change to a record in the period, oldest first.
struct AuditLedger: Sendable {
  /// The change to one record by one commit.
  struct Line: Sendable {
    let commit: CommitInfo
    /// When the commit reached the branch: the committer time of the first-parent commit that
    /// brought it in. The period selects by it, and the ledger is sorted by it.
    let broughtAt: Int64
    let change: RecordChange
    /// The old and new values, one sentence for each field.
    let words: [String]

    /// The line's id in the report, made of the commit and the record.
    let anchor: String
    var kindTitle: String { change.kind?.title ?? change.id.prefix }
    var title: String { change.heading }

    /// "added", "changed", "moved", "migrated", "deleted".
    var verb: String {
      switch change.type {
      case .added: "added"
      case .modified: "changed"
      case .renamed: change.migratedFrom == nil ? "moved" : "migrated"
      case .deleted: "deleted"
      }
    }
  }

  /// A person who changed records in the period, as named in git.
  struct Person: Sendable {
    let name: String
    let email: String
    var commits = 0
    var changes = 0
  }

  let lines: [Line]
  /// The people, most changes first.
  let people: [Person]
  let commitCount: Int
  private let newest: [RecordID: CommitInfo]

  init(_ entries: [LogEntry]) {
    let entries = entries.filter { !$0.changes.isEmpty }
    // A stable sort, so that commits brought in together keep history's order.
    let ordered = entries.reversed().enumerated().sorted {
      ($0.element.broughtAt, $0.offset) < ($1.element.broughtAt, $1.offset)
    }.map(\.element)
    lines = ordered.flatMap { entry in
      // Two files may claim one id: an exception, but anchors must stay unique.
      var times: [RecordID: Int] = [:]
      return entry.changes.map { change in
        let time = times[change.id, default: 0] + 1
        times[change.id] = time
        return Line(
          commit: entry.commit, broughtAt: entry.broughtAt, change: change,
          words: Self.words(change),
          anchor: Self.anchor(entry.commit, change.id) + (time == 1 ? "" : "-\(time)"))
      }
    }
    commitCount = entries.count
    newest = Dictionary(
      lines.map { ($0.change.id, $0.commit) }, uniquingKeysWith: { _, later in later })
    people = Self.people(of: ordered)
  }

  /// Returns the anchor of the line for a commit's change to a record.
  static func anchor(_ commit: CommitInfo, _ id: RecordID) -> String { "\(commit.id)-\(id)" }

  /// Returns the newest commit in the period that changed the record.
  func lastCommit(of id: RecordID) -> CommitInfo? { newest[id] }

  private static func people(of entries: [LogEntry]) -> [Person] {
    var people: [String: Person] = [:]
    for entry in entries {
      let commit = entry.commit
      // One address is one person, even under different names.
      let key = commit.authorEmail.isEmpty ? commit.authorName : commit.authorEmail.lowercased()
      people[key, default: Person(name: commit.authorName, email: commit.authorEmail)].commits += 1
      people[key]?.changes += entry.changes.count
    }
    return people.values.sorted {
      ($1.changes, $1.commits, $0.name, $0.email) < ($0.changes, $0.commits, $1.name, $1.email)
    }
  }

  // MARK: Words

  private static func words(_ change: RecordChange) -> [String] {
    if let problem = change.problem { return ["cannot be read: \(problem)"] }
    var words: [String] = []
    if let origin = change.migratedFrom {
      words.append("was \(origin.list).\(origin.item) of \(origin.record)")
    } else if let from = change.from, from != change.path {
      words.append("file moved from \(from)")
    }
    words += change.migrationSentences
    switch change.type {
    case .deleted:
      let state = (change.before).flatMap { before in change.kind?.state(of: before) }
      words.append(state.map { "record deleted; it was \($0)" } ?? "record deleted")
    case .added: words += sentences(reported(change.fields, of: change), of: change)
    case .modified, .renamed: words += sentences(change.fields, of: change)
    }
    return words.isEmpty ? ["no field differs; only the file's text does"] : words
  }

  /// Returns the fields of a new record that its line doesn't show otherwise, or else all.
  private static func reported(_ fields: [FieldChange], of change: RecordChange) -> [FieldChange] {
    let said: Set<String?> = ["$schema", "id", change.kind?.titleKey]
    let rest = fields.filter { $0.pointer.tokens.count > 1 || !said.contains($0.key) }
    return rest.isEmpty ? fields : rest
  }

  /// Returns the sentences of the fields, the workflow state first: readers look for it.
  private static func sentences(_ fields: [FieldChange], of change: RecordChange) -> [String] {
    let property = change.kind?.workflow?.property
    let isStep = { (field: FieldChange) in property != nil && field.key == property }
    return (fields.filter(isStep) + fields.filter { !isStep($0) }).flatMap(
      FieldSentences(of: change.kind).sentences)
  }
}

package import Files
package import JSONText

/// The change made by one commit to one record.
package struct RecordChange: Sendable {
  package enum ChangeType: String, Sendable {
    case added, modified, deleted, renamed
  }

  package let id: RecordID
  package let kind: Kind?
  package let path: RepositoryPath
  /// The old path, if it changed.
  package let from: RepositoryPath?
  package let type: ChangeType
  package let fields: [FieldChange]
  package let before: JSONValue?
  package let after: JSONValue?
  /// Why a version couldn't be read; the fields are unknown then.
  package let problem: String?
  /// The versions in the other parents of a merge.
  package var others: [JSONValue?] = []
  /// The item that the record was until this change, which is its migration.
  package var migratedFrom: MigrationOrigin?
  /// The items of the record's lists that this change didn't take away: they are records of their own
  /// from then on, and so in none of its fields.
  package var wentOn: [MigratedItem] = []

  package init(
    id: RecordID, kind: Kind?, path: RepositoryPath, from: RepositoryPath?, type: ChangeType,
    fields: [FieldChange],
    before: JSONValue?, after: JSONValue?, problem: String?
  ) {
    self.id = id
    self.kind = kind
    self.path = path
    self.from = from
    self.type = type
    self.fields = fields
    self.before = before
    self.after = after
    self.problem = problem
  }

  /// Returns the same change, telling only these fields.
  package func with(_ fields: [FieldChange]) -> RecordChange {
    var change = RecordChange(
      id: id, kind: kind, path: path, from: from, type: type, fields: fields, before: before,
      after: after, problem: problem)
    (change.others, change.migratedFrom, change.wentOn) = (others, migratedFrom, wentOn)
    return change
  }

  /// The record's versions on all sides of the change.
  package var versions: [JSONValue] { ([before, after] + others).compactMap { $0 } }

  /// The record's heading after the change, or before it if the record was deleted.
  package var heading: String {
    guard let kind, let value = after ?? before else { return "" }
    return kind.heading(of: value)
  }
}

extension RecordChange {
  /// What happened to the record, by which changes are grouped for people.
  package enum Deed: CaseIterable, Sendable {
    case added, closed, reopened, changed, moved, deleted
  }

  package var deed: Deed {
    switch type {
    case .added: return .added
    case .deleted: return .deleted
    case .modified, .renamed:
      if let kind, let before, let after, kind.isClosed(before) != kind.isClosed(after) {
        return kind.isClosed(after) ? .closed : .reopened
      }
      return type == .renamed && fields.isEmpty && problem == nil ? .moved : .changed
    }
  }
}

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

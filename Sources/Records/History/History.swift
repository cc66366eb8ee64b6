package import JSONText

/// A commit as history tells of it; identities are already mapped through `.mailmap`.
package struct CommitInfo: Sendable, Hashable {
  /// Forty hexadecimal digits.
  package let id: String
  package let parents: [String]
  package let authorName: String
  package let authorEmail: String
  /// Seconds since the epoch.
  package let authoredAt: Int64
  package let committedAt: Int64
  package let subject: String

  package init(
    id: String, parents: [String], authorName: String, authorEmail: String, authoredAt: Int64,
    committedAt: Int64, subject: String
  ) {
    self.id = id
    self.parents = parents
    self.authorName = authorName
    self.authorEmail = authorEmail
    self.authoredAt = authoredAt
    self.committedAt = committedAt
    self.subject = subject
  }

  package var shortID: String { String(id.prefix(10)) }
}

/// What one commit did to one record.
package struct RecordChange: Sendable {
  package enum ChangeType: String, Sendable {
    case added, modified, deleted, renamed
  }

  package let id: RecordID
  package let kind: Kind?
  package let path: String
  /// Where it was before, if it was elsewhere.
  package let from: String?
  package let type: ChangeType
  package let fields: [FieldChange]
  package let before: JSONValue?
  package let after: JSONValue?
  /// Why a version couldn't be read; its fields are then unknown.
  package let problem: String?

  package init(
    id: RecordID, kind: Kind?, path: String, from: String?, type: ChangeType, fields: [FieldChange],
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

  /// The record's heading after the change, or before where it went.
  package var heading: String {
    guard let kind, let value = after ?? before else { return "" }
    return kind.heading(of: value)
  }
}

extension RecordChange {
  /// What became of the record, as people sort changes.
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

/// A commit and what it did to records.
package struct LogEntry: Sendable {
  package let commit: CommitInfo
  package let changes: [RecordChange]
  /// The committer time of the first-parent commit that brought this one in: what dates select by.
  package let broughtAt: Int64

  package init(commit: CommitInfo, changes: [RecordChange], broughtAt: Int64) {
    self.commit = commit
    self.changes = changes
    self.broughtAt = broughtAt
  }
}

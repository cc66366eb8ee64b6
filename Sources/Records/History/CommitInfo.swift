/// A commit's metadata, with identities already mapped through `.mailmap`.
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

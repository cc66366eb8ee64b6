/// A commit and what it did to records.
package struct LogEntry: Sendable {
  package let commit: CommitInfo
  package let changes: [RecordChange]
  /// The committer time of the first-parent commit that brought this one in, which date filters
  /// use.
  package let broughtAt: Int64

  package init(commit: CommitInfo, changes: [RecordChange], broughtAt: Int64) {
    self.commit = commit
    self.changes = changes
    self.broughtAt = broughtAt
  }
}

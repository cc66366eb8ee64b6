package import Records

/// Everything that an audit report is made from: one revision's state and a period's history.
///
/// There is no clock in it and no repository behind it; the same input gives the same bytes.
package struct AuditInput: Sendable {
  /// The tracker's name.
  package let name: String
  /// The commit whose state is told of, forty hexadecimal digits.
  package let revision: String
  /// When that commit was made: committer time, in seconds since the epoch.
  package let committedAt: Int64
  /// The first and the last second of the period; `nil`: no bound.
  package let since: Int64?
  package let until: Int64?
  /// Whether history ends early, as in a shallow clone.
  package let isTruncated: Bool
  package let catalog: KindCatalog
  package let roster: Roster
  package let records: [RecordFile]
  package let unreadable: [UnreadableRecord]
  /// What commits in the period did to records, newest first.
  package let entries: [LogEntry]
  /// What a check of the state has to say.
  package let findings: [Finding]

  package init(
    name: String, revision: String, committedAt: Int64, since: Int64?, until: Int64?,
    isTruncated: Bool, catalog: KindCatalog, roster: Roster, records: [RecordFile],
    unreadable: [UnreadableRecord], entries: [LogEntry], findings: [Finding]
  ) {
    self.name = name
    self.revision = revision
    self.committedAt = committedAt
    self.since = since
    self.until = until
    self.isTruncated = isTruncated
    self.catalog = catalog
    self.roster = roster
    self.records = records
    self.unreadable = unreadable
    self.entries = entries
    self.findings = findings
  }
}

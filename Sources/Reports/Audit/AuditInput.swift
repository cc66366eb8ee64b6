package import Records

/// The complete input of an audit report: one revision's state and a period's history.
///
/// It has no clock and no repository; the same input gives the same bytes.
package struct AuditInput: Sendable {
  /// The tracker's name.
  package let name: String
  /// The commit whose state is reported, forty hexadecimal digits.
  package let revision: String
  /// The commit's committer time, in seconds since the epoch.
  package let committedAt: Int64
  /// The first and the last second of the period; `nil` for no bound.
  package let since: Int64?
  package let until: Int64?
  /// Whether history ends early, as in a shallow clone.
  package let isTruncated: Bool
  package let catalog: KindCatalog
  package let roster: Roster
  package let records: [RecordFile]
  package let unreadable: [UnreadableRecord]
  /// The changes to records by commits in the period, newest first.
  package let entries: [LogEntry]
  /// What each accepted decision rests on, from all history.
  package let grounds: [RecordID: EvidenceGround]
  /// The findings of a check of the state.
  package let findings: [Finding]

  package init(
    name: String, revision: String, committedAt: Int64, since: Int64?, until: Int64?,
    isTruncated: Bool, catalog: KindCatalog, roster: Roster, records: [RecordFile],
    unreadable: [UnreadableRecord], entries: [LogEntry], findings: [Finding],
    grounds: [RecordID: EvidenceGround] = [:]
  ) {
    self.grounds = grounds
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

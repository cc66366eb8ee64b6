import Records

/// The audit report: who changed which record when, what is out of order, what led to what.
///
/// A pure value without a clock. Each output format is an extension in a separate file.
package struct AuditReport: Sendable {
  /// The number of records of one kind, by state.
  struct KindCount: Sendable {
    let kind: String?
    let title: String
    let count: Int
    /// In the workflow's order; states that the workflow doesn't know follow, by name.
    let states: [(state: String, count: Int)]
    /// The number of records without a state.
    let stateless: Int
  }

  let name: String
  let revision: String
  let committedAt: Int64
  let since: Int64?
  let until: Int64?
  let isTruncated: Bool
  let recordCount: Int
  let unreadable: [UnreadableRecord]
  let schemaProblems: [KindProblem]
  let kinds: [KindCount]
  let ledger: AuditLedger
  let exceptions: AuditExceptions
  let trace: AuditTrace

  package init(_ input: AuditInput) {
    name = input.name
    revision = input.revision
    committedAt = input.committedAt
    since = input.since
    until = input.until
    isTruncated = input.isTruncated
    recordCount = input.records.count
    unreadable = input.unreadable.sorted { $0.path < $1.path }
    schemaProblems = input.catalog.problems.sorted { $0.file < $1.file }
    let ledger = AuditLedger(input.entries)
    let records = input.records.sorted { ($0.id, $0.path) < ($1.id, $1.path) }
    let mentions = records.map {
      RecordMention($0, catalog: input.catalog, lastCommit: ledger.lastCommit(of: $0.id))
    }
    self.ledger = ledger
    kinds = Self.count(mentions, catalog: input.catalog)
    exceptions = AuditExceptions(
      findings: input.findings, unreadable: input.unreadable, mentions: mentions)
    trace = AuditTrace(
      records: records, mentions: mentions, catalog: input.catalog, roster: input.roster,
      on: CivilDate(secondsSinceEpoch: input.committedAt), grounds: input.grounds)
  }

  private static func count(_ mentions: [RecordMention], catalog: KindCatalog) -> [KindCount] {
    var kinds = catalog.kinds.map { kind in
      count(
        mentions.filter { $0.kind == kind.name }, kind: kind.name, title: kind.title,
        order: kind.workflow?.states ?? [])
    }
    let unknown = mentions.filter { $0.kind == nil }
    if !unknown.isEmpty {
      kinds.append(count(unknown, kind: nil, title: "Unknown kind", order: []))
    }
    return kinds
  }

  private static func count(
    _ mentions: [RecordMention], kind: String?, title: String, order: [String]
  ) -> KindCount {
    var counts: [String: Int] = [:]
    for mention in mentions { counts[mention.state ?? "", default: 0] += 1 }
    let stateless = counts.removeValue(forKey: "") ?? 0
    let others = counts.keys.filter { !order.contains($0) }.sorted()
    return KindCount(
      kind: kind, title: title, count: mentions.count,
      states: (order + others).compactMap { state in counts[state].map { (state, $0) } },
      stateless: stateless)
  }
}

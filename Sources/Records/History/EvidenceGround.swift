/// The evidence that a decision was accepted on, and what came later.
package struct EvidenceGround: Sendable, Equatable {
  /// When it left its initial state for one that isn't a refusal.
  package let accepted: RecordHistory.Moment
  /// The evidence on what it addresses at that time, as `FB-…` or `PP-….ITEM`, oldest first.
  package let then: [String]
  /// What came after it.
  package let since: [String]

  package init(accepted: RecordHistory.Moment, then: [String], since: [String]) {
    (self.accepted, self.then, self.since) = (accepted, then, since)
  }
}

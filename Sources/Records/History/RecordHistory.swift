/// When things happened, by commits and not by dates that users typed.
package struct RecordHistory: Sendable {
  /// A commit and its committer time, seconds since the epoch.
  package struct Moment: Sendable, Hashable {
    package let commit: String
    package let time: Int64
    /// The commit's place in history, as `git log --date-order` has it; a later one is larger.
    package let order: Int

    package init(commit: String, time: Int64, order: Int = 0) {
      self.commit = commit
      self.time = time
      self.order = order
    }
  }

  /// The moments of one record.
  package struct Milestones: Sendable, Equatable {
    /// When the record was added.
    package var reported: Moment
    /// When it first entered each state.
    package var states: [String: Moment]
    /// When each list, by its key, got its first item.
    package var firstItems: [String: Moment]
    /// The severities that it had, as text; in no order.
    package var severities: [(since: Moment, severity: String?)] = []

    package static func == (left: Self, right: Self) -> Bool {
      left.reported == right.reported && left.states == right.states
        && left.firstItems == right.firstItems
    }

    /// Returns the severity that it had at a moment; `nil` if none is known.
    package func severity(at moment: Moment?) -> String? {
      severities.filter { $0.since.order <= moment?.order ?? .max }
        .max { $0.since.order < $1.since.order }?.severity
    }

    package init(
      reported: Moment, states: [String: Moment] = [:], firstItems: [String: Moment] = [:]
    ) {
      self.reported = reported
      self.states = states
      self.firstItems = firstItems
    }
  }

  /// Whether the clone is shallow; what came before is unknown, and isn't guessed.
  package let isTruncated: Bool
  /// When docket began to track this repository; in a shallow clone, the oldest commit known.
  package let trackedSince: Int64?
  package let records: [RecordID: Milestones]
  package let answers: Answers

  package init(
    isTruncated: Bool, trackedSince: Int64?, records: [RecordID: Milestones],
    answers: Answers = Answers()
  ) {
    self.isTruncated = isTruncated
    self.trackedSince = trackedSince
    self.records = records
    self.answers = answers
  }
}

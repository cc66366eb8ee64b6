/// What one file of minutes gave.
package struct MinutesImport: Sendable, Equatable {
  /// In the file's order.
  package var meetings: [MeetingDraft]
  /// Reasons why a meeting is missing, and doubts about those that are here.
  package var problems: [ImportProblem]
  /// Non-blank lines that belong to no meeting, in source order.
  package var unparsed: [UnparsedLine]

  package init(
    meetings: [MeetingDraft] = [], problems: [ImportProblem] = [], unparsed: [UnparsedLine] = []
  ) {
    self.meetings = meetings
    self.problems = problems
    self.unparsed = unparsed
  }
}

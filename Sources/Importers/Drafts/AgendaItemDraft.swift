/// One topic of a meeting.
package struct AgendaItemDraft: Sendable, Equatable {
  /// Without Markdown marks, and without the issue links at its end.
  package var title: String
  /// The heading that gathers several topics, often a repository: `acme/platform`.
  package var group: String?
  /// Links of the title, then those of a `Refs:` list.
  package var references: [LinkDraft]
  /// Source lines as they stand, without their common indentation; blank lines inside are kept.
  package var notes: [String]
  /// What the text calls a decision.
  package var decisions: [String]

  package init(
    title: String, group: String? = nil, references: [LinkDraft] = [], notes: [String] = [],
    decisions: [String] = []
  ) {
    self.title = title
    self.group = group
    self.references = references
    self.notes = notes
    self.decisions = decisions
  }
}

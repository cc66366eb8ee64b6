/// One topic of a meeting.
package struct AgendaItemDraft: Sendable, Equatable {
  /// Without Markdown marks, and without trailing issue links.
  package var title: String
  /// The heading above several topics, often a repository: `acme/platform`.
  package var group: String?
  /// Links of the title, then those of a `Refs:` list.
  package var references: [LinkDraft]
  /// Source lines as written, without their common indentation; blank lines inside are kept.
  package var notes: [String]
  /// The texts labelled as decisions.
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

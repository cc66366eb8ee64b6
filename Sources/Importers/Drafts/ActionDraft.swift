/// A task for a person, marked in the text as an action or by a check box.
package struct ActionDraft: Sendable, Equatable {
  package var title: String
  /// The owner, if the text names a person from the attendance list, or a handle.
  package var ownerName: String?
  /// Without the `@`.
  package var ownerHandle: String?
  /// `YYYY-MM-DD`.
  package var due: String?
  /// Whether the box is ticked.
  package var done: Bool
  /// The title of the agenda item the action is under.
  package var agenda: String?
  /// The line in the source, from 1.
  package var line: Int

  package init(
    title: String, ownerName: String? = nil, ownerHandle: String? = nil, due: String? = nil,
    done: Bool = false, agenda: String? = nil, line: Int = 0
  ) {
    self.title = title
    self.ownerName = ownerName
    self.ownerHandle = ownerHandle
    self.due = due
    self.done = done
    self.agenda = agenda
    self.line = line
  }
}

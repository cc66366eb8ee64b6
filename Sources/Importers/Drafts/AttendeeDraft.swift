/// A person named in an attendance list.
package struct AttendeeDraft: Sendable, Hashable {
  /// As written; empty if there is only a handle.
  package var name: String
  /// Without the `@`.
  package var handle: String?
  /// The rest of the line: `voting`, `joined midway`.
  package var note: String?
  /// The initials the notes use for this person, if the list gives them (`AR: Ana Ruiz`).
  package var initials: String?

  package init(
    name: String, handle: String? = nil, note: String? = nil, initials: String? = nil
  ) {
    self.name = name
    self.handle = handle
    self.note = note
    self.initials = initials
  }
}

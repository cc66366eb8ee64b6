/// Somebody named in an attendance list.
package struct AttendeeDraft: Sendable, Hashable {
  /// As written; empty where only a handle stands.
  package var name: String
  /// Without the `@`.
  package var handle: String?
  /// What else the line says: `voting`, `joined midway`.
  package var note: String?
  /// The letters that the notes use for this person, where the list gives them (`AR: Ana Ruiz`).
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

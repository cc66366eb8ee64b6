/// What somebody is to do, where the text calls it an action or puts a box before it.
package struct ActionDraft: Sendable, Equatable {
  package var title: String
  /// Known only where the text names somebody of the attendance list, or a handle.
  package var ownerName: String?
  /// Without the `@`.
  package var ownerHandle: String?
  /// `YYYY-MM-DD`.
  package var due: String?
  /// A ticked box.
  package var done: Bool
  /// The title of the agenda item it stood under.
  package var agenda: String?
  /// From 1, in the source.
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

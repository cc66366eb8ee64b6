package import JSONText

/// The `x-docket.note` of a kind: `docket note` writes records of it.
package struct NoteBinding: Sendable {
  /// The place of the text.
  package let text: JSONPointer
  /// The relation to what it is about.
  package let about: String

  init?(_ node: JSONNode) {
    guard let text = JSONPointer(place: node["text"]), let about = node["about"]?.string else {
      return nil
    }
    (self.text, self.about) = (text, about)
  }
}

extension JSONPointer {
  init?(place node: JSONNode?) {
    guard let text = node?.string, let pointer = try? JSONPointer(parsing: text),
      !pointer.tokens.isEmpty
    else { return nil }
    self = pointer
  }
}

extension KindCatalog {
  /// The kind that `docket note` writes, and how.
  package var noteKind: (kind: Kind, binding: NoteBinding)? {
    kinds.lazy.compactMap { kind in kind.note.map { (kind, $0) } }.first
  }
}

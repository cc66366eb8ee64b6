package import JSONText

/// A part of a record that can no longer change.
package struct FrozenPart: Sendable {
  /// The pointer of `when` in the schema's file, for the validator.
  package let condition: JSONPointer?
  /// The places that are frozen; empty for all.
  package let only: [PointerPattern]
  package let except: [PointerPattern]
  package let append: [PointerPattern]
  /// The commands to use instead, with `{id}` for the record's id.
  package let instead: String?

  init(_ node: JSONNode, at pointer: JSONPointer) {
    condition = node["when"].map { _ in pointer.appending("when") }
    only = node["only"]?.elements.compactMap { $0.string.flatMap(PointerPattern.init) } ?? []
    instead = node["instead"]?.string
    except = node["except"]?.elements.compactMap { $0.string.flatMap(PointerPattern.init) } ?? []
    append = node["append"]?.elements.compactMap { $0.string.flatMap(PointerPattern.init) } ?? []
  }

  /// Returns in words what is frozen: "everything but tags; amendments may be added".
  package var words: String {
    func names(_ patterns: [PointerPattern]) -> String {
      patterns.map { $0.tokens.joined(separator: ".") }.joined(separator: ", ")
    }
    var text = only.isEmpty ? "everything" : names(only)
    if !except.isEmpty { text += " but \(names(except))" }
    if !append.isEmpty { text += "; \(names(append)) may be added" }
    return text
  }

  /// Whether a place may change while the part is frozen.
  package func frees(_ pointer: JSONPointer) -> Bool {
    if !only.isEmpty, !only.contains(where: { $0.covers(pointer) }) { return true }
    return except.contains { $0.covers(pointer) }
  }
}

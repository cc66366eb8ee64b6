package import JSONText

/// A part of a record that can no longer change.
package struct FrozenPart: Sendable {
  /// The pointer of `when` in the schema's file, for the validator.
  package let condition: JSONPointer?
  package let except: [PointerPattern]
  package let append: [PointerPattern]

  init(_ node: JSONNode, at pointer: JSONPointer) {
    condition = node["when"].map { _ in pointer.appending("when") }
    except = node["except"]?.elements.compactMap { $0.string.flatMap(PointerPattern.init) } ?? []
    append = node["append"]?.elements.compactMap { $0.string.flatMap(PointerPattern.init) } ?? []
  }
}

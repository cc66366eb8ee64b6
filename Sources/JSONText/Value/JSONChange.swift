/// One changed leaf, or one added or removed subtree.
package struct JSONChange: Sendable, Hashable {
  /// The location in the value after the change, or in the one before if the part was removed.
  package let pointer: JSONPointer
  /// The dotted name, with list items named by their key: `evidence.k3x9q.team`.
  package let key: String
  /// The value before; nil if added.
  package let before: JSONValue?
  /// The value after; nil if removed.
  package let after: JSONValue?

  package init(pointer: JSONPointer, key: String, before: JSONValue?, after: JSONValue?) {
    self.pointer = pointer
    self.key = key
    self.before = before
    self.after = after
  }
}

package import JSONText

/// A note reported by a named check.
package struct CheckNote: Sendable {
  /// The place in the record; the rule's own place if `nil`.
  package var pointer: JSONPointer?
  /// The facts that the message and the hint insert.
  package var facts: [String: String]

  package init(at pointer: JSONPointer? = nil, _ facts: [String: String] = [:]) {
    self.pointer = pointer
    self.facts = facts
  }
}

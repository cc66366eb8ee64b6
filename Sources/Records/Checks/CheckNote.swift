package import JSONText

/// One thing that a named check has to say.
package struct CheckNote: Sendable {
  /// Where, in the record; the rule's own place where absent.
  package var pointer: JSONPointer?
  /// What the message and the hint insert.
  package var facts: [String: String]

  package init(at pointer: JSONPointer? = nil, _ facts: [String: String] = [:]) {
    self.pointer = pointer
    self.facts = facts
  }
}

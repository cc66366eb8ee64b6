package import Records

/// What a user says about records in conflict.
package struct ResolutionRequest {
  /// The records; all if `nil`.
  package var ids: Set<RecordID>?
  /// Only the records of which a list is about whose items are records of their own now.
  package var takesRetired = false
  /// Ends a conflict, or returns `nil`.
  package var choose: (RecordMerge.Conflict) -> RecordMerge.Choice?
  /// Values to set, which end the conflicts that they are about.
  package var assignments: [Assignment]

  package init(
    ids: Set<RecordID>? = nil, takesRetired: Bool = false, assignments: [Assignment] = [],
    choosing choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice?
  ) {
    (self.ids, self.takesRetired, self.assignments) = (ids, takesRetired, assignments)
    self.choose = choose
  }

  /// Returns how a conflict ends: one that a value is given for doesn't matter any more.
  func choice(_ conflict: RecordMerge.Conflict) -> RecordMerge.Choice? {
    // Whoever sets values of a record wants to keep it.
    if conflict.tokens.isEmpty { return choose(conflict) ?? (assignments.isEmpty ? nil : .both) }
    return assignments.contains { $0.covers(conflict.tokens) } ? .ours : choose(conflict)
  }
}

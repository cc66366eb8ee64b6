package import Files
package import Records

/// The result of a write.
package struct WriteResult: Sendable {
  /// The ids of the records written, in order; empty if nothing changed.
  package var ids: [RecordID] = []
  package var paths: [RepositoryPath] = []
  package var outcome: CommitOutcome?
  /// The records that another commit changed meanwhile, and that have both changes now.
  package var merged: [RecordID] = []
  /// Findings that aren't errors.
  package var warnings: [Finding] = []
  /// Pseudonyms assigned.
  package var pseudonyms: [String] = []
}

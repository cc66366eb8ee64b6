/// A commit to make: exactly these files and nothing else.
package struct CommitPlan: Sendable {
  package var files: [PlannedFile]
  package var message: String
  /// A branch other than HEAD's; then neither working tree nor index is changed.
  package var branch: String?
  /// Write and stage only.
  package var stagesOnly = false
  package var runsHooks = true

  package init(files: [PlannedFile], message: String) {
    self.files = files
    self.message = message
  }
}

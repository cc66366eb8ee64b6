/// A change of config, people or schemas, with the records that go with it, in one commit.
package struct DefinitionChange: Sendable {
  package var files: [PlannedFile]
  package var message: String

  package init(files: [PlannedFile], message: String) {
    self.files = files
    self.message = message
  }
}

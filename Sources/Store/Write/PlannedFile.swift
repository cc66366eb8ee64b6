package import Files
package import Git

/// One file that a commit will write.
package struct PlannedFile: Sendable {
  package let path: RepositoryPath
  package let bytes: [UInt8]
  /// HEAD's version that the change is based on; `nil` if the file is new.
  package let base: TreeItem?

  package init(path: RepositoryPath, bytes: [UInt8], base: TreeItem?) {
    self.path = path
    self.bytes = bytes
    self.base = base
  }
}

package import Files
package import Git

/// One file that a commit will write.
package struct PlannedFile: Sendable {
  package let path: RepositoryPath
  package let bytes: [UInt8]
  /// HEAD's version that the change is based on; `nil` if the file is new.
  package let base: TreeItem?
  /// What docket itself staged there before; `nil` if the index has HEAD's version.
  package let staged: TreeItem?

  package init(path: RepositoryPath, bytes: [UInt8], base: TreeItem?, staged: TreeItem? = nil) {
    self.path = path
    self.bytes = bytes
    self.base = base
    self.staged = staged
  }

  /// What the index and the working tree have before the write.
  var present: TreeItem? { staged ?? base }
}

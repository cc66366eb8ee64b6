/// The mode and content at a path.
package struct TreeItem: Sendable, Hashable {
  package let mode: FileMode
  package let id: ObjectID

  package init(mode: FileMode, id: ObjectID) {
    (self.mode, self.id) = (mode, id)
  }
}

/// One name in a directory.
package struct TreeEntry: Sendable, Hashable {
  /// Without slashes. Bytes that are not UTF-8 are replaced.
  package let name: String
  package let mode: FileMode
  package let id: ObjectID

  package init(name: String, mode: FileMode, id: ObjectID) {
    (self.name, self.mode, self.id) = (name, mode, id)
  }
}

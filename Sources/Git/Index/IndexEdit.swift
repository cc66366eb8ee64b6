/// A change of one path in the index.
package struct IndexEdit: Sendable, Hashable {
  package enum Expectation: Sendable, Hashable {
    case anything
    /// No entry of any stage.
    case absent
    /// An entry of exactly this mode and content, without conflict.
    case item(TreeItem)
  }

  package let path: String
  /// What shall stand there; `nil` removes.
  package let item: TreeItem?
  /// What must stand there now.
  package let expecting: Expectation

  package init(path: String, item: TreeItem?, expecting: Expectation = .anything) {
    (self.path, self.item, self.expecting) = (path, item, expecting)
  }
}

extension Repository {
  /// Changes paths in the index and leaves every other byte of every other entry as it is.
  ///
  /// Takes git's `index.lock`, reads the index anew, checks what each edit expects, and puts the
  /// new file durably in place. File status is taken from the working directory if the file there
  /// holds what the entry says. Entries in conflict at an edited path are replaced.
  ///
  /// - Throws: `.locked`, naming the file, if the lock is held for longer than `milliseconds`;
  ///   `.modified` if an expectation fails: nothing is changed then; `.directoryConflict`;
  ///   `.unsupported` for split and sparse indexes.
  package func editIndex(_ edits: [IndexEdit], waiting milliseconds: Int = LockTimeout.standard)
    throws(GitError)
  {
    if edits.isEmpty { return }
    var lock = try LockFile(indexPath, waiting: milliseconds)
    let snapshot = try readIndex()
    try snapshot.file.checkIntegrity(indexPath)
    defer { withExtendedLifetime(snapshot) {} }
    let editor = try IndexEditor(snapshot, repository: self, edits: edits)
    let result = try editor.result()
    let permissions = try SharedPermissions(configuration)
    lock.setMode(
      snapshot.file.modified == nil ? permissions.fileMode(0o666) : snapshot.file.mode)
    try lock.write(result)
    if let time = snapshot.file.modified, editor.mustKeepTime { lock.setTimes(time) }
    try lock.commit()
    try SystemFile.syncDirectoryUnlessOrdered(SystemFile.parent(indexPath))
  }
}

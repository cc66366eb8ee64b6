package import Files

/// A change to one path in the index.
package struct IndexEdit: Sendable, Hashable {
  package enum Expectation: Sendable, Hashable {
    case anything
    /// No entry of any stage.
    case absent
    /// An entry of exactly this mode and content, without conflict.
    case item(TreeItem)
  }

  package let path: RepositoryPath
  /// The new entry; `nil` removes the path.
  package let item: TreeItem?
  /// The current state required for the edit.
  package let expecting: Expectation

  package init(path: RepositoryPath, item: TreeItem?, expecting: Expectation = .anything) {
    (self.path, self.item, self.expecting) = (path, item, expecting)
  }
}

extension Repository {
  /// Changes paths in the index and preserves every byte of all other entries.
  ///
  /// Takes git's `index.lock`, rereads the index, checks what each edit expects, and replaces the
  /// file durably. File status is taken from the working directory if the file there has the
  /// entry's content. Conflicted entries at an edited path are replaced.
  ///
  /// - Throws: `.locked`, naming the file, if the lock is held for longer than `timeout`;
  ///   `.modified` if an expectation fails, in which case nothing is changed; `.directoryConflict`.
  package func editIndex(_ edits: [IndexEdit], timeout: Duration = LockTimeout.standard)
    throws(GitError)
  {
    if edits.isEmpty { return }
    var lock = try IndexLock(self, timeout: timeout)
    try lock.prepare(edits)
    try lock.commit()
  }
}

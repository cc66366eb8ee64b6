internal import Files

/// Git's lock on the index, for as long as the value lives: no other process changes it meanwhile.
package struct IndexLock: ~Copyable {
  private let repository: Repository
  private var lock: LockFile
  /// The index as it is while the lock is held.
  package let snapshot: IndexSnapshot
  private var isPrepared = false

  /// - Throws: `.locked`, naming the file, if the lock is held by others for longer than `timeout`.
  package init(
    _ repository: Repository, timeout: Duration = LockTimeout.standard
  ) throws(GitError) {
    let lock = try LockFile(repository.indexPath, timeout: timeout)
    snapshot = try repository.readIndex()
    self.repository = repository
    self.lock = lock
  }

  /// Writes the changed index beside the present one, durably: nothing but a rename is left to do.
  /// For one call.
  ///
  /// - Throws: as `Repository.editIndex`.
  package mutating func prepare(_ edits: [IndexEdit]) throws(GitError) {
    if edits.isEmpty { return }
    let snapshot = snapshot
    defer { withExtendedLifetime(snapshot) {} }
    try snapshot.file.checkIntegrity(repository.indexPath)
    let editor = try IndexEditor(snapshot, repository: repository, edits: edits)
    let result = try editor.result()
    let permissions = try SharedPermissions(repository.configuration)
    lock.setMode(
      snapshot.file.modified == nil ? permissions.fileMode(0o666) : snapshot.file.mode)
    try lock.write(result)
    if let time = snapshot.file.modified, editor.mustKeepTime { lock.setTimes(time) }
    try lock.sync()
    isPrepared = true
  }

  /// Replaces the index with the prepared one, if any.
  package mutating func commit() throws(GitError) {
    guard isPrepared else { return }
    isPrepared = false
    try lock.commit()
    let path = repository.indexPath
    try RepositoryFile.syncDirectoryUnlessOrdered(FileSystem.parent(of: path))
  }
}

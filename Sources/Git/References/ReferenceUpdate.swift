internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Repository {
  /// Moves a reference if it still has the expected value, and adds entries to the reflogs.
  ///
  /// Follows a symbolic reference (HEAD) and moves the branch it names. If that branch is checked
  /// out here, HEAD's reflog gets the entry as well, as with git.
  ///
  /// Takes git's own `NAME.lock`, compares the value under it, and syncs reflog and file: libgit2
  /// neither waits for a held lock nor reports which one it is.
  ///
  /// - Parameter old: the expected value; `nil` if the reference must not exist.
  /// - Returns: `false` if the reference has another value; nothing is changed then.
  /// - Throws: `.locked`, naming the file, if git holds the lock for longer than `timeout`. After
  ///   another error the reference may have its new value all the same, but not durably.
  package func updateReference(
    _ name: String, to new: ObjectID, expecting old: ObjectID?, identity: Signature,
    reason: String, timeout: Duration = LockTimeout.standard
  ) throws(GitError) -> Bool {
    if location.isQuarantined {
      throw GitError(
        .unsupported, call: "updateReference",
        "ref updates forbidden inside quarantine environment")
    }
    guard pendingObjects[new] == nil, contains(new) else {
      throw GitError(
        .notFound, call: "updateReference",
        "cannot update ref '\(name)': object \(new) is not "
          + "stored")
    }
    var target = name
    var logged = [name]
    for _ in 0..<5 {
      guard case .symbolic(let next)? = try directReference(target) else { break }
      target = next
      logged.append(next)
    }
    if case .symbolic(target)? = try directReference("HEAD"), !logged.contains("HEAD") {
      logged.append("HEAD")
    }
    let path = referencePath(target)
    let permissions = try SharedPermissions(configuration)
    var lock = try LockFile(path, timeout: timeout)
    lock.setMode(permissions.fileMode(0o666))
    guard try reference(target) == old else { return false }
    if old == nil { try checkNameIsFree(target) }
    try lock.write(Array("\(new)\n".utf8))
    let line = ReflogLine(old: old, new: new, identity: identity, reason: reason)
    for name in logged {
      try appendReflog(name, line)
    }
    try Self.removeEmptyDirectory(path)
    try lock.sync()
    try lock.commit()
    // This also makes the names of everything written before durable.
    try RepositoryFile.syncDirectory(FileSystem.parent(of: path))
    // Read back what the next process will read, not what was meant to be written. Another value is
    // another process's next update: the lock is already free.
    if try RepositoryFile.readLine(path) == new.hex { return true }
    guard try reference(target) != nil else {
      throw GitError(
        .notFound, call: "updateReference", "ref '\(target)' can't be read back after its update")
    }
    return true
  }

  /// Checks for conflicts: `refs/heads/a` and `refs/heads/a/b` cannot both be files.
  private func checkNameIsFree(_ name: String) throws(GitError) {
    var blocking = try references(under: name + "/").first?.name
    var parent = FileSystem.parent(of: name)
    while blocking == nil, parent.hasPrefix("refs/") {
      if try directReference(parent) != nil { blocking = parent }
      parent = FileSystem.parent(of: parent)
    }
    if let blocking {
      throw GitError(
        .exists, call: "updateReference",
        "'\(blocking)' exists; cannot create '\(name)'")
    }
  }

  /// Returns a reference's file: HEAD and a few others belong to the worktree, all others are
  /// shared (git-worktree, "REFS").
  private func referencePath(_ name: String) -> String {
    let isOwn =
      !name.hasPrefix("refs/") || name.hasPrefix("refs/bisect/")
      || name.hasPrefix("refs/worktree/") || name.hasPrefix("refs/rewritten/")
    return (isOwn ? gitDirectory : commonDirectory) + "/" + name
  }

  private func appendReflog(_ name: String, _ line: ReflogLine) throws(GitError) {
    let isOwn = referencePath(name).hasPrefix(gitDirectory + "/") && !name.hasPrefix("refs/")
    let path = (isOwn ? gitDirectory : commonDirectory) + "/logs/" + name
    let isWanted = try createsReflog(name)
    let isNew = try !RepositoryFile.exists(path)
    guard isWanted || !isNew else { return }
    try RepositoryFile.makeDirectories(FileSystem.parent(of: path))
    let mode = try SharedPermissions(configuration).fileMode(0o666)
    try files { () throws(FileError) in
      let log = try OpenFile.writing(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o666)
      // Git doesn't mind where that is refused, either.
      if isNew { try? log.setMode(mode) }
      try log.write(line.bytes)
    }
  }

  /// core.logAllRefUpdates; if unset, on where there is a working directory.
  private func createsReflog(_ name: String) throws(GitError) -> Bool {
    let isUsual =
      name == "HEAD" || name.hasPrefix("refs/heads/") || name.hasPrefix("refs/remotes/")
      || name.hasPrefix("refs/notes/")
    guard let text = try configuration.string("core.logallrefupdates") else {
      return isUsual && !isBare
    }
    if text.lowercased() == "always" { return true }
    return isUsual && Configuration.parseBool(text) == true
  }

  /// Removes the empty directories git leaves where references were; a file could not replace them.
  private static func removeEmptyDirectory(_ path: String) throws(GitError) {
    guard try RepositoryFile.isDirectory(path) else { return }
    try files { () throws(FileError) in
      try FileSystem.removeEmptyDirectories(path.appending(""))
    }
  }
}

/// One line of a reflog.
private struct ReflogLine {
  let bytes: [UInt8]

  init(old: ObjectID?, new: ObjectID, identity: Signature, reason: String) {
    // A message is one line; runs of white space become one space, as in git.
    let message = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    bytes = Array("\(old ?? .zero) \(new) \(identity.gitText)\t\(message)\n".utf8)
  }
}

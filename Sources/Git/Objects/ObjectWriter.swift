/// Makes objects, keeps them in memory, and puts them on disk durably all at once.
///
/// Reads through the same repository see the objects at once. Nothing is on disk before `flush`,
/// which must come before a reference or the index mentions them. What is not flushed when the
/// writer goes is forgotten, so a refused change leaves no garbage.
package final class ObjectWriter {
  let repository: Repository
  /// Not yet on disk, in the order they were made.
  private var waiting: [ObjectID] = []
  /// How often `flush` has called fsync so far.
  package private(set) var fsyncCount = 0

  init(_ repository: Repository) {
    self.repository = repository
  }

  deinit {
    for id in waiting { repository.pendingObjects[id] = nil }
  }

  package func writeBlob(_ bytes: [UInt8]) throws(GitError) -> ObjectID {
    add(.blob, bytes)
  }

  /// Makes the tree that results from a base (`nil`: an empty one) and changes at paths.
  ///
  /// An item of `nil` removes; removing what isn't there changes nothing. Directories that become
  /// empty vanish. Every other entry keeps its bytes.
  ///
  /// - Throws: `.directoryConflict` if a file stands where a directory is needed or the reverse;
  ///   `.invalidName` for paths git would not check out.
  package func writeTree(basedOn base: ObjectID?, edits: [(path: String, item: TreeItem?)])
    throws(GitError) -> ObjectID
  {
    try TreeEditor(self).apply(edits, to: base) ?? add(.tree, [])
  }

  /// Makes a commit. `sign`: `nil` does as commit.gpgsign says.
  ///
  /// The message gets a final newline if it lacks one. Signing runs the program that gpg.format and
  /// its companions name.
  package func writeCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String,
    sign: Bool? = nil
  ) async throws(GitError) -> ObjectID {
    guard !message.utf8.contains(0) else {
      throw GitError(.invalidName, call: "writeCommit", "a commit message holds a zero byte")
    }
    var headers = "tree \(tree)\n"
    for parent in parents { headers += "parent \(parent)\n" }
    headers += "author \(author.gitText)\ncommitter \(committer.gitText)\n"
    let body = message.hasSuffix("\n") ? message : message + "\n"
    let wantsSignature: Bool
    if let sign {
      wantsSignature = sign
    } else {
      wantsSignature = try repository.configBool("commit.gpgsign") ?? false
    }
    if wantsSignature {
      let signer = try CommitSigner(repository, committer: committer)
      let signature = try await signer.sign(Array((headers + "\n" + body).utf8))
      headers += CommitSigner.header(for: signature)
    }
    return add(.commit, Array((headers + "\n" + body).utf8))
  }

  func add(_ kind: ObjectKind, _ bytes: [UInt8]) -> ObjectID {
    let id = ObjectHash.id(kind, bytes)
    if repository.pendingObjects[id] == nil {
      repository.pendingObjects[id] = PendingObject(kind: kind, bytes: bytes)
      waiting.append(id)
    }
    return id
  }

  /// Writes everything made so far to disk; when this returns, it survives a crash.
  package func flush() throws(GitError) {
    var store = LooseObjectStore(
      directory: repository.location.objectsDirectory,
      permissions: try SharedPermissions(repository.configuration))
    while !waiting.isEmpty {
      // Files stay open between writing and syncing: not too many at a time.
      let batch = waiting.prefix(200)
      var missing: [(ObjectID, PendingObject)] = []
      for id in batch {
        guard let object = repository.pendingObjects[id] else { continue }
        if !repository.isStored(id) {
          missing.append((id, object))
        } else {
          // Perhaps written by somebody who didn't sync it.
          try store.syncExisting(id)
        }
      }
      try store.write(missing)
      for id in batch { repository.pendingObjects[id] = nil }
      waiting.removeFirst(batch.count)
    }
    try store.syncDirectories()
    fsyncCount += store.fsyncCount
  }
}

extension Repository {
  package func objectWriter() -> ObjectWriter {
    ObjectWriter(self)
  }
}

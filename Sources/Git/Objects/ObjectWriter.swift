package import Files

/// Creates objects in memory and writes them to disk durably, all at once.
///
/// Reads through the same repository see the objects immediately. Nothing is on disk before
/// `flush`, which must precede any reference or index entry that names them. Unflushed objects are
/// discarded with the writer, so a rejected change leaves no garbage.
package final class ObjectWriter {
  let repository: Repository
  /// Objects not yet on disk, in order of creation.
  private var waiting: [ObjectID] = []
  /// The number of fsync calls `flush` has made so far.
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

  /// Creates the tree that results from a base (`nil`: an empty one) and changes at paths.
  ///
  /// An item of `nil` removes; removing a missing path changes nothing. Directories that become
  /// empty are dropped. Every other entry keeps its bytes.
  ///
  /// - Throws: `.directoryConflict` if a file is where a directory is needed or the reverse;
  ///   `.invalidName` for paths git would not check out.
  package func writeTree(basedOn base: ObjectID?, edits: [(path: RepositoryPath, item: TreeItem?)])
    throws(GitError) -> ObjectID
  {
    try TreeEditor(self).apply(edits, to: base) ?? add(.tree, [])
  }

  /// Creates a commit. `sign`: `nil` follows commit.gpgsign.
  ///
  /// The message gets a final newline if it lacks one. Signing runs the program that gpg.format and
  /// related settings name.
  package func writeCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String,
    sign: Bool? = nil
  ) throws(GitError) -> ObjectID {
    guard !message.utf8.contains(0) else {
      throw GitError(.invalidName, call: "writeCommit", "a commit message holds a zero byte")
    }
    var headers = "tree \(tree)\n"
    for parent in parents { headers += "parent \(parent)\n" }
    headers += "author \(author.gitText)\ncommitter \(committer.gitText)\n"
    let body = message.utf8.last == UInt8(ascii: "\n") ? message : message + "\n"
    let wantsSignature: Bool
    if let sign {
      wantsSignature = sign
    } else {
      wantsSignature = try repository.configBool("commit.gpgsign") ?? false
    }
    if wantsSignature {
      let signer = try CommitSigner(repository, committer: committer)
      let signature = try signer.sign(Array((headers + "\n" + body).utf8))
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

  /// Writes all objects created so far to disk; once this returns, they survive a crash.
  package func flush() throws(GitError) {
    var store = LooseObjectStore(
      directory: repository.location.objectsDirectory,
      permissions: try SharedPermissions(repository.configuration))
    while !waiting.isEmpty {
      // Files stay open between writing and syncing, so the batch is bounded.
      let batch = waiting.prefix(200)
      var missing: [(ObjectID, PendingObject)] = []
      for id in batch {
        guard let object = repository.pendingObjects[id] else { continue }
        if !repository.isStored(id) {
          missing.append((id, object))
        } else {
          // Another process may have written it without syncing.
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

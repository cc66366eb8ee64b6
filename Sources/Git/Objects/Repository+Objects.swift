internal import CLibgit2
internal import Files
internal import JSONText

extension Repository {
  /// The size in bytes of the largest object that is read: that of the longest JSON text.
  package static var largestObject: Int { JSONLimits.standard.maximumBytes }

  /// Returns the bytes of a blob. Git's filters and line-ending conversion are not applied.
  package func blob(_ id: ObjectID) throws(GitError) -> [UInt8] {
    let object = try object(id, .blob)
    defer { withExtendedLifetime(object) {} }
    return Array(object.bytes)
  }

  /// Returns the content of a commit.
  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let object = try object(id, .commit)
    defer { withExtendedLifetime(object) {} }
    return try Commit(id: id, parsing: object.bytes)
  }

  /// Whether the object, of any kind, is stored or pending.
  package func contains(_ id: ObjectID) -> Bool {
    if pendingObjects[id] != nil { return true }
    var oid = id.libgit2
    return git_odb_exists(objectDatabase, &oid) == 1
  }

  /// Returns the id of a blob with these bytes, stored or not.
  package func hash(blob bytes: [UInt8]) -> ObjectID { Self.hash(blob: bytes) }

  package static func hash(blob bytes: [UInt8]) -> ObjectID { ObjectHash.id(.blob, bytes) }

  /// Reads an object of a known kind, following `git replace`.
  func object(_ id: ObjectID, _ kind: ObjectKind) throws(GitError) -> RawObject {
    let result: RawObject
    if let pending = pendingObjects[id] {
      result = RawObject(pending)
    } else if kind == .tree, id == .emptyTree {
      // Git knows the empty tree without storing it; libgit2 does not.
      return RawObject(PendingObject(kind: .tree, bytes: []))
    } else if let packReader, let packed = packReader.object(try replacement(for: id)) {
      result = packed
    } else {
      var oid = try replacement(for: id).libgit2
      try checkSize(of: id, kind, stored: &oid)
      var handle: OpaquePointer?
      let code = git_odb_read(&handle, objectDatabase, &oid)
      if code == GIT_ENOTFOUND.rawValue { throw missing(id, kind) }
      try check("git_odb_read", code)
      guard let handle else { throw missing(id, kind) }
      result = RawObject(adopting: handle)
    }
    guard result.kind == kind.libgit2 else {
      throw GitError.corrupt("object \(id) is not a \(kind.name)", call: "git_odb_read")
    }
    return result
  }

  /// Checks the size that an object's header declares, before anything is decompressed: a few
  /// thousand bytes can stand for gigabytes.
  private func checkSize(of id: ObjectID, _ kind: ObjectKind, stored oid: inout git_oid)
    throws(GitError)
  {
    var size = 0
    var type = GIT_OBJECT_INVALID
    let code = git_odb_read_header(&size, &type, objectDatabase, &oid)
    if code == GIT_ENOTFOUND.rawValue { throw missing(id, kind) }
    try check("git_odb_read_header", code)
    guard size > Self.largestObject else { return }
    throw GitError(
      .tooLarge, call: "git_odb_read_header",
      "\(kind.name) \(id) has \(size) bytes, and docket reads at most \(Self.largestObject >> 20) MB"
    )
  }

  private func replacement(for id: ObjectID) throws(GitError) -> ObjectID {
    guard followsReplacements else { return id }
    let replacements = try replacements
    return replacements.isEmpty ? id : replacements[id] ?? id
  }

  private func missing(_ id: ObjectID, _ kind: ObjectKind) -> GitError {
    // Packs from a remote that has the missing objects (gitrepository-layout, pack-*.promisor).
    let directory = location.objectsDirectory + "/pack"
    let packs: [RepositoryPath]?
    do throws(GitError) { packs = try RepositoryFile.names(in: directory) } catch { return error }
    let isPartial = packs?.contains { $0.hasEnding(".promisor") } ?? false
    return GitError(
      .notFound, call: "git_odb_read",
      "\(kind.name) \(id) is missing here" + (isPartial ? ", for this is a partial clone" : ""),
      // A partial clone: git fetches such objects on demand.
      hint: isPartial ? "git fetch --refetch --no-filter" : nil)
  }

  /// Runs `body` without verifying objects' bytes against their names, which makes reading a large
  /// history twice as fast. Only for data that can be discarded and rebuilt.
  ///
  /// The switch is libgit2's and global to the process: reads on other threads are unchecked
  /// meanwhile.
  package static func withoutHashVerification<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    LibGit2.start
    let option = Int32(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION.rawValue)
    _ = docket_git_set_option(option, 0)
    defer { _ = docket_git_set_option(option, 1) }
    return try body()
  }
}

internal import CLibgit2
internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Writes loose objects so that an object's name never refers to bytes a crash could lose.
///
/// Writes all files under temporary names and starts writeback, then syncs them, then renames all,
/// then syncs each directory once. Where the file system journals metadata in order, one sync
/// covers all files (as with git's core.fsyncMethod=batch) and directories are left to the sync
/// that ends the reference update. libgit2 syncs a file and its directory per object, waiting for
/// the disk each time.
struct LooseObjectStore {
  private let directory: String
  private let permissions: SharedPermissions
  private let isOrdered: Bool
  /// Directories whose entries changed since their last sync.
  private var changedDirectories: Set<String> = []
  private(set) var fsyncCount = 0

  init(directory: String, permissions: SharedPermissions) {
    (self.directory, self.permissions) = (directory, permissions)
    isOrdered = docket_has_ordered_journal(directory) != 0
  }

  private struct PendingFile {
    let file: OpenFile
    let temporary: String
    let final: String
  }

  mutating func write(_ objects: [(ObjectID, PendingObject)]) throws(GitError) {
    var files: [PendingFile] = []
    defer {
      for file in files { FileSystem.remove(file.temporary) }
    }
    for (id, object) in objects {
      files.append(try create(id, object))
    }
    for (number, pending) in files.enumerated() {
      let isLast = number == files.count - 1
      if isOrdered, !isLast, pending.file.withDescriptor(docket_finish_writeback) == 0 { continue }
      try sync(pending.file)
    }
    for pending in files {
      try Git.files { () throws(FileError) in
        try FileSystem.move(pending.temporary, to: pending.final)
      }
    }
  }

  /// Makes an existing loose object durable; does nothing if it is packed.
  mutating func syncExisting(_ id: ObjectID) throws(GitError) {
    let (fanOut, path) = paths(id)
    guard let file = try files({ () throws(FileError) in try OpenFile.reading(path) }) else {
      return
    }
    try sync(file)
    changedDirectories.insert(fanOut)
  }

  mutating func syncDirectories() throws(GitError) {
    for path in isOrdered ? [] : changedDirectories.sorted() {
      try RepositoryFile.syncDirectory(path)
      fsyncCount += 1
    }
    changedDirectories = []
  }

  private func paths(_ id: ObjectID) -> (fanOut: String, object: String) {
    let hex = id.hex
    let fanOut = directory + "/" + hex.prefix(2)
    return (fanOut, fanOut + "/" + hex.dropFirst(2))
  }

  private mutating func create(_ id: ObjectID, _ object: PendingObject) throws(GitError)
    -> PendingFile
  {
    let (fanOut, final) = paths(id)
    if try files({ () throws(FileError) in try FileSystem.makeDirectory(fanOut) }) {
      try permissions.adjust(fanOut)
      changedDirectories.insert(directory)
    }
    changedDirectories.insert(fanOut)
    // `git gc` recognizes this name and removes what a crash left.
    let (file, temporary) = try files { () throws(FileError) in
      try OpenFile.temporary("\(fanOut)/tmp_obj_")
    }
    do throws(GitError) {
      let header = ObjectHash.header(object.kind, count: object.bytes.count)
      let bytes = try Self.compress(header + object.bytes)
      try files { () throws(FileError) in
        try file.setMode(permissions.fileMode(0o444))
        try file.write(bytes)
      }
      file.withDescriptor(docket_start_writeback)
    } catch {
      FileSystem.remove(temporary)
      throw error
    }
    return PendingFile(file: file, temporary: temporary, final: final)
  }

  private mutating func sync(_ file: OpenFile) throws(GitError) {
    try files { () throws(FileError) in try file.sync() }
    fsyncCount += 1
  }

  /// Deflates at git's default level: best speed.
  private static func compress(_ bytes: [UInt8]) throws(GitError) -> [UInt8] {
    var code: Int32 = Z_OK
    let result = [UInt8](
      unsafeUninitializedCapacity: Int(compressBound(uLong(bytes.count)))
    ) { buffer, count in
      var length = uLongf(buffer.count)
      code = compress2(
        buffer.baseAddress, &length, bytes, uLong(bytes.count), Z_BEST_SPEED)
      count = code == Z_OK ? Int(length) : 0
    }
    guard code == Z_OK else {
      throw GitError(.generic, call: "compress2", "zlib failed with code \(code)")
    }
    return result
  }
}

extension Repository {
  /// Whether the object is on disk; does not check for packs added since the last lookup.
  func isStored(_ id: ObjectID) -> Bool {
    var oid = id.libgit2
    let flags = UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue)
    return git_odb_exists_ext(objectDatabase, &oid, flags) == 1
  }
}

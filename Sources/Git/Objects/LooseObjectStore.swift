internal import CLibgit2

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

  private struct OpenFile {
    let descriptor: Int32
    let temporary: String
    let final: String
  }

  mutating func write(_ objects: [(ObjectID, PendingObject)]) throws(GitError) {
    var files: [OpenFile] = []
    defer {
      for file in files {
        close(file.descriptor)
        unlink(file.temporary)
      }
    }
    for (id, object) in objects {
      files.append(try create(id, object))
    }
    for (number, file) in files.enumerated() {
      let isLast = number == files.count - 1
      if isOrdered, !isLast, docket_finish_writeback(file.descriptor) == 0 { continue }
      try sync(file.descriptor, path: file.temporary)
    }
    for file in files {
      guard rename(file.temporary, file.final) == 0 else {
        throw GitError.system("rename", file.final)
      }
    }
  }

  /// Makes an existing loose object durable; does nothing if it is packed.
  mutating func syncExisting(_ id: ObjectID) throws(GitError) {
    let (fanOut, path) = paths(id)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return }
    defer { close(descriptor) }
    try sync(descriptor, path: path)
    changedDirectories.insert(fanOut)
  }

  mutating func syncDirectories() throws(GitError) {
    for path in isOrdered ? [] : changedDirectories.sorted() {
      try SystemFile.syncDirectory(path)
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
    -> OpenFile
  {
    let (fanOut, final) = paths(id)
    if mkdir(fanOut, 0o777) == 0 {
      try permissions.adjust(fanOut)
      changedDirectories.insert(directory)
    } else if errno != EEXIST {
      throw GitError.system("mkdir", fanOut)
    }
    changedDirectories.insert(fanOut)
    // `git gc` recognizes this name and removes what a crash left.
    var template = Array("\(fanOut)/tmp_obj_XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw GitError.system("create a file in", fanOut) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let temporary = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do throws(GitError) {
      guard fchmod(descriptor, permissions.fileMode(0o444)) == 0 else {
        throw GitError.system("chmod", temporary)
      }
      let header = ObjectHash.header(object.kind, count: object.bytes.count)
      let bytes = try Self.compress(header + object.bytes)
      try SystemFile.write(bytes, to: descriptor, path: temporary)
      docket_start_writeback(descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    return OpenFile(descriptor: descriptor, temporary: temporary, final: final)
  }

  private mutating func sync(_ descriptor: Int32, path: String) throws(GitError) {
    guard fsync(descriptor) == 0 else { throw GitError.system("fsync", path) }
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

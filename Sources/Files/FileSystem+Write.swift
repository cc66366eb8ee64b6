#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension FileSystem {
  private static let temporaryMark = ".docket-"

  /// Whether a name is one of the temporary files that `write` makes.
  package static func isTemporary(_ name: RepositoryPath) -> Bool {
    let digits = name.bytes.reversed().prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    let rest = name.bytes.dropLast(digits.count)
    return !digits.isEmpty && rest.count > temporaryMark.utf8.count
      && rest.suffix(temporaryMark.utf8.count).elementsEqual(temporaryMark.utf8)
  }

  package enum Existing: Sendable { case mustBeAbsent, replace }

  package enum Durability: Sendable {
    case none
    /// The content; the name becomes durable with a later sync.
    case content
    case contentAndName
  }

  /// Writes a whole file or nothing: a temporary beside it, synced, then linked or renamed into
  /// place.
  package static func write(
    _ bytes: [UInt8], to path: some SystemPath, _ existing: Existing, mode: UInt32 = 0o666,
    durable: Durability = .contentAndName
  ) throws(FileError) {
    let temporary = path.appending(temporaryMark + "\(getpid())")
    remove(temporary)
    do throws(FileError) {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
      let file = try OpenFile.writing(temporary, flags, mode: mode)
      try file.write(bytes)
      if durable != .none { try file.sync() }
    } catch {
      // A name that another file has is that file's.
      if !error.exists { remove(temporary) }
      throw error
    }
    defer { remove(temporary) }
    switch existing {
    case .mustBeAbsent:
      // link(2) never replaces: it fails if another process has taken the name.
      let number = link(temporary, to: path)
      if isLackOfLinks(number) {
        try create(bytes, at: path, mode: mode, durable: durable)
      } else if number != 0 {
        throw FileError("link", path, number: number)
      }
    case .replace: try move(temporary, to: path)
    }
    if durable == .contentAndName { try sync(directory: path.parent) }
  }

  /// Writes a new file where there are no hard links: exclusively, but not whole at once. One that
  /// can't be finished is removed.
  private static func create(
    _ bytes: [UInt8], at path: some SystemPath, mode: UInt32, durable: Durability
  ) throws(FileError) {
    let file = try OpenFile.writing(
      path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
    do throws(FileError) {
      try file.write(bytes)
      if durable != .none { try file.sync() }
    } catch {
      remove(path)
      throw error
    }
  }

  /// Writes to a path that the user names, as `>` in a shell would: through a symbolic link, keeping
  /// an existing file's permissions, and into a pipe or a device, which is never renamed over.
  ///
  /// A regular file gets the new content or keeps the old: see `write`.
  package static func writeOutput(
    _ bytes: [UInt8], to path: String, durable: Durability = .contentAndName
  ) throws(FileError) {
    guard let status = try targetStatus(path) else {
      // A link to nothing makes the file it names.
      if try fileType(path) == .symlink { return try writeThrough(bytes, to: path) }
      return try write(bytes, to: path, .replace, durable: durable)
    }
    switch FileType(status.st_mode) {
    case .directory: throw FileError("open", path, number: EISDIR)
    case .file:
      guard let target = try realPath(path) else {
        throw FileError("realpath", path, number: ENOENT)
      }
      // A file may be writable in a folder that isn't, and the other way round: both must be.
      try target.call("open") { access($0, W_OK) }
      try write(
        bytes, to: target, .replace, mode: UInt32(status.st_mode & 0o777), durable: durable)
      // Another user's file stays theirs where that is allowed; the umask took bits from the mode.
      _ = target.withBytes { bytes, _ in chown(bytes, status.st_uid, status.st_gid) }
      try setMode(target, UInt32(status.st_mode & 0o777))
    case .symlink, .other: try writeThrough(bytes, to: path)
    }
  }

  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(FileError) {
    try OpenFile.writing(path, O_WRONLY | O_CREAT | O_NOCTTY, mode: 0o666).write(bytes)
  }

  /// Gives a file a second name, durably; where there are no hard links, the name of a copy.
  ///
  /// - Throws: EEXIST if the name is taken.
  package static func copy(_ path: String, to target: String) throws(FileError) {
    let number = link(path, to: target)
    if number == 0 { return try sync(directory: parent(of: target)) }
    guard isLackOfLinks(number) else { throw FileError("link", target, number: number) }
    let mode = try mode(path) ?? 0o777
    try write(try contents(path), to: target, .mustBeAbsent, mode: mode)
  }

  /// Gives a file a second name, a symbolic link as well; returns 0 or the error number.
  private static func link(_ path: some SystemPath, to target: some SystemPath) -> Int32 {
    path.withBytes { from, _ in
      target.withBytes { to, _ in linkat(AT_FDCWD, from, AT_FDCWD, to, 0) == 0 ? 0 : errno }
    }
  }

  /// Whether an error of link(2) means that the file system has no hard links, or not here.
  private static func isLackOfLinks(_ number: Int32) -> Bool {
    [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK, EXDEV].contains(number)
  }

  /// Renames a file, replacing what is there.
  package static func move(_ path: some SystemPath, to target: some SystemPath) throws(FileError) {
    let number = path.withBytes { from, _ in
      target.withBytes { to, _ in rename(from, to) == 0 ? 0 : errno }
    }
    guard number == 0 else { throw FileError("rename", path, number: number) }
  }

  /// Removes a file; nothing there is no error.
  package static func removeFile(_ path: some SystemPath) throws(FileError) {
    _ = try path.callUnlessAbsent("unlink") { unlink($0) }
  }

  /// Removes a file; one that can't be removed stays.
  package static func remove(_ path: some SystemPath) {
    _ = path.withBytes { bytes, _ in unlink(bytes) }
  }

  package static func setExecutable(_ path: some SystemPath) throws(FileError) {
    try setMode(path, 0o755)
  }

  /// Sets the permission bits, following links.
  package static func setMode(_ path: some SystemPath, _ mode: UInt32) throws(FileError) {
    try path.call("chmod") { chmod($0, mode_t(mode)) }
  }
}

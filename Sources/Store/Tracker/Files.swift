internal import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few file system calls that docket makes (POSIX.1-2017); paths are absolute.
package enum Files {
  package struct Problem: Error, Sendable, CustomStringConvertible {
    package let call: String
    package let path: String
    package let code: Int32

    static func last(_ call: String, _ path: String) -> Problem {
      Problem(call: call, path: path, code: errno)
    }

    package var description: String { "\(path): \(String(cString: strerror(code))) (\(call))" }
    package var exists: Bool { code == EEXIST }
    /// Nothing is there. Every other code means that something can't be read.
    package var isAbsent: Bool { ErrorNumber.isAbsence(code) }
  }

  package enum FileType: Sendable { case file, directory, symlink, other }

  /// Returns the type of the file at `path`, without following a link, or `nil` if there is none.
  package static func fileType(_ path: String) throws(Problem) -> FileType? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      let problem = Problem.last("lstat", path)
      if problem.isAbsent { return nil }
      throw problem
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    case S_IFLNK: return .symlink
    default: return .other
    }
  }

  /// Returns the permission bits of the file at `path`, following links, or `nil` if there is none.
  package static func mode(_ path: String) throws(Problem) -> UInt32? {
    var status = stat()
    if stat(path, &status) == 0 { return UInt32(status.st_mode & 0o777) }
    let problem = Problem.last("stat", path)
    if problem.isAbsent { return nil }
    throw problem
  }

  /// Returns a file's content, or `nil` if there is no file.
  ///
  /// - Throws: if there is one that can't be read.
  package static func read(_ path: String) throws(Problem) -> [UInt8]? {
    do throws(Problem) { return try contents(path) } catch {
      if error.isAbsent { return nil }
      throw error
    }
  }

  package static func contents(_ path: String) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    return try contents(of: descriptor, path)
  }

  /// Reads a descriptor, such as standard input, to its end.
  package static func contents(of descriptor: Int32, _ name: String) throws(Problem) -> [UInt8] {
    var status = stat()
    return try contents(
      of: descriptor, name, fstat(descriptor, &status) == 0 ? status : nil)
  }

  /// Reads a descriptor whose status is known to its end.
  static func contents(
    of descriptor: Int32, _ name: String, _ status: stat?
  ) throws(Problem) -> [UInt8] {
    let size = status.flatMap { $0.st_mode & S_IFMT == S_IFREG ? Int($0.st_size) : nil }
    let isFile = size != nil
    // One byte more than the file's size: a read that doesn't fill it has reached the end.
    var bytes = [UInt8](repeating: 0, count: size.map { $0 + 1 } ?? 4096)
    var filled = 0
    while true {
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
      let room = bytes.count - filled
      let count = bytes.withUnsafeMutableBytes { buffer in
        readChunk(descriptor, buffer.baseAddress.map { $0 + filled }, room)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("read", name)
      }
      filled += count
      if count == 0 || isFile && count < room { break }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  private static func readChunk(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int
  )
    -> Int
  {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  /// Returns the names in a directory, sorted, without `.` and `..`, or `nil` if there is none.
  ///
  /// - Throws: if there is one that can't be read, or not to its end.
  package static func names(in path: String) throws(Problem) -> [String]? {
    var names: [String] = []
    let isThere = try forEachEntry(of: path) { name, _ in names.append(name) }
    return isThere ? names.sorted() : nil
  }

  /// Calls `body` with the name and the type of each entry of a directory; `false` if there is none.
  private static func forEachEntry(
    of path: String, _ body: (String, UnsafeMutablePointer<dirent>) -> Void
  ) throws(Problem) -> Bool {
    guard let stream = opendir(path) else {
      let problem = Problem.last("opendir", path)
      if problem.isAbsent { return false }
      throw problem
    }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .last("readdir", path) }
        return true
      }
      let name = Self.name(of: entry)
      if name != ".", name != ".." { body(name, entry) }
    }
  }

  /// Returns the names in a directory with their file types, sorted, or `nil` if there is none.
  ///
  /// - Throws: if there is one that can't be read, or not to its end.
  package static func listing(of path: String) throws(Problem) -> [(name: String, type: FileType)]?
  {
    var entries: [(name: String, type: FileType)] = []
    var unknown: [String] = []
    let isThere = try forEachEntry(of: path) { name, entry in
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): entries.append((name, .file))
      case Int(DT_DIR): entries.append((name, .directory))
      case Int(DT_LNK): entries.append((name, .symlink))
      case Int(DT_UNKNOWN):
        // Some file systems don't say it here.
        unknown.append(name)
      default: entries.append((name, .other))
      }
    }
    for name in unknown {
      if let found = try fileType(path + "/" + name) { entries.append((name, found)) }
    }
    return isThere ? entries.sorted { $0.name < $1.name } : nil
  }

  /// An entry is only as long as its name: copying the whole field would read beyond its end.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    guard let field = MemoryLayout<dirent>.offset(of: \.d_name) else { return "" }
    let start = UnsafeRawPointer(entry) + field
    return String(cString: start.assumingMemoryBound(to: CChar.self))
  }

  /// Creates `path` and its missing parents; returns the directories created, outermost first.
  ///
  /// - Throws: also if a symbolic link or a file is in the way below `root`.
  @discardableResult
  package static func makeDirectories(_ path: String, below root: String) throws(Problem)
    -> [String]
  {
    var made: [String] = []
    var place = root
    for part in path.utf8.dropFirst(root.utf8.count).split(separator: UInt8(ascii: "/")) {
      place += "/" + String(Substring(part))
      switch try fileType(place) {
      case .directory: continue
      case nil:
        guard mkdir(place, 0o777) == 0 || errno == EEXIST else { throw .last("mkdir", place) }
        made.append(place)
      default: throw Problem(call: "mkdir", path: place, code: ENOTDIR)
      }
    }
    return made
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
    _ bytes: [UInt8], to path: String, _ existing: Existing, mode: UInt32 = 0o666,
    durable: Durability = .contentAndName
  ) throws(Problem) {
    let temporary = path + ".docket-\(getpid())"
    unlink(temporary)
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
    guard descriptor >= 0 else { throw .last("open", temporary) }
    do throws(Problem) {
      defer { close(descriptor) }
      try writeAll(bytes, to: descriptor, temporary)
      if durable != .none, fsync(descriptor) != 0 { throw .last("fsync", temporary) }
    } catch {
      unlink(temporary)
      throw error
    }
    switch existing {
    case .mustBeAbsent:
      // link(2) never replaces: it fails if another process has taken the name.
      let result = link(temporary, path)
      let problem = Problem.last("link", path)
      unlink(temporary)
      if result != 0 { throw problem }
    case .replace:
      if rename(temporary, path) != 0 {
        let problem = Problem.last("rename", path)
        unlink(temporary)
        throw problem
      }
    }
    if durable == .contentAndName { try sync(directory: parent(of: path)) }
  }

  /// Writes to a path that the user names, as `>` in a shell would: through a symbolic link, keeping
  /// an existing file's permissions, and into a pipe or a device, which is never renamed over.
  ///
  /// A regular file gets the new content or keeps the old: see `write`.
  package static func writeOutput(_ bytes: [UInt8], to path: String) throws(Problem) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let problem = Problem.last("stat", path)
      guard problem.isAbsent else { throw problem }
      // A link to nothing makes the file it names.
      if try fileType(path) == .symlink { return try writeThrough(bytes, to: path) }
      return try write(bytes, to: path, .replace)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw Problem(call: "open", path: path, code: EISDIR)
    case S_IFREG:
      guard let resolved = realpath(path, nil) else { throw .last("realpath", path) }
      let target = String(cString: resolved)
      free(resolved)
      // A file may be writable in a folder that isn't, and the other way round: both must be.
      guard access(target, W_OK) == 0 else { throw .last("open", target) }
      try write(bytes, to: target, .replace, mode: UInt32(status.st_mode & 0o777))
      // Another user's file stays theirs where that is allowed; the umask took bits from the mode.
      _ = chown(target, status.st_uid, status.st_gid)
      guard chmod(target, status.st_mode & 0o777) == 0 else { throw .last("chmod", target) }
    default: try writeThrough(bytes, to: path)
    }
  }

  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(Problem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_NOCTTY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor, path)
  }

  package static func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ name: String)
    throws(Problem)
  {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        sendSome(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("write", name)
      }
      done += count
    }
  }

  private static func sendSome(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int)
    -> Int
  {
    #if canImport(Glibc)
      Glibc.write(descriptor, buffer, count)
    #else
      Darwin.write(descriptor, buffer, count)
    #endif
  }

  package static func sync(directory path: String) throws(Problem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }

  package static func move(_ path: String, to target: String) throws(Problem) {
    guard rename(path, target) == 0 else { throw .last("rename", path) }
  }

  package static func remove(_ path: String) { unlink(path) }

  /// Creates one directory; an existing one, or a failure, is no error.
  package static func makeDirectory(_ path: String) { mkdir(path, 0o777) }

  /// Returns when a file was last modified, seconds since the epoch, or `nil`.
  package static func changed(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      return status.st_mtim.tv_sec
    #else
      return status.st_mtimespec.tv_sec
    #endif
  }

  /// Removes a directory if it is empty.
  package static func removeEmptyDirectory(_ path: String) { rmdir(path) }

  package static func setExecutable(_ path: String) { chmod(path, 0o755) }

  package static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  package static var currentDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// Returns `path` made absolute against `directory`, with `.` and `..` resolved by name.
  package static func absolute(_ path: String, in directory: String) -> String {
    // By bytes, as the system does.
    let slash = UInt8(ascii: "/")
    var parts: [Substring] = []
    let whole = path.utf8.first == slash ? path : directory + "/" + path
    for part in whole.utf8.split(separator: slash).map({ Substring($0) }) {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns `path` with symbolic links resolved, or `nil` if it doesn't exist.
  package static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension FileSystem {
  /// Returns the names in a directory, sorted by bytes, without `.` and `..`, or `nil` if there is
  /// no directory.
  ///
  /// - Throws: if there is one that can't be read, or not to its end.
  package static func names(in path: some SystemPath) throws(FileError) -> [RepositoryPath]? {
    var names: [RepositoryPath] = []
    let isThere = try forEachEntry(of: path) { name, _ in names.append(name) }
    return isThere ? names.sorted() : nil
  }

  /// Returns the names in a directory with their file types, sorted by bytes, or `nil` if there is
  /// no directory.
  ///
  /// - Throws: if there is one that can't be read, or not to its end.
  package static func listing(
    of path: some SystemPath
  ) throws(FileError) -> [(name: RepositoryPath, type: FileType)]? {
    var entries: [(name: RepositoryPath, type: FileType)] = []
    var unknown: [RepositoryPath] = []
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
      if let found = try fileType(path.appending(name: name)) { entries.append((name, found)) }
    }
    return isThere ? entries.sorted { $0.name < $1.name } : nil
  }

  /// Calls `body` with the name and the entry of each; `false` if there is no directory.
  private static func forEachEntry(
    of path: some SystemPath, _ body: (RepositoryPath, UnsafeMutablePointer<dirent>) -> Void
  ) throws(FileError) -> Bool {
    var opened: OpaquePointer?
    let result = try path.callUnlessAbsent("opendir") { bytes in
      opened = opendir(bytes)
      return opened == nil ? -1 : 0
    }
    guard result != nil, let stream = opened else { return false }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileError("readdir", path, number: errno) }
        return true
      }
      let name = name(of: entry)
      if name.bytes != [0x2E], name.bytes != [0x2E, 0x2E] { body(name, entry) }
    }
  }

  /// An entry is only as long as its name: copying the whole field would read beyond its end.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> RepositoryPath {
    guard let field = MemoryLayout<dirent>.offset(of: \.d_name) else { return .root }
    let start = UnsafeRawPointer(entry) + field
    let count = strlen(start.assumingMemoryBound(to: CChar.self))
    return RepositoryPath(bytes: UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Creates the directory and its missing parents, following links.
  package static func makeDirectories(_ path: String) throws(FileError) {
    do throws(FileError) {
      try path.call("mkdir") { mkdir($0, 0o777) }
    } catch {
      if error.exists { return }
      let parent = parent(of: path)
      guard error.number == ENOENT, parent != path, parent != "." else { throw error }
      try makeDirectories(parent)
      try makeDirectory(path)
    }
  }

  /// Creates the directory at `path` below `root` and its missing parents; returns the directories
  /// created, outermost first.
  ///
  /// - Throws: also if a symbolic link or a file is in the way below `root`.
  @discardableResult
  package static func makeDirectories(
    _ path: RepositoryPath, below root: String
  ) throws(FileError) -> [BytePath] {
    var made: [BytePath] = []
    var place = root.appending("")
    for name in path.components {
      place = place.appending(name: name)
      switch try fileType(place) {
      case .directory: continue
      case nil:
        try makeDirectory(place)
        made.append(place)
      default: throw FileError("mkdir", place, number: ENOTDIR)
      }
    }
    return made
  }

  /// Creates one directory; returns `false` if one is there.
  @discardableResult
  package static func makeDirectory(_ path: some SystemPath) throws(FileError) -> Bool {
    do throws(FileError) {
      try path.call("mkdir") { mkdir($0, 0o777) }
      return true
    } catch {
      if error.exists { return false }
      throw error
    }
  }

  /// Removes a directory if it is empty; otherwise nothing happens.
  package static func removeEmptyDirectory(_ path: some SystemPath) {
    _ = path.withBytes { bytes, _ in rmdir(bytes) }
  }

  /// Removes a directory with the empty directories in it; what holds a file stays.
  ///
  /// - Throws: if one can't be listed.
  package static func removeEmptyDirectories(_ path: BytePath) throws(FileError) {
    for entry in try listing(of: path) ?? [] where entry.type == .directory {
      try removeEmptyDirectories(path.appending(name: entry.name))
    }
    removeEmptyDirectory(path)
  }

  /// Makes a directory's entries durable, where the file system can do that.
  package static func sync(directory path: some SystemPath) throws(FileError) {
    guard let directory = try OpenFile.reading(path) else {
      throw .absent(path)
    }
    do throws(FileError) { try directory.sync() } catch {
      if error.number != EINVAL && error.number != ENOTSUP { throw error }
    }
  }
}

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// The few file system calls that docket makes (POSIX.1-2017).
///
/// What reads returns `nil` if nothing is there, and throws if what is there can't be read.
package enum FileSystem {
  /// Returns a file's content, or `nil` if there is no file.
  package static func read(
    _ path: some SystemPath, limit: Int = .max
  ) throws(FileError) -> [UInt8]? {
    guard let file = try OpenFile.reading(path) else { return nil }
    return try file.contents(limit: limit)
  }

  /// Returns the content of a file that must be there.
  package static func contents(
    _ path: some SystemPath, limit: Int = .max
  ) throws(FileError) -> [UInt8] {
    guard let bytes = try read(path, limit: limit) else {
      throw .absent(path)
    }
    return bytes
  }

  /// Returns the text of a small file without white space at its end, or `nil` if there is none.
  package static func readLine(_ path: some SystemPath) throws(FileError) -> String? {
    guard var bytes = try read(path) else { return nil }
    while let last = bytes.last, last <= UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the status of the path itself, without following a link at its end (lstat(2)), or `nil`
  /// if there is nothing.
  package static func status(_ path: some SystemPath) throws(FileError) -> stat? {
    var status = stat()
    return try path.callUnlessAbsent("lstat") { lstat($0, &status) }.map { _ in status }
  }

  /// Returns the status of what the path leads to (stat(2)), or `nil` if there is nothing.
  package static func targetStatus(_ path: some SystemPath) throws(FileError) -> stat? {
    var status = stat()
    return try path.callUnlessAbsent("stat") { stat($0, &status) }.map { _ in status }
  }

  /// Returns the type of the file at `path`, without following a link, or `nil` if there is none.
  package static func fileType(_ path: some SystemPath) throws(FileError) -> FileType? {
    try status(path).map { FileType($0.st_mode) }
  }

  /// Returns the permission bits of the file at `path`, following links, or `nil` if there is none.
  package static func mode(_ path: some SystemPath) throws(FileError) -> UInt32? {
    try targetStatus(path).map { UInt32($0.st_mode & 0o777) }
  }

  /// Whether there is anything at the path, following links.
  package static func exists(_ path: some SystemPath) throws(FileError) -> Bool {
    try path.callUnlessAbsent("access") { access($0, F_OK) } != nil
  }

  /// Whether there is a directory at the path, following links.
  package static func isDirectory(_ path: some SystemPath) throws(FileError) -> Bool {
    try targetStatus(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether the user may read what is at the path (access(2)); `false` only if it is forbidden.
  ///
  /// - Throws: on every other error; nothing there is none.
  package static func isReadable(_ path: some SystemPath) throws(FileError) -> Bool {
    do throws(FileError) {
      _ = try path.callUnlessAbsent("access") { access($0, R_OK) }
      return true
    } catch {
      if error.number == EACCES { return false }
      throw error
    }
  }

  /// Whether the user may run the file at the path.
  package static func isExecutable(_ path: some SystemPath) -> Bool {
    path.withBytes { bytes, _ in access(bytes, X_OK) == 0 }
  }

  /// Returns where a symbolic link leads, as it is written, or `nil` if nothing is at the path.
  package static func linkTarget(_ path: some SystemPath) throws(FileError) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let room = buffer.count
    let count = try path.callUnlessAbsent("readlink") { bytes in
      buffer.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return Int32(readlink(bytes, start.assumingMemoryBound(to: CChar.self), room))
      }
    }
    return count.map { Array(buffer[..<Int($0)]) }
  }

  /// Returns when what is at the path was last modified, in seconds since the epoch, or `nil` if
  /// nothing is there.
  package static func modified(_ path: some SystemPath) throws(FileError) -> Int? {
    try targetStatus(path).map { status in
      #if canImport(Glibc)
        status.st_mtim.tv_sec
      #else
        status.st_mtimespec.tv_sec
      #endif
    }
  }

  /// Returns the absolute path without links, `.` and `..` (realpath(3)), or `nil` if nothing is
  /// there.
  package static func realPath(_ path: some SystemPath) throws(FileError) -> String? {
    var real: String?
    _ = try path.callUnlessAbsent("realpath") { bytes in
      guard let resolved = realpath(bytes, nil) else { return -1 }
      defer { free(resolved) }
      real = String(cString: resolved)
      return 0
    }
    return real
  }

  // MARK: Paths by their bytes

  /// Returns the part before the last slash: `/` at the top, `.` if there is no slash.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns `path` below `base`; an absolute path as it is.
  package static func path(_ path: String, relativeTo base: String) -> String {
    let slash = UInt8(ascii: "/")
    if path.utf8.first == slash { return path }
    return base.utf8.last == slash ? base + path : base + "/" + path
  }

  /// Returns `path` made absolute against `directory`, with `.` and `..` resolved by name.
  package static func absolute(_ path: String, in directory: String) -> String {
    let slash = UInt8(ascii: "/")
    var parts: [Substring] = []
    let whole = self.path(path, relativeTo: directory)
    for part in whole.utf8.split(separator: slash).map({ Substring($0) }) {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The directory in which the process runs; `.` if it can't be told.
  package static var currentDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}

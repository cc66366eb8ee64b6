internal import CLibgit2
internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The few file operations that git's own files need, without Foundation.
enum SystemFile {
  /// Reads a whole file; `nil` if there is none.
  static func read(_ path: String) throws(GitError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if ErrorNumber.isAbsence(errno) { return nil }
      throw GitError.system("open", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw GitError.system("fstat", path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw GitError.system("read", path, number: EISDIR)
    }
    var bytes: [UInt8] = []
    var expected = max(Int(status.st_size), 0) + 1
    while true {
      var failure: Int32 = 0
      let start = bytes.count
      let chunk = [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
        let result = systemRead(descriptor, buffer.baseAddress, buffer.count)
        if result < 0 { failure = errno }
        count = max(result, 0)
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw GitError.system("read", path, number: failure) }
      if chunk.isEmpty { return bytes }
      if start == 0 { bytes = chunk } else { bytes.append(contentsOf: chunk) }
      expected = max(expected - chunk.count, 4096)
    }
  }

  /// Maps a whole file, which the caller must unmap; `nil` on failure.
  static func map(_ path: String) -> UnsafeRawBufferPointer? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
    let size = Int(status.st_size)
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    return UnsafeRawBufferPointer(start: address, count: size)
  }

  /// Returns the text of a small file without trailing white space, or `nil` if there is none.
  static func readLine(_ path: String) throws(GitError) -> String? {
    guard var bytes = try read(path) else { return nil }
    while let last = bytes.last, last <= 32 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the status of the path itself, not following a final symbolic link, or `nil` if it
  /// does not exist.
  static func status(_ path: String) throws(GitError) -> stat? {
    var result = stat()
    if lstat(path, &result) == 0 { return result }
    if ErrorNumber.isAbsence(errno) { return nil }
    throw GitError.system("lstat", path)
  }

  /// Whether there is anything at the path, following links.
  static func exists(_ path: String) throws(GitError) -> Bool {
    if access(path, F_OK) == 0 { return true }
    if ErrorNumber.isAbsence(errno) { return false }
    throw GitError.system("access", path)
  }

  static func isDirectory(_ path: String) throws(GitError) -> Bool {
    var result = stat()
    if stat(path, &result) == 0 { return result.st_mode & S_IFMT == S_IFDIR }
    if ErrorNumber.isAbsence(errno) { return false }
    throw GitError.system("stat", path)
  }

  /// Returns the names in a directory, unordered, without `.` and `..`; none if there is none.
  ///
  /// - Throws: if there is one that can't be read, or not to its end.
  static func names(in directory: String) throws(GitError) -> [String] {
    guard let handle = opendir(directory) else {
      if ErrorNumber.isAbsence(errno) { return [] }
      throw GitError.system("opendir", directory)
    }
    defer { closedir(handle) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(handle) else {
        if errno != 0 { throw GitError.system("readdir", directory) }
        return names
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }

  /// Returns the absolute path without symbolic links, `.` and `..`, or `nil` if it does not exist.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Writes all bytes to an open file.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String)
    throws(GitError)
  {
    var rest = bytes
    while rest.count > 0 {
      let count = systemWrite(descriptor, rest.baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw GitError.system("write", path)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(GitError) {
    // `withUnsafeBytes` does not propagate typed errors, so they are rethrown by hand.
    let result = bytes.withUnsafeBytes { buffer -> Result<Void, GitError> in
      do throws(GitError) {
        return .success(try write(buffer, to: descriptor, path: path))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Syncs a directory, unless a later sync on its file system covers it.
  static func syncDirectoryUnlessOrdered(_ path: String) throws(GitError) {
    if docket_has_ordered_journal(path) == 0 { try syncDirectory(path) }
  }

  /// Creates the directory and its missing parents.
  static func makeDirectories(_ path: String) throws(GitError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      slash != path.startIndex
    else {
      throw GitError.system("mkdir", path)
    }
    try makeDirectories(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw GitError.system("mkdir", path)
    }
  }

  /// Makes a directory's entries durable. Ignores systems that cannot sync a directory.
  static func syncDirectory(_ path: String) throws(GitError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw GitError.system("open", path) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP {
      throw GitError.system("fsync", path)
    }
  }

  /// Resolves `path` relative to `base`; an absolute path is returned unchanged.
  static func path(_ path: String, relativeTo base: String) -> String {
    let slash = UInt8(ascii: "/")
    if path.utf8.first == slash { return path }
    return base.utf8.last == slash ? base + path : base + "/" + path
  }

  /// Returns the part before the last slash; `/` at the top.
  static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

// Outside the enumeration, whose own `read` and `write` hide the system's.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// An open file, closed with the value.
package final class OpenFile: Sendable {
  private let descriptor: Int32
  /// For messages.
  private let path: String

  private init(descriptor: Int32, path: String) {
    (self.descriptor, self.path) = (descriptor, path)
  }

  deinit { close(descriptor) }

  /// Calls `body` with the descriptor, which is open that long.
  package func withDescriptor<Result>(_ body: (Int32) -> Result) -> Result {
    withExtendedLifetime(self) { body(descriptor) }
  }

  /// Opens for reading; `nil` if nothing is there.
  ///
  /// - Parameter followsLink: `false` where docket owns the folder: a link there is another's doing,
  ///   and an error (ELOOP).
  package static func reading(
    _ path: some SystemPath, followsLink: Bool = true
  ) throws(FileError) -> OpenFile? {
    let flags = O_RDONLY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    guard let descriptor = try path.callUnlessAbsent("open", { open($0, flags) }) else {
      return nil
    }
    return OpenFile(descriptor: descriptor, path: path.description)
  }

  /// Opens a directory to look up names in; `nil` if there is none.
  package static func directory(_ path: some SystemPath) throws(FileError) -> OpenFile? {
    let descriptor = try path.callUnlessAbsent("open") {
      open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    return descriptor.map { OpenFile(descriptor: $0, path: path.description) }
  }

  /// Opens a file of this directory for reading (openat(2)); `nil` if nothing is there.
  ///
  /// - Parameter name: in one step: nothing of a longer path is looked up again.
  package func reading(_ name: some SystemPath) throws(FileError) -> OpenFile? {
    let file = try withExtendedLifetime(self) { () throws(FileError) in
      try name.callUnlessAbsent("open") { openat(descriptor, $0, O_RDONLY | O_CLOEXEC) }
    }
    return file.map { OpenFile(descriptor: $0, path: "\(path)/\(name)") }
  }

  /// Opens for writing with the flags of open(2); `O_CLOEXEC` is added.
  package static func writing(
    _ path: some SystemPath, _ flags: Int32, mode: UInt32
  ) throws(FileError) -> OpenFile {
    let descriptor = try path.call("open") { open($0, flags | O_CLOEXEC, mode_t(mode)) }
    return OpenFile(descriptor: descriptor, path: path.description)
  }

  /// Creates a file of a new name that begins with `prefix` (mkstemp(3)), mode 0600.
  package static func temporary(_ prefix: String) throws(FileError) -> (
    file: OpenFile, path: String
  ) {
    var template = Array((prefix + "XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError("create", prefix, number: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (OpenFile(descriptor: descriptor, path: path), path)
  }

  package func status() throws(FileError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("fstat", path, number: errno) }
    return status
  }

  /// Reads to the end.
  ///
  /// - Throws: EFBIG if there are more than `limit` bytes.
  package func contents(limit: Int = .max) throws(FileError) -> [UInt8] {
    try Self.contents(of: descriptor, path, size: Self.size(try status()), limit: limit)
  }

  /// Reads to the end a file whose status is known.
  package func contents(_ status: stat, limit: Int = .max) throws(FileError) -> [UInt8] {
    try Self.contents(of: descriptor, path, size: Self.size(status), limit: limit)
  }

  /// Reads standard input to its end.
  package static func standardInput(limit: Int = .max) throws(FileError) -> [UInt8] {
    var status = stat()
    let size = fstat(STDIN_FILENO, &status) == 0 ? size(status) : nil
    return try contents(of: STDIN_FILENO, "standard input", size: size, limit: limit)
  }

  /// The number of bytes of a regular file, `nil` for all else.
  private static func size(_ status: stat) -> Int? {
    status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  private static func contents(
    of descriptor: Int32, _ path: String, size: Int?, limit: Int
  ) throws(FileError) -> [UInt8] {
    if let size, size > limit { throw FileError("read", path, number: EFBIG) }
    // One byte more than the file's size: a read that doesn't fill it has reached the end.
    var bytes = [UInt8](repeating: 0, count: size.map { $0 + 1 } ?? 4096)
    var filled = 0
    while true {
      if filled > limit { throw FileError("read", path, number: EFBIG) }
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
      let room = bytes.count - filled
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress.map { $0 + filled }, room)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError("read", path, number: errno)
      }
      filled += count
      if count == 0 || size != nil && count < room { break }
    }
    if filled > limit { throw FileError("read", path, number: EFBIG) }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Writes all bytes, however many calls that takes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try Self.write(bytes, to: descriptor, path)
  }

  /// Writes all bytes to a descriptor that somebody else opened.
  ///
  /// - Parameter name: what errors call it.
  package static func write(
    _ bytes: [UInt8], to descriptor: Int32, _ name: String
  ) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Self.writeSome(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError("write", name, number: errno)
      }
      done += count
    }
  }

  // `write` alone would be this type's.
  private static func writeSome(
    _ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, start, count)
    #else
      Darwin.write(descriptor, start, count)
    #endif
  }

  /// The next read or write is at the start.
  package func rewind() throws(FileError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileError("lseek", path, number: errno) }
  }

  /// Makes the content durable (fsync(2)).
  package func sync() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw FileError("fsync", path, number: errno) }
  }

  /// Sets the permission bits, whatever the umask.
  package func setMode(_ mode: UInt32) throws(FileError) {
    guard fchmod(descriptor, mode_t(mode)) == 0 else {
      throw FileError("chmod", path, number: errno)
    }
  }

  /// Maps the whole file, which the caller must unmap; empty if the file is.
  ///
  /// - Parameter populates: whether all pages are read at once, where the system can.
  package func map(populates: Bool = false) throws(FileError) -> UnsafeRawBufferPointer {
    let count = Int(try status().st_size)
    guard count > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    #if canImport(Glibc)
      let flags = MAP_PRIVATE | (populates ? MAP_POPULATE : 0)
    #else
      let flags = MAP_PRIVATE
    #endif
    guard let address = mmap(nil, count, PROT_READ, flags, descriptor, 0), address != MAP_FAILED
    else { throw FileError("mmap", path, number: errno) }
    return UnsafeRawBufferPointer(start: address, count: count)
  }
}

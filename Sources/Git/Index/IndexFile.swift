internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The bytes of an index file, mapped into memory, and its modification time.
///
/// The mapping is safe: git never writes into an index file, it replaces it.
final class IndexFile {
  let bytes: UnsafeRawBufferPointer
  /// `nil` if there is no file.
  let modified: timespec?
  let mode: UInt32
  private let isMapped: Bool

  /// Bytes in memory that stand for those of another file.
  init(_ copy: [UInt8], insteadOf file: IndexFile) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: copy.count, alignment: 8)
    buffer.copyBytes(from: copy)
    bytes = UnsafeRawBufferPointer(buffer)
    (modified, mode, isMapped) = (file.modified, file.mode, false)
  }

  init(_ path: String) throws(GitError) {
    guard let file = try files({ () throws(FileError) in try OpenFile.reading(path) }) else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      modified = nil
      mode = 0o666
      isMapped = false
      return
    }
    let status = try files { () throws(FileError) in try file.status() }
    #if canImport(Glibc)
      modified = status.st_mtim
    #else
      modified = status.st_mtimespec
    #endif
    mode = UInt32(status.st_mode & 0o777)
    isMapped = true
    bytes = try files { () throws(FileError) in try file.map(populates: true) }
    guard !bytes.isEmpty else {
      // An empty file, as from `GIT_INDEX_FILE=$(mktemp)`, is corrupt for git, too.
      throw GitError.corrupt("\(path): index file smaller than expected", call: "readIndex")
    }
  }

  deinit {
    guard let address = bytes.baseAddress else { return }
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: address), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  /// Verifies the checksum at the end of the file. A checksum of zeros was never computed
  /// (index.skipHash).
  func checkIntegrity(_ path: String) throws(GitError) {
    guard bytes.count > IndexLayout.checksumLength else { return }
    let end = bytes.count - IndexLayout.checksumLength
    let stored = ObjectID(bytes: UnsafeRawBufferPointer(rebasing: bytes[end...]))
    if stored == .zero { return }
    var hash = SHA1()
    hash.update(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    guard hash.finish() == stored else {
      throw GitError.corrupt("index file corrupt: bad checksum in '\(path)'", call: "readIndex")
    }
  }
}

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
  let mode: mode_t

  init(_ path: String) throws(GitError) {
    guard let file = try files({ () throws(FileError) in try OpenFile.reading(path) }) else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      modified = nil
      mode = 0o666
      return
    }
    let status = try files { () throws(FileError) in try file.status() }
    #if canImport(Glibc)
      modified = status.st_mtim
    #else
      modified = status.st_mtimespec
    #endif
    mode = status.st_mode & 0o777
    bytes = try files { () throws(FileError) in try file.map(populates: true) }
    guard !bytes.isEmpty else {
      // An empty file, as from `GIT_INDEX_FILE=$(mktemp)`, is corrupt for git, too.
      throw GitError.corrupt("\(path): index file smaller than expected", call: "readIndex")
    }
  }

  deinit {
    if let address = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: address), bytes.count)
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

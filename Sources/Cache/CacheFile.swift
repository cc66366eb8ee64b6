#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cache's database file, with the lock and the seal beside it.
///
/// Readers share a lock (flock(2)); a writer holds it exclusively. The lock file records the state
/// in which the last writer left the database; a database in any other state (a writer was killed,
/// another program wrote) is discarded. So nothing is written twice, and a crash leaves nothing
/// behind.
package final class CacheFile {
  package let path: String
  private let lockPath: String
  private let descriptor: Int32

  package enum Hold: Sendable {
    case shared, exclusive
  }

  /// The default timeout for the lock.
  package static let timeout: Duration = .seconds(10)

  /// Opens the lock file, creating it if possible; `nil` if no cache can be kept here.
  package init?(path: String) {
    self.path = path
    lockPath = path + "-lock"
    // Docket owns the folder: a link in it leads somewhere else, and no cache is kept there.
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return nil }
    var opened = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    if opened < 0 { opened = open(lockPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    guard opened >= 0 else { return nil }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Waits for the lock; `false` on timeout, or if locks are not supported here.
  package func acquire(_ hold: Hold, timeout: Duration = timeout) -> Bool {
    let operation = (hold == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
    var waited: Duration = .zero
    var pause: Duration = .milliseconds(1)
    while flock(descriptor, operation) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waited < timeout else { return false }
      usleep(UInt32(pause / .microseconds(1)))
      waited += pause
      pause = min(pause * 2, .milliseconds(20))
    }
    return true
  }

  package func release() { flock(descriptor, LOCK_UN) }

  /// The database's state recorded in the lock file; `nil` if a writer hasn't finished.
  package var seal: String? {
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    let text = String(decoding: buffer[..<count], as: UTF8.self)
    return text.hasSuffix("\n") ? text : nil
  }

  /// Whether the database is in the state its last writer left.
  package var isSealed: Bool { seal != nil && seal == Self.state(of: path) }

  /// Records durably that a writer is at work.
  ///
  /// - Returns: whether that was recorded; if not, the database must not be changed.
  package func breakSeal() -> Bool {
    ftruncate(descriptor, 0) == 0 && fsync(descriptor) == 0
  }

  /// Records the database's current state as complete.
  package func setSeal() {
    guard let text = Self.state(of: path) else { return }
    let bytes = Array(text.utf8)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  package func discard() { unlink(path) }

  /// Returns size and modification time, which any other writer would change.
  private static func state(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return "\(status.st_size) \(time.tv_sec).\(time.tv_nsec)\n"
  }
}

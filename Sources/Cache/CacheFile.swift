#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The index's file, with the lock and the seal beside it.
///
/// Readers share a lock (flock(2)), a writer has it alone. The lock's file says in what state the last
/// writer left the database; a database in any other state (a writer was killed, somebody else wrote)
/// is thrown away. So nothing needs to be written twice, and nothing is left behind by a crash.
package final class CacheFile {
  package let path: String
  private let lockPath: String
  private let descriptor: Int32

  package enum Hold: Sendable {
    case shared, exclusive
  }

  /// How long one process waits for others, in milliseconds.
  package static let timeout = 10_000

  /// Opens the lock's file, which is made where that is possible; `nil` where there can be no index.
  package init?(path: String) {
    self.path = path
    lockPath = path + "-lock"
    var opened = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    if opened < 0 { opened = open(lockPath, O_RDONLY | O_CLOEXEC) }
    guard opened >= 0 else { return nil }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Waits for the lock; `false` if others have it for too long, or if there are no locks here.
  package func acquire(_ hold: Hold, timeout: Int = timeout) -> Bool {
    let operation = (hold == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
    var waited = 0
    var pause = 1
    while flock(descriptor, operation) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waited < timeout else { return false }
      usleep(UInt32(pause * 1000))
      waited += pause
      pause = min(pause * 2, 20)
    }
    return true
  }

  package func release() { flock(descriptor, LOCK_UN) }

  /// What the lock's file says of the database; `nil` if a writer hasn't finished.
  package var seal: String? {
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    let text = String(decoding: buffer[..<count], as: UTF8.self)
    return text.hasSuffix("\n") ? text : nil
  }

  /// Whether the database is as its last writer left it.
  package var isSealed: Bool { seal != nil && seal == Self.state(of: path) }

  /// Says, for good, that a writer is at work.
  ///
  /// - Returns: whether that could be written; if not, the database must not be changed.
  package func breakSeal() -> Bool {
    ftruncate(descriptor, 0) == 0 && fsync(descriptor) == 0
  }

  /// Says that the database is whole as it is now.
  package func setSeal() {
    guard let text = Self.state(of: path) else { return }
    let bytes = Array(text.utf8)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  package func discard() { unlink(path) }

  /// Size and time of the last change: what every other writer would alter.
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

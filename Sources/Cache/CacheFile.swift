import Files

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
  private let file: OpenFile

  package enum Hold: Sendable {
    case shared, exclusive
  }

  /// The default timeout for the lock.
  package static let timeout: Duration = .seconds(10)

  /// The mode of both files where others may write them, too.
  private let sharedMode: UInt32?

  /// Opens the lock file, creating it if possible; `nil` if no cache can be kept here.
  ///
  /// - Parameter sharedMode: the mode of new files; `nil` leaves it to the umask.
  package init?(path: String, sharedMode: UInt32? = nil) {
    self.path = path
    self.sharedMode = sharedMode
    lockPath = path + "-lock"
    // Docket owns the folder: a link in it leads somewhere else, and no cache is kept there.
    do throws(FileError) {
      if let type = try FileSystem.fileType(path), type != .file { return nil }
      let isNew = try FileSystem.fileType(lockPath) == nil
      file = try OpenFile.writing(lockPath, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o666)
      // Another may have made it just now, and own it.
      if isNew, let sharedMode { try? file.setMode(sharedMode) }
    } catch {
      // A cache that can't be locked either way isn't used.
      guard let opened = (try? OpenFile.reading(lockPath, followsLink: false)) ?? nil else {
        return nil
      }
      file = opened
    }
  }

  /// Waits for the lock; `false` on timeout, or if locks are not supported here.
  package func acquire(_ hold: Hold, timeout: Duration = timeout) -> Bool {
    let operation = (hold == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
    var waited: Duration = .zero
    var pause: Duration = .milliseconds(1)
    while true {
      let number = file.withDescriptor { flock($0, operation) == 0 ? 0 : errno }
      if number == 0 { return true }
      guard number == EWOULDBLOCK || number == EINTR, waited < timeout else { return false }
      usleep(UInt32(pause / .microseconds(1)))
      waited += pause
      pause = min(pause * 2, .milliseconds(20))
    }
  }

  package func release() { _ = file.withDescriptor { flock($0, LOCK_UN) } }

  /// The database's state recorded in the lock file; `nil` if a writer hasn't finished.
  package var seal: String? {
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = file.withDescriptor { pread($0, &buffer, buffer.count, 0) }
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
    file.withDescriptor { ftruncate($0, 0) == 0 && fsync($0) == 0 }
  }

  /// Records the database's current state as complete.
  package func setSeal() {
    // Where it is another's file its mode is right already.
    if let sharedMode { try? FileSystem.setMode(path, sharedMode) }
    guard let text = Self.state(of: path) else { return }
    let bytes = Array(text.utf8)
    _ = file.withDescriptor { pwrite($0, bytes, bytes.count, 0) }
  }

  package func discard() { FileSystem.remove(path) }

  /// Returns size and modification time, which any other writer would change.
  private static func state(of path: String) -> String? {
    // Can't be read: a state that no seal has.
    guard let status = (try? FileSystem.targetStatus(path)) ?? nil else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return "\(status.st_size) \(time.tv_sec).\(time.tv_nsec)\n"
  }
}

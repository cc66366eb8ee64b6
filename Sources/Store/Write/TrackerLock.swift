import Git

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Docket's own lock on a repository: one writer at a time, released with its process (flock(2)).
struct TrackerLock: ~Copyable {
  private let descriptor: Int32

  /// Waits for the lock of the repository with the given common directory.
  ///
  /// - Throws: `StoreError.refused`, naming the lock's file, after `timeout`.
  init(commonDirectory: String, timeout: Duration = standardTimeout) throws(StoreError) {
    let folder = commonDirectory + "/docket"
    let path = folder + "/lock"
    mkdir(folder, 0o777)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .failed(Files.Problem.last("open", path).description) }
    var waited: Duration = .zero
    var pause: Duration = .milliseconds(1)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waited < timeout else {
        close(descriptor)
        throw .refused(
          "another docket has been writing here for \(timeout.components.seconds) seconds (\(path))",
          hint: "wait for it, or end that process; then type the command again")
      }
      usleep(UInt32(pause / .microseconds(1)))
      waited += pause
      pause = min(pause * 1.5, .milliseconds(20))
    }
  }

  /// Longer than for git's locks: a queue of writers is normal.
  private static var standardTimeout: Duration { LockTimeout.named ?? .seconds(120) }

  deinit { close(descriptor) }
}

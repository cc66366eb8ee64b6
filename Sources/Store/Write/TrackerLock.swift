import Git

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Docket's own lock on a repository: one writer at a time, gone with its process (flock(2)).
struct TrackerLock: ~Copyable {
  private let descriptor: Int32

  /// Waits for the lock of the repository whose common directory is given.
  ///
  /// - Parameter patience: seconds; then the lock's file is named in the refusal.
  init(commonDirectory: String, timeout: Double = standardTimeout) throws(StoreError) {
    let folder = commonDirectory + "/docket"
    let path = folder + "/lock"
    mkdir(folder, 0o777)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .failed(Files.Problem.last("open", path).description) }
    var waited = 0.0
    var pause = 0.001
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waited < timeout else {
        close(descriptor)
        throw .refused(
          "another docket has been writing here for \(Int(timeout)) seconds (\(path))",
          hint: "wait for it, or end that process; then type the command again")
      }
      usleep(UInt32(pause * 1_000_000))
      waited += pause
      pause = min(pause * 1.5, 0.02)
    }
  }

  /// Longer than for git's locks: a queue of writers is no crash.
  private static var standardTimeout: Double { LockTimeout.named.map { Double($0) / 1000 } ?? 120 }

  deinit { close(descriptor) }
}

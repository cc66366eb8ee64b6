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
    let opened = Self.opened(path, in: folder)
    // Set before anything is thrown, as a type with a deinitializer needs it.
    descriptor = (try? opened.get()) ?? -1
    _ = try opened.get()
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

  /// Docket owns the folder: a link in its place or in it is another's doing, and isn't followed.
  private static func opened(_ path: String, in folder: String) -> Result<Int32, StoreError> {
    mkdir(folder, 0o777)
    do throws(Files.Problem) {
      guard try Files.fileType(folder) == .directory else {
        return .failure(
          .failed("\(folder) is not a folder", hint: "remove it, and docket makes its own"))
      }
    } catch {
      return .failure(.failed(error.description))
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    return descriptor >= 0
      ? .success(descriptor) : .failure(.failed(Files.Problem.last("open", path).description))
  }

  /// Longer than for git's locks: a queue of writers is normal.
  private static var standardTimeout: Duration { LockTimeout.named ?? .seconds(120) }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One of git's lock files: the new content of `path`, written to `path.lock`, which nobody else
/// can make meanwhile.
///
/// A lock that is already there is waited for and then named in the error, never removed. What was
/// not committed when the value goes is removed.
struct LockFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var isHeld = true

  /// - Throws: `.locked` if the lock is still held after `milliseconds`.
  init(_ path: String, mode: mode_t = 0o666, waiting milliseconds: Int = LockTimeout.standard)
    throws(GitError)
  {
    let lock = path + ".lock"
    self.path = path
    descriptor = try LockTimeout.retry(milliseconds: milliseconds) { () throws(GitError) -> Int32 in
      let descriptor = open(lock, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 { return descriptor }
      switch errno {
      case EEXIST:
        throw GitError(
          .locked, call: "open",
          "Unable to create '\(lock)': File exists.",
          hint: """
            Another git process seems to be running in this repository. If none is, one may have \
            crashed earlier; then remove the file by hand:

            \trm -f \(ShellQuote.quote(lock))
            """)
      case ENOENT:
        // The directory, or git just removed it because it was empty.
        try SystemFile.makeDirectories(SystemFile.parent(path))
        throw GitError(.locked, call: "open", "Unable to create '\(lock)'")
      default:
        throw GitError.system("create", lock)
      }
    }
  }

  deinit {
    if isHeld {
      close(descriptor)
      unlink(path + ".lock")
    }
  }

  func write(_ bytes: [UInt8]) throws(GitError) {
    try SystemFile.write(bytes, to: descriptor, path: path + ".lock")
  }

  func setMode(_ mode: mode_t) {
    _ = fchmod(descriptor, mode)
  }

  /// Gives the file modification and access times.
  func setTimes(_ time: timespec) {
    var times = [time, time]
    futimens(descriptor, &times)
  }

  /// Makes the content durable and puts it in place. The directory is not synced.
  mutating func commit() throws(GitError) {
    guard fsync(descriptor) == 0 else { throw GitError.system("fsync", path + ".lock") }
    guard rename(path + ".lock", path) == 0 else { throw GitError.system("rename", path) }
    isHeld = false
    close(descriptor)
  }
}

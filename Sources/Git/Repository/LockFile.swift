#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One of git's lock files: the new content of `path`, written to `path.lock`, which no other
/// process can create meanwhile.
///
/// Waits for an existing lock and names it in the error, but never removes it. An uncommitted lock
/// file is removed with the value.
struct LockFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var isHeld = true

  /// - Throws: `.locked` if the lock is still held after `timeout`.
  init(_ path: String, mode: mode_t = 0o666, timeout: Duration = LockTimeout.standard)
    throws(GitError)
  {
    let lock = path + ".lock"
    self.path = path
    descriptor = try LockTimeout.retry(for: timeout) { () throws(GitError) -> Int32 in
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
        // The directory is missing, or git just removed it because it was empty.
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

  /// Sets the file's modification and access times.
  func setTimes(_ time: timespec) {
    var times = [time, time]
    futimens(descriptor, &times)
  }

  /// Makes the content durable and replaces the file. Does not sync the directory.
  mutating func commit() throws(GitError) {
    guard fsync(descriptor) == 0 else { throw GitError.system("fsync", path + ".lock") }
    guard rename(path + ".lock", path) == 0 else { throw GitError.system("rename", path) }
    isHeld = false
    close(descriptor)
  }
}

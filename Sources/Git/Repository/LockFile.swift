internal import Files
internal import JSONText

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
  private let file: OpenFile
  private var isHeld = true

  /// - Throws: `.locked` if the lock is still held after `timeout`.
  init(_ path: String, mode: UInt32 = 0o666, timeout: Duration = LockTimeout.standard)
    throws(GitError)
  {
    let lock = path + ".lock"
    self.path = path
    file = try LockTimeout.retry(for: timeout) { () throws(GitError) -> OpenFile in
      let problem: FileError
      do throws(FileError) {
        return try OpenFile.writing(lock, O_RDWR | O_CREAT | O_EXCL, mode: mode)
      } catch {
        problem = error
      }
      switch problem.number {
      case EEXIST:
        throw GitError(
          .locked, call: "open",
          "Unable to create '\(lock)': File exists.",
          hint: """
            Another git process seems to be running in this repository. If none is, one may have \
            crashed earlier; then remove the file by hand:

            \trm -f \(ShellWord.quoted(lock))
            """)
      case ENOENT:
        // The directory is missing, or git just removed it because it was empty.
        try RepositoryFile.makeDirectories(FileSystem.parent(of: path))
        throw GitError(.locked, call: "open", "Unable to create '\(lock)'")
      default:
        throw GitError.system("create", lock, number: problem.number)
      }
    }
  }

  deinit {
    if isHeld { FileSystem.remove(path + ".lock") }
  }

  func write(_ bytes: [UInt8]) throws(GitError) {
    try files { () throws(FileError) in try file.write(bytes) }
  }

  func setMode(_ mode: UInt32) {
    // Git doesn't mind where that is refused, either.
    try? file.setMode(mode)
  }

  /// Sets the file's modification and access times.
  func setTimes(_ time: timespec) {
    var times = [time, time]
    _ = file.withDescriptor { futimens($0, &times) }
  }

  /// Makes the content durable.
  func sync() throws(GitError) {
    try files { () throws(FileError) in try file.sync() }
  }

  /// Replaces the file with the content, which has been made durable. Does not sync the directory.
  mutating func commit() throws(GitError) {
    try files { () throws(FileError) in try FileSystem.move(path + ".lock", to: path) }
    isHeld = false
  }
}

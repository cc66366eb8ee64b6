import Files
import Git

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Docket's own lock on a repository: one writer at a time, released with its process (flock(2)).
struct TrackerLock: ~Copyable {
  private let file: OpenFile

  /// Waits for the lock of the repository with the given common directory.
  ///
  /// - Throws: `StoreError.refused`, naming the lock's file, after `timeout`.
  init(commonDirectory: String, timeout: Duration = standardTimeout) throws(StoreError) {
    let folder = commonDirectory + "/docket"
    let path = folder + "/lock"
    let file = try Self.opened(path, in: folder)
    var waited: Duration = .zero
    var pause: Duration = .milliseconds(1)
    while true {
      let number = file.withDescriptor { flock($0, LOCK_EX | LOCK_NB) == 0 ? 0 : errno }
      if number == 0 { break }
      guard number == EWOULDBLOCK || number == EINTR else {
        throw .failed("can't lock \(FileError("flock", path, number: number))")
      }
      guard waited < timeout else {
        throw .refused(
          "another docket has been writing here for \(timeout.components.seconds) seconds (\(path))",
          hint: "wait for it, or end that process; then type the command again")
      }
      usleep(UInt32(pause / .microseconds(1)))
      waited += pause
      pause = min(pause * 1.5, .milliseconds(20))
    }
    self.file = file
  }

  /// Docket owns the folder: a link in its place or in it is another's doing, and isn't followed.
  private static func opened(_ path: String, in folder: String) throws(StoreError) -> OpenFile {
    do throws(FileError) {
      try FileSystem.makeDirectory(folder)
      if try FileSystem.fileType(folder) == .directory {
        return try OpenFile.writing(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o666)
      }
    } catch {
      throw .failed(error.description)
    }
    throw .failed("\(folder) is not a folder", hint: "remove it, and docket makes its own")
  }

  /// Longer than for git's locks: a queue of writers is normal.
  private static var standardTimeout: Duration { LockTimeout.named ?? .seconds(120) }
}

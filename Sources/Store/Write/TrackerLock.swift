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

  /// Waits for the lock of a repository.
  ///
  /// - Throws: `StoreError.refused`, naming the lock's file, after `timeout`.
  init(_ repository: Repository, timeout: Duration = standardTimeout) throws(StoreError) {
    let path = repository.commonDirectory + "/docket/lock"
    let file = try Self.opened(path, repository)
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
  /// Others of a shared repository (core.sharedRepository) must be able to lock it, too.
  private static func opened(
    _ path: String, _ repository: Repository
  ) throws(StoreError) -> OpenFile {
    let permissions = try git { () throws(GitError) in try repository.sharedPermissions }
    guard try git({ () throws(GitError) in try repository.makeDocketFolder() }) else {
      throw .failed(
        "\(FileSystem.parent(of: path)) is not a folder",
        hint: "remove it, and docket makes its own")
    }
    do throws(FileError) {
      let isNew = try FileSystem.fileType(path) == nil
      let file = try OpenFile.writing(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o666)
      // Another may have made it just now, and own it.
      if isNew { try? file.setMode(permissions.fileMode(0o666)) }
      return file
    } catch {
      throw .failed(error.description)
    }
  }

  /// Longer than for git's locks: a queue of writers is normal.
  private static var standardTimeout: Duration { LockTimeout.named ?? .seconds(120) }
}

extension Repository {
  /// Makes docket's own folder, `docket` in git's, where others of a shared repository may write, too.
  ///
  /// - Returns: `false` if a link or a file is in its place, which would lead docket's files elsewhere.
  func makeDocketFolder() throws(GitError) -> Bool {
    let folder = commonDirectory + "/docket"
    let isNew = try reading { () throws(FileError) in try FileSystem.makeDirectory(folder) }
    if isNew { try sharedPermissions.adjust(folder) }
    return try fileType(folder) == .directory
  }
}

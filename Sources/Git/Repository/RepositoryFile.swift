internal import CLibgit2
internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Git's own files: the calls of `FileSystem`, their errors as `GitError`.
enum RepositoryFile {
  static func read(_ path: some SystemPath) throws(GitError) -> [UInt8]? {
    try files { () throws(FileError) in try FileSystem.read(path) }
  }

  static func readLine(_ path: String) throws(GitError) -> String? {
    try files { () throws(FileError) in try FileSystem.readLine(path) }
  }

  static func status(_ path: some SystemPath) throws(GitError) -> stat? {
    try files { () throws(FileError) in try FileSystem.status(path) }
  }

  static func fileType(_ path: String) throws(GitError) -> FileType? {
    try files { () throws(FileError) in try FileSystem.fileType(path) }
  }

  static func targetStatus(_ path: String) throws(GitError) -> stat? {
    try files { () throws(FileError) in try FileSystem.targetStatus(path) }
  }

  static func exists(_ path: String) throws(GitError) -> Bool {
    try files { () throws(FileError) in try FileSystem.exists(path) }
  }

  static func isDirectory(_ path: String) throws(GitError) -> Bool {
    try files { () throws(FileError) in try FileSystem.isDirectory(path) }
  }

  static func names(in directory: String) throws(GitError) -> [RepositoryPath]? {
    try files { () throws(FileError) in try FileSystem.names(in: directory) }
  }

  static func realPath(_ path: String) throws(GitError) -> String? {
    try files { () throws(FileError) in try FileSystem.realPath(path) }
  }

  static func makeDirectories(_ path: String) throws(GitError) {
    try files { () throws(FileError) in try FileSystem.makeDirectories(path) }
  }

  static func syncDirectory(_ path: String) throws(GitError) {
    try files { () throws(FileError) in try FileSystem.sync(directory: path) }
  }

  /// Syncs a directory, unless a later sync on its file system covers it.
  static func syncDirectoryUnlessOrdered(_ path: String) throws(GitError) {
    if docket_has_ordered_journal(path) == 0 { try syncDirectory(path) }
  }
}

/// Runs calls on files, their errors becoming git's.
func files<R>(_ body: () throws(FileError) -> R) throws(GitError) -> R {
  do throws(FileError) { return try body() } catch { throw GitError(error) }
}

extension GitError {
  init(_ error: FileError) {
    self = .system(error.call, error.path, number: error.number)
  }
}

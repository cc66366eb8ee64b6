#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The location of a repository and how it was found: enough to reopen it from any task.
///
/// All paths are absolute.
package struct RepositoryLocation: Sendable, Hashable {
  /// `.git`, or a linked worktree's directory below `.git/worktrees`.
  package let gitDirectory: String
  /// The directory all worktrees share: objects, branches, configuration.
  package let commonDirectory: String
  /// `nil` if there are no checked-out files.
  package let workingDirectory: String?
  package let isBare: Bool
  /// GIT_INDEX_FILE, or `index` in the git directory.
  package let indexPath: String
  /// The directory for new objects: GIT_OBJECT_DIRECTORY (e.g. a quarantine) or `objects`.
  package let objectsDirectory: String
  /// Further object directories, from GIT_ALTERNATE_OBJECT_DIRECTORIES.
  package let alternateObjectsDirectories: [String]
  /// The environment the repository was found with, passed to child processes.
  package let environment: [String: String]
  let usesWorktreeConfiguration: Bool

  /// Opens the repository without searching again.
  package func open() throws(GitError) -> Repository {
    try Repository(at: self)
  }

  /// Whether objects are in quarantine, during which git refuses to move references.
  var isQuarantined: Bool { environment["GIT_QUARANTINE_PATH"] != nil }

  func isOnOneFileSystem(with directory: String) -> Bool {
    do throws(GitError) {
      let here = try RepositoryFile.status(directory)?.st_dev
      let there = try RepositoryFile.status(commonDirectory)?.st_dev
      return here != nil && here == there
    } catch {
      // Where it can't be told, "no" costs a sync and loses nothing.
      return false
    }
  }
}

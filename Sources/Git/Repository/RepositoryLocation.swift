#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where a repository lies and how it was found: enough to open it again, from any task.
///
/// All paths are absolute.
package struct RepositoryLocation: Sendable, Hashable {
  /// `.git`, or of a linked worktree its directory below `.git/worktrees`.
  package let gitDirectory: String
  /// What all worktrees share: objects, branches, configuration.
  package let commonDirectory: String
  /// `nil` where there are no checked-out files.
  package let workingDirectory: String?
  package let isBare: Bool
  /// GIT_INDEX_FILE, or the `index` of the git directory.
  package let indexPath: String
  /// Where new objects go: GIT_OBJECT_DIRECTORY (a quarantine, say) or `objects`.
  package let objectsDirectory: String
  /// Further places to find objects, from GIT_ALTERNATE_OBJECT_DIRECTORIES.
  package let alternateObjectsDirectories: [String]
  /// The environment the repository was found with; child processes get it.
  package let environment: [String: String]
  let usesWorktreeConfiguration: Bool

  /// Opens the repository without searching again.
  package func open() throws(GitError) -> Repository {
    try Repository(at: self)
  }

  /// Git refuses to move references while objects are in quarantine.
  var isQuarantined: Bool { environment["GIT_QUARANTINE_PATH"] != nil }

  func isOnOneFileSystem(with directory: String) -> Bool {
    guard let here = SystemFile.status(directory), let there = SystemFile.status(commonDirectory)
    else { return false }
    return here.st_dev == there.st_dev
  }
}

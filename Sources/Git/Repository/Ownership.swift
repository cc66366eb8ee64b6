internal import JSONText

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Git's rule for repositories of other users (git-config, `safe.directory`).
///
/// libgit2 1.5 implements the rule without `*` and with misleading messages.
enum Ownership {
  /// Rejects a repository found by searching if parts of it belong to another user.
  static func check(
    gitFile: String?, workingDirectory: String?, gitDirectory: String,
    environment: [String: String]
  ) throws(GitError) {
    let parts = [gitFile, workingDirectory, gitDirectory].compactMap { $0 }
    var isOwn = environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] == nil
    for part in parts where isOwn { isOwn = try isOwned(part, environment: environment) }
    if isOwn { return }
    let directory = workingDirectory ?? gitDirectory
    let configuration = try Configuration.protected(environment: environment)
    if isSafe(directory, listed: try configuration.all("safe.directory"), environment: environment)
    {
      return
    }
    throw GitError(
      .owner, call: "open",
      "fatal: detected dubious ownership in repository at '\(directory)'",
      hint: """
        To add an exception for this directory, call:

        \tgit config --global --add safe.directory \(ShellWord.quoted(directory))
        """)
  }

  /// Whether safe.directory allows a path: an empty value clears the earlier ones, `*` allows
  /// everything, `dir/*` everything below.
  private static func isSafe(
    _ directory: String, listed: [String], environment: [String: String]
  ) -> Bool {
    var safe = false
    for value in listed {
      let path = Configuration.expand(value, home: environment["HOME"])
      if value.isEmpty {
        safe = false
      } else if value == "*" {
        safe = true
      } else if path.utf8.suffix(2).elementsEqual("/*".utf8) {
        safe = safe || directory.utf8.starts(with: path.utf8.dropLast())
      } else {
        // One that can't be resolved allows only what it names, as git does.
        let resolved = (try? RepositoryFile.realPath(path)) ?? path
        safe = safe || path == directory || resolved == directory
      }
    }
    return safe
  }

  /// Whether the user owns a path; root also accepts what belongs to the user who called sudo.
  private static func isOwned(_ path: String, environment: [String: String])
    throws(GitError) -> Bool
  {
    guard let status = try RepositoryFile.status(path) else { return false }
    var user = geteuid()
    if user == 0 {
      if status.st_uid == 0 { return true }
      if let caller = environment["SUDO_UID"].flatMap({ UInt32($0) }) { user = caller }
    }
    return status.st_uid == user
  }
}

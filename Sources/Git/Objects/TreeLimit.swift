internal import Files

/// Counts the entries of trees that one question looks at, up to a limit.
///
/// A few small trees that hold one another many times can have more paths than could ever be read.
package struct TreeLimit {
  /// The most files and directories that one walk visits.
  package static let mostEntries = 2_000_000
  /// The most that one comparison of two trees finds changed; each is kept.
  package static let mostChanges = 1_000_000

  private let limit: Int
  private var rest: Int
  private let path: RepositoryPath
  private let isAboutChanges: Bool

  private init(_ path: RepositoryPath, limit: Int, isAboutChanges: Bool) {
    (self.path, self.limit, self.isAboutChanges) = (path, limit, isAboutChanges)
    rest = limit
  }

  static func walk(of path: RepositoryPath, atMost limit: Int = mostEntries) -> TreeLimit {
    TreeLimit(path, limit: limit, isAboutChanges: false)
  }

  static func changes(atMost limit: Int = mostChanges) -> TreeLimit {
    TreeLimit(.root, limit: limit, isAboutChanges: true)
  }

  /// Notes another entry.
  ///
  /// - Throws: `.tooLarge` if there are too many.
  @inline(__always)
  mutating func count() throws(GitError) {
    rest -= 1
    if rest < 0 { throw exceeded }
  }

  private var exceeded: GitError {
    GitError(
      .tooLarge, call: "TreeLimit.count",
      isAboutChanges
        ? "more than \(limit) files and folders differ, and docket compares no more at once"
        : "\(path.isRoot ? "the tree" : "\(path)/") has more than \(limit) files and folders, and docket reads no more",
      hint: isAboutChanges ? "bring them in several commits, and push each by itself" : nil)
  }
}

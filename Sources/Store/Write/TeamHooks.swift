import Files
import Git

/// The team's own hooks, run as `git commit` runs them (githooks(5)).
///
/// Docket's own hook is not run: its check has been made already.
struct TeamHooks {
  private let repository: Repository
  private let context: ExecutionContext

  init(_ repository: Repository, _ context: ExecutionContext) {
    self.repository = repository
    self.context = context
  }

  private static let before = ["pre-commit", "prepare-commit-msg", "commit-msg"]

  /// Whether there is any hook to run before a commit.
  var areWaiting: Bool { Self.before.contains { program($0) != nil } }

  /// Whether any hook can reject a commit.
  var judgeCommits: Bool {
    Self.before.contains { program($0) != nil }
  }

  /// Runs `pre-commit`, `prepare-commit-msg` and `commit-msg` on a commit before it is made.
  ///
  /// The tree must already be stored, since hooks are other processes.
  ///
  /// - Parameter tree: the commit's tree; hooks see it in a separate index, as they do under
  ///   `git commit --only`.
  /// - Returns: the message after the hooks' edits.
  func beforeCommit(tree: ObjectID, message: String) async throws(StoreError) -> String {
    let hooks = Self.before.compactMap { name in program(name).map { (name, $0) } }
    guard !hooks.isEmpty else { return message }
    let index = repository.commonDirectory + "/docket/next-index"
    let messageFile = repository.gitDirectory + "/COMMIT_EDITMSG"
    // A separate index: `--index-output` would take the lock of the user's. What a killed git left
    // there is in nobody's use: docket holds its own lock.
    let leftovers = [index, index + ".lock"]
    defer { for path in leftovers { FileSystem.remove(path) } }
    for path in leftovers { FileSystem.remove(path) }
    guard try run("git", ["read-tree", tree.hex], index: index) else {
      throw .failed("git read-tree failed, so that the team's hooks have no index to look at")
    }
    do throws(FileError) {
      try FileSystem.write(Array((message + "\n").utf8), to: messageFile, .replace, durable: .none)
    } catch {
      throw .failed("can't write \(error)")
    }
    for (name, program) in hooks {
      let arguments =
        switch name {
        case "prepare-commit-msg": [messageFile, "message"]
        case "commit-msg": [messageFile]
        default: [String]()
        }
      guard try run(program, arguments, index: index) else {
        if let signal = TerminationSignals.signal { throw .interrupted(signal) }
        throw .refused(
          "the \(name) hook refused the commit", hint: "fix what it says above, or --no-verify")
      }
    }
    let text = try git { () throws(GitError) in
      try reading { () throws(FileError) in try FileSystem.read(messageFile) }
    }
    let edited = text.map { String(decoding: $0, as: UTF8.self) } ?? message
    // Like git's cleanup of comments: hooks may leave some.
    let lines = edited.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("#") }
    let cleaned = lines.joined(separator: "\n").trimmingNewlines
    guard !cleaned.isEmpty else { throw .refused("the hooks left an empty commit message") }
    return cleaned
  }

  /// Runs `post-commit` and ignores its result.
  func afterCommit() async {
    guard let program = program("post-commit") else { return }
    _ = try? run(program, [], index: nil)
  }

  /// Returns the hook's program, or the one chained to it if the hook is docket's own.
  private func program(_ name: String) -> String? {
    let path = repository.hooksDirectory + "/" + name
    guard FileSystem.isExecutable(path) else { return nil }
    // A hook that can be run but not read is the team's.
    guard let text = (try? FileSystem.read(path)) ?? nil, HookScript.isOwn(text) else {
      return path
    }
    let previous = path + HookScript.previousSuffix
    return FileSystem.isExecutable(previous) ? previous : nil
  }

  /// Runs a program as git runs its hooks; returns whether it succeeded.
  private func run(
    _ program: String, _ arguments: [String], index: String?
  ) throws(StoreError) -> Bool {
    var environment = context.environment
    environment["GIT_EDITOR"] = ":"
    environment["GIT_INDEX_FILE"] = index ?? environment["GIT_INDEX_FILE"]
    environment["GIT_DIR"] = repository.gitDirectory
    do throws(FileError) {
      return try ChildProgram.run(
        program, arguments, in: repository.workingDirectory ?? repository.gitDirectory,
        environment: environment, output: .standardError, errors: .inherited
      ).isSuccess
    } catch {
      throw .failed("can't run \(program): \(error.reason)")
    }
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var view = self[...]
    while view.last?.isNewline == true { view = view.dropLast() }
    return String(view)
  }
}

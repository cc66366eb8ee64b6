import ArgumentParser
import Files
import Git
import Store

struct UndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back docket's last commit, or write the change that reverses one.",
    usage: "docket undo [COMMIT] [-m MSG]",
    discussion: """
      While nobody else can have the last commit (no remote's branch, no tag, no other branch leads to \
      it), it is taken off the branch, and the files are as before. Otherwise a new commit reverses what it \
      did, as far as the rules allow: a record isn't deleted, and what is frozen stays.
      """)

  @Argument(help: "The commit; the last one here if none is named.")
  var commit: String?

  @OptionGroup var commits: CommitFlags

  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    switch try await tracker.undo(commit, commits.options) {
    case .reversed(let result): WriteFlags.report(result)
    case .takenBack(let commit, let subject, let paths):
      let short = commit.hex.prefix(10)
      Terminal.note("took back \(short) (\(subject)); nobody else had it")
      for path in paths { Terminal.complain("  \(path)") }
      Terminal.complain("  git cherry-pick \(String(short)) brings it again")
    }
  }
}

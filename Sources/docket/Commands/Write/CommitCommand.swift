import ArgumentParser
import Store

struct CommitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commit", abstract: "Commit together what --no-commit has staged.",
    usage: "docket commit [-m MSG]",
    discussion: """
      Takes what docket has staged and nobody has touched since, and nothing else: what you have staged \
      yourself stays staged.

        docket edit PP-8KX3 severity=4 --no-commit
        docket note "Took me a day" about=PP-8KX3 --no-commit
        docket commit -m "What the payments team told us"
      """)

  @OptionGroup var commits: CommitFlags

  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    guard let result = try await tracker.commitStaged(commits.options) else {
      Terminal.note("docket has staged nothing that isn't committed")
      return
    }
    WriteFlags.report(result)
  }
}

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

  @Option(name: .shortAndLong, help: ArgumentHelp("The commit's message.", valueName: "msg"))
  var message: String?

  @Flag(help: "Don't run the team's own hooks; docket's rules still apply.")
  var noVerify = false

  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
    var options = WriteOptions()
    options.message = message
    options.runsHooks = !noVerify
    guard let result = try await tracker.commitStaged(options) else {
      Terminal.note("docket has staged nothing that isn't committed")
      return
    }
    WriteFlags.report(result)
  }
}

import ArgumentParser
import Store

/// The options of verbs that commit what is ready: its message, and whether the team's hooks run.
struct CommitFlags: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The commit's message.", valueName: "msg"))
  var message: String?

  @Flag(help: "Don't run the team's own hooks; docket's rules still apply.")
  var noVerify = false

  var options: WriteOptions {
    var options = WriteOptions()
    options.message = message
    options.runsHooks = !noVerify
    return options
  }
}

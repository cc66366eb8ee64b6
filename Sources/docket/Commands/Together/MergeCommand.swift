import ArgumentParser
import Files
import Store

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge three versions of a record by its schema, for git.",
    usage: "docket merge BASE OURS THEIRS [--path PATH] [--marker-size N]",
    discussion: """
      Writes the merged record to the file OURS. What only one side changed is taken from it; what \
      both changed differently is a conflict: it is said on standard error, stands between git's \
      conflict markers in the file, and the exit status is 1. Git calls this for every record that two \
      branches changed, once docket init or docket hooks install has set it up in a clone.
      """)

  @Argument(help: "The file with the version that both come from; it may be empty.")
  var base: String

  @Argument(help: "The file with our version, which gets the result.")
  var ours: String

  @Argument(help: "The file with their version.")
  var theirs: String

  @Option(help: ArgumentHelp("The path that is merged, in the repository.", valueName: "path"))
  var path: String?

  @Option(help: ArgumentHelp("The length of conflict markers.", valueName: "n"))
  var markerSize = 7

  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let request = MergeDriver.Request(
      base: base, ours: ours, theirs: theirs, path: path.map { RepositoryPath($0) },
      markerSize: max(1, markerSize))
    guard try MergeRun.merge(request, Invocation.current) else {
      throw ExitStatus.AlreadyReported()
    }
  }
}

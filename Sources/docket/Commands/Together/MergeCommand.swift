import ArgumentParser
import Files
import Records
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
    let invocation = Invocation.current
    let outcome = try MergeDriver.run(
      request, in: invocation.directory, context: invocation.context)
    guard !outcome.isClean else { return }
    let subject = outcome.id?.text ?? path ?? ours
    for message in outcome.messages { Terminal.complain("docket: \(subject): \(message)") }
    if path != nil, let id = outcome.id { Terminal.complain("  fix: docket resolve \(id.text)") }
    throw ExitStatus.AlreadyReported()
  }
}

extension MergeCommand {
  /// Reads the line that git's driver calls; `nil` for any other, which the grammar reads.
  ///
  /// Git calls it once for each record: the grammar costs more than the merge.
  static func called(by words: [String]) -> MergeCommand? {
    guard words.count == 7, words[3] == "--path", words[5] == "--marker-size",
      let size = Int(words[6]), !words.prefix(3).contains(where: { $0.utf8.first == 0x2D })
    else { return nil }
    var command = MergeCommand()
    (command.base, command.ours, command.theirs) = (words[0], words[1], words[2])
    (command.path, command.markerSize, command.common) = (words[4], size, .unsaid)
    return command
  }
}

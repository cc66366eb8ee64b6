import ArgumentParser
import Files
import Records
import Store

struct FmtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Bring records into canonical form, so that they diff by line.",
    usage: "docket fmt [PATH…] [--check] [--staged]")

  @Argument(
    help: ArgumentHelp("Files or folders; all records where none is named.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Change nothing; exit with 1 if something would change.") var check = false
  @Flag(help: "Only records that are staged.") var staged = false
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let invocation = Invocation.current
    let tracker = try invocation.tracker(toleratesFaults: true, isWritten: true)
    var places = paths.map { invocation.path($0, in: tracker) }
    if staged {
      places = try tracker.stagedPaths()
      if places.isEmpty { return }
    }
    let outcome = try Formatting(tracker).run(paths: places, writes: !check)
    FindingText.complain(outcome.unreadable.map(\.finding))
    for path in outcome.changed { Terminal.print(lines: Terminal.safe(path.text)) }
    if outcome.checked == 0, outcome.unreadable.isEmpty, !places.isEmpty {
      throw StoreError.failed("there are no records in \(paths.joined(separator: ", "))")
    }
    if !outcome.unreadable.isEmpty || check && !outcome.changed.isEmpty {
      throw ExitStatus.AlreadyReported()
    }
  }
}

import ArgumentParser
import Store

/// Bare `docket`: what waits for the user, and what the team could do next.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what waits for you and what the team could do next.",
    discussion: """
      Who you are says git config docket.handle. What records wait for, and from whom, their kinds \
      say; days count to today. The first few lines are shown, --all shows the rest.
      """,
    shouldDisplay: false)

  @Flag(help: "All lines, not only the first few.") var all = false
  @OptionGroup var output: FormatOption
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    let head = try tracker.headCommit()
    let state = try head.map { (head) throws(StoreError) in try tracker.records(at: head) }
    let status = Status(tracker, state ?? RecordState())
    switch output.format {
    case .json: Output.write(status.envelope)
    case .jsonl: Output.writeLines(status.waiting.map(status.item))
    case .text:
      guard head != nil else { return try HelpPage.show() }
      Terminal.print(lines: status.lines(all: all).joined(separator: "\n"))
    }
  }
}

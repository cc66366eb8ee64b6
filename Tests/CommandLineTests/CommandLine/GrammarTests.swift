import ArgumentParser
import Testing

@testable import docket

/// A verb's own grammar against the whole one.
@Suite("a verb's own grammar says what the whole one says") struct GrammarTests {
  private static let verbs = DocketCommand.configuration.subcommands.compactMap {
    $0.configuration.commandName
  }

  /// What may follow a verb: right, wrong, and what only the whole grammar knows.
  private static let rests: [[String]] = [
    [], ["--help"], ["-h"], ["help"], ["--help-hidden"], ["--version"], ["--nonsense"],
    ["PP-8KX3"], ["PP-8KX3", "--format", "json"], ["PP-8KX3", "--format", "nonsense"],
    ["PP-8KX3", "--format"], ["PP-8KX3", "--color=never", "--no-input"], ["a", "b", "c", "d", "e"],
    ["list"], ["log", "show"], ["-n", "3"], ["-n", "-3"], ["--field", "status", "area:ci"],
    ["--", "--help"], ["--generate-completion-script", "bash"], ["--generate-completion-script"],
    ["--experimental-dump-help"], ["---completion", "--", "id", "0", "0"], ["--since="], [""],
  ]

  @Test("for every line", arguments: verbs)
  func sameAnswers(verb: String) {
    for rest in Self.rests {
      let line = [verb] + rest
      #expect(
        Self.outcome { try CommandRun.command(line) }
          == Self.outcome { try DocketCommand.parseAsRoot(line) }, "docket \(line)")
    }
  }

  /// The command with all its values, or the words in which a line is refused.
  private static func outcome(_ parse: () throws -> any ParsableCommand) -> String {
    var text = ""
    do {
      dump(try parse(), to: &text)
    } catch {
      text = "\(DocketCommand.exitCode(for: error)) \(DocketCommand.fullMessage(for: error))"
    }
    return text
  }
}

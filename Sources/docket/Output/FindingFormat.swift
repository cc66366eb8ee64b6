import ArgumentParser
import JSONText
import Records
import Store

/// Findings for machines; each form escapes for its own reader.
enum FindingFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case text, json, github, gitlab, sarif

  /// Prints a result, each form with its own escapes.
  func print(_ result: CheckResult) {
    switch self {
    case .text: Terminal.print(lines: FindingText.text(result.findings), terminator: "")
    case .json:
      Output.write(
        Output.envelope(
          "check",
          [
            ("findings", .array(result.findings.map { Output.item($0) })),
            ("checked", .number(JSONNumber(result.checked))),
          ]))
    case .github:
      Terminal.printCommands(result.findings.map(FindingGitHub.annotation).joined())
    case .gitlab: Output.write(.array(result.findings.map(FindingGitLab.issue)))
    case .sarif: Output.write(FindingSARIF.log(result.findings))
    }
  }
}

import ArgumentParser
import JSONText
import Records
import Store

/// Findings for machines; each form escapes for its own reader.
enum FindingFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case text, json, github, gitlab, sarif

  func text(of result: CheckResult) -> String {
    switch self {
    case .text: FindingText.text(result.findings)
    case .json:
      print(
        Output.envelope(
          "check",
          [
            ("findings", .array(result.findings.map { Output.item($0) })),
            ("checked", .number(JSONNumber(result.checked))),
          ]))
    case .github: result.findings.map(FindingGitHub.annotation).joined()
    case .gitlab: print(.array(result.findings.map(FindingGitLab.issue)))
    case .sarif: print(FindingSARIF.log(result.findings))
    }
  }

  private func print(_ value: JSONValue) -> String {
    String(decoding: JSONPrinter.canonical(value), as: UTF8.self)
  }
}

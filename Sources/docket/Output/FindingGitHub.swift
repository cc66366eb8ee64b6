import Files
import JSONText
import Records

/// Findings as annotations of GitHub Actions.
enum FindingGitHub {
  /// A GitHub workflow command (docs.github.com, "Workflow commands", `error` and its escapes).
  static func annotation(_ finding: Finding) -> String {
    func encoded(_ text: String, _ signs: String) -> String {
      let text = Array(Terminal.safe(text, keepingLines: true).utf8)
      // By bytes, as the runner reads them.
      return PercentEncoding.encoded(WorkflowCommandEscape.escaped(text, in: .text)) {
        signs.utf8.contains($0)
      }
    }
    func data(_ text: String) -> String { encoded(text, "%\r\n") }
    func property(_ text: String) -> String { encoded(text, "%\r\n:,") }
    let command =
      [Severity.error: "error", .warning: "warning", .info: "notice"][finding.severity] ?? "notice"
    var properties = ["file=\(property(finding.path.text))"]
    if let line = finding.line { properties.append("line=\(line)") }
    if let column = finding.column { properties.append("col=\(column)") }
    properties.append("title=\(property(finding.rule))")
    let hint = finding.hint.map { "\nfix: \($0)" } ?? ""
    return "::\(command) \(properties.joined(separator: ","))::\(data(finding.message + hint))\n"
  }
}

import Records

/// Findings as annotations of GitHub Actions.
enum FindingGitHub {
  /// A GitHub workflow command (docs.github.com, "Workflow commands", `error` and its escapes).
  static func annotation(_ finding: Finding) -> String {
    func data(_ text: String) -> String {
      Terminal.safe(text, keepingLines: true).replacing("%", with: "%25").replacing(
        "\r", with: "%0D"
      )
      .replacing("\n", with: "%0A")
    }
    func property(_ text: String) -> String {
      data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
    let command =
      [Severity.error: "error", .warning: "warning", .info: "notice"][finding.severity] ?? "notice"
    var properties = ["file=\(property(finding.path))"]
    if let line = finding.line { properties.append("line=\(line)") }
    if let column = finding.column { properties.append("col=\(column)") }
    properties.append("title=\(property(finding.rule))")
    let hint = finding.hint.map { "\nfix: \($0)" } ?? ""
    return "::\(command) \(properties.joined(separator: ","))::\(data(finding.message + hint))\n"
  }
}

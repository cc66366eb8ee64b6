import Files
import JSONText
import Records

/// Findings as GitLab's Code Quality report.
enum FindingGitLab {
  /// Returns one issue of the report (docs.gitlab.com, "Code Quality report format").
  static func issue(_ finding: Finding) -> JSONValue {
    let severity =
      [Severity.error: "major", .warning: "minor", .info: "info"][finding.severity] ?? "info"
    return Output.object([
      (
        "description",
        .string(Terminal.safe(finding.message + (finding.hint.map { " (fix: \($0))" } ?? "")))
      ),
      ("check_name", .string(finding.rule)), ("severity", .string(severity)),
      ("fingerprint", .string(fingerprint(finding))),
      (
        "location",
        Output.object([
          ("path", .string(finding.path.text)),
          ("lines", Output.object([("begin", .number(JSONNumber(finding.line ?? 1)))])),
        ])
      ),
    ])
  }

  /// Stable across lines moving: rule, path, pointer and message (FNV-1a, 64 bits, as hexadecimal).
  private static func fingerprint(_ finding: Finding) -> String {
    let text = [finding.rule, finding.path.text, finding.pointer ?? "", finding.message].joined(
      separator: "\n")
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return HexDigits.padded(hash, to: 16, uppercase: false)
  }
}

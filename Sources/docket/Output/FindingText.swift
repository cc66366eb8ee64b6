import Files
import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Findings as a person reads them, the way compilers print theirs.
enum FindingText {
  /// `path:3:5: error: severity is 7; at most 5 is expected [record.schema]` and the way to fix it below.
  static func lines(_ finding: Finding, on descriptor: Int32) -> [String] {
    let place = [finding.path.text, finding.line.map(String.init), finding.column.map(String.init)]
      .compactMap { $0 }.joined(separator: ":")
    let style: Terminal.Style =
      switch finding.severity {
      case .error: .red
      case .warning: .yellow
      case .info: .cyan
      }
    let severity = Terminal.styled(finding.severity.rawValue, style, on: descriptor)
    var lines = [
      "\(Terminal.safe(place)): \(severity): \(Terminal.safe(finding.message)) [\(Terminal.safe(finding.rule))]"
    ]
    if let hint = finding.hint, !hint.isEmpty {
      lines.append(Terminal.styled("  fix: \(Terminal.safe(hint))", .dim, on: descriptor))
    }
    return lines
  }

  static func text(_ findings: [Finding]) -> String {
    findings.flatMap { lines($0, on: STDOUT_FILENO) }.map { $0 + "\n" }.joined()
  }

  static func complain(_ findings: [Finding]) {
    for line in findings.flatMap({ lines($0, on: STDERR_FILENO) }) {
      Terminal.complain("\(prepared: line)")
    }
  }

  /// The worst of many findings, and where the rest can be had.
  static func complain(_ findings: [Finding], atMost limit: Int, rest command: String) {
    let kept =
      findings.count <= limit
      ? findings
      : Array(
        (findings.filter { $0.severity == .error }
          + findings.filter {
            $0.severity != .error
          }).prefix(limit))
    complain(kept)
    let rest = findings.reduce(0) { $0 + $1.count } - kept.reduce(0) { $0 + $1.count }
    if rest > 0 { Terminal.note("and \(rest) more: \(command)") }
  }

  /// "2 errors, 1 warning".
  static func count(_ findings: [Finding]) -> String {
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
      guard count > 0 else { return nil }
      let word = severity == .info ? "note" : severity.rawValue
      return "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
  }
}

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
    case .github: result.findings.map(Self.github).joined()
    case .gitlab: print(.array(result.findings.map(Self.gitlab)))
    case .sarif: print(Self.sarif(result.findings))
    }
  }

  private func print(_ value: JSONValue) -> String {
    String(decoding: JSONPrinter.canonical(value), as: UTF8.self)
  }

  /// A GitHub workflow command (docs.github.com, "Workflow commands", `error` and its escapes).
  private static func github(_ finding: Finding) -> String {
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
    let hint = finding.hint.map { "\nmend: \($0)" } ?? ""
    return "::\(command) \(properties.joined(separator: ","))::\(data(finding.message + hint))\n"
  }

  /// GitLab's code quality report.
  private static func gitlab(_ finding: Finding) -> JSONValue {
    let severity =
      [Severity.error: "major", .warning: "minor", .info: "info"][finding.severity] ?? "info"
    return Output.object([
      ("description", .string(finding.message + (finding.hint.map { " (mend: \($0))" } ?? ""))),
      ("check_name", .string(finding.rule)), ("severity", .string(severity)),
      ("fingerprint", .string(fingerprint(finding))),
      (
        "location",
        Output.object([
          ("path", .string(finding.path)),
          ("lines", Output.object([("begin", .number(JSONNumber(finding.line ?? 1)))])),
        ])
      ),
    ])
  }

  /// Stable across lines moving: rule, path, pointer and message (FNV-1a, 64 bits, as hexadecimal).
  private static func fingerprint(_ finding: Finding) -> String {
    let text = [finding.rule, finding.path, finding.pointer ?? "", finding.message].joined(
      separator: "\n")
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// SARIF 2.1.0 (OASIS), one run.
  private static func sarif(_ findings: [Finding]) -> JSONValue {
    let levels = [Severity.error: "error", .warning: "warning", .info: "note"]
    let rules = Set(findings.map(\.rule)).sorted()
    let catalog = KindCatalog(files: BuiltIn.schemas.map { (name: $0.name, bytes: $0.text) })
    let known = Dictionary(
      RuleBook.descriptions(in: catalog).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    func describe(_ id: String) -> JSONValue {
      // A team's own rule is described by its messages.
      guard let rule = known[id] else { return Output.object([("id", .string(id))]) }
      func text(_ text: String) -> JSONValue { Output.object([("text", .string(text))]) }
      return Output.object([
        ("id", .string(id)), ("shortDescription", text(rule.sentence)),
        ("help", text("\(rule.sentence)\nmend: \(rule.fix)\nmore: \(rule.help)")),
        (
          "defaultConfiguration",
          Output.object([("level", .string(levels[rule.severity] ?? "note"))])
        ),
      ])
    }
    let results = findings.map { finding -> JSONValue in
      let region = finding.line.map { line in
        Output.object([
          ("startLine", .number(JSONNumber(line))),
          ("startColumn", finding.column.map { .number(JSONNumber($0)) }),
        ])
      }
      let location = Output.object([
        ("artifactLocation", Output.object([("uri", .string(encoded(finding.path)))])),
        ("region", region),
      ])
      return Output.object([
        ("ruleId", .string(finding.rule)), ("level", .string(levels[finding.severity] ?? "note")),
        (
          "message",
          Output.object([
            ("text", .string(finding.message + (finding.hint.map { "\nmend: \($0)" } ?? "")))
          ])
        ),
        ("locations", .array([Output.object([("physicalLocation", location)])])),
      ])
    }
    let driver = Output.object([
      ("name", .string("docket")), ("version", .string(Docket.version)),
      ("rules", .array(rules.map(describe))),
    ])
    return Output.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          Output.object([
            ("tool", Output.object([("driver", driver)])),
            ("columnKind", .string("utf16CodeUnits")), ("results", .array(results)),
          ])
        ])
      ),
    ])
  }

  /// A path as a URI reference (RFC 3986, percent-encoding).
  private static func encoded(_ path: String) -> String {
    PercentEncoding.encoded(path, keeping: "-./_~")
  }
}

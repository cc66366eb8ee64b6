import Files
import JSONText
import Records

/// Findings as a log of SARIF 2.1.0 (OASIS).
enum FindingSARIF {
  private static func shown(_ text: String) -> String { Terminal.safe(text, keepingLines: true) }

  /// Returns a log with one run, with the rules that the findings name.
  static func log(_ findings: [Finding]) -> JSONValue {
    let levels = [Severity.error: "error", .warning: "warning", .info: "note"]
    let rules = Set(findings.map(\.rule)).sorted()
    let catalog = KindCatalog(files: BuiltIn.schemas.map { (name: $0.name, bytes: $0.text) })
    let known = Dictionary(
      RuleBook.descriptions(in: catalog).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    func describe(_ id: String) -> JSONValue {
      // A team's own rule is described by its messages.
      guard let rule = known[id] else { return Output.object([("id", .string(id))]) }
      func text(_ text: String) -> JSONValue { Output.object([("text", .string(shown(text)))]) }
      return Output.object([
        ("id", .string(id)), ("shortDescription", text(rule.sentence)),
        ("help", text("\(rule.sentence)\nfix: \(rule.fix)\nmore: \(rule.help)")),
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
        ("artifactLocation", Output.object([("uri", .string(encoded(finding.path.text)))])),
        ("region", region),
      ])
      return Output.object([
        ("ruleId", .string(finding.rule)), ("level", .string(levels[finding.severity] ?? "note")),
        (
          "message",
          Output.object([
            ("text", .string(shown(finding.message + (finding.hint.map { "\nfix: \($0)" } ?? ""))))
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

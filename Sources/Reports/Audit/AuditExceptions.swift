import Records

/// The exceptions: what a check of the state found, worst first.
struct AuditExceptions: Sendable {
  struct Item: Sendable {
    let finding: Finding
    /// `nil` where the file is no readable record.
    let record: RecordMention?
  }

  struct Group: Sendable {
    let severity: Severity
    let items: [Item]

    /// "Errors", "Warnings", "Notes".
    var title: String {
      switch severity {
      case .error: "Errors"
      case .warning: "Warnings"
      case .info: "Notes"
      }
    }
  }

  /// Errors, warnings, notes; groups without items too.
  let groups: [Group]

  init(findings: [Finding], unreadable: [UnreadableRecord], mentions: [RecordMention]) {
    // A file that can't be read is an exception, whether or not the check was asked about it.
    let validated = Set(findings.map(\.path))
    let all = findings + unreadable.filter { !validated.contains($0.path) }.map(\.finding)
    let byPath = Dictionary(mentions.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    groups = Severity.allCases.reversed().map { severity in
      Group(
        severity: severity,
        items: all.filter { $0.severity == severity }.sorted().map {
          Item(finding: $0, record: byPath[$0.path])
        })
    }
  }

  func count(_ severity: Severity) -> Int {
    groups.first { $0.severity == severity }?.items.count ?? 0
  }

  /// Errors and warnings; notes are no exceptions.
  var openCount: Int { count(.error) + count(.warning) }
}

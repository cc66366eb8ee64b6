import Records

/// The exceptions: the findings of a check of the state, worst first.
struct AuditExceptions: Sendable {
  struct Item: Sendable {
    let finding: Finding
    /// `nil` if the file is not a readable record.
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

  /// Errors, warnings, notes; empty groups included.
  let groups: [Group]

  init(findings: [Finding], unreadable: [UnreadableRecord], mentions: [RecordMention]) {
    // A file that can't be read is an exception even if the check didn't cover it.
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

  /// The number of errors and warnings; notes are not exceptions.
  var openCount: Int { count(.error) + count(.warning) }
}

package import Records

/// The findings of a check and how many files it looked at.
package struct CheckResult: Sendable {
  package var findings: [Finding]
  package var checked: Int

  package init(findings: [Finding], checked: Int) {
    self.findings = findings
    self.checked = checked
  }

  package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

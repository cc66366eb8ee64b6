/// Findings up to a limit for each rule; those beyond it are counted, not kept.
///
/// By rule and severity, because config weighs findings by rule: what is left out can't be worse
/// than what is kept.
package struct FindingTally: Sendable {
  /// The most findings of one rule that are kept for one file.
  package static let limitInFile = 100
  /// The most findings of one rule that are kept for one change.
  package static let limitInChange = 1000

  private struct Key: Hashable, Comparable {
    let rule: String
    let severity: Severity

    static func < (left: Key, right: Key) -> Bool {
      (left.rule, left.severity) < (right.rule, right.severity)
    }
  }

  private let limit: Int
  private var kept: [Finding] = []
  /// How many are kept, how many were left out, and which was kept last.
  private var counts: [Key: (kept: Int, omitted: Int, last: Int)] = [:]

  package init(atMost limit: Int = limitInFile) { self.limit = limit }

  /// Adds what `make` returns, or counts it without making it; `nil` is no finding.
  package mutating func add(_ rule: String, _ severity: Severity, _ make: () -> Finding?) {
    let key = Key(rule: rule, severity: severity)
    if let known = counts[key], known.kept >= limit {
      counts[key]?.omitted += 1
    } else if let finding = make() {
      add(finding)
    }
  }

  package mutating func add(_ finding: Finding) {
    let key = Key(rule: finding.rule, severity: finding.severity)
    var count = counts[key] ?? (0, 0, 0)
    if count.kept >= limit {
      count.omitted += finding.count
    } else {
      count.kept += 1
      count.last = kept.count
      kept.append(finding)
    }
    counts[key] = count
  }

  package mutating func add(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  /// Counts findings of a rule that were found and not made.
  package mutating func omit(_ count: Int, _ rule: String, _ severity: Severity) {
    if count > 0 { counts[Key(rule: rule, severity: severity)]?.omitted += count }
  }

  /// The findings that are kept, and one for each rule of which some were left out, with their
  /// number in ``Finding/count``.
  package var findings: [Finding] {
    kept
      + counts.sorted { $0.key < $1.key }.compactMap { key, count in
        guard count.omitted > 0 else { return nil }
        let last = kept[count.last]
        let isOne = count.omitted == 1
        return Finding(
          rule: key.rule, severity: key.severity, path: last.path, line: last.line,
          column: last.column,
          message:
            "\(count.omitted) more \(isOne ? "finding" : "findings") of this rule \(isOne ? "isn't" : "aren't") listed",
          hint: "correct those that are listed first: of one rule, at most \(limit) are",
          count: count.omitted)
      }
  }
}

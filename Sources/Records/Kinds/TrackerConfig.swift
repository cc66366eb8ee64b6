package import Files
package import JSONText

/// The tracker's configuration, `.docket/config.json`.
package struct TrackerConfig: Sendable {
  /// The configured severity of a rule: fixed, or a warning until a date.
  package struct RuleSetting: Sendable, Equatable {
    /// `nil` if the rule is off.
    package var severity: Severity?
    /// The rule only warns before this day (UTC).
    package var failFrom: CivilDate?
  }

  package var name: String?
  package var folder: RepositoryPath
  package var slugs: Bool
  package var branch: String?
  package var publish: String?
  package var maintainers: [String]
  package var rules: [String: RuleSetting]
  /// How many ranks at the top of a ranking count as high.
  package var top: Int
  package let value: JSONValue

  package static let path: RepositoryPath = ".docket/config.json"
  package static let standardTop = 5
  package static let standardFolder: RepositoryPath = "docket"

  /// Whether a path can be the records folder: inside the repository, and not in `.git` or
  /// `.docket`, or in what a file system may take for one of them.
  package static func isFolder(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
      && ![".git", ".docket"].contains { RepositoryPath(path).folds(atOrBelow: $0) }
  }

  package init(_ value: JSONValue = .object(JSONObject())) {
    self.value = value
    name = value["name"]?.string
    let folder = value["recordsFolder"]?.string
    self.folder =
      folder.flatMap { Self.isFolder($0) ? RepositoryPath($0) : nil } ?? Self.standardFolder
    slugs = value["slugs"]?.bool ?? true
    branch = value["branch"]?.string
    publish = value["publish"]?.string
    maintainers = value["policy"]?["maintainers"]?.array?.compactMap(\.string) ?? []
    top = max(1, value["ranking"]?["top"]?.int ?? Self.standardTop)
    rules = [:]
    for member in value["rules"]?.object?.members ?? [] {
      let text = member.value.string ?? member.value["severity"]?.string
      rules[member.key] = RuleSetting(
        severity: text.flatMap(Severity.init),
        failFrom: member.value["failFrom"]?.string.flatMap { CivilDate($0) })
    }
  }

  /// Returns `finding` with the severity that this config sets on `day`; `nil` if the rule is off.
  package func weighted(_ finding: Finding, on day: CivilDate) -> Finding? {
    guard let setting = rules[finding.rule] else { return finding }
    guard let severity = setting.severity else { return nil }
    var weighted = finding
    weighted.severity = severity
    if let failFrom = setting.failFrom, severity == .error, day < failFrom {
      weighted.severity = .warning
    }
    return weighted
  }
}

extension TrackerConfig {
  /// Reads a config's text; `nil` if it isn't JSON.
  package init?(reading bytes: [UInt8]) {
    guard let document = try? JSONDocument(parsing: bytes) else { return nil }
    self.init(document.root.value)
  }
}

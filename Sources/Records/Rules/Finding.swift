package import Files

/// A problem or note reported by a check.
package struct Finding: Sendable, Hashable {
  /// The stable id of the rule, such as `workflow.illegal-step`.
  package var rule: String
  package var severity: Severity
  /// The path, relative to the repository's root.
  package var path: RepositoryPath
  /// From 1; columns count UTF-8 bytes. `nil` if the finding is about the whole file.
  package var line: Int?
  package var column: Int?
  /// A JSON Pointer (RFC 6901) into the record.
  package var pointer: String?
  package var message: String
  /// The command or instruction that fixes it.
  package var hint: String?
  package var commit: String?
  /// How many findings this one stands for: more than one if it counts those that aren't kept.
  package var count: Int

  package init(
    rule: String, severity: Severity, path: RepositoryPath, line: Int? = nil, column: Int? = nil,
    pointer: String? = nil, message: String, hint: String? = nil, commit: String? = nil,
    count: Int = 1
  ) {
    self.rule = rule
    self.severity = severity
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
    self.message = message
    self.hint = hint
    self.commit = commit
    self.count = count
  }
}

extension Finding: Comparable {
  package static func < (left: Finding, right: Finding) -> Bool {
    (left.path, left.line ?? 0, left.column ?? 0, left.rule, left.message)
      < (right.path, right.line ?? 0, right.column ?? 0, right.rule, right.message)
  }
}

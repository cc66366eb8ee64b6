package import Files
package import Records

/// The changes of a pull request to records, as a comment for its reviewers.
package struct ReviewPage: Sendable {
  package struct Input: Sendable {
    package var changes: [RecordChange] = []
    package var effects: [RecordID: ChangeEffects] = [:]
    package var headings: [RecordID: String] = [:]
    package var findings: [Finding] = []
    /// Changed files of config, people and schemas.
    package var definitionPaths: [RepositoryPath] = []
    /// Names of the commits' authors, by number of commits, most first.
    package var authors: [String] = []
    package var commitCount = 0
    package var base = ""
    package var head = ""
    package var isTruncated = false
    package init() {}
  }

  private let input: Input

  package init(_ input: Input) { self.input = input }

  private static let mostFindings = 30

  package var markdown: String {
    let page = ChangePage(input.changes, effects: input.effects, headings: input.headings)
    var text = "## Records: \(page.summary)\n\n"
    text += summary + "\n\n"
    if input.isTruncated {
      text += "This clone is shallow: what came before its boundary is unknown.\n\n"
    }
    if !input.definitionPaths.isEmpty {
      text += "### Config, people and schemas\n\n"
      text += Self.bounded(input.definitionPaths.map { "- \(MarkdownText.code($0.text))" })
      text += "\n"
    }
    let paths = Set(input.changes.map(\.path))
    let elsewhere = input.findings.filter { !paths.contains($0.path) }
    if !elsewhere.isEmpty {
      text += "### Findings\n\n"
      text += Self.bounded(elsewhere.map { "- \(Self.line($0, withPath: true))" }) + "\n"
    }
    var notes: [RecordID: [String]] = [:]
    for change in input.changes {
      let own = input.findings.filter { $0.path == change.path }
      if !own.isEmpty { notes[change.id] = own.map { Self.line($0, withPath: false) } }
    }
    let room = max(10_000, ChangePage.longestPage - text.utf8.count)
    return text + page.sections(room: room, notes: notes)
      + "<sub>docket review \(input.base)...\(input.head)</sub>\n"
  }

  /// "3 commits by Mira Okonedo and Jonas Reyes. **1 error**, 2 warnings."
  private var summary: String {
    var text = input.commitCount == 1 ? "1 commit" : "\(input.commitCount) commits"
    if !input.authors.isEmpty {
      let rest = input.authors.count - 5
      text +=
        " by " + input.authors.prefix(5).map(MarkdownText.escaped).joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : "")
    }
    let counts = [Severity.error, .warning, .info].compactMap { severity -> String? in
      let count = input.findings.count { $0.severity == severity }
      guard count > 0 else { return nil }
      let word = severity == .info ? "note" : severity.rawValue
      let counted = "\(count) \(word)\(count == 1 ? "" : "s")"
      return severity == .error ? "**\(counted)**" : counted
    }
    return text + ". " + (counts.isEmpty ? "No findings." : counts.joined(separator: ", ") + ".")
  }

  /// "**error** in line 5: status went from …; fix: `docket move …`"
  private static func line(_ finding: Finding, withPath: Bool) -> String {
    let line = finding.line.map { "line \($0)" }
    let place = [withPath ? MarkdownText.code(finding.path.text) : nil, line].compactMap { $0 }
    var text = "**\(finding.severity == .info ? "note" : finding.severity.rawValue)**"
    if !place.isEmpty { text += " in " + place.joined(separator: ", ") }
    text +=
      ": " + MarkdownText.escaped(ChangeWords.shortened(finding.message, to: 300))
      + " (\(MarkdownText.code(finding.rule)))"
    if let hint = finding.hint, !hint.isEmpty {
      text += "; fix: " + MarkdownText.code(ChangeWords.shortened(hint, to: 300))
    }
    return text
  }

  private static func bounded(_ lines: [String]) -> String {
    let rest = lines.count - mostFindings
    return lines.prefix(mostFindings).map { $0 + "\n" }.joined()
      + (rest > 0 ? "- … and \(rest) more\n" : "")
  }
}

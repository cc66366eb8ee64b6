import ArgumentParser
import JSONText
import Records
import Reports
import Store

struct ReviewCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable { case md, json }

  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Tell what a branch does to records, for its reviewers.",
    usage: "docket review [BASE...HEAD] [--format md|json]",
    discussion: """
      Prints Markdown for a comment on the pull request: each record's change in words, what it brings \
      about, and the findings of docket check --range. Exit status 1 if one is an error.

        docket review                        this branch, against where it goes
        docket review origin/main...HEAD
      """)

  @Argument(
    help: ArgumentHelp(
      "What HEAD did since it left BASE. Without it BASE is config's branch, or the remote's default.",
      valueName: "base...head"))
  var range: String?

  @Option(help: "md or json.") var format: Format = .md
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker(toleratesFaults: true)
    let (target, head) = try ends(in: tracker)
    let base = try RevisionRange.parting(target, head, in: tracker)
    let difference = try tracker.difference(from: .commit(base), to: .commit(head))
    let result = try tracker.check(from: target, to: head)
    let changes = ChangePage.sorted(difference.changes)
    switch format {
    case .json:
      Output.write(
        Output.envelope(
          "review",
          [
            ("base", .string(Tracker.name(of: base))), ("head", .string(Tracker.name(of: head))),
            ("truncated", .bool(tracker.isTruncated)),
            ("changes", .array(changes.map { Output.item($0) })),
            ("findings", .array(result.findings.map { Output.item($0) })),
          ]))
    case .md:
      var input = ReviewPage.Input()
      input.changes = changes
      for change in changes {
        let compiled = change.kind.flatMap { try? difference.catalog.compiledKind(for: $0) }
        input.effects[change.id] = ChangeEffects(of: change, compiled: compiled)
      }
      input.headings = try tracker.headings(
        of: Set(input.effects.values.flatMap { $0.linked + $0.unlinked }.map(\.target)), at: head)
      input.findings = result.findings
      input.definitionPaths = difference.definitionPaths
      let commits = try tracker.commits(since: base, to: head)
      input.commitCount = commits.count
      input.authors = Self.authors(of: commits)
      input.base = String(Tracker.name(of: base).prefix(10))
      input.head = String(Tracker.name(of: head).prefix(10))
      input.isTruncated = tracker.isTruncated
      Terminal.print(lines: ReviewPage(input).markdown, terminator: "")
    }
    if result.hasErrors { throw ExitStatus.AlreadyReported() }
  }

  private func ends(in tracker: Tracker) throws -> (target: Revision, head: Revision) {
    guard let text = range else {
      guard let head = try tracker.headCommit() else {
        throw StoreError.failed("there are no commits yet, so there is nothing to review")
      }
      guard let base = try tracker.reviewBase() else {
        throw StoreError.failed(
          "can't tell where this branch goes: neither \"branch\" in .docket/config.json nor the remote's default is known here",
          hint: "docket review BASE...HEAD\ngit remote set-head origin --auto")
      }
      return (try tracker.commit(meantBy: base), head)
    }
    let range = RevisionRange(text)
    return (
      try Self.commit(range?.from ?? text, in: tracker),
      try Self.commit(range?.to ?? "", in: tracker)
    )
  }

  /// Resolves a revision. One that doesn't exist is no finding: the review could not run.
  private static func commit(_ text: String, in tracker: Tracker) throws -> Revision {
    do throws(StoreError) {
      return try RevisionRange.commit(text, in: tracker)
    } catch {
      guard case .refused(let message, let hint) = error else { throw error }
      throw StoreError.failed(message, hint: hint)
    }
  }

  /// Returns the names of authors, most commits first.
  private static func authors(of commits: [CommitInfo]) -> [String] {
    var counts: [String: Int] = [:]
    for commit in commits { counts[commit.authorName, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }
}

import ArgumentParser
import Files
import Records
import Store

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check records against their schemas and rules.",
    usage:
      "docket check [PATH…] [--staged | --rev REV | --range A..B | --merge BASE HEAD] [--format FORMAT]",
    discussion: """
      Without options, everything in the working tree is checked, and what differs from \
      HEAD also as a change to it. Exit status 1 if there are errors; warnings are no refusal.

      Either end of --range may be forty zeros, as forges and pre-receive hooks write them: a new \
      branch is checked from where it left the branches that are there, a deleted one not at all. \
      --merge judges what a pull request makes of the branch that it goes to, records in conflict included.
      """)

  @Argument(help: ArgumentHelp("Only findings in these files or folders.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "What is staged, as the pre-commit hook checks it.") var staged = false
  @Option(help: ArgumentHelp("The records of a revision.", valueName: "rev")) var rev: String?
  @Option(help: ArgumentHelp("What B changes since it left A, as one change.", valueName: "a..b"))
  var range: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "What merging HEAD into BASE would bring, without a checkout.", valueName: "base head"))
  var merge: [String] = []
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Who makes the change, where the caller has made sure of it (a forge's login, say); otherwise DOCKET_HANDLE or git config docket.handle.",
      valueName: "handle"))
  var handle: String?
  @Option(help: "text, json, github, gitlab or sarif.") var format: FindingFormat = .text
  @Option(help: ArgumentHelp("Tell what a rule asks and why.", valueName: "rule")) var explain:
    String?
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard [staged, rev != nil, range != nil, !merge.isEmpty].count(where: { $0 }) <= 1 else {
      throw ValidationError("--staged, --rev, --range and --merge exclude each other")
    }
    guard merge.isEmpty || merge.count == 2 else {
      throw ValidationError(
        "--merge takes two revisions: the branch merged into, and the one merged")
    }
  }

  mutating func run() throws {
    var invocation = Invocation.current
    if let handle { invocation.context.handle = handle }
    if let explain {
      return try RuleExplanation(explain, in: invocation).print(as: format)
    }
    // A change that takes docket's folder away leaves no tracked repository to check it in.
    let tracker = try invocation.tracker(
      toleratesFaults: true, isJudged: staged || range != nil || !merge.isEmpty)
    let result: CheckResult
    if staged {
      result = try tracker.checkStaged()
    } else if let rev {
      result = try tracker.check(at: Self.commit(rev, in: tracker))
    } else if merge.count == 2 {
      result = try tracker.checkMerge(
        of: Self.commit(merge[1], in: tracker), into: Self.commit(merge[0], in: tracker),
        names: (merge[0], merge[1]))
    } else if let range {
      guard let dots = range.firstRange(of: "..") else {
        throw ValidationError("--range is written A..B")
      }
      let from = String(range[..<dots.lowerBound])
      let to = String(range[dots.upperBound...].drop { $0 == "." })
      let end = try Self.commit(to.isEmpty ? "HEAD" : to, in: tracker)
      if end == Tracker.absentRevision { Terminal.note("a deleted branch brings nothing to check") }
      result = try tracker.check(
        from: Self.commit(from.isEmpty ? "HEAD" : from, in: tracker), to: end)
    } else {
      if let path = try paths.first(where: {
        try FileSystem.fileType(FileSystem.absolute($0, in: invocation.directory)) == nil
      }) {
        throw StoreError.failed("there is no file or folder \(path)")
      }
      result = try tracker.checkWorkingTree(paths: paths.map { invocation.path($0, in: tracker) })
    }
    guard tracker.definition.isTracked || !result.findings.isEmpty else {
      throw Tracker.isUntracked
    }
    format.print(result)
    if format == .text {
      Terminal.note(
        "\(result.checked) file\(result.checked == 1 ? "" : "s") checked, \(FindingText.count(result.findings))"
      )
    }
    if result.hasErrors { throw ExitStatus.AlreadyReported() }
  }

  /// Resolves a revision. One that doesn't exist is no finding: the check could not run.
  private static func commit(_ text: String, in tracker: Tracker) throws -> Revision {
    // git and forges use this for "there was none".
    if text.count == 40, text.allSatisfy({ $0 == "0" }) { return Tracker.absentRevision }
    do throws(StoreError) {
      return try tracker.commit(meantBy: text)
    } catch {
      guard case .refused(let message, let hint) = error else { throw error }
      throw StoreError.failed(message, hint: hint)
    }
  }
}

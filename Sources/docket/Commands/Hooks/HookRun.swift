import Files
import Records
import Store

/// The checks that docket's hooks run: done in milliseconds, nothing executed.
enum HookRun {
  static func run(_ name: String, _ arguments: [String]) -> Int32 {
    let invocation = Invocation(directory: FileSystem.currentDirectory)
    do {
      switch name {
      case "pre-commit": return try staged("commit", invocation)
      case "pre-merge-commit": return try staged("merge", invocation)
      case "pre-push": return try pushed(invocation)
      case "pre-receive": return try received(invocation)
      default:
        Terminal.complain(
          "docket: there is no hook \"\(name)\"; docket has pre-commit, pre-merge-commit, pre-push and pre-receive"
        )
        return 2
      }
    } catch {
      return ExitStatus.of(error)
    }
  }

  private static func staged(_ what: String, _ invocation: Invocation) throws -> Int32 {
    let result = try StagedCheck.run(
      in: invocation.directory, context: invocation.context)
    guard !result.findings.isEmpty else { return 0 }
    FindingText.complain(result.findings, atMost: 50, rest: "docket check --staged")
    guard result.hasErrors else { return 0 }
    Terminal.complain(
      "docket: the \(what) is refused: \(FindingText.count(result.findings)) in what is \(what == "merge" ? "merged" : "staged")"
    )
    if what == "merge" {
      Terminal.complain(
        "  fix it and git commit, which ends the merge; or git merge --abort leaves all as it was")
    }
    return 1
  }

  private static func received(_ invocation: Invocation) throws -> Int32 {
    say(
      try ReceiveCheck.run(
        try lines(), in: invocation.directory, context: invocation.context))
  }

  /// Before a push leaves this clone: what a skipped hook let through is told here, not by the server.
  private static func pushed(_ invocation: Invocation) throws -> Int32 {
    say(
      try ReceiveCheck.runBeforePush(
        try lines(), in: invocation.directory, context: invocation.context))
  }

  /// The lines that git hands to a hook on standard input.
  private static func lines() throws -> [String] {
    String(decoding: try OpenFile.standardInput(), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  private static func say(_ answers: [ReceiveCheck.Answer]) -> Int32 {
    var isRefused = false
    for answer in answers where !answer.result.findings.isEmpty {
      FindingText.complain(answer.result.findings)
      guard answer.result.hasErrors else { continue }
      isRefused = true
      Terminal.complain(
        "docket: the push is refused: \(FindingText.count(answer.result.findings)) in what \(Terminal.safe(answer.reference)) would hold"
      )
    }
    return isRefused ? 1 : 0
  }
}

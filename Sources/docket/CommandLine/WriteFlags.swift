import ArgumentParser
import Files
import JSONText
import Records
import Store

/// The options of every verb that writes.
struct WriteFlags: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The commit's message.", valueName: "msg"))
  var message: String?

  @Option(
    help: ArgumentHelp(
      "Commit to another branch; files and index stay as they are.", valueName: "branch"))
  var on: String?

  @Flag(help: "Write and stage, but don't commit.")
  var noCommit = false

  @Flag(help: "Don't run the team's own hooks; docket's rules still apply.")
  var noVerify = false

  func options() throws -> WriteOptions {
    if on != nil, noCommit {
      throw ValidationError("--on commits to another branch; --no-commit can't go with it")
    }
    var options = WriteOptions()
    options.message = message
    options.branch = on
    options.stagesOnly = noCommit
    options.runsHooks = !noVerify
    return options
  }

  /// Reports on standard error what was done, for people.
  static func report(_ result: WriteResult) {
    FindingText.complain(result.warnings)
    for pseudonym in result.pseudonyms {
      Terminal.note("the new pseudonym is \(pseudonym); who that is belongs in no record")
    }
    for id in result.merged {
      Terminal.note("\(id.text) was changed by another commit meanwhile; it has both changes")
    }
    guard let outcome = result.outcome else {
      Terminal.note("nothing to change: it says so already")
      return
    }
    switch outcome {
    case .committed, .alreadyThere:
      let what = result.paths.count == 1 ? result.paths[0] : "\(result.paths.count) records"
      Terminal.note("saved \(what) in commit \(outcome.commit ?? "")")
    case .staged:
      Terminal.note(
        "staged, not committed: docket commit, or git commit -- \(result.paths.map { ShellWord.quoted($0) }.joined(separator: " "))"
      )
    }
  }
}

import Records
import Store

/// What docket's hooks call: judged in milliseconds, nothing executed.
enum HookRun {
  static func run(_ name: String, _ arguments: [String]) -> Int32 {
    guard name == "pre-commit" else {
      Terminal.complain("docket: there is no hook \"\(name)\"; docket has pre-commit")
      return 2
    }
    let invocation = Invocation(directory: Files.currentDirectory)
    do throws(StoreError) {
      let result = try StagedCheck.run(
        in: invocation.directory, surroundings: invocation.surroundings)
      guard !result.findings.isEmpty else { return 0 }
      FindingText.complain(result.findings)
      guard result.hasErrors else { return 0 }
      Terminal.complain(
        "docket: the commit is refused: \(FindingText.count(result.findings)) in what is staged")
      return 1
    } catch {
      return Failure.exitStatus(of: error)
    }
  }
}

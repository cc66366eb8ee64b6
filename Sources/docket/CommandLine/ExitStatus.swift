import ArgumentParser
import Files
import JSONSchema
import Records
import Store

/// Reports all errors and maps them to exit statuses: 1, the answer is no; 2, it couldn't run.
enum ExitStatus {
  /// An answer of "no" that has already been reported.
  struct AlreadyReported: Error {}

  /// - Parameter arguments: as typed, if the error may be about them.
  static func of(_ error: any Error, in arguments: [String] = []) -> Int32 {
    switch error {
    case is AlreadyReported: return 1
    case let error as StoreError: return say(error)
    case let error as FileError:
      complain("can't read \(error)")
      return 2
    case let error as KeyProblem:
      complain(error.description)
      return 2
    case let error as SchemaError:
      complain("\(error.message) (\(error.location))")
      return 2
    default: break
    }
    let status = DocketCommand.exitCode(for: error)
    let message = DocketCommand.fullMessage(for: error)
    if status.isSuccess {
      // Completion scripts and the like are printed unchanged; help is docket's own.
      if UsageWords.asksForHelp(arguments), let page = VerbPage.all()?.page(for: arguments) {
        HelpPage.print(page)
      } else {
        Terminal.print(lines: message)
      }
      return 0
    }
    if let code = error as? ExitCode { return code.rawValue }
    return say(UsageWords.problem(DocketCommand.message(for: error), in: arguments))
  }

  private static func say(_ error: StoreError) -> Int32 {
    switch error {
    case .refused(let message, let hint):
      complain(message, hint: hint)
      return 1
    case .findings(let findings):
      FindingText.complain(findings)
      return 1
    case .failed(let message, let hint):
      complain(message, hint: hint)
      return 2
    case .outdated(let path):
      complain(
        "\(path) was changed by another commit meanwhile", hint: "type the command again")
      return 1
    case .git(let error):
      let (message, hint, isRefusal) = error.wording
      complain(message, hint: hint)
      return isRefusal ? 1 : 2
    case .interrupted:
      complain("interrupted; nothing was written")
      return 1
    case .cache(let error):
      complain("the cache failed: \(error)", hint: "DOCKET_CACHE=off does without one")
      return 2
    }
  }

  private static func complain(_ message: String, hint: String? = nil) {
    Terminal.complain("docket: \(message)")
    for line in hint?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
      Terminal.complain("  \(line)")
    }
  }
}

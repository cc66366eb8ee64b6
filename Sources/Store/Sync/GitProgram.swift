import Files
import JSONText

/// The user's own git, with its configuration, credentials and hooks, for what docket leaves to it.
package struct GitProgram: Sendable {
  private let directory: String
  private let environment: [String: String]

  /// - Parameters:
  ///   - directory: the working tree.
  ///   - environment: the user's whole environment.
  package init(in directory: String, environment: [String: String]) {
    self.directory = directory
    var environment = environment
    // Messages are docket's or git's own: nobody is asked for one.
    environment["GIT_EDITOR"] = "true"
    environment["GIT_MERGE_AUTOEDIT"] = "no"
    self.environment = environment
  }

  /// - Parameter isShown: whether the user sees what git says, and is asked for credentials.
  func run(_ words: [String], isShown: Bool = false) throws(StoreError) -> ChildProgram.Result {
    do throws(FileError) {
      return try ChildProgram.run(
        "git", words, in: directory, environment: environment, input: .inherited,
        output: .captured, errors: isShown ? .inherited : .captured)
    } catch {
      throw .failed("git can't be run: \(error)")
    }
  }

  /// Returns what git said, as the reason of a failure.
  func failure(_ run: ChildProgram.Result, _ message: String) -> StoreError {
    let lines = (run.errorText + run.outputText).split(separator: "\n")
      .filter { !$0.utf8.starts(with: "hint:".utf8) }
    let said = lines.suffix(12).joined(separator: "\n")
    return .refused(message, hint: said.isEmpty ? nil : said)
  }
}

import TestSupport

/// What `docket demo` builds, once for all tests that read it. None writes to it.
struct DemoRepository {
  static let shared = Result { try DemoRepository() }

  let scratch: ScratchRepository
  /// How `docket demo` went.
  let run: CommandRun
  let path: String

  private init() throws {
    scratch = try ScratchRepository()
    run = try scratch.docket("demo", "one")
    try run.succeeded()
    path = scratch.path + "/one"
  }

  func docket(_ words: [String], environment: [String: String] = [:]) throws -> CommandRun {
    try scratch.tryDocket(words, in: path, environment: environment)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A real git repository in a scratch directory, with an environment of its own.
///
/// Nothing of the developer's settings leaks in: PATH is kept, HOME lies in the scratch directory,
/// system and global configuration are off, dates are fixed, times are UTC, messages are C locale.
package final class ScratchRepository: Sendable {
  private let scratch: ScratchDirectory
  /// The working directory (or the git directory of a bare repository), absolute.
  package let path: String
  /// The directory around it: HOME is `<base>/home`, room for clones and worktrees beside `path`.
  package var base: String { scratch.path }
  package let environment: [String: String]

  /// The date of commits unless a call says otherwise: 2026-01-02T03:04:05Z.
  package static let date: Int64 = 1_767_323_045

  package init(bare: Bool = false, arguments: [String] = []) throws {
    scratch = try ScratchDirectory()
    path = scratch.path + "/repository"
    environment = Self.environment(home: scratch.path + "/home")
    mkdir(scratch.path + "/home", 0o777)
    try Self.run(
      "git", ["init", "-q", "-b", "main"] + (bare ? ["--bare"] : []) + arguments + [path],
      in: scratch.path, environment: environment
    ).succeeded()
  }

  /// A copy of another repository, cheaper than making it again.
  package init(copying other: ScratchRepository) throws {
    scratch = try ScratchDirectory()
    path = scratch.path + "/repository"
    environment = Self.environment(home: scratch.path + "/home")
    mkdir(scratch.path + "/home", 0o777)
    try Self.run(
      "cp", ["-a", other.path, path], in: scratch.path, environment: environment
    ).succeeded()
    // Copies have other inodes: let git see that their content is the same.
    try Self.run(
      "git", ["update-index", "-q", "--refresh"], in: path, environment: environment
    ).succeeded()
  }

  /// The environment of scratch repositories, with `home` as HOME.
  package static func environment(home: String) -> [String: String] {
    [
      // Hooks find the docket of this test run, not one that the developer installed.
      "PATH": (docketExecutable.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }) + ":"
        + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"),
      "HOME": home,
      // No device: as root, `git config --global` would put a file in its place.
      "GIT_CONFIG_GLOBAL": home + "/.gitconfig",
      "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "Ada Author",
      "GIT_AUTHOR_EMAIL": "ada@example.org",
      "GIT_AUTHOR_DATE": "\(date) +0000",
      "GIT_COMMITTER_NAME": "Carl Committer",
      "GIT_COMMITTER_EMAIL": "carl@example.org",
      "GIT_COMMITTER_DATE": "\(date) +0000",
      "TZ": "UTC",
      "LC_ALL": "C",
    ]
  }

  /// Runs git here and requires success; standard output without its final newline.
  @discardableResult
  package func git(
    _ arguments: String..., input: String = "", environment extra: [String: String] = [:]
  ) throws -> String {
    try git(arguments, input: input, environment: extra)
  }

  /// The same, with the arguments in an array.
  @discardableResult
  package func git(
    _ arguments: [String], input: String = "", environment extra: [String: String] = [:]
  ) throws -> String {
    let run = try tryGit(arguments, input: input, environment: extra)
    try run.succeeded()
    return run.output.hasSuffix("\n") ? String(run.output.dropLast()) : run.output
  }

  /// Runs git here, whatever comes of it.
  package func tryGit(
    _ arguments: [String], input: String = "", in directory: String? = nil,
    environment extra: [String: String] = [:]
  ) throws -> CommandRun {
    try run("git", arguments, input: input, in: directory, environment: extra)
  }

  /// Runs any program here, in the scratch environment plus `extra` (an empty value removes).
  package func run(
    _ executable: String, _ arguments: [String], input: String = "", in directory: String? = nil,
    environment extra: [String: String] = [:]
  ) throws -> CommandRun {
    try Self.run(
      executable, arguments, in: directory ?? path, environment: environment.adding(extra),
      input: input)
  }

  /// Runs the docket that this test run built, here.
  package func docket(
    _ arguments: String..., input: String = "", in directory: String? = nil,
    environment extra: [String: String] = [:]
  ) throws -> CommandRun {
    try run(
      Self.docketExecutable, arguments, input: input, in: directory, environment: extra)
  }

  /// The docket beside the test program, or the one that DOCKET_EXECUTABLE names.
  package static var docketExecutable: String {
    if let named = getenv("DOCKET_EXECUTABLE") { return String(cString: named) }
    let program = CommandLine.arguments.first ?? ""
    #if canImport(Glibc)
      let resolved = realpath("/proc/self/exe", nil)
    #else
      let resolved = realpath(program, nil)
    #endif
    defer { free(resolved) }
    let absolute = resolved.map { String(cString: $0) } ?? program
    return absolute.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/docket"
  }

  /// Writes a file of the working directory; `name` is relative to `path`.
  package func write(_ name: String, _ text: String) throws {
    try writeFile(path + "/" + name, Array(text.utf8))
  }

  /// The text of a file of the working directory; `nil` if absent.
  package func read(_ name: String) -> String? {
    readFile(path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes the files, stages them and commits; the new commit's id.
  @discardableResult
  package func commit(_ message: String, _ files: KeyValuePairs<String, String> = [:]) throws
    -> String
  {
    for (name, text) in files {
      try write(name, text)
      try git("add", "--", name)
    }
    try git("commit", "-q", "--allow-empty", "-m", message)
    return try git("rev-parse", "HEAD")
  }

  private static func run(
    _ executable: String, _ arguments: [String], in directory: String,
    environment: [String: String], input: String = ""
  ) throws -> CommandRun {
    try CommandRun.run(
      executable, arguments, in: directory, environment: environment, input: Array(input.utf8))
  }
}

extension CommandRun {
  /// Requires exit status 0.
  @discardableResult
  package func succeeded() throws -> CommandRun {
    guard status == 0 else { throw CommandFailure(description: transcript) }
    return self
  }
}

extension [String: String] {
  /// This environment with `extra` on top; an empty value removes the variable.
  package func adding(_ extra: [String: String]) -> [String: String] {
    merging(extra) { $1 }.filter { extra[$0.key] != "" }
  }
}

import Foundation
import TestSupport
import Testing

/// What the tests of the real program need besides a scratch repository.
extension ScratchRepository {
  /// A repository that `docket init` has set up.
  static func tracked() throws -> ScratchRepository {
    try ScratchRepository(copying: template.get())
  }

  private static let template = Result {
    let repository = try ScratchRepository()
    try repository.docket("init", "--name", "Trial").succeeded()
    return repository
  }

  /// Runs `docket` with all words given and requires success; the one line on standard output.
  @discardableResult
  func say(_ words: [String], input: String = "") throws -> String {
    let run = try run(Self.docketExecutable, words, input: input)
    try run.succeeded()
    return run.lines.first ?? ""
  }

  /// A new record's id.
  @discardableResult
  func new(_ kind: String, _ values: String...) throws -> String {
    try say(["new", kind] + values)
  }

  func tryDocket(
    _ words: [String], in directory: String? = nil, environment: [String: String] = [:]
  )
    throws -> CommandRun
  {
    try run(Self.docketExecutable, words, in: directory, environment: environment)
  }

  /// Where the index has a record's file.
  func path(of id: String) throws -> String {
    let path = try git("ls-files", "--", "*\(id)*")
    try #require(!path.isEmpty && !path.contains("\n"), "no one path of \(id): \(path)")
    return path
  }

  /// A record as HEAD has it.
  func record(_ id: String, at revision: String = "HEAD") throws -> [String: Any] {
    let text = try git("show", "\(revision):\(path(of: id))")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  func head() throws -> String { try git("rev-parse", "HEAD") }

  func commitCount() throws -> Int { try #require(Int(try git("rev-list", "--count", "HEAD"))) }

  /// Requires a clean working tree and index, and whole, strictly valid objects.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let status = try git("status", "--porcelain")
    #expect(status == "", sourceLocation: sourceLocation)
    let check = try tryGit(["fsck", "--strict", "--no-dangling"])
    #expect(
      check.status == 0 && check.output == "", "\(check.transcript)",
      sourceLocation: sourceLocation)
  }

  /// Everything that a write must not touch: index entries, both diffs, untracked files, HEAD.
  func gitState(without path: String? = nil) throws -> String {
    let entries = try git("ls-files", "-s", "-v").split(separator: "\n")
      .filter { path == nil || !$0.hasSuffix("\t\(path ?? "")") }.joined(separator: "\n")
    return try [
      entries, git("diff", "--binary"), git("diff", "--cached", "--binary"),
      git("status", "--porcelain", "--untracked-files=all"),
    ].joined(separator: "\n--\n")
  }

  /// Replaces text in a file of the working directory; the text must be there.
  func replace(_ old: String, with new: String, in path: String) throws {
    let text = try #require(read(path))
    try #require(text.contains(old), "\(path) has no \(old)")
    try write(path, text.replacingOccurrences(of: old, with: new))
  }
}

extension CommandRun {
  /// Requires an answer of "no" (1) or "could not run" (2), nothing on standard output, and words on
  /// standard error that hold all of `texts`.
  func expectRefusal(
    _ expected: Int32 = 1, saying texts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(status == expected, "\(transcript)", sourceLocation: sourceLocation)
    #expect(output == "", sourceLocation: sourceLocation)
    for text in texts {
      #expect(
        errors.contains(text), "no \"\(text)\" in:\n\(errors)", sourceLocation: sourceLocation)
    }
  }

  /// The fixing commands that findings name.
  var fixes: [String] {
    errors.split(separator: "\n").filter { $0.hasPrefix("  fix: ") }.map {
      String($0.dropFirst("  fix: ".count))
    }
  }
}

extension CommandRun {
  /// Standard output as a JSON object.
  func json() throws -> [String: Any] {
    try succeeded()
    return try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}

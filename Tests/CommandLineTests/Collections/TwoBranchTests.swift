import Foundation
import TestSupport
import Testing

/// Two people write about the same thing; a forge merges with plain git, without any driver.
@Suite("two branches, plain git merge") struct TwoBranchTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let name: String
    let left: [String]
    let right: [String]
    var testDescription: String { name }
  }

  /// `PP`, `RET`, `MIN`: the ids of the records that both know.
  static let clean = [
    Pair(
      name: "feedback twice on one pain point",
      left: ["add", "PP", "evidence", "said=one", "team=a"],
      right: ["note", "two", "team=b", "about=PP"]),
    Pair(
      name: "feedback and an edit", left: ["add", "PP", "evidence", "said=one", "team=a"],
      right: ["edit", "PP", "severity=3"]),
    Pair(
      name: "feedback and a move", left: ["note", "one", "team=a", "about=PP"],
      right: ["move", "PP", "triaged"]),
    Pair(name: "two answers", left: ["tell", "PP", "one"], right: ["tell", "PP", "two"]),
    Pair(
      name: "an answer and feedback", left: ["tell", "PP", "one"],
      right: ["add", "PP", "evidence", "said=two", "team=b"]),
    Pair(
      name: "an answer and an answer by list",
      left: ["add", "PP", "responses", "told=one", "to=everybody"], right: ["tell", "PP", "two"]),
    Pair(
      name: "developer feedback on one retro twice",
      left: ["add", "RET", "developerFeedback", "said=one", "team=a"],
      right: ["add", "RET", "developerFeedback", "text=two", "team=b"]),
    Pair(
      name: "two minutes",
      left: ["new", "minutes", "title=One", "type=office-hours", "body=B", "heldOn=2026-01-02"],
      right: ["new", "minutes", "title=One", "type=office-hours", "body=B", "heldOn=2026-01-02"]),
    Pair(
      name: "two decisions", left: ["new", "decision", "title=One", "addresses+=PP"],
      right: ["new", "decision", "title=One", "addresses+=PP"]),
    Pair(
      name: "two actions of one meeting", left: ["new", "action", "title=One", "from=MIN"],
      right: ["new", "action", "title=Two", "from=MIN"]),
  ]

  private func repository() throws -> (ScratchRepository, (String) -> String) {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Deploys")
    let retro = try repository.new("retro", "title=Q1", "heldOn=2026-01-02")
    let minutes = try repository.new(
      "minutes", "title=Board", "type=office-hours", "body=B", "heldOn=2026-01-02")
    return (
      repository,
      { word in
        word.replacingOccurrences(of: "PP", with: pain)
          .replacingOccurrences(of: "RET", with: retro)
          .replacingOccurrences(of: "MIN", with: minutes)
      }
    )
  }

  /// The same with a branch, side, that says the pair's left, and main, that says its right.
  private func repository(with pair: Pair) throws -> (
    repository: ScratchRepository, filled: (String) -> String
  ) {
    let (repository, filled) = try repository()
    try repository.git("switch", "-q", "-c", "side")
    try repository.say(pair.left.map(filled))
    try repository.git("switch", "-q", "main")
    try repository.say(pair.right.map(filled))
    return (repository, filled)
  }

  @Test("no conflict, nothing lost, check without errors", arguments: clean)
  func merges(pair: Pair) throws {
    let repository = try repository(with: pair).repository
    let sides =
      try repository.git("ls-tree", "-r", "--name-only", "side").split(separator: "\n")
      + repository.git("ls-tree", "-r", "--name-only", "main").split(separator: "\n")
    let forge = repository.base + "/forge"
    try repository.git("clone", "-q", repository.path, forge)
    let merge = try repository.tryGit(
      ["merge", "-q", "--no-edit", "origin/side"], in: forge)
    #expect(merge.status == 0, "\(merge.transcript)")
    let merged = try repository.tryGit(["ls-tree", "-r", "--name-only", "HEAD"], in: forge)
    #expect(Set(merged.output.split(separator: "\n")) == Set(sides))
    let check = try repository.tryDocket(["check", "--rev", "HEAD"], in: forge)
    #expect(check.status == 0 && !check.errors.contains("error"), "\(check.transcript)")
  }

  /// What one hand writes stays a list: git alone stops, docket's driver puts both together.
  static let lists = [
    Pair(
      name: "positions", left: ["add", "MIN", "positions", "painPoint=PP", "position=valuable"],
      right: ["add", "MIN", "positions", "painPoint=PP", "position=not-valuable"]),
    Pair(
      name: "early access", left: ["add", "MIN", "earlyAccess", "feedback=one"],
      right: ["add", "MIN", "earlyAccess", "feedback=two"]),
    Pair(
      name: "amendments", left: ["add", "MIN", "amendments", "text=one"],
      right: ["add", "MIN", "amendments", "text=two"]),
  ]

  @Test(
    "a list of one hand conflicts in plain git and merges here; both sides are there",
    arguments: lists, [true, false])
  func addsToList(pair: Pair, hasDriver: Bool) throws {
    let (repository, filled) = try repository(with: pair)
    if !hasDriver { try repository.git("config", "--remove-section", "merge.docket") }
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "side"])
    #expect(merge.status == (hasDriver ? 0 : 1), "\(merge.transcript)")
    let text =
      hasDriver
      ? try repository.git("show", "HEAD:\(repository.path(of: filled("MIN")))")
      : try #require(repository.read(try repository.git("diff", "--name-only", "--diff-filter=U")))
    for word in [pair.left, pair.right].compactMap(\.last) {
      #expect(text.contains(filled(String(word.split(separator: "=").last ?? ""))))
    }
  }
}

import Foundation
import TestSupport
import Testing

/// Git asks `pre-merge-commit`, not `pre-commit`, about a merge without conflicts.
@Suite("git merge with docket's hook") struct MergeHookTests {
  @Test("an item that both sides added, at different places of a list, is found in the merge")
  func duplicateItem() throws {
    let repository = try ScratchRepository.tracked()
    // docket's driver knows it for one item.
    try repository.git("config", "--remove-section", "merge.docket")
    let items = #"[{"id":"aaaaa","title":"slow"},{"id":"bbbbb","title":"slower"}]"#
    let id = try repository.say([
      "new", "decision", "title=Slow builds", "horizon=now", "options:=\(items)",
    ])
    let path = try repository.path(of: id)
    let text = try #require(repository.read(path))
    let start = try #require(text.range(of: "    {\n      \"id\": \"aaaaa\"")).lowerBound
    let end = try #require(text.range(of: "\n    }", range: start..<text.endIndex)).upperBound
    let item = text[start..<end].replacingOccurrences(of: "aaaaa", with: "ccccc")
    let first = text.replacingCharacters(in: start..<start, with: item + ",\n")
    let last = text.replacingOccurrences(of: "\n    }\n  ]", with: "\n    },\n\(item)\n  ]")
    try repository.git("switch", "-q", "-c", "side")
    try repository.write(path, last)
    try repository.git("commit", "-qam", "Last")
    try repository.git("switch", "-q", "main")
    try repository.write(path, first)
    try repository.git("commit", "-qam", "First")
    let head = try repository.head()
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "side"])
    #expect(merge.status != 0, "\(merge.transcript)")
    #expect(merge.errors.contains("record.duplicate-item") && merge.errors.contains("the merge is"))
    #expect(try repository.head() == head)
    // What it says goes: fix and commit.
    try repository.write(path, first)
    try repository.git("add", path)
    try repository.git("commit", "-qm", "Merge side")
    #expect(
      try repository.git("rev-list", "--parents", "-n1", "HEAD").split(separator: " ").count == 3)
  }

  @Test("one id in two files, one from each side")
  func duplicateID() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow builds", "severity=2")
    let path = try repository.path(of: id)
    try repository.git("switch", "-q", "-c", "side", "HEAD^")
    let copy = "docket/pain-points/2026/01/\(id).json"
    try repository.write(copy, repository.git("show", "main:\(path)") + "\n")
    try repository.git("add", copy)
    try repository.git("commit", "-qm", "Copy")
    try repository.git("switch", "-q", "main")
    _ = try repository.new("pain-point", "title=Flaky tests", "severity=2")
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "side"])
    #expect(
      merge.status != 0 && merge.errors.contains("record.duplicate-id"), "\(merge.transcript)")
    try repository.git("merge", "--abort")
    try repository.expectSound()
  }

  @Test("links that are right on each side and go in a circle together")
  func circle() throws {
    let repository = try ScratchRepository.tracked()
    let one = try repository.new("decision", "title=Cache")
    let two = try repository.new("decision", "title=Shard")
    try repository.git("switch", "-q", "-c", "side")
    try repository.say(["edit", one, "supersedes:=[\"\(two)\"]"])
    try repository.git("switch", "-q", "main")
    try repository.say(["edit", two, "supersedes:=[\"\(one)\"]"])
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "side"])
    #expect(merge.status != 0 && merge.errors.contains("link.cycle"), "\(merge.transcript)")
  }

  @Test("a merge brings what a maintainer decided, whoever merges")
  func maintainersChange() throws {
    let repository = try ScratchRepository.tracked()
    try repository.git("switch", "-q", "-c", "feature")
    _ = try repository.new("pain-point", "title=Slow builds", "severity=2")
    try repository.git("switch", "-q", "main")
    try repository.replace(
      "\"recordsFolder\": \"docket\"",
      with: "\"recordsFolder\": \"docket\",\n  \"policy\": { \"maintainers\": [\"mira\"] }",
      in: ".docket/config.json")
    try repository.git("commit", "-qam", "Name a maintainer")
    try repository.git("config", "docket.handle", "mira")
    try repository.replace("\"Trial\"", with: "\"Renamed\"", in: ".docket/config.json")
    try repository.git("commit", "-qam", "Rename")
    try repository.git("config", "docket.handle", "olaf")
    try repository.git("switch", "-q", "feature")
    let merge = try repository.tryGit(["merge", "-q", "--no-edit", "main"])
    #expect(merge.status == 0, "\(merge.transcript)")
  }
}

import Foundation
import Git
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

/// Dates and history, with git as the oracle.
@Suite("history in dates") struct HistoryTests {
  /// A history with side branches, merges and clocks that run backwards.
  private func skewed() throws -> ScratchRepository {
    let repository = try ScratchRepository()
    try repository.write(".docket/config.json", "{}\n")
    try repository.git("add", ".")
    var state: UInt64 = 7
    func random(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    func commit(_ words: String...) throws {
      let time = 1_700_000_000 + Int(random(40)) * 86_400
      try repository.run(
        "git", words, environment: ["GIT_COMMITTER_DATE": "\(time) +0000"]
      ).succeeded()
    }
    try commit("commit", "-q", "-m", "Begin")
    for round in 0..<12 {
      if random(3) == 0 {
        try repository.git("switch", "-qc", "side\(round)")
        for _ in 0...random(2) { try commit("commit", "-q", "--allow-empty", "-m", "Side") }
        try repository.git("switch", "-q", "main")
        try commit("commit", "-q", "--allow-empty", "-m", "Main")
        try commit("merge", "-q", "--no-ff", "-m", "Merge", "side\(round)")
      } else {
        try commit("commit", "-q", "--allow-empty", "-m", "Main")
      }
    }
    return repository
  }

  private func tracker(_ repository: ScratchRepository) throws -> Tracker {
    try Tracker(
      in: repository.path,
      context: ExecutionContext(environment: repository.environment, now: { 1_700_000_000 }))
  }

  @Test("the state at a date is what git rev-list --first-parent --before finds")
  func dates() throws {
    let repository = try skewed()
    let tracker = try tracker(repository)
    for day in -1...42 {
      let date = CivilDate(secondsSinceEpoch: 1_700_000_000 + Int64(day) * 86_400)
      // Never a bare date: git would fill in the time of day.
      let expected = try repository.git(
        "rev-list", "-1", "--first-parent", "--before=\(date)T23:59:59Z", "HEAD")
      if expected.isEmpty {
        #expect(throws: StoreError.self) { try tracker.commit(meantBy: date.description) }
      } else {
        #expect(try tracker.commit(meantBy: date.description).hex == expected, "at \(date)")
      }
    }
  }

  @Test("a commit came in with the first of the main line that has it")
  func broughtAt() throws {
    let repository = try skewed()
    let git = try #require(try tracker(repository).headCommit())
    let opened = try tracker(repository).repository
    var commits: [Commit] = []
    let walk = try opened.commits(from: [git])
    while let commit = try walk.next() { commits.append(commit) }
    let all = try repository.git("rev-list", "HEAD").split(separator: "\n").map(String.init)
    #expect(Set(commits.map(\.id.hex)) == Set(all))
    let times = HistoryWalk.broughtAt(commits, tip: git)
    let line = try repository.git("rev-list", "--first-parent", "--reverse", "HEAD")
      .split(separator: "\n").map(String.init)
    var bringer: [String: String] = [:]
    for step in line {
      for id in try repository.git("rev-list", step).split(separator: "\n").map(String.init)
      where bringer[id] == nil { bringer[id] = step }
    }
    for commit in commits {
      let step = try #require(bringer[commit.id.hex])
      let time = try repository.git("log", "-1", "--format=%ct", step)
      #expect(times[commit.id].map(String.init) == time)
    }
  }

  @Test("revisions are git's, and what is neither is said")
  func revisions() throws {
    let repository = try skewed()
    let tracker = try tracker(repository)
    try repository.git("tag", "2026", "HEAD~2")
    for revision in ["HEAD", "HEAD~3", "main", "HEAD^", "@", "main@{0}"] {
      let expected = try repository.git("rev-parse", "\(revision)^{commit}")
      #expect(try tracker.commit(meantBy: revision).hex == expected, "\(revision)")
    }
    // A tag that reads as a date is a date; its whole name is a revision.
    #expect(try tracker.commit(meantBy: "2026").hex == repository.git("rev-parse", "HEAD"))
    #expect(
      try tracker.commit(meantBy: "refs/tags/2026").hex == repository.git("rev-parse", "HEAD~2"))
    for text in ["nowhere", "", "HEAD:x", "2026-13"] {
      #expect(throws: StoreError.self) { try tracker.commit(meantBy: text) }
    }
  }

  @Test("authors are who .mailmap says, as git log %aN <%aE> has them")
  func mailmap() throws {
    let repository = try ScratchRepository()
    let people = [
      ("Ada", "ada@old.example"), ("ada l", "ADA@old.example"), ("Bo", "bo@example.org"),
      ("Shared", "desk@example.org"), ("Cy", "desk@example.org"), ("Di", "di@example.org"),
      ("Nobody", "none@example.org"), ("Eve", "eve@example.org"),
    ]
    for (name, email) in people {
      try repository.run(
        "git", ["commit", "-q", "--allow-empty", "-m", "x"],
        environment: ["GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email]
      ).succeeded()
    }
    let text = """
      # Who is who
      Ada Lovelace <ada@new.example> <ada@old.example>
      Bo Brown <bo@example.org>
      Cy Clay <cy@example.org> Cy <desk@example.org>
      Front Desk <desk@example.org>
      <di@new.example> <di@example.org>
      Eve One <eve@example.org>
      Eve Two <eve@new.example> <EVE@example.org>
      nonsense without an address

      """
    try repository.commit("Map", [".mailmap": text])
    let map = Mailmap(Array(text.utf8))
    let lines = try repository.git("log", "--format=%an%x09%ae%x09%aN%x09%aE").split(
      separator: "\n")
    #expect(lines.count == people.count + 1)
    for line in lines {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let found = map.proper(parts[0], parts[1])
      #expect([found.name, found.email] == [parts[2], parts[3]], "\(line)")
    }
  }
}

import Foundation
import Git
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

/// The index against the walk and against git, whatever happens to the index meanwhile.
@Suite("the index tells what git tells") struct IndexOracleTests {
  private func tracker(_ repository: ScratchRepository, index: Bool = true) throws -> Tracker {
    var environment = repository.environment
    if !index { environment["DOCKET_INDEX"] = "off" }
    return try Tracker(
      in: repository.path,
      surroundings: Surroundings(environment: environment, now: { 1_700_000_000 }))
  }

  /// DOCKET_STRESS=1 tries more.
  private static let seeds: ClosedRange<UInt64> =
    ProcessInfo.processInfo.environment["DOCKET_STRESS"] == nil ? 1...4 : 1...60

  @Test("random histories", arguments: seeds)
  func randomHistories(seed: UInt64) throws {
    var history = try RandomHistory(seed: seed)
    for _ in 0..<8 {
      for _ in 0...history.random(6) { try history.step() }
      if history.random(4) == 0 { try history.rewind(history.pick(history.branchNames)) }
      try history.head(at: history.pick(history.branchNames))
      try disturb(&history)
      try compare(history.repository)
    }
  }

  /// What may happen to an index: it is deleted, cut, overwritten; or to the repository.
  private func disturb(_ history: inout RandomHistory) throws {
    let folder = history.repository.path + "/docket"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let databases = names.filter { $0.hasSuffix(".sqlite") }.map { folder + "/" + $0 }
    switch history.random(8) {
    case 0: try? FileManager.default.removeItem(atPath: folder)
    case 1: for path in databases { try FileManager.default.removeItem(atPath: path) }
    case 2: for path in databases { try FileManager.default.removeItem(atPath: path + "-lock") }
    case 3:
      for path in databases {
        let bytes = try #require(readFile(path))
        try writeFile(path, Array(bytes.prefix(history.random(bytes.count + 1))))
      }
    case 4:
      for path in databases {
        var bytes = try #require(readFile(path))
        for _ in 0..<50 { bytes[history.random(bytes.count)] = UInt8(history.random(256)) }
        try writeFile(path, bytes)
      }
    case 5: for path in databases { try writeFile(path, Array("not a database".utf8)) }
    case 6: try history.repository.git("gc", "-q", "--prune=now")
    default: break
    }
  }

  private func compare(_ repository: ScratchRepository) throws {
    let tracker = try tracker(repository)
    let head = try #require(try tracker.headCommit())
    var walk = HistoryWalk(tracker)
    let walked = try walk.entries(to: head)
    let indexed = try tracker.history(to: head)
    #expect(indexed.map(Self.text) == walked.map(Self.text))
    #expect(try tracker.index(.everything) != nil, "there is an index")
    try compareWithGit(indexed, repository)

    for id in RandomHistory.ids.compactMap({ RecordID($0) }) {
      var selection = HistoryWalk.Selection()
      selection.ids = [id]
      selection.since = 1_700_000_000
      selection.until = 1_700_600_000
      #expect(
        try tracker.history(to: head, selection).map(Self.text)
          == walk.entries(to: head, selection).map(Self.text))
    }
    let plain = try self.tracker(repository, index: false)
    #expect(try plain.index(.history) == nil)
    let times = try tracker.times(to: head).mapValues { "\($0)" }
    #expect(try times == plain.times(to: head).mapValues { "\($0)" })
    for words in [
      ["status:open"], ["weight:2", "status:done"], ["flaky"], ["grüße"], ["a;b"],
      ["not:status:open"],
      ["said:two"], ["said.i0.text:one"], ["about:no-0000000003"], ["weight:1..2"],
      ["kind:note", "slow"],
      ["linkedby:no-0000000001"], ["title:"], [], ["-flaky", "status:open,done"],
    ] where words != ["title:"] {
      let query = try RecordQuery(words)
      #expect(try Self.answer(query, tracker) == Self.answer(query, plain), "\(words)")
    }
  }

  /// What a query finds, as text.
  private static func answer(_ query: RecordQuery, _ tracker: Tracker) throws -> [String] {
    let head = try #require(try tracker.headCommit())
    let candidates = try tracker.candidates(for: query, at: head)
    let found = candidates.records.filter { record in
      guard let kind = tracker.catalog.kind(of: record.id) else { return false }
      var subject = QuerySubject(id: record.id, kind: kind, record: record.value)
      subject.linkedBy = candidates.linkedBy[record.id] ?? []
      return query.matches(subject)
    }
    return found.map { "\($0.path) \(String(decoding: $0.document.bytes, as: UTF8.self))" }
      + candidates.unreadable.map { "\($0)" }
  }

  private static func text(_ entry: LogEntry) -> String {
    let changes = entry.changes.map { change in
      let fields = change.fields.map { field in
        let values = [field.before, field.after].map { value in
          value.map { String(decoding: JSONPrinter.compact($0), as: UTF8.self) } ?? "nothing"
        }
        return "\(field.pointer) \(field.key) \(values)"
      }
      return "\(change.id) \(change.sort) \(change.path) \(change.from ?? "-") \(fields) "
        + "\(change.problem ?? "")"
    }
    return "\(entry.commit) \(entry.broughtAt) \(changes)"
  }

  /// Which versions each commit put in the place of which, by git's own account.
  private func compareWithGit(_ entries: [LogEntry], _ repository: ScratchRepository) throws {
    let found = entries.map { entry in
      (
        commit: entry.commit.id,
        paths: Set(entry.changes.flatMap { [$0.path, $0.from].compactMap { $0 } })
      )
    }
    let all = try repository.git("rev-list", "--date-order", "HEAD")
      .split(separator: "\n").map(String.init)
    let told = try repository.git(
      [
        "diff-tree", "--stdin", "-r", "-c", "--root", "--name-only", "--no-renames", "--", "docket",
      ], input: all.joined(separator: "\n") + "\n")
    var expected: [String: Set<String>] = [:]
    var commit = ""
    for line in told.split(separator: "\n").map(String.init) {
      if line.count == 40, !line.contains("/") {
        commit = line
      } else {
        expected[commit, default: []].insert(line)
      }
    }
    #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.commit, $0.paths) }) == expected)
    #expect(found.map(\.commit) == all.filter { expected[$0] != nil })
  }
}

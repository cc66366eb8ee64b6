import Files
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
    if !index { environment["DOCKET_CACHE"] = "off" }
    return try Tracker(
      in: repository.path,
      context: ExecutionContext(environment: environment, now: { 1_700_000_000 }))
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
    #expect(indexed.map(LogEntryText.text) == walked.map(LogEntryText.text))
    #expect(try tracker.cache(.everything) != nil, "there is an index")
    try compareWithGit(indexed, repository)

    for id in RandomHistory.ids.compactMap({ RecordID($0) }) {
      var selection = HistoryWalk.Selection()
      selection.ids = [id]
      selection.since = 1_700_000_000
      selection.until = 1_700_600_000
      #expect(
        try tracker.history(to: head, selection).map(LogEntryText.text)
          == walk.entries(to: head, selection).map(LogEntryText.text))
    }
    let plain = try self.tracker(repository, index: false)
    #expect(try plain.cache(.history) == nil)
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

  /// Which files each commit touched, by git's own account; of merges, which values no parent has.
  private func compareWithGit(_ entries: [LogEntry], _ repository: ScratchRepository) throws {
    let found = entries.map { entry in
      (
        commit: entry.commit.id,
        paths: Set(entry.changes.flatMap { [$0.path, $0.from].compactMap { $0?.text } })
      )
    }
    var oracle = MergeOracle(repository)
    let merges = try repository.git("rev-list", "--min-parents=2", "HEAD")
      .split(separator: "\n").map(String.init)
    for merge in merges {
      let told = entries.first { $0.commit.id == merge }?.changes ?? []
      let (found, expected) = (try oracle.told(told), try oracle.own(merge))
      #expect(found == expected, "\(merge): \(found) instead of \(expected)")
    }
    let all = try repository.git("rev-list", "--date-order", "HEAD")
      .split(separator: "\n").map(String.init)
    let told = try repository.git(
      ["diff-tree", "--stdin", "-r", "--root", "--name-only", "--no-renames", "--", "docket"],
      input: all.joined(separator: "\n") + "\n")
    var expected: [String: Set<String>] = [:]
    var commit = ""
    for line in told.split(separator: "\n").map(String.init) {
      if line.count == 40, !line.contains("/") {
        commit = line
      } else {
        expected[commit, default: []].insert(line)
      }
    }
    let steps = found.filter { !merges.contains($0.commit) }
    #expect(Dictionary(uniqueKeysWithValues: steps.map { ($0.commit, $0.paths) }) == expected)
    let order = found.map(\.commit)
    #expect(order == all.filter { order.contains($0) })
  }
}

/// What merges did to records themselves, value by value, from what git shows of them and their parents.
private struct MergeOracle {
  private let repository: ScratchRepository
  private var versions: [String: [String: String]?] = [:]

  init(_ repository: ScratchRepository) { self.repository = repository }

  /// By record: the values that no parent has, `-` for one that all had, and where it lies if nowhere
  /// before; records that can't be read stand alone.
  mutating func own(_ merge: String) throws -> [String: Set<String>] {
    let parents = try repository.git("rev-parse", "\(merge)^@").split(separator: "\n")
      .map(String.init)
    let after = try files(merge)
    let before = try parents.map { try files($0) }
    var own: [String: Set<String>] = [:]
    for id in RandomHistory.ids {
      let (new, olds) = (after[id], before.map { $0[id] })
      guard !olds.contains(where: { $0?.path == new?.path && $0?.blob == new?.blob }) else {
        continue
      }
      guard let new else {
        if olds.allSatisfy({ $0 != nil }) { own[id] = ["deleted"] }
        continue
      }
      var facts: Set<String> = []
      if !olds.contains(where: { $0?.path == new.path }) { facts.insert(new.path) }
      if !olds.contains(where: { $0?.blob == new.blob }) {
        let values = try version(new.blob)
        let earlier = try olds.map { try $0.map { try version($0.blob) } ?? [:] }
        guard let values, !earlier.contains(where: { $0 == nil }) else {
          own[id] = ["unreadable"]
          continue
        }
        for (key, value) in values
        where !key.hasSuffix("[]") && !earlier.contains(where: { $0?[key] == value }) {
          facts.insert("\(key)=\(value)")
        }
        let shared = earlier.map { Set($0?.keys.map { $0 } ?? []) }.reduce(
          Set(earlier[0]?.keys.map { $0 } ?? [])
        ) {
          $0.intersection($1)
        }
        for key in shared where values[key] == nil && !key.hasPrefix("about.NO") {
          facts.insert("\(key)-")
        }
      }
      if !facts.isEmpty { own[id] = facts }
    }
    return own
  }

  /// The same of what was told.
  mutating func told(_ changes: [RecordChange]) throws -> [String: Set<String>] {
    var told: [String: Set<String>] = [:]
    for change in changes {
      var facts: Set<String> = []
      if change.type == .deleted { facts = ["deleted"] }
      if change.problem != nil { facts = ["unreadable"] }
      if change.problem == nil, change.type != .deleted {
        if change.type != .modified { facts.insert(change.path.text) }
        for field in change.fields {
          let before = Self.leaves(field.before, field.key)
          let after = Self.leaves(field.after, field.key)
          for (key, value) in after where !key.hasSuffix("[]") && before[key] != value {
            facts.insert("\(key)=\(value)")
          }
          // A list is told as a whole: what else is gone from it, one parent may have had alone.
          let isList = before["\(field.key).[]"] != nil
          let gone = isList ? (field.after == nil ? ["\(field.key).[]"] : []) : Array(before.keys)
          for key in gone where after[key] == nil { facts.insert("\(key)-") }
        }
      }
      told[change.id.text] = facts
    }
    return told
  }

  private func files(_ commit: String) throws -> [String: (path: String, blob: String)] {
    var files: [String: (path: String, blob: String)] = [:]
    for line in try repository.git("ls-tree", "-r", commit, "docket").split(separator: "\n") {
      let parts = line.split(whereSeparator: \.isWhitespace).map(String.init)
      for id in RandomHistory.ids where parts[3].contains(id) { files[id] = (parts[3], parts[2]) }
    }
    return files
  }

  private mutating func version(_ blob: String) throws -> [String: String]? {
    if let known = versions[blob] { return known }
    let text = try repository.git("cat-file", "blob", blob)
    let document = try? JSONDocument(parsing: Array(text.utf8))
    let leaves = document.map { Self.leaves($0.root.value, "") }
    versions[blob] = .some(leaves)
    return leaves
  }

  /// Values by their names, items by their ids, lines of lists by themselves.
  private static func leaves(_ value: JSONValue?, _ key: String) -> [String: String] {
    guard let value else { return [:] }
    let start = key.isEmpty ? "" : key + "."
    if let object = value.object {
      return object.members.reduce(into: [:]) { leaves, member in
        leaves.merge(Self.leaves(member.value, start + member.key)) { first, _ in first }
      }
    }
    guard let items = value.array else { return [key: value.plainText] }
    return items.reduce(into: [start + "[]": ""]) { leaves, item in
      let name = item["id"]?.plainText ?? item.plainText
      leaves.merge(Self.leaves(item, start + name)) { first, _ in first }
    }
  }
}

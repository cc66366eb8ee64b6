import Files
import Foundation
import Git
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

/// History that goes on from an item of a list in the record that it became, and of collections.
@Suite("the past of collections and of migrated records") struct MigratedHistoryTests {
  private static let note = "NO-0000000000"
  private static let path = "docket/notes/2026/01/\(note).json"
  private static let voices = "docket/voices/2026/01/"

  private func tracker(_ repository: ScratchRepository, cache: Bool = true) throws -> Tracker {
    var environment = repository.environment
    if !cache { environment["DOCKET_CACHE"] = "off" }
    return try Tracker(
      in: repository.path,
      context: ExecutionContext(environment: environment, now: { 1_700_000_000 }))
  }

  /// DOCKET_STRESS=1 tries more.
  private static let seeds: ClosedRange<UInt64> =
    ProcessInfo.processInfo.environment["DOCKET_STRESS"] == nil ? 1...4 : 1...60

  @Test("with the cache and without it, whatever happened", arguments: seeds)
  func differential(seed: UInt64) throws {
    var history = try RandomMigrations(seed: seed)
    for _ in 0..<4 {
      for _ in 0...(4 + history.random(6)) { history.step() }
      try history.flush()
      try compare(history)
    }
  }

  private func compare(_ history: RandomMigrations) throws {
    let cached = try tracker(history.repository)
    let plain = try tracker(history.repository, cache: false)
    let head = try #require(try cached.headCommit())
    #expect(try plain.cache(.history) == nil)
    func same(_ selection: HistoryWalk.Selection, _ words: String) throws {
      let answers = try [cached, plain].map {
        try $0.log(to: head, selection).map(LogEntryText.text)
      }
      #expect(answers[0] == answers[1], "\(words)")
    }
    try same(.init(), "everything")
    for id in history.ids.compactMap({ RecordID($0) }) {
      var selection = HistoryWalk.Selection()
      selection.ids = [id]
      try same(selection, "\(id)")
      selection.members = CollectionMembers(of: id, in: cached.catalog)
      try same(selection, "\(id) and its collections")
      selection.isOwn = true
      try same(selection, "\(id), its own")
      let own = try cached.log(to: head, selection)
      #expect(own.flatMap(\.changes).allSatisfy { $0.id == id })
      selection.isOwn = false
      selection.since = 1_700_200_000
      selection.until = 1_700_900_000
      try same(selection, "\(id) for a time")
    }
    let there = Set(try cached.records(at: head).records.map(\.id))
    let times = try [cached, plain].map {
      try $0.times(to: head).filter { there.contains($0.key) }.mapValues { "\($0)" }
    }
    #expect(times[0] == times[1])
    #expect(try cached.cache([.formerItems, .formerLinks]) != nil, "there is a cache")
    for id in there.sorted() {
      let blamed = try [cached, plain].map { tracker in
        var walk = BlameWalk(tracker)
        return try walk.values(of: tracker.find(id.text)).map {
          "\($0.leaf.key) \($0.commit.id)"
        }
      }
      #expect(blamed[0] == blamed[1], "\(id)")
    }
    try expectTruth(cached, head)
  }

  /// What must hold of any history.
  private func expectTruth(_ tracker: Tracker, _ head: ObjectID) throws {
    let raw = try tracker.history(to: head)
    let times = try tracker.times(to: head)
    for record in try tracker.records(at: head).records {
      var selection = HistoryWalk.Selection()
      selection.ids = [record.id]
      let log = try tracker.log(to: head, selection)
      // What a record's log begins with is when it was created.
      #expect(times[record.id]?.created == log.last?.commit.committedAt, "\(record.id)")
      if let origin = MigrationOrigin(record.root) {
        let holding = raw.last { entry in
          entry.changes.contains { change in
            change.id == origin.record && change.after.flatMap(origin.item(in:)) != nil
          }
        }
        #expect(log.last?.commit.id == holding?.commit.id, "\(record.id)")
        for change in log.flatMap(\.changes) {
          #expect(change.id == record.id)
          #expect(change.type != .added || change.after?["migrated"] == nil)
        }
      }
      selection.members = CollectionMembers(of: record.id, in: tracker.catalog)
      guard let members = selection.members else { continue }
      let told = Set(
        try tracker.log(to: head, selection).flatMap { entry in
          entry.changes.map { "\(entry.commit.id) \($0.id)" }
        })
      for entry in raw {
        for change in entry.changes where members.mayHave(change.id) && members.has(change) {
          #expect(told.contains("\(entry.commit.id) \(change.id)"))
        }
      }
    }
  }

  // MARK: By hand

  private func begin() throws -> ScratchRepository {
    let repository = try ScratchRepository()
    for (path, text) in RandomMigrations.schemas { try repository.write(path, text) }
    try repository.git("add", ".")
    return repository
  }

  @discardableResult
  private func commit(
    _ message: String, at hour: Int, in repository: ScratchRepository, by author: String = "Ada",
    _ files: KeyValuePairs<String, String?>
  ) throws -> String {
    for (path, text) in files {
      if let text {
        try repository.write(path, text)
      } else {
        try repository.git("rm", "-q", "--", path)
      }
    }
    try repository.git("add", "-A")
    try repository.run(
      "git", ["commit", "-q", "--allow-empty", "-m", message],
      environment: [
        "GIT_COMMITTER_DATE": "\(1_767_225_600 + hour * 3600) +0000", "GIT_AUTHOR_NAME": author,
      ]
    ).succeeded()
    return try repository.git("rev-parse", "HEAD")
  }

  private static func note(_ items: String?, title: String = "One") -> String {
    "{\"id\": \"\(note)\", \"title\": \"\(title)\"\(items.map { ", \"said\": [\($0)]" } ?? "")}\n"
  }

  private static func voice(_ digit: Int, _ words: String, about: Bool = true, more: String = "")
    -> String
  {
    """
    {"id": "VO-000000000\(digit)", "words": "\(words)", "about": [\(about ? "\"\(note)\"" : "")]\(more), \
    "migrated": {"record": "\(note)", "list": "said", "item": "k000\(digit)"}}

    """
  }

  private static let one = #"{"id": "k0001", "text": "one"}"#
  private static let two = #"{"id": "k0002", "text": "two"}"#

  private static func plain(_ value: JSONValue?) -> String {
    value.map { $0.array?.compactMap(\.string).joined(separator: " ") ?? $0.plainText } ?? "nothing"
  }

  private func log(
    _ id: String, in repository: ScratchRepository, members: Bool = false
  ) throws -> [String] {
    var answers: [[String]] = []
    for cache in [true, false] {
      let tracker = try tracker(repository, cache: cache)
      var selection = HistoryWalk.Selection()
      let id = try #require(RecordID(id))
      selection.ids = [id]
      if members { selection.members = CollectionMembers(of: id, in: tracker.catalog) }
      let head = try #require(try tracker.headCommit())
      answers.append(
        try tracker.log(to: head, selection).flatMap { entry in
          entry.changes.map { change in
            let fields = change.fields.map { field in
              "\(field.key)=\(Self.plain(field.after))"
            }
            return "\(entry.commit.subject): \(change.id.text.suffix(2)) \(change.type) \(fields)"
          }
        })
    }
    #expect(answers[0] == answers[1], "with the cache and without")
    return answers[0]
  }

  private func blame(_ id: String, in repository: ScratchRepository) throws -> [String: String] {
    var answers: [[String: String]] = []
    for cache in [true, false] {
      let tracker = try tracker(repository, cache: cache)
      var walk = BlameWalk(tracker)
      var answer: [String: String] = [:]
      for value in try walk.values(of: tracker.find(id)) where !value.leaf.isIdentity {
        answer[value.leaf.key] = value.commit.subject
      }
      answers.append(answer)
    }
    #expect(answers[0] == answers[1], "with the cache and without")
    return answers[0]
  }

  @Test("goes on in the item, told with the record's id and keys")
  func item() throws {
    let repository = try begin()
    try commit("begin", at: 0, in: repository, [Self.path: Self.note("")])
    try commit("add", at: 1, in: repository, by: "Bo", [Self.path: Self.note(Self.one)])
    let edited = #"{"id": "k0001", "text": "one", "team": "red"}"#
    try commit(
      "edit", at: 2, in: repository, [Self.path: Self.note("\(edited), \(Self.two)")])
    try commit(
      "migrate", at: 3, in: repository,
      [
        Self.path: Self.note(nil),
        Self.voices + "VO-0000000001.json": Self.voice(1, "one", more: ", \"team\": \"red\""),
        Self.voices + "VO-0000000002.json": Self.voice(2, "two"),
      ])
    try commit(
      "later", at: 4, in: repository,
      [Self.voices + "VO-0000000001.json": Self.voice(1, "one", more: ", \"team\": \"blue\"")])
    #expect(
      try log("VO-0000000001", in: repository) == [
        #"later: 01 modified ["team=blue"]"#, #"migrate: 01 renamed ["about=NO-0000000000"]"#,
        #"edit: 01 modified ["team=red"]"#, #"add: 01 added ["words=one"]"#,
      ])
    let all = try log(Self.note, in: repository, members: true)
    #expect(
      Set(all.filter { $0.hasPrefix("migrate") }) == [
        "migrate: 00 modified []", #"migrate: 01 renamed ["about=NO-0000000000"]"#,
        #"migrate: 02 renamed ["about=NO-0000000000"]"#,
      ])
    #expect(
      try blame("VO-0000000001", in: repository) == [
        "words": "add", "team": "later", "about.0": "migrate", "migrated.record": "migrate",
        "migrated.list": "migrate", "migrated.item": "migrate",
      ])
    #expect(try blame("VO-0000000002", in: repository)["words"] == "edit")
    for cache in [true, false] {
      let tracker = try tracker(repository, cache: cache)
      let head = try #require(try tracker.headCommit())
      let id = try #require(RecordID("VO-0000000001"))
      let times = try #require(try tracker.times(to: head)[id])
      #expect(times.created == 1_767_225_600 + 3600)
      #expect(times.changed == 1_767_225_600 + 4 * 3600)
      #expect(times.authors == ["Bo", "Ada"])
      // Service levels run from there, too.
      let past = try tracker.milestones(
        to: head, of: [id, try #require(RecordID(Self.note))], tracker.catalog)
      let reported = try #require(past.milestones[id]?.reported)
      #expect(reported.time == 1_767_225_600 + 3600)
    }
    var rows: [[JSONValue]] = []
    try tracker(repository).ask(
      "SELECT id, created_at, changed_at FROM voice ORDER BY id", columns: { _ in },
      row: { rows.append($0) })
    #expect(
      rows.map { $0.map { $0.string ?? "" } } == [
        ["VO-0000000001", "2026-01-01T01:00:00Z", "2026-01-01T04:00:00Z"],
        ["VO-0000000002", "2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"],
      ])
  }

  @Test("two branches that migrated apart, one of them an item that the other hadn't")
  func branches() throws {
    let repository = try begin()
    try commit("begin", at: 0, in: repository, [Self.path: Self.note(Self.one)])
    try repository.git("switch", "-qc", "side")
    try commit(
      "side add", at: 1, in: repository, by: "Bo",
      [Self.path: Self.note("\(Self.one), \(Self.two)")])
    let files: KeyValuePairs<String, String?> = [
      Self.path: Self.note(nil), Self.voices + "VO-0000000001.json": Self.voice(1, "one"),
    ]
    try repository.git("switch", "-q", "main")
    try commit("migrate", at: 2, in: repository, files)
    // As docket says: the side that has the list, then migrate once more.
    _ = try repository.tryGit(["merge", "-q", "--no-commit", "side"])
    try repository.git("checkout", "--theirs", "--", Self.path)
    try repository.git("add", "-A")
    try commit("merge", at: 3, in: repository, [:])
    try commit(
      "again", at: 4, in: repository,
      [
        Self.path: Self.note(nil), Self.voices + "VO-0000000002.json": Self.voice(2, "two"),
      ])
    try repository.git("switch", "-q", "side")
    try commit("migrate side", at: 5, in: repository, files)
    try repository.git("switch", "-q", "main")
    try repository.run(
      "git", ["merge", "-q", "-s", "ours", "-m", "merge side", "side"],
      environment: ["GIT_COMMITTER_DATE": "\(1_767_225_600 + 6 * 3600) +0000"]
    ).succeeded()
    #expect(
      try log("VO-0000000001", in: repository) == [
        #"migrate side: 01 renamed ["about=NO-0000000000"]"#,
        #"migrate: 01 renamed ["about=NO-0000000000"]"#, #"begin: 01 added ["words=one"]"#,
      ])
    #expect(
      try log("VO-0000000002", in: repository).suffix(2) == [
        #"again: 02 renamed ["about=NO-0000000000"]"#, #"side add: 02 added ["words=two"]"#,
      ])
    let all = try log(Self.note, in: repository, members: true)
    #expect(all.contains("again: 00 modified []"), "neither item went: \(all)")
    #expect(all.contains("migrate: 00 modified []"))
    #expect(try blame("VO-0000000001", in: repository)["words"] == "begin")
    #expect(try blame("VO-0000000002", in: repository)["words"] == "side add")
  }

  @Test("a record whose link was taken away is told for the time when it had it")
  func formerMembers() throws {
    let repository = try begin()
    func voice(_ words: String, about: Bool) -> String {
      "{\"id\": \"VO-0000000009\", \"words\": \"\(words)\", \"about\": [\(about ? "\"\(Self.note)\"" : "")]}\n"
    }
    let path = Self.voices + "VO-0000000009.json"
    try commit("begin", at: 0, in: repository, [Self.path: Self.note(nil)])
    try commit("inbox", at: 1, in: repository, [path: voice("a", about: false)])
    try commit("link", at: 2, in: repository, [path: voice("a", about: true)])
    let linked = try log(Self.note, in: repository, members: true)
    #expect(linked.count == 3, "while it is linked, all of it: \(linked)")
    try commit("unlink", at: 3, in: repository, [path: voice("b", about: false)])
    try commit("after", at: 4, in: repository, [path: voice("c", about: false)])
    let subjects = { try self.log(Self.note, in: repository, members: true).map { $0.prefix(5) } }
    #expect(try subjects() == ["unlin", "link:", "begin"])
    try commit("gone", at: 5, in: repository, [path: nil])
    #expect(try subjects() == ["unlin", "link:", "begin"])
    #expect(try log(Self.note, in: repository).count == 1)
  }

  @Test("where history is cut off, nothing is guessed")
  func shallow() throws {
    let repository = try begin()
    try commit("begin", at: 0, in: repository, [Self.path: Self.note(Self.one)])
    try commit("title", at: 1, in: repository, [Self.path: Self.note(Self.one, title: "Two")])
    try commit(
      "migrate", at: 2, in: repository,
      [
        Self.path: Self.note(nil, title: "Two"),
        Self.voices + "VO-0000000001.json": Self.voice(1, "one"),
      ])
    let clone = repository.base + "/clone"
    for (depth, expected) in [(1, 0), (2, 1)] {
      try repository.git(
        "clone", "-q", "--depth", "\(depth)", "file://\(repository.path)", "\(clone)\(depth)")
      for cache in ["on", "off"] {
        var environment = repository.environment
        environment["DOCKET_CACHE"] = cache
        let tracker = try Tracker(
          in: "\(clone)\(depth)",
          context: ExecutionContext(environment: environment, now: { 1_700_000_000 }))
        #expect(tracker.isTruncated)
        var selection = HistoryWalk.Selection()
        selection.ids = [try #require(RecordID("VO-0000000001"))]
        let head = try #require(try tracker.headCommit())
        let log = try tracker.log(to: head, selection)
        #expect(log.count == expected)
        #expect(log.flatMap(\.changes).allSatisfy { $0.type == .renamed })
        var walk = BlameWalk(tracker)
        let values = try walk.values(of: tracker.find("VO-0000000001"))
        let words = try #require(values.first { $0.leaf.key == "words" })
        #expect(words.isBoundary)
      }
    }
  }
}

import Foundation
import TestSupport
import Testing

/// Twenty-six years of somebody else's decisions, brought into docket's layout with their real dates:
/// 10,287 commits, clocks that ran backwards among them. A file is moved whenever its status changes.
@Suite(
  "a long real history",
  .enabled(if: Replay.isThere, "../shared/data/history/pep-replay.bundle is not there"))
struct ReplayTests {
  private static let replay = Result { try Replay() }

  /// DOCKET_STRESS=1 asks for all records and twenty dates.
  private static let isThorough = ProcessInfo.processInfo.environment["DOCKET_STRESS"] != nil

  @Test("each record's log has the commits that git has for its files, wherever they lay")
  func logs() throws {
    let replay = try Self.replay.get()
    let step = Self.isThorough ? 1 : 60
    let numbers = replay.numbers.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    #expect(numbers.count > 10)
    for number in numbers {
      let id = Replay.id(number)
      let run = try replay.docket("log", id, "--format", "jsonl")
      let found = run.lines.compactMap { line in
        line.range(of: "\"commit\":\"").map { String(line[$0.upperBound...].prefix(40)) }
      }
      let expected = try replay.git("log", "--format=%H", "--", "docket/**/\(id).json")
        .split(separator: "\n").map(String.init)
      // git log stops at nothing here: there are no merges to simplify. Its order is by date alone.
      #expect(Set(found) == Set(expected) && found.count == expected.count, "\(id)")
    }
  }

  @Test("each value is blamed on the commit that a walk over every version finds")
  func blames() throws {
    let replay = try Self.replay.get()
    let step = Self.isThorough ? 1 : 60
    let numbers = replay.numbers.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    var count = 0
    for number in numbers where replay.paths[number] != nil {
      let id = Replay.id(number)
      let expected = try replay.origins(of: id)
      let run = try replay.docket("blame", id, "--format", "jsonl")
      var found: [String: String] = [:]
      for line in run.lines {
        let item = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let key = try #require(item["key"] as? String)
        // Of lists, lines and items have origins of their own.
        if expected[key] != nil { found[key] = item["commit"] as? String }
      }
      #expect(found == expected, "\(id)")
      count += expected.count
    }
    #expect(count > 30)
  }

  @Test("files move where git, which goes by likeness, finds the same moves")
  func moves() throws {
    let replay = try Self.replay.get()
    let run = try replay.docket("log", "--format", "jsonl")
    var found: Set<String> = []
    for line in run.lines {
      let item = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      for change in item["changes"] as? [[String: Any]] ?? [] {
        guard change["change"] as? String == "renamed" else { continue }
        found.insert("\(item["commit"] ?? "") \(change["from"] ?? "") \(change["path"] ?? "")")
      }
    }
    // Not --follow: that takes a new file for a copy of any other that is a little like it, as all
    // proposals are, and goes on with that one's past. Likeness of one percent, for a few lines are
    // rewritten whole when they move.
    let told = try replay.git(
      "log", "-M1%", "-l0", "--diff-filter=R", "--name-status", "--format=%H", "--", "docket")
    var guessed: Set<String> = []
    var commit = ""
    for line in told.split(separator: "\n").map(String.init) {
      let parts = line.split(separator: "\t").map(String.init)
      if parts.count == 3 {
        guessed.insert("\(commit) \(parts[1]) \(parts[2])")
      } else {
        commit = line
      }
    }
    // Likeness misleads git where one commit moves several, or puts one in the place of another.
    func name(ofCommitIn move: String) -> Substring { move.prefix(40) }
    let misled = Set(
      guessed.filter { move in
        Set(move.split(separator: " ").dropFirst().map { $0.split(separator: "/").last }).count == 2
      }.map { name(ofCommitIn: $0) })
    #expect(found.count > 500 && misled.count < 20)
    let different = found.symmetricDifference(guessed)
    #expect(different.filter { !misled.contains(name(ofCommitIn: $0)) } == [])
  }

  @Test("the records of a day are those that git has in that day's commit")
  func days() throws {
    let replay = try Self.replay.get()
    let years = Self.isThorough ? Array(2001...2020) : [2003, 2011, 2019]
    for year in years {
      let day = "\(year)-07-01"
      let commit = try replay.git(
        "rev-list", "-1", "--first-parent", "--before=\(day)T23:59:59Z", "HEAD")
      let run = try replay.docket("list", "--at", day, "--format", "jsonl")
      var found: [String: String] = [:]
      for line in run.lines {
        let item = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let path = try #require(item["path"] as? String)
        let record = try #require(item["record"] as? [String: Any], "\(line)")
        found[path] = "\(record["title"] ?? "") \(record["status"] ?? "")"
      }
      var expected: [String: String] = [:]
      for path in try replay.git("ls-tree", "-r", "--name-only", commit, "docket")
        .split(separator: "\n").map(String.init)
      {
        let text = try replay.git("show", "\(commit):\(path)")
        let record = try #require(
          try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        expected[path] = "\(record["title"] ?? "") \(record["status"] ?? "")"
      }
      #expect(found == expected && !found.isEmpty, "on \(day)")
    }
  }

  @Test("every word of it is the same without an index")
  func without() throws {
    let replay = try Self.replay.get()
    for words in [
      ["log", "--since", "2024", "--format", "json"],
      ["list", "status:Active", "--format", "json"],
      ["list", "created:2020", "sort:changed.desc"],
    ] {
      let with = try replay.repository.tryDocket(words)
      let without = try replay.repository.tryDocket(words, environment: ["DOCKET_CACHE": "off"])
      #expect(with.transcript == without.transcript && !with.output.isEmpty)
    }
  }
}

/// The bundle's history, rewritten by a stream from `git fast-export` to `git fast-import`.
private struct Replay {
  static let bundle =
    PackageFolder.sharedData.path + "/history/pep-replay.bundle"
  static var isThere: Bool { FileManager.default.fileExists(atPath: bundle) }

  let repository: ScratchRepository
  /// Where each decision's file lies at the end.
  private(set) var paths: [Int: String] = [:]
  private(set) var numbers: [Int] = []

  static func id(_ number: Int) -> String {
    "PEP-" + String(repeating: "0", count: 10 - String(number).count) + String(number)
  }

  private static let schema = """
    {"title": "Proposal", "x-docket": {"prefix": "PEP", "directory": "proposals", "title": "title",
       "workflow": {"property": "status", "initial": "Draft", "transitions": {}}},
     "properties": {"title": {}, "status": {}, "type": {}, "created": {}, "number": {},
       "replaces": {}, "resolution": {}, "superseded_by": {}}}

    """

  init() throws {
    repository = try ScratchRepository(bare: true)
    let source = repository.base + "/source"
    try repository.git("clone", "-q", "--bare", Self.bundle, source)
    let exported = try repository.tryGit(["fast-export", "main"], in: source).succeeded()
    var reader = StreamReader(bytes: exported.outputBytes)
    var output: [UInt8] = []
    func emit(_ text: String) { output += Array((text + "\n").utf8) }
    var months: [String: Int] = [:]
    var isFirst = true
    var ever: Set<Int> = []
    while let line = reader.line() {
      if line.hasPrefix("data ") {
        let data = reader.take(Int(line.dropFirst(5)) ?? 0)
        emit(line)
        output += data
        if let mark = reader.blobMark {
          let record = try? JSONSerialization.jsonObject(with: Data(data)) as? [String: Any]
          // Each status has a month of its own, so that a change of status moves the file.
          months[mark] = Self.month(record?["status"] as? String ?? "")
        }
        // After a blob the stream has its own empty line; after a message it has none.
        if reader.blobMark == nil { emit("") }
        if reader.blobMark == nil, isFirst {
          isFirst = false
          for (path, text) in [
            (".docket/config.json", "{}\n"), (".docket/schema/proposal.schema.json", Self.schema),
          ] { emit("M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)") }
        }
        reader.blobMark = nil
      } else if line.hasPrefix("M "), let number = Self.number(line) {
        let mark = line.split(separator: " ")[2]
        let path =
          "docket/proposals/2000/\(Self.two(months[String(mark)] ?? 1))/\(Self.id(number)).json"
        if let old = paths[number], old != path { emit("D \(old)") }
        paths[number] = path
        ever.insert(number)
        emit("M 100644 \(mark) \(path)")
      } else if line.hasPrefix("D "), let number = Self.number(line) {
        if let old = paths.removeValue(forKey: number) { emit("D \(old)") }
      } else {
        emit(line)
      }
    }
    numbers = ever.sorted()
    try CommandRun.run(
      "git", ["fast-import", "--quiet"], in: repository.path, environment: repository.environment,
      input: output
    ).succeeded()
  }

  private static func number(_ line: String) -> Int? {
    line.range(of: "pep-").flatMap { Int(line[$0.upperBound...].prefix { $0.isNumber }) }
  }

  private static func month(_ status: String) -> Int {
    1 + status.utf8.reduce(0) { ($0 * 31 + Int($1)) % 12 }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  func git(_ words: String...) throws -> String { try repository.git(words) }

  /// The commit that set each plain value of a record last, by every version that git has of it.
  func origins(of id: String) throws -> [String: String] {
    let log = try git(
      "log", "--reverse", "--topo-order", "--format=%H", "--raw", "--no-abbrev", "--no-renames",
      "--", "docket/**/\(id).json")
    var origins: [String: (value: String, commit: String)] = [:]
    var commit = ""
    var blobs: [String: String] = [:]
    func take() throws {
      guard !commit.isEmpty else { return }
      let values = try blobs[commit].map { try plainValues(ofBlob: $0) } ?? [:]
      origins = origins.filter { values[$0.key] != nil }
      for (key, value) in values where origins[key]?.value != value {
        origins[key] = (value, commit)
      }
    }
    for line in log.split(separator: "\n").map(String.init) {
      if line.hasPrefix(":") {
        let blob = line.split(separator: " ")[3]
        if !blob.allSatisfy({ $0 == "0" }) { blobs[commit] = String(blob) }
      } else {
        try take()
        commit = line
      }
    }
    try take()
    return origins.mapValues(\.commit)
  }

  private func plainValues(ofBlob blob: String) throws -> [String: String] {
    let text = try git("cat-file", "blob", blob)
    let record = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    return record.compactMapValues { value in
      value is [Any] || value is [String: Any] ? nil : "\(value)"
    }
  }

  func docket(_ words: String...) throws -> CommandRun {
    try repository.tryDocket(words).succeeded()
  }
}

/// Reads what `git fast-export` writes, line by line and in counted pieces.
private struct StreamReader {
  private let bytes: [UInt8]
  private var place = 0
  /// The mark of the blob whose data comes next.
  var blobMark: String?
  private var isBlob = false

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func line() -> String? {
    guard place < bytes.count else { return nil }
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let line = String(decoding: bytes[place..<end], as: UTF8.self)
    place = end + 1
    if line == "blob" { isBlob = true }
    if line.hasPrefix("commit ") || line.hasPrefix("reset ") { isBlob = false }
    if isBlob, line.hasPrefix("mark ") { blobMark = String(line.dropFirst(5)) }
    return line
  }

  mutating func take(_ count: Int) -> [UInt8] {
    defer { place += count }
    return Array(bytes[place..<min(place + count, bytes.count)])
  }
}

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The same answers with an index, without one, and while others build it.
@Suite("the index") struct IndexTests {
  private static let demo = Result {
    let repository = try ScratchRepository()
    let path = repository.base + "/demo"
    try repository.run(ScratchRepository.docketExecutable, ["demo", path]).succeeded()
    return (repository, path)
  }

  private static let off = ["DOCKET_CACHE": "off"]

  private func indexes(in repository: String) -> [String] {
    let folder = repository + "/.git/docket"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".sqlite") }.map { folder + "/" + $0 }
  }

  @Test(
    "every question is answered alike with and without it",
    arguments: [
      ["log"], ["log", "kind:decision"], ["log", "--field", "status"],
      ["log", "--field", "evidence.team"], ["log", "--since", "2026-03", "--until", "2026-05"],
      ["list"], ["list", "status:open"], ["list", "kind:pain-point", "severity:4.."],
      ["list", "deploy"], ["list", "not:kind:action", "sort:changed.desc", "limit:5"],
      ["list", "created:2026-02.."], ["list", "author:Mira"], ["list", "sort:created"],
      ["list", "\"first deploy\""], ["list", "--at", "2026-03-31"], ["list", "linkedby:DEC-JD5F"],
      ["report", "audit"],
    ])
  func alike(_ words: [String]) throws {
    let (repository, path) = try Self.demo.get()
    let formats = words[0] == "report" ? ["md", "json"] : ["text", "json", "jsonl"]
    for format in formats {
      let command = words + ["--format", format]
      let with = try repository.run(ScratchRepository.docketExecutable, command, in: path)
      let without = try repository.run(
        ScratchRepository.docketExecutable, command, in: path, environment: Self.off)
      #expect(with.transcript == without.transcript)
    }
    #expect(words[0] == "list" && words.contains("--at") || !indexes(in: path).isEmpty)
  }

  @Test("each record's page and history are alike with and without it")
  func pages() throws {
    let (repository, path) = try Self.demo.get()
    let list = try repository.run(
      ScratchRepository.docketExecutable, ["sql", "SELECT id FROM record", "--format", "csv"],
      in: path)
    let ids = list.output.split(separator: "\r\n").dropFirst().map(String.init)
    #expect(ids.count > 10)
    for id in ids {
      for command in [["show", id], ["log", id, "--format", "json"], ["show", id.lowercased()]] {
        let with = try repository.run(ScratchRepository.docketExecutable, command, in: path)
        let without = try repository.run(
          ScratchRepository.docketExecutable, command, in: path, environment: Self.off)
        #expect(with.transcript == without.transcript)
      }
    }
  }

  @Test("places stay those among all, whatever changes")
  func places() throws {
    let repository = try ScratchRepository()
    let path = repository.base + "/demo"
    let docket = ScratchRepository.docketExecutable
    try repository.run(docket, ["demo", path]).succeeded()
    func column(_ statement: String) throws -> [String] {
      try repository.run(docket, ["sql", statement, "--format", "csv"], in: path).succeeded()
        .output.split(separator: "\r\n").dropFirst().map(String.init)
    }
    func compare(_ what: String) throws {
      for id in try column(
        "SELECT id FROM record WHERE kind IN ('pain-point', 'decision') ORDER BY id LIMIT 12")
      {
        let with = try repository.run(docket, ["show", id], in: path)
        let without = try repository.run(docket, ["show", id], in: path, environment: Self.off)
        #expect(with.transcript == without.transcript, "\(what)")
      }
    }
    try compare("first")
    let points = try column(
      "SELECT id FROM record WHERE kind = 'pain-point' ORDER BY id")
    let minutes = try column(
      "SELECT id FROM record WHERE kind = 'minutes' AND state = 'draft' ORDER BY id")
    #expect(points.count > 3)
    var changes = [
      ["add", points[0], "evidence", "said=took me a day", "team=payments", "source=interview"],
      ["edit", points[1], "severity:=5", "reach:=9000"],
      ["edit", points[2], "title=Another heading of the same pain"],
      ["new", "pain-point", "title=Something new that hurts", "severity:=4"],
      ["link", points[3], "duplicateOf", points[0]],
      ["add", points[3], "evidence", "said=so do I", "team=search", "source=interview"],
    ]
    if let id = minutes.first { changes.append(["edit", id, "title=Other minutes"]) }
    for change in changes {
      let made = try repository.run(docket, change + ["--no-verify"], in: path)
      // What a rule forbids here changes nothing, and so nothing is shown by it.
      #expect(made.status == 0 || change[0] == "edit", "\(change): \(made.transcript)")
      try compare("\(change)")
    }
  }

  @Test("sql answers alike from a file and from memory")
  func sqlWithout() throws {
    let (repository, path) = try Self.demo.get()
    for statement in [
      "SELECT id, kind, title, state, created_at, changed_at FROM record ORDER BY id",
      "SELECT * FROM field_change ORDER BY \"commit\", record, pointer",
      "SELECT * FROM commit_info", "SELECT * FROM link ORDER BY 1, 2, 3",
      "SELECT * FROM pain_point ORDER BY id", "SELECT * FROM state_change ORDER BY at, record",
    ] {
      let command = ["sql", statement, "--format", "json"]
      let with = try repository.run(ScratchRepository.docketExecutable, command, in: path)
      let without = try repository.run(
        ScratchRepository.docketExecutable, command, in: path, environment: Self.off)
      try with.succeeded()
      #expect(with.transcript == without.transcript)
    }
  }

  @Test("a check of what is staged opens no index")
  func hook() throws {
    let repository = try ScratchRepository.tracked()
    try repository.new("action", "title=Flaky")
    try repository.say(["hooks", "run", "pre-commit"])
    #expect(indexes(in: repository.path).isEmpty)
  }

  /// A tracked repository with a long history of one record.
  private func long(_ commits: Int) throws -> ScratchRepository {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Flaky")
    let path = try repository.path(of: id)
    let text = try #require(repository.read(path))
    var stream = ""
    for number in 0..<commits {
      let version = text.replacingOccurrences(of: "Flaky", with: "Flaky \(number)")
      stream += """
        commit refs/heads/main
        committer Ada <ada@example.org> \(ScratchRepository.date + Int64(number)) +0000
        data 6
        Change
        \(number == 0 ? "from refs/heads/main^0\n" : "")M 100644 inline \(path)
        data \(version.utf8.count)
        \(version)

        """
    }
    try repository.git(["fast-import", "--quiet"], input: stream)
    try repository.git("reset", "-q", "--hard")
    return repository
  }

  @Test("many at once build it once and answer alike")
  func manyAtOnce() throws {
    let repository = try long(400)
    let expected = try repository.tryDocket(["log", "--format", "json"], environment: Self.off)
    for _ in 0..<2 {
      let children = try (0..<6).map { _ in
        try ChildProcess(
          ScratchRepository.docketExecutable, ["log", "--format", "json"], in: repository.path,
          environment: repository.environment)
      }
      for child in children { #expect(child.finish().output == expected.output) }
      try repository.new("pain-point", "title=Another")
      try repository.git("reset", "-q", "--hard", "HEAD~1")
    }
  }

  @Test("a builder that is killed leaves nothing that misleads")
  func killed() throws {
    let repository = try long(600)
    let expected = try repository.tryDocket(["log", "--format", "json"], environment: Self.off)
    for round in 0..<6 {
      let child = try ChildProcess(
        ScratchRepository.docketExecutable, ["log"], in: repository.path,
        environment: repository.environment)
      // At different moments: when the lock is there, when the database has grown so far.
      while kill(child.processID, 0) == 0 {
        let sizes = indexes(in: repository.path).map { readFile($0)?.count ?? 0 }
        if sizes.contains(where: { $0 >= round * 40_000 }) { break }
      }
      kill(child.processID, SIGKILL)
      _ = child.finish()
      let run = try repository.tryDocket(["log", "--format", "json"])
      #expect(run.output == expected.output)
      try FileManager.default.removeItem(atPath: repository.path + "/.git/docket")
    }
  }

  @Test("worktrees on different branches share it")
  func worktrees() throws {
    let repository = try ScratchRepository.tracked()
    try repository.new("pain-point", "title=Flaky")
    let other = repository.base + "/other"
    try repository.git("worktree", "add", "-q", "-b", "side", other)
    try repository.run(
      ScratchRepository.docketExecutable, ["new", "pain-point", "title=Side"], in: other
    ).succeeded()
    try repository.new("pain-point", "title=Main")
    for _ in 0..<3 {
      for place in [repository.path, other] {
        for words in [["log", "--format", "json"], ["list", "--format", "json"]] {
          let with = try repository.tryDocket(words, in: place)
          let without = try repository.tryDocket(words, in: place, environment: Self.off)
          #expect(with.transcript == without.transcript)
        }
      }
    }
    #expect(indexes(in: repository.path).count == 1)
  }

  @Test("where nothing can be written answers come all the same", .enabled(if: getuid() != 0))
  func readOnly() throws {
    let repository = try ScratchRepository.tracked()
    try repository.new("pain-point", "title=Flaky")
    let folder = repository.path + "/.git/docket"
    try repository.run("chmod", ["a-w", folder]).succeeded()
    defer { _ = try? repository.run("chmod", ["u+w", folder]) }
    let with = try repository.tryDocket(["log"])
    let without = try repository.tryDocket(["log"], environment: Self.off)
    #expect(with.transcript == without.transcript)
    #expect(indexes(in: repository.path).isEmpty)
  }

  @Test("an index of something else is replaced without a word")
  func foreign() throws {
    let repository = try ScratchRepository.tracked()
    try repository.new("pain-point", "title=Flaky")
    let expected = try repository.tryDocket(["log"])
    let path = try #require(indexes(in: repository.path).first)
    for text in ["", "not a database", String(repeating: "\0", count: 9000)] {
      try writeFile(path, Array(text.utf8))
      #expect(try repository.tryDocket(["log"]).transcript == expected.transcript)
    }
    // In its place stands what can't be opened: there is no index then.
    try repository.run("rm", [path]).succeeded()
    try repository.run("mkdir", [path]).succeeded()
    #expect(try repository.tryDocket(["log"]).transcript == expected.transcript)
  }

  @Test("a shallow clone says so, before and after it is deepened")
  func shallow() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Flaky")
    try repository.say(["edit", id, "severity:=3"])
    try repository.say(["edit", id, "severity:=4"])
    let clone = repository.base + "/clone"
    try repository.git("clone", "-q", "--depth", "2", "file://" + repository.path, clone)
    for _ in 0..<2 {
      for words in [
        ["log", "--format", "json"], ["sql", "SELECT * FROM change", "--format", "json"],
      ] {
        let with = try repository.tryDocket(words, in: clone)
        let without = try repository.tryDocket(words, in: clone, environment: Self.off)
        #expect(with.transcript == without.transcript)
        #expect(with.output.contains("\"truncated\": true"))
      }
    }
    try repository.tryGit(["fetch", "-q", "--unshallow"], in: clone).succeeded()
    let run = try repository.tryDocket(["log", id, "--format", "json"], in: clone)
    #expect(run.output.contains("\"truncated\": false"))
    #expect(run.output.components(separatedBy: "\"commit\":").count - 1 == 3)
  }
}

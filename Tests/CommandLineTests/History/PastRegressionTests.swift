import Foundation
import TestSupport
import Testing

/// What was told wrongly of the past once.
@Suite("what was told wrongly of the past once") struct PastRegressionTests {
  /// What a verb prints is the same with an index and without.
  private func output(_ repository: ScratchRepository, _ words: String...) throws -> String {
    let run = try repository.tryDocket(words).succeeded()
    let plain = try repository.tryDocket(words, environment: ["DOCKET_CACHE": "off"])
    #expect(run.transcript == plain.transcript)
    return run.output
  }

  @Test("a merge that took each side's edit of a record did nothing itself")
  func cleanMerge() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "area=ci", "reach=5")
    try repository.git("switch", "-qc", "side")
    try repository.say(["move", id, "triaged"])
    try repository.git("switch", "-q", "main")
    try repository.say(["edit", id, "reach=50"])
    try repository.git("merge", "-q", "--no-edit", "side")
    let log = try output(repository, "log", id)
    #expect(log.components(separatedBy: "\n    status reported → triaged\n").count == 2)
    #expect(!log.contains("Merge branch"))
    let steps = try repository.say(["sql", "SELECT after FROM state_change", "--format", "csv"])
    #expect(steps.split(whereSeparator: \.isNewline) == ["after", "triaged", "reported"])
  }

  @Test("a conflict settled by hand is the merge's, and that alone")
  func settledConflict() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "severity=3", "reach=5")
    try repository.git("switch", "-qc", "side")
    try repository.say(["edit", id, "severity=5"])
    try repository.git("switch", "-q", "main")
    try repository.say(["edit", id, "severity=1"])
    let path = try repository.path(of: id)
    #expect(try repository.tryGit(["merge", "side"]).status == 1)
    try repository.git("checkout", "--theirs", path)
    try repository.replace("\"severity\": 5", with: "\"severity\": 4", in: path)
    try repository.git("commit", "-qanm", "Settle it")
    let log = try output(repository, "log", id, "-n", "1")
    #expect(log.contains("Settle it") && log.hasSuffix("\n    severity 1 → 4\n"))
  }

  @Test("a merge of a move and an edit neither adds the record nor hides that it goes")
  func movedAndEdited() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "reach=5")
    let path = try repository.path(of: id)
    for (branch, gone) in [("one", false), ("two", true)] {
      try repository.git("switch", "-qc", branch)
      let old = try repository.path(of: id)
      let new = path.replacing("slow", with: branch)
      try repository.git("mv", old, new)
      try repository.git("commit", "-qnm", "Move to \(branch)")
      try repository.git("switch", "-q", "main")
      try repository.say(["edit", id, "reach=\(gone ? 50 : 60)"])
      try repository.git("merge", "-q", "--no-commit", branch)
      if gone { try repository.git("rm", "-qf", new) }
      try repository.git("commit", "-qnm", "Merge \(branch)")
    }
    let log = try output(repository, "log", id)
    #expect(log.components(separatedBy: "(added)").count == 2)
    #expect(!log.contains("Merge one"))
    #expect(log.components(separatedBy: "\n")[0].hasSuffix("Merge two"))
    #expect(log.components(separatedBy: "\n")[1].hasSuffix("(deleted)"))
  }

  @Test("a version that isn't here is missing, not empty, and is known once it was fetched")
  func partialClone() throws {
    let origin = try ScratchRepository.tracked()
    let id = try origin.new("pain-point", "title=Slow", "reach=5")
    try origin.say(["edit", id, "reach=50"])
    try origin.git("config", "uploadpack.allowFilter", "true")
    let clone = try ScratchRepository()
    let path = clone.path + "/clone"
    try clone.git("clone", "-q", "--filter=blob:none", "file://" + origin.path, path)
    for words in [["log", id], ["blame", id], ["sql", "SELECT count(*) FROM field_change"]] {
      let run = try clone.tryDocket(words, in: path)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("is missing here, for this is a partial clone"))
      #expect(run.errors.contains("git fetch --refetch --no-filter"))
    }
    let old = try clone.tryDocket(["list", "--at", "HEAD~1", "--format", "jsonl"], in: path)
    #expect(old.status == 0 && old.output.contains("\"error\":\"can't be read: blob"))
    try clone.git("-C", path, "fetch", "-q", "--refetch", "--no-filter")
    for words in [["log", id], ["sql", "SELECT count(*) FROM field_change"]] {
      let run = try clone.tryDocket(words, in: path)
      #expect(try run.output == origin.tryDocket(words).output)
    }
  }

  @Test("records keep their past when the records folder is moved")
  func movedFolder() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "reach=5")
    try repository.say(["edit", id, "reach=50"])
    let before = try repository.git("log", "-1", "--format=%cI", "HEAD~1")
    try repository.replace(
      "\"recordsFolder\": \"docket\"", with: "\"recordsFolder\": \"feedback\"",
      in: ".docket/config.json")
    try repository.git("mv", "docket", "feedback")
    try repository.git("commit", "-qanm", "Move the folder")
    try repository.say(["edit", id, "reach=60"])
    let log = try output(repository, "log", id)
    #expect(log.contains("reach 50 → 60") && log.contains("reach 5 → 50"))
    #expect(log.contains("(moved from docket/") && log.contains("reach set to 5"))
    let created = try repository.say([
      "sql", "SELECT created_at FROM record", "--format", "csv",
    ])
    #expect(created.contains(before.prefix(19)))
  }

  @Test("another branch's records folder is not this one's")
  func otherFolder() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    try repository.write("feedback/pain-points/2026/01/\(id)-old.json", "{}\n")
    try repository.git("add", "feedback")
    try repository.git("commit", "-qnm", "A file of somebody's")
    try repository.git("switch", "-qc", "side")
    for (old, new) in [("docket", "feedback"), ("feedback", "docket")] {
      try repository.replace(
        "\"recordsFolder\": \"\(old)\"", with: "\"recordsFolder\": \"\(new)\"",
        in: ".docket/config.json")
      try repository.git("commit", "-qanm", "Use \(new)")
    }
    #expect(try output(repository, "log").contains("A file of somebody's"))
    try repository.git("switch", "-q", "main")
    #expect(try !output(repository, "log").contains("A file of somebody's"))
  }

  @Test("what a merge brought to a shallow clone is as little known as the merge's parents")
  func shallowMerge() throws {
    let origin = try ScratchRepository.tracked()
    let id = try origin.new("pain-point", "title=Slow", "severity=4")
    try origin.git("switch", "-qc", "side")
    try origin.say(["edit", id, "severity=5"])
    try origin.git("switch", "-q", "main")
    try origin.git("merge", "-q", "--no-ff", "--no-edit", "side")
    let clone = try ScratchRepository()
    let path = clone.path + "/clone"
    try clone.git("clone", "-q", "--depth", "2", "file://" + origin.path, path)
    for words in [["log", id], ["list", "author:m", "--format", "json"]] {
      let on = try clone.tryDocket(words, in: path)
      let off = try clone.tryDocket(words, in: path, environment: ["DOCKET_CACHE": "off"])
      #expect(on.transcript == off.transcript && on.status == 0)
    }
  }

  @Test("a list that finds nothing still tells of files that can't be read")
  func emptyList() throws {
    let repository = try ScratchRepository.tracked()
    try repository.write("docket/pain-points/2026/01/PP-0000000000.json", "{\n")
    try repository.git("add", "docket")
    try repository.git("commit", "-qnm", "Break it")
    let run = try repository.tryDocket(["list", "severity:1"])
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(run.errors.contains("PP-0000000000.json:2:1"))
  }

  @Test("names in a commit that says it is Latin-1 are read so")
  func latin1() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    let tree = try repository.git("rev-parse", "HEAD^{tree}")
    let head = try repository.head()
    // A commit that changes the record, with a name and a message in Latin-1.
    try repository.say(["edit", id, "reach=5"])
    let edited = try repository.git("rev-parse", "HEAD^{tree}")
    #expect(tree != edited)
    let start = Array("tree \(edited)\nparent \(head)\n".utf8)
    let person = Array("Zo".utf8) + [0xEB] + Array(" <zoe@kestrel.example> 1767225600 +0000\n".utf8)
    let text =
      start + Array("author ".utf8) + person + Array("committer ".utf8) + person
      + Array("encoding ISO-8859-1\n\ncaf".utf8) + [0xE9, 0x0A]
    try Data(text).write(to: URL(filePath: repository.path + "/commit"))
    let commit = try repository.git("hash-object", "-t", "commit", "-w", "commit")
    try repository.git("reset", "-q", "--hard", commit)
    let log = try output(repository, "log", id, "-n", "1")
    #expect(log.hasPrefix("\(commit.prefix(10))  2026-01-01T00:00:00Z  Zoë  café\n"))
    #expect(try output(repository, "log", "--author", "zoë").contains("café"))
  }

  @Test("records that a shallow clone's commits didn't touch are there")
  func shallow() throws {
    let origin = try ScratchRepository.tracked()
    let id = try origin.new("pain-point", "title=Slow")
    _ = try origin.new("pain-point", "title=Other")
    let clone = try ScratchRepository()
    let path = clone.path + "/clone"
    try clone.git("clone", "-q", "--depth", "1", "file://" + origin.path, path)
    for abbreviation in [id, String(id.prefix(7))] {
      let blame = try clone.tryDocket(["blame", abbreviation, "title"], in: path)
      #expect(blame.status == 0 && blame.output.hasPrefix("^"))
      let log = try clone.tryDocket(["log", abbreviation], in: path)
      #expect(log.status == 0 && log.errors.contains("this clone is shallow"))
    }
  }

  @Test(
    "what can't be meant is refused with what could be",
    arguments: [
      (["log", "PP-ZZZZZZZZZZ"], 1, "there is no record PP-ZZZZZZZZZZ"),
      (["log", "PP"], 2, "docket log kind:pain-point"),
      (["log", "PP-0000", "status"], 2, "docket log PP-0000 --field status"),
      (["list", "evidence.tem:payments"], 2, "evidence.team"),
      (["list", "sort:severity.down"], 2, "no kind here has the key \"severity.down\""),
      (["list", "created:yesterday"], 2, "\"yesterday\" is no date"),
      (["list", "severity!=4"], 2, "not:severity:4"),
      (["list", "limit:-1"], 2, "limit takes a number, 0 or more, not -1"),
      (["list", "--at", "5b1"], 1, "neither a revision here nor a date"),
      (["sql", "SELECT \"comit\" FROM change"], 2, "no such column: comit"),
      (["sql", "SELECT percentile(1, 101)"], 2, "from 0 to 100"),
    ])
  func slips(_ words: [String], _ status: Int32, _ part: String) throws {
    let repository = try ScratchRepository.tracked()
    _ = try repository.new("pain-point", "title=Slow")
    let run = try repository.tryDocket(words)
    #expect(run.status == status && run.errors.contains(part), "\(run.transcript)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "queries find ids by their beginnings, people by a part of their name, and sort by several keys"
  )
  func queries() throws {
    let repository = try ScratchRepository.tracked()
    let low = try repository.new("pain-point", "title=A", "severity=2", "reach=9")
    let high = try repository.new("pain-point", "title=B", "severity=4", "reach=1")
    let wide = try repository.new("pain-point", "title=C", "severity=4", "reach=7")
    let name = try repository.git("log", "-1", "--format=%an").split(separator: " ")[0].lowercased()
    func found(_ words: String...) throws -> [String] {
      try repository.say(["list"] + words + ["--format", "csv"]).split(whereSeparator: \.isNewline)
        .dropFirst().map { String($0.prefix(13)) }
    }
    #expect(try found("id:\(low.prefix(7).lowercased())") == [low])
    #expect(try Set(found("author:\(name)")) == [low, high, wide])
    #expect(try found("sort:severity.desc,reach.desc") == [wide, high, low])
    #expect(try repository.say(["sql", "SELECT -3", "--format", "csv"]).hasSuffix("\r\n-3\r\n"))
  }

  @Test("git's old grafts are said not to be followed")
  func grafts() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    try repository.write(".git/info/grafts", try repository.head() + "\n")
    let run = try repository.tryDocket(["log", id])
    #expect(run.status == 0 && run.errors.contains("git replace --convert-graft-file"))
  }
}

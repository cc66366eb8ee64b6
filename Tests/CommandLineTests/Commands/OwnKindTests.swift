import Foundation
import TestSupport
import Testing

/// A kind of a team's own is one schema file and no code: it works wherever built-in kinds do.
@Suite("a kind of one's own") struct OwnKindTests {
  /// The whole kind as docs/schema-vocabulary.md prints it.
  private static func documented() throws -> String {
    let path = PackageFolder.path + "/docs/schema-vocabulary.md"
    let page = String(decoding: try #require(readFile(path)), as: UTF8.self)
    let chapter = try #require(page.range(of: "## A kind of your own")).upperBound
    let start = try #require(page.range(of: "```json\n", range: chapter..<page.endIndex)).upperBound
    let end = try #require(page.range(of: "```", range: start..<page.endIndex)).lowerBound
    return String(page[start..<end])
  }

  private static func tracked() throws -> ScratchRepository {
    let repository = try ScratchRepository.tracked()
    try repository.write(".docket/schema/incident.schema.json", documented())
    let check = try repository.docket("schema", "check", "incident")
    #expect(check.status == 0 && check.output == "", "\(check.transcript)")
    try repository.git("add", ".docket")
    try repository.git("commit", "-qm", "Keep incidents")
    return repository
  }

  @Test("new, add, link, move, list, log, check, the hook and the audit report know it")
  func everywhere() throws {
    let repository = try Self.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds", "severity=2")
    let id = try repository.new("incident", "title=Registry full", "startedOn=2026-01-02")
    #expect(id.hasPrefix("INC-"))
    let path = try repository.path(of: id)
    #expect(path.hasPrefix("docket/incidents/2026/"))
    try repository.say(["add", id, "timeline", "at=09:30", "what=Pushes fail"])
    try repository.say(["link", id, "caused", pain])
    try repository.say(["move", id, "mitigated"])
    try repository.say(["edit", id, "learned=Watch the disk\nand its inodes"])
    try repository.say(["move", id, "closed"])
    let list = try repository.docket("list", "kind:incident")
    #expect(list.output.contains(id) && list.output.contains("2026-01-02"), "\(list.transcript)")
    #expect(try repository.docket("list", "linkedby:\(id)").output.contains(pain))
    #expect(try repository.docket("show", pain).output.contains("caused by"))
    let log = try repository.docket("log", id).output
    #expect(log.contains("mitigated → closed") && log.contains("Pushes fail"), "\(log)")
    #expect(try repository.docket("check").status == 0)
    // Frozen: amendments may come, nothing else may change.
    try repository.docket("edit", id, "title=Other").expectRefusal(1, saying: "record.frozen")
    try repository.say(["add", id, "amendments", "text=It was the inodes"])
    try repository.replace("Registry full", with: "Registry empty", in: path)
    let refused = try repository.tryGit(["commit", "-qam", "Rewrite"])
    #expect(
      refused.status != 0 && refused.errors.contains("record.frozen"), "\(refused.transcript)")
    try repository.git("checkout", "-q", "--", path)
    try repository.replace("\"status\": \"closed\"", with: "\"status\": \"open\"", in: path)
    #expect(
      try repository.tryGit(["commit", "-qam", "Back"]).errors.contains("workflow.illegal-step"))
    try repository.git("checkout", "-q", "--", path)
    let report = try repository.docket("report", "audit", "--format", "json").output
    #expect(report.contains("\"kind\": \"incident\"") && report.contains("mitigated"))
    let ledger = try repository.docket("report", "audit", "--format", "csv").output
    #expect(ledger.split(whereSeparator: \.isNewline).count { $0.contains(id) } >= 6, "\(ledger)")
  }

  /// A kind that says what it must and nothing more: no titles, no words, no `$schema` or `id` among
  /// its properties, one score instead of a list, a rule without words.
  static let plain = #"""
    {"x-docket": {"prefix": "INC", "directory": "incidents",
      "workflow": {"property": "status", "initial": "open", "transitions": {"open": ["closed"]}},
      "links": {"causedBy": {"kinds": ["pain-point"]}},
      "frozen": [{"when": {"properties": {"status": {"const": "closed"}}}, "except": ["/tags"], "append": ["/notes"]}],
      "rules": [{"id": "incident.no-timeline", "then": {"required": ["timeline"]}}],
      "score": {"formula": "ice/1", "inputs": {"impact": "/impact", "confidence": "/confidence", "ease": "/ease"}}},
     "properties": {"title": {"type": "string"}, "status": {"enum": ["open", "closed"]},
      "causedBy": {"type": "array", "items": {"type": "string"}},
      "impact": {"type": "integer"}, "confidence": {"type": "integer"}, "ease": {"type": "integer"},
      "timeline": {"type": "array", "x-docket-merge": {"by": "id"},
       "items": {"properties": {"text": {"type": "string"}}}},
      "notes": {"type": "array", "x-docket-merge": {"by": "id"}, "items": {"properties": {"text": {}}}},
      "tags": {"type": "array", "items": {"type": "string"}}}}
    """#

  @Test("a kind may say no more than it must")
  func plainest() throws {
    let repository = try ScratchRepository.tracked()
    try repository.write(".docket/schema/incident.schema.json", Self.plain)
    let check = try repository.docket("schema", "check", "incident")
    #expect(check.status == 0 && !check.output.contains("error"), "\(check.transcript)")
    try repository.git("add", ".docket")
    try repository.git("commit", "-qm", "Keep incidents")
    let pain = try repository.new("pain-point", "title=Slow builds")
    let id = try repository.new("incident", "title=Registry full", "causedBy+=\(pain)")
    let path = try repository.path(of: id)
    let text = try #require(repository.read(path))
    #expect(
      text.hasPrefix(
        "{\n  \"$schema\": \"../../../../.docket/schema/incident.schema.json\",\n  \"id\": "))
    #expect(path.contains("registry-full"))
    #expect(try repository.docket("check").output.contains("[incident.no-timeline]"))
    try repository.say(["add", id, "timeline", "text=Pushes fail"])
    try repository.say(["edit", id, "impact=8", "confidence=5", "ease=2"])
    #expect(try repository.docket("list", "kind:incident", "score:80").output.contains(id))
    try repository.say(["move", id, "closed"])
    let frozen = try repository.docket("edit", id, "title=Other")
    frozen.expectRefusal(1, saying: "record.frozen")
    #expect(
      frozen.errors.contains("  fix: docket add \(id) notes text=…"), "\(frozen.transcript)")
    try repository.say(["add", id, "notes", "text=It was the inodes"])
    let found = try repository.docket("check").output
    #expect(!found.contains("incidents/"), "\(found)")
    let run = try repository.run(
      "script", ["-qec", "\(ScratchRepository.docketExecutable) new incident", "/dev/null"],
      input: "Disk full\n\n\n\n\n\n\n\n", environment: ["TERM": "dumb"])
    #expect(!run.output.contains("schema") && run.output.contains("title"), "\(run.transcript)")
    #expect(try repository.docket("list", "kind:incident").output.contains("Disk full"))
  }

  @Test("guided entry asks for it in its own words")
  func guided() throws {
    let repository = try Self.tracked()
    // `script` gives the program a terminal of its own.
    let run = try repository.run(
      "script", ["-qec", "\(ScratchRepository.docketExecutable) new incident", "/dev/null"],
      input: "Registry full\n2026-01-02\nWatch the disk\n", environment: ["TERM": "dumb"])
    #expect(run.output.contains("What broke, in one line."), "\(run.transcript)")
    let list = try repository.docket("list", "kind:incident", "--format", "json").output
    #expect(list.contains("Registry full") && list.contains("Watch the disk"), "\(list)")
  }

  @Test("schema new writes one that is sound at once, and says what comes next")
  func schemaNew() throws {
    let repository = try ScratchRepository.tracked()
    let run = try repository.docket(
      "schema", "new", "vendor-review", "--states", "asked,answered,closed")
    #expect(run.status == 0 && run.output == "", "\(run.transcript)")
    #expect(run.errors.contains("docket new vendor-review title="))
    let file = ".docket/schema/vendor-review.schema.json"
    for words in [
      ["schema", "check"], ["check"],
      ["schema", "validate", "--schema", ".docket/schema/docket.metaschema.json", file],
    ] {
      let check = try repository.tryDocket(words)
      #expect(check.status == 0 && !check.output.contains("warning"), "\(check.transcript)")
    }
    let id = try repository.new("vendor-review", "title=Which scanner")
    #expect(id.hasPrefix("VR-"))
    try repository.say(["add", id, "notes", "text=Two offers", "on=2026-01-02"])
    try repository.say(["move", id, "closed"])
    try repository.docket("edit", id, "title=Other").expectRefusal(1, saying: "record.frozen")
    try repository.say(["add", id, "amendments", "text=Three offers"])
    try repository.expectSound()
    // A kind like another one, under its own name.
    try repository.docket("schema", "new", "postmortem", "--from", "retro").succeeded()
    #expect(try repository.docket("schema", "check").status == 0)
    let text = try #require(repository.read(".docket/schema/postmortem.schema.json"))
    #expect(text.contains("\"postmortem.no-outcomes\"") && text.contains("^POS-"))
  }

  @Test("on a terminal schema new asks for what isn't given; Enter takes the suggestion")
  func asked() throws {
    let repository = try ScratchRepository.tracked()
    let run = try repository.run(
      "script", ["-qec", "\(ScratchRepository.docketExecutable) schema new", "/dev/null"],
      input: "incident\nOutage\n\n\nopen,closed\n", environment: ["TERM": "dumb"])
    #expect(run.output.contains("[INC]") && run.output.contains("[incidents]"), "\(run.transcript)")
    let text = try repository.git("show", "HEAD:.docket/schema/incident.schema.json")
    #expect(text.contains("\"title\": \"Outage\""))
  }

  @Test(
    "schema new refuses what is taken, with the command that isn't",
    arguments: [
      (["action"], "docket schema show action"), (["config"], "docket schema new our-config"),
      (["risk", "--prefix", "ACT"], "docket schema new risk --prefix RIS"),
      (["risk", "--directory", "actions"], "--directory risk-records"),
      (["Big Risk"], "docket schema new big-risk"),
      (["risk", "--prefix", "R1"], "docket schema new risk --prefix RIS"),
    ])
  func taken(words: [String], hint: String) throws {
    let repository = try ScratchRepository.tracked()
    let head = try repository.head()
    let run = try repository.tryDocket(["schema", "new"] + words)
    #expect(run.status > 0 && run.errors.contains(hint), "\(run.transcript)")
    #expect(try repository.head() == head)
  }

  @Test(
    "schema check finds what doesn't fit together",
    arguments: [
      ("\"closed\": [\"closed\"]", "\"closed\": [\"done\"]", "closed names the state done"),
      ("[\"open\", \"mitigated\", \"closed\"]", "[\"open\", \"closed\"]", "the state mitigated"),
      ("\"title\": \"title\",", "\"title\": \"tittle\",", "did you mean \"title\"?"),
      ("\"at\": \"/status\"", "\"at\": \"/state\"", "points at /state"),
      ("\"append\": [\"/amendments\"]", "\"append\": [\"/amended\"]", "/amended"),
      ("[\"startedOn\", \"title\", \"status\"]", "[\"started\"]", "columns names"),
      ("\"pattern\": \"^INC-", "\"pattern\": \"^INX-", "begin with INC-"),
      ("amendments text=", "amendment text=", "can't be typed"),
      (
        "{ \"required\": [\"learned\"] }", "{ \"required\": [\"learnt\"] }",
        "did you mean \"learned\"?"
      ),
      ("$defs/painPointId", "$defs/painpointId", "painpointId"),
      ("\"required\": [\"id\", \"what\"]", "\"required\": [\"what\"]", "each needs one"),
      ("[\"pain-point\"]", "[\"pain-points\"]", "isn't there; did you mean \"pain-point\"?"),
    ])
  func inconsistent(old: String, new: String, message: String) throws {
    let repository = try Self.tracked()
    let file = ".docket/schema/incident.schema.json"
    try repository.replace(old, with: new, in: file)
    let run = try repository.docket("schema", "check", "incident")
    #expect(run.output.contains(message), "\(run.transcript)")
    #expect(run.output.contains("\(file):"))
  }
}

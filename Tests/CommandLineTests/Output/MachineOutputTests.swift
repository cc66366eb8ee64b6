import Foundation
import JSONSchema
import JSONText
import TestSupport
import Testing

/// Every answer for programs against its published shape, `docs/json/<what>.schema.json`.
@Suite("JSON for programs") struct MachineOutputTests {
  @Test("each format in Sources has a schema and each schema a format; the page links all of them")
  func everyFormat() throws {
    var formats: Set<String> = []
    for file in Shapes.files(below: "Sources", suffix: ".swift") {
      let text = try Shapes.text(file)
      for match in text.matches(of: /docket\.([a-z-]+)\/1|envelope\(\s*"([a-z-]+)"/) {
        formats.insert(String(match.output.1 ?? match.output.2 ?? ""))
      }
    }
    #expect(formats.count >= 12)
    #expect(formats == Set(Shapes.names))
    let page = try Shapes.text("docs/json-output.md")
    for name in Shapes.names {
      let isLinked = page.contains("](json/\(name).schema.json)")
      #expect(isLinked, "the page doesn't link \(name)")
    }
  }

  @Test("each schema is sound, says what it is of, and fits its own examples")
  func schemas() throws {
    var shared: [String: (file: String, shape: JSONValue)] = [:]
    for name in Shapes.names {
      let shape = try Shapes.value(name)
      #expect(shape["$id"]?.string == "urn:docket:json:\(name):1")
      #expect(shape["title"]?.string != nil && shape["description"]?.string != nil)
      #expect(shape["properties"]?["format"]?["const"]?.string == "docket.\(name)/1")
      // Published shapes stay open: within /1, keys are added.
      _ = try Shapes.schema(of: shape)
      for example in shape["examples"]?.array ?? [] {
        try Shapes.expect(JSONPrinter.compact(example), fits: name)
      }
      // What has one name is one shape, in whichever file.
      for member in shape["$defs"]?.object?.members ?? [] where member.key != "item" {
        if let other = shared[member.key] {
          #expect(
            other.shape.isIdentical(to: member.value),
            "\(member.key) differs between \(name) and \(other.file)")
        }
        shared[member.key] = (name, member.value)
      }
    }
  }

  @Test("a key that no schema knows is found, and a missing one")
  func refuses() throws {
    let strict = try Shapes.strict("check")
    for (text, isValid) in [
      (#"{"format":"docket.check/1","findings":[],"checked":1}"#, true),
      (#"{"format":"docket.check/1","findings":[],"checked":1,"more":1}"#, false),
      (#"{"format":"docket.check/1","findings":[]}"#, false),
      (#"{"format":"docket.check/1","findings":[{"rule":"r"}],"checked":1}"#, false),
      (#"{"format":"docket.list/1","findings":[],"checked":1}"#, false),
    ] {
      #expect(strict.isValid(try JSONDocument(parsing: text).root) == isValid, "\(text)")
    }
  }

  @Test("the page's examples fit")
  func page() throws {
    let page = try Shapes.text("docs/json-output.md")
    var count = 0
    for block in page.matches(of: /```json\n(\{\n  "format": "docket\.([a-z]+)\/1"[\s\S]*?)```/) {
      let name = String(block.output.2)
      // Reports are shortened there to their first section.
      if name == "report" { continue }
      try Shapes.expect(Array(block.output.1.utf8), fits: name)
      count += 1
    }
    #expect(count >= 8)
  }

  @Test("the demonstration's answers fit")
  func demonstration() throws {
    let demo = try DemoRepository.shared.get()
    func expect(_ words: String..., lines: Bool = true, location: SourceLocation = #_sourceLocation)
      throws
    {
      try Shapes.expect(words, lines: lines, sourceLocation: location) { try demo.docket($0) }
    }
    let items = try demo.docket(["list", "--format", "jsonl"]).lines
    var ids: [String: String] = [:]
    for line in items {
      let item = try JSONDocument(parsing: line).root.value
      ids[try #require(item["kind"]?.string)] = try #require(item["id"]?.string)
    }
    #expect(ids.count >= 10)
    for id in ids.values {
      try expect("show", id)
      try expect("blame", id)
    }
    let pain = try #require(ids["pain-point"])
    try expect()
    try expect("show", pain, "--at", "HEAD~3")
    try expect("list", "created:2026")
    try expect("list", "--at", "2026-03-31")
    try expect("log")
    try expect("rank")
    try expect("rank", "--at", "2026-03-31")
    for kind in ["pain-point", "decision"] {
      for line in items where line.contains("\"kind\":\"\(kind)\"") {
        let id = try #require(try JSONDocument(parsing: line).root.value["id"]?.string)
        try expect("rank", "--explain", id)
      }
    }
    try expect("sql", "SELECT * FROM record")
    try expect("sql", "SELECT 1 AS n, 2 AS n, NULL, x'00ff', 1.5")
    try expect("diff", "HEAD~60", lines: false)
    try expect("review", "HEAD~60...HEAD", lines: false)
    try expect("check", lines: false)
    try expect("check", "--explain", "action.overdue", lines: false)
    try expect("schema", "check", lines: false)
    try expect("report", "audit", lines: false)
    try expect("schema", "list")
    try expect("hooks", "status")
  }

  @Test("answers from nothing fit: no commits, no records")
  func nothing() throws {
    let repository = try ScratchRepository.tracked()
    let empty = try ScratchRepository(arguments: [])
    try empty.run("cp", ["-R", repository.path + "/.docket", empty.path]).succeeded()
    for place in [repository, empty] {
      func expect(_ words: String..., lines: Bool = true) throws {
        try Shapes.expect(words, lines: lines) { try place.tryDocket($0) }
      }
      try expect()
      try expect("list")
      try expect("log")
      try expect("diff", lines: false)
      try expect("check", lines: false)
      try expect("check", "--staged", lines: false)
      try expect("schema", "check", lines: false)
      try expect("schema", "list")
      try expect("hooks", "status")
      if place === repository {
        try expect("rank")
        try expect("report", "audit", lines: false)
      }
    }
  }

  @Test("awkward answers fit: unreadable, moved and deleted records, refusals, a shallow clone")
  func awkward() throws {
    let repository = try ScratchRepository.tracked()
    let good = try repository.new("pain-point", "title=Good", "severity=4")
    let bad = try repository.new("pain-point", "title=Bad")
    let gone = try repository.new("action", "title=Gone")
    let moved = try repository.new("action", "title=Moved", "due=2026-01-01", "owner=ada")
    try repository.git("rm", "-q", repository.path(of: gone))
    let old = try repository.path(of: moved)
    try repository.git("mv", old, old.replacingOccurrences(of: "moved", with: "elsewhere"))
    let path = try repository.path(of: bad)
    try repository.write(path, "{ \"id\": ")
    try repository.git("add", path)
    // Of no kind that is here.
    try repository.write("docket/others/2026/01/ZZZ-0000000001.json", #"{"id": "ZZZ-0000000001"}"#)
    try repository.git("add", "docket")
    try repository.git("commit", "-q", "--no-verify", "-m", "Break")
    try repository.write("docket/pain-points/2026/01/x.txt", "no record")
    try repository.say(["new", "pain-point", "title=Written, not committed", "--no-commit"])
    try repository.write(
      ".docket/config.json",
      try #require(repository.read(".docket/config.json")).replacingOccurrences(
        of: "{\n",
        with:
          "{\n  \"rules\": { \"action.overdue\": { \"severity\": \"error\", \"failFrom\": \"2026-03-01\" } },\n"
      ))
    let clone = repository.base + "/shallow"
    try repository.git("clone", "-q", "--depth", "1", "file://" + repository.path, clone)
    for place in [repository.path, clone] {
      func expect(
        _ words: String..., lines: Bool = true, location: SourceLocation = #_sourceLocation
      ) throws {
        let answer = try Shapes.expect(words, lines: lines, sourceLocation: location) {
          try repository.tryDocket($0, in: place, environment: ["DOCKET_HANDLE": "ada"])
        }
        if let truncated = answer["truncated"]?.bool {
          #expect(truncated == (place == clone), "\(words)", sourceLocation: location)
        }
      }
      try expect()
      try expect("list")
      try expect("list", "created:2026")
      try expect("show", good)
      try expect("show", good, "--at", "HEAD")
      try expect("blame", good)
      try expect("log")
      try expect("log", moved)
      try expect("diff", lines: false)
      try expect("diff", "HEAD", lines: false)
      try expect("check", lines: false)
      try expect("check", "--rev", "HEAD", lines: false)
      try expect("check", "--staged", lines: false)
      try expect("rank")
      try expect("rank", "--explain", good)
      try expect("rank", "--at", "HEAD")
      try expect("sql", "SELECT count(*) FROM change")
      try expect("check", "--explain", "action.overdue", lines: false)
      try expect("report", "audit", lines: false)
      if place == repository.path {
        try expect("review", "HEAD^...HEAD", lines: false)
        try expect("diff", "HEAD^..HEAD", lines: false)
        try expect("check", "--range", "HEAD^..HEAD", lines: false)
      }
    }
  }

  @Test("kinds in use and those that could be, each with what the other has not")
  func kinds() throws {
    let repository = try ScratchRepository.tracked()
    let answer = try Shapes.expect(["schema", "list"]) { try repository.tryDocket($0) }
    let items = answer["items"]?.array ?? []
    let used = items.filter { $0["inUse"]?.bool == true }
    #expect(!used.isEmpty && used.count < items.count)
    for item in used {
      #expect(repository.read(item["schema"]?.string ?? "") != nil && item["next"] == nil)
    }
    for item in items where item["inUse"]?.bool == false {
      #expect(item["schema"] == nil)
      try repository.run("sh", ["-c", try #require(item["next"]?.string)]).succeeded()
    }
    let after = try Shapes.expect(["schema", "list"]) { try repository.tryDocket($0) }
    #expect(after["items"]?.array?.count(where: { $0["inUse"]?.bool == true }) == items.count)
  }

  @Test("hooks in each of their states")
  func hooks() throws {
    let repository = try ScratchRepository.tracked()
    func states() throws -> [String?] {
      let answer = try Shapes.expect(["hooks", "status"]) { try repository.tryDocket($0) }
      return (answer["items"]?.array ?? []).map { $0["status"]?.string }
    }
    #expect(try states() == ["installed", "installed", "installed"])
    try repository.say(["hooks", "uninstall"])
    #expect(try states() == ["absent", "absent", "absent"])
    try repository.write(".git/hooks/pre-commit", "#!/bin/sh\n")
    try repository.say(["hooks", "install"])
    #expect(try states() == ["chained", "installed", "installed"])
    try repository.git("config", "core.hooksPath", ".githooks")
    #expect(try states() == ["managed", "managed", "managed"])
    let bare = try ScratchRepository(bare: true)
    try Shapes.expect(["hooks", "status"]) { try bare.tryDocket($0) }
  }

  @Test("show --identities fits")
  func identities() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow")
    try repository.say(["add", id, "evidence", "said=A day", "who=developer 12"])
    try writeFile(repository.base + "/home/map.json", Array(#"{"developer 12": "Bo Lind"}"#.utf8))
    try repository.git("config", "docket.identities", "~/map.json")
    try Shapes.expect(["show", id, "--identities"]) { try repository.tryDocket($0) }
  }
}

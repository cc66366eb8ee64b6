import Foundation
import TestSupport
import Testing

@Suite("docket blame") struct BlameCommandTests {
  /// The commit of each key, as JSON tells.
  private func commits(_ repository: ScratchRepository, _ words: String...) throws -> [String:
    String]
  {
    let run = try repository.tryDocket(["blame"] + words + ["--format", "json"])
    try run.succeeded()
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(run.outputBytes)) as? [String: Any])
    #expect(run.output.hasPrefix("{\n  \"format\": \"docket.blame/1\",\n"))
    let items = try #require(answer["items"] as? [[String: Any]])
    var commits: [String: String] = [:]
    for item in items {
      #expect(item["pointer"] is String && item["committedAt"] is String && item["value"] != nil)
      commits[try #require(item["key"] as? String)] = item["commit"] as? String
    }
    return commits
  }

  @Test("names who set each value last, through renames, form, order and merges")
  func life() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("decision", "title=Slow builds", "horizon=now", "context=Wait")
    let first = try repository.head()
    try repository.say(["add", id, "options", "title=Cache"])
    let second = try repository.head()
    try repository.say(["add", id, "options", "title=Shard"])
    let third = try repository.head()
    // Another name, another form, the list the other way round.
    let path = try repository.path(of: id)
    let moved = path.replacingOccurrences(of: ".json", with: "-again.json")
    try repository.git("mv", path, moved)
    let text = try #require(repository.read(moved))
    var record = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    record["options"] = (record["options"] as? [Any]).map { Array($0.reversed()) }
    try repository.write(
      moved,
      String(decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self))
    try repository.git("commit", "-qnam", "Move it about")
    // A branch sets a value, the merge sets another.
    try repository.git("switch", "-qc", "side")
    try repository.replace("\"horizon\":\"now\"", with: "\"horizon\":\"next\"", in: moved)
    try repository.git("commit", "-qnam", "Side")
    let side = try repository.head()
    try repository.git("switch", "-q", "main")
    try repository.git("commit", "-q", "--allow-empty", "-nm", "Main")
    try repository.git("merge", "-q", "--no-ff", "--no-commit", "side")
    try repository.replace("Slow builds", with: "Slower builds", in: moved)
    try repository.git("commit", "-qnam", "Merge")
    let merge = try repository.head()

    let commits = try commits(repository, id)
    #expect(commits["title"] == merge)
    #expect(commits["horizon"] == side)
    #expect(commits["context.0"] == first, "\(commits)")
    let evidence = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try repository.git("show", "\(third):\(path)").utf8)) as? [String: Any])
    let items = try #require(evidence["options"] as? [[String: Any]])
    for (item, commit) in zip(items, [second, third]) {
      let key = "options.\(try #require(item["id"] as? String)).title"
      #expect(commits[key] == commit)
    }
    #expect(try self.commits(repository, id, "--at", first)["horizon"] == first)
    #expect(try Set(self.commits(repository, id, "options.title").values) == [second, third])
  }

  @Test("a value that was gone is the returning commit's; the author is who .mailmap says")
  func returned() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow builds", "area=ci")
    try repository.say(["edit", id, "area-="])
    try repository.say(["edit", id, "area=ci"])
    let head = try repository.head()
    #expect(try commits(repository, id, "area") == ["area": head])
    try repository.commit("Map", [".mailmap": "Ada Lovelace <ada@example.org>\n"])
    let text = try repository.docket("blame", id, "area")
    #expect(text.output == "\(head.prefix(10))  Ada Lovelace  2026-01-02  area  ci\n")
  }

  @Test("says where a shallow clone's history begins")
  func shallow() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow builds", "area=ci")
    try repository.say(["edit", id, "area=cd"])
    try repository.git(
      "clone", "-q", "--depth", "2", "file://\(repository.path)", "\(repository.base)/shallow")
    let clone = repository.base + "/shallow"
    let text = try repository.tryDocket(["blame", id, "title", "area"], in: clone)
    let lines = text.lines
    #expect(
      lines.count == 2 && lines[0].hasPrefix("^") && !lines[1].hasPrefix("^"), "\(text.output)")
    #expect(text.errors.contains("shallow"))
    let json = try repository.tryDocket(["blame", id, "--format", "json"], in: clone)
    #expect(json.output.contains("\"truncated\": true"))
    #expect(json.output.contains("\"boundary\": true"))
  }

  @Test("refuses what names no record and no key")
  func refusals() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("blame", "PP-8KX3").expectRefusal(saying: "there is no record PP-8KX3")
    let id = try repository.new("pain-point", "title=Slow builds")
    try repository.docket("blame", id, "severty").expectRefusal(
      2, saying: "no kind here has the key \"severty\"; did you mean \"severity\"?")
    try repository.docket("blame", id, "severity").expectRefusal(
      saying: "\(id) has no severity", "docket log")
    try repository.docket("blame", id, "--at", "nowhere").expectRefusal(saying: "nowhere")
    let empty = try ScratchRepository()
    try empty.docket("blame", "PP-8KX3").expectRefusal(2, saying: "docket init")
  }
}

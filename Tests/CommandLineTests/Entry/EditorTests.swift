import Foundation
import TestSupport
import Testing

/// What somebody has typed in an editor is never thrown away.
@Suite("writing in an editor") struct EditorTests {
  private func edit(_ script: String, _ words: [String], in repository: ScratchRepository) throws
    -> CommandRun
  {
    try repository.tryDocket(words, environment: ["EDITOR": script, "TERM": "xterm"])
  }

  private func kept(in repository: ScratchRepository) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: repository.path + "/.git")
      .filter { $0.hasPrefix("DOCKET_EDIT") }.sorted()
  }

  @Test("what it leaves is committed, and no file stays behind")
  func commits() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Befor")
    let run = try edit("sed -i s/Befor/After/", ["edit", id, "--edit"], in: repository)
    #expect(run.status == 0, "\(run.transcript)")
    #expect(try repository.record(id)["title"] as? String == "After")
    let new = try edit(
      "sed -i s/Draft/Made/", ["new", "pain-point", "title=Draft", "--edit"], in: repository)
    #expect(try repository.record(new.lines.first ?? "")["title"] as? String == "Made")
    #expect(try kept(in: repository) == [])
    try repository.expectSound()
  }

  /// Valid JSON that the schema refuses, and text that is no JSON.
  @Test(
    "text that is refused is kept and named, and the command that is told takes it",
    arguments: [
      #"sed -i 's/"title": "Old"/"title": "Text of mine", "severity": 9/'"#,
      "sed -i 's/{/[/; s/Old/Text of mine/'",
    ])
  func keeps(script: String) throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Old")
    let head = try repository.head()
    for words in [["edit", id, "--edit"], ["new", "pain-point", "title=Old", "--edit"]] {
      let run = try edit(script, words, in: repository)
      #expect(run.status == 1 && run.output == "", "\(run.transcript)")
      #expect(try repository.head() == head)
      let name = try #require(try kept(in: repository).first)
      let path = repository.path + "/.git/" + name
      #expect(run.errors.contains(path), "\(run.errors)")
      let text = String(decoding: readFile(path) ?? [], as: UTF8.self)
      #expect(text.contains("Text of mine"))
      // A second try doesn't overwrite the first text.
      _ = try edit("false", words, in: repository)
      #expect(String(decoding: readFile(path) ?? [], as: UTF8.self) == text)
      let fixed = text.replacingOccurrences(of: "[\n  \"$schema", with: "{\n  \"$schema")
        .replacingOccurrences(of: "\"severity\": 9", with: "\"severity\": 3")
        .replacing(#/  "id": "[^"]*",\n/#, with: words[0] == "new" ? "" : "  \"id\": \"\(id)\",\n")
      try writeFile(path, Array(fixed.utf8))
      let command = words[0] == "new" ? ["new", "pain-point"] : ["edit", id]
      let again = try repository.tryDocket(command + ["--from", path])
      #expect(again.status == 0, "\(fixed)\n\(again.transcript)")
      try repository.git("reset", "-q", "--hard", head)
      for name in try kept(in: repository) {
        try repository.run("rm", [".git/" + name]).succeeded()
      }
    }
  }

  /// While the editor is open, a colleague commits.
  private func meanwhile(_ words: String, then script: String) -> String {
    "sh -c 'docket \(words) && \(script)' --"
  }

  @Test(
    "what a colleague commits while the editor is open is kept: items, values, and what was taken out"
  )
  func mergesWhatCameBetween() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new(
      "decision", "title=Cache", "horizon=now", #"options:=[{"title":"first"}]"#, "tags+=a")
    let run = try edit(
      meanwhile(
        "add \(id) options title=theirs && docket edit \(id) tags+=b",
        then: #"sed -i "s/\"title\": \"Cache\"/\"title\": \"Mine\"/; /horizon/d" "$1""#),
      ["edit", id, "--edit"], in: repository)
    #expect(run.status == 0 && run.errors.contains("it has both changes"), "\(run.transcript)")
    let record = try repository.record(id)
    #expect(record["title"] as? String == "Mine" && record["horizon"] == nil)
    #expect(record["tags"] as? [String] == ["a", "b"])
    #expect(
      (record["options"] as? [[String: Any]])?.compactMap { $0["title"] as? String } == [
        "first", "theirs",
      ])
    #expect(try kept(in: repository) == [])
  }

  @Test(
    "one field from two sides is told with both values; the command that is told takes the text")
  func namesWhatConflicts() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("decision", "title=Cache", "horizon=now")
    let run = try edit(
      meanwhile(
        "edit \(id) title=Theirs horizon=next",
        then: #"sed -i "s/\"title\": \"Cache\"/\"title\": \"Mine\"/" "$1""#),
      ["edit", id, "--edit"], in: repository)
    #expect(
      run.status == 1 && run.errors.contains("title: it has Theirs, your change has Mine"),
      "\(run.transcript)")
    #expect(try repository.record(id)["title"] as? String == "Theirs")
    let path = try repository.path + "/.git/" + #require(kept(in: repository).first)
    #expect(run.errors.contains("docket edit \(id) --from"))
    // What somebody adds until the text is taken isn't undone by it.
    try repository.say(["add", id, "options", "title=later"])
    try repository.say(["edit", id, "--from", path])
    let record = try repository.record(id)
    #expect(record["title"] as? String == "Mine" && record["horizon"] as? String == "next")
    #expect((record["options"] as? [Any])?.count == 1)
    #expect(try kept(in: repository) == [])
  }

  @Test("a text over which the same field changed again needs a value, and says so")
  func needsValue() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Old", "severity=1")
    let run = try edit(
      #"sed -i 's/"severity": 1/"severity": 9/'"#, ["edit", id, "--edit"], in: repository)
    #expect(run.status == 1)
    let path = try repository.path + "/.git/" + #require(kept(in: repository).first)
    try repository.say(["edit", id, "severity=2"])
    try repository.replace(
      "\"severity\": 9", with: "\"severity\": 3", in: path.relative(to: repository))
    try repository.docket("edit", id, "--from", path).expectRefusal(
      1, saying: "severity: it has 2, your change has 3", "severity=…")
    try repository.say(["edit", id, "--from", path, "severity=4"])
    #expect(try repository.record(id)["severity"] as? Int == 4)
  }
}

extension String {
  fileprivate func relative(to repository: ScratchRepository) -> String {
    String(dropFirst(repository.path.count + 1))
  }
}

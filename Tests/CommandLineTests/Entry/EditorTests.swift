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
}

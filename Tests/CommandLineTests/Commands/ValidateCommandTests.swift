import TestSupport
import Testing

/// Where documents are found, and what each exit status stands for.
@Suite("docket schema validate") struct ValidateCommandTests {
  private func validate(
    _ words: [String], _ files: KeyValuePairs<String, String>
  ) throws -> CommandRun {
    let repository = try ScratchRepository()
    for (name, text) in files { try repository.write(name, text) }
    return try repository.tryDocket(["schema", "validate"] + words)
  }

  @Test(
    "references to files are URIs",
    arguments: [
      (#"{"$ref": "b%20c.json"}"#, "b c.json", []),
      (#"{"$ref": "%C3%A9.json"}"#, "é.json", []),
      (
        #"{"$ref": "https://e.org/lib/a%20b.json"}"#, "lib/a b.json",
        ["--resolve", "https://e.org/lib/=lib"]
      ),
      (
        #"{"$ref": "https://e.org/lib/a.json"}"#, "lib/a.json",
        ["--resolve", "https://e.org/lib=lib"]
      ),
    ] as [(String, String, [String])])
  func findsFiles(_ schema: String, _ name: String, _ options: [String]) throws {
    let run = try validate(
      ["--schema", "s.json"] + options + ["i.json"],
      ["s.json": schema, name: #"{"type": "string"}"#, "i.json": "1"])
    #expect(run.status == 1, "\(run.transcript)")
    #expect(run.output.contains("#/type]") && !run.output.contains(" c.json"))
  }

  @Test("a prefix opens its folder and none whose name begins alike")
  func staysInFolder() throws {
    let run = try validate(
      ["--schema", "s.json", "--resolve", "urn:x:=lib", "i.json"],
      [
        "s.json": #"{"$ref": "urn:x:../lib-secret/x.json"}"#, "lib-secret/x.json": "true",
        "lib/a.json": "true", "i.json": "1",
      ])
    #expect(run.status == 2 && run.errors.contains("s.json:1:10: no schema is known as"))
  }

  @Test("a document that is there and can't be read is told from one that isn't there")
  func tellsBroken() throws {
    let files: KeyValuePairs = [
      "s.json": #"{"$ref": "https://e.org/bad.json"}"#,
      "t.json": #"{"$schema": "https://e.org/no"}"#,
      "lib/bad.json": #"{"a": 1,}"#, "i.json": "1",
    ]
    let options = ["--resolve", "https://e.org/=lib", "i.json"]
    let broken = try validate(["--schema", "s.json"] + options, files)
    #expect(broken.status == 2 && broken.errors.contains("lib/bad.json:1:8: a comma"))
    let absent = try validate(["--schema", "t.json"] + options, files)
    #expect(absent.status == 2 && absent.errors.contains("lib/no, which isn't there"))
    let folder = try validate(
      ["--schema", "s.json", "--resolve", "https://e.org/=nolib", "i.json"], files)
    #expect(folder.status == 2 && folder.errors.contains("there is no folder"))
  }

  @Test("what can't be checked or read leaves the others judged, and the status is 2")
  func judgesOthers() throws {
    let files: KeyValuePairs = [
      "s.json":
        ##"{"if": {"type": "number"}, "then": {"not": {"$ref": "#"}}, "else": {"type": "string"}}"##,
      "1.json": "1", "2.json": #""a""#, "3.json": "[]",
    ]
    let names = ["1.json", "none.json", "2.json", "3.json"]
    let run = try validate(["--schema", "s.json"] + names, files)
    #expect(run.status == 2, "\(run.transcript)")
    #expect(run.errors.contains("1.json:1:1: the value cannot be checked"))
    #expect(run.errors.contains("none.json: No such file or directory\n"))
    #expect(run.output.contains("2.json: valid\n3.json:1:1: the value is an array"))
    let json = try validate(["--schema", "s.json", "--format", "json"] + names, files)
    #expect(json.status == 2)
    #expect(json.output.split(separator: "\"valid\": true").count == 2)
  }

  @Test("what was meant is said where an option is misspelt or means nothing")
  func tellsOptions() throws {
    let files: KeyValuePairs = ["s.json": "true", "i.json": "1"]
    let misspelt = try validate(["--shema", "s.json", "i.json"], files)
    #expect(
      misspelt.status == 2
        && misspelt.errors.contains("there is no option --shema; did you mean --schema?"))
    let idle = try validate(["--schema", "s.json", "--output", "flag", "i.json"], files)
    #expect(idle.status == 2 && idle.errors.contains("--format json"))
  }

  @Test("standard input without end is read no further than the limit")
  func boundsReading() throws {
    let run = try validate(["--schema", "s.json", "/dev/zero"], ["s.json": "true"])
    #expect(run.status == 2 && run.errors.contains("larger than 64 MB"))
  }
}

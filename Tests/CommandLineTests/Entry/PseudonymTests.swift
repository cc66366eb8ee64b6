import Foundation
import TestSupport
import Testing

/// Who is behind a pseudonym stands outside the repository, and only its owner sees it.
@Suite("pseudonyms") struct PseudonymTests {
  /// A tracked repository with one voice, and a map that says whose it is.
  private func story(_ map: String = #"{"developer 12": "Ingrid Falk", "search": "not a person"}"#)
    throws -> (repository: ScratchRepository, id: String, map: String)
  {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow", "area=search")
    try repository.say([
      "add", id, "evidence", "said=A day", "who=developer 12", "team=search", "source=interview",
    ])
    let path = repository.base + "/home/identities.json"
    try writeFile(path, Array(map.utf8))
    try repository.run("chmod", ["600", path]).succeeded()
    try repository.git("config", "docket.identities", "~/identities.json")
    return (repository, id, path)
  }

  @Test("show says who it is where that is asked for, and only in place of a pseudonym")
  func joined() throws {
    let (repository, id, _) = try story()
    #expect(!(try repository.docket("show", id).output.contains("Ingrid")))
    let asked = try repository.docket("show", id, "--identities")
    #expect(asked.status == 0 && asked.errors == "", "\(asked.transcript)")
    #expect(asked.output.contains("developer 12 (Ingrid Falk)"), "\(asked.output)")
    #expect(!asked.output.contains("not a person"))
    for words in [
      ["show", id, "--format", "json"], ["show", id, "--format", "jsonl"], ["list"],
      ["list", "--format", "json"], ["log", id], ["report", "audit"],
      ["report", "audit", "--format", "json"], ["report", "audit", "--format", "html"], [],
    ] {
      #expect(!(try repository.tryDocket(words).output.contains("Ingrid")), "\(words)")
    }
    let json = try repository.docket("show", id, "--format", "json", "--identities")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [String: Any])
    #expect(object["identities"] as? [String: String] == ["developer 12": "Ingrid Falk"])
    try repository.expectSound()
  }

  @Test("a map inside the repository is refused, by whatever way it is reached")
  func inside() throws {
    let (repository, id, map) = try story()
    try repository.write("who.json", "{}")
    try repository.run("ln", ["-s", repository.path + "/who.json", map + ".link"]).succeeded()
    for path in ["who.json", repository.path + "/who.json", map + ".link", "missing.json"] {
      try repository.git("config", "docket.identities", path)
      try repository.tryDocket(["show", id, "--identities"])
        .expectRefusal(1, saying: "lies in the repository", "git config docket.identities")
      #expect(try repository.docket("show", id).status == 0)
    }
  }

  @Test("a map that others can read is used with a warning; one that can't be read says why")
  func faults() throws {
    let (repository, id, map) = try story()
    try repository.run("chmod", ["640", map]).succeeded()
    let open = try repository.docket("show", id, "--identities")
    #expect(open.status == 0 && open.errors.contains("others can read \(map)"))
    for (text, place) in [("{", ":1:2"), ("[]", ":1:1"), (#"{"a": 1}"#, ":1:7")] {
      try writeFile(map, Array(text.utf8))
      try repository.tryDocket(["show", id, "--identities"])
        .expectRefusal(2, saying: map + place, "one JSON object")
    }
    try repository.run("rm", [map]).succeeded()
    try repository.tryDocket(["show", id, "--identities"]).expectRefusal(2, saying: map)
    try repository.git("config", "--unset", "docket.identities")
    try repository.tryDocket(["show", id, "--identities"])
      .expectRefusal(2, saying: "you have no identity map")
  }

  @Test("\"new\" where a pseudonym may stand is a fresh one each time, and text elsewhere")
  func fresh() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=new", "reportedBy.who=new")
    for _ in 1...2 {
      let run = try repository.docket("add", id, "evidence", "said=new", "who=new", "team=new")
      #expect(run.errors.contains(/the new pseudonym is p-\w{6};/), "\(run.errors)")
    }
    let record = try repository.record(id)
    let notes = try repository.docket("list", "kind:feedback", "--format", "jsonl").lines
    let evidence = try notes.map { line in
      let item = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(item?["record"] as? [String: Any])
    }
    #expect(evidence.count == 2)
    let names = evidence.compactMap { $0["who"] as? String }
    let reporter = try #require((record["reportedBy"] as? [String: Any])?["who"] as? String)
    #expect(Set(names + [reporter]).count == 3)
    for name in names + [reporter] {
      #expect(try /p-[0-9a-hjkmnp-tv-z]{6}/.wholeMatch(in: name) != nil, "\(name)")
    }
    #expect(record["title"] as? String == "new")
    #expect(evidence.allSatisfy { $0["team"] as? String == "new" })
    #expect(try repository.docket("edit", id, "severity=3").errors.contains("pseudonym") == false)
  }
}

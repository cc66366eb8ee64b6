import Foundation
import TestSupport
import Testing

/// Actions come back at the next meeting of the body that they came from.
@Suite("open actions come back") struct CarryingTests {
  private static let board = "body=Platform advisory board"

  private func minutes(
    _ repository: ScratchRepository, _ day: String, _ values: String...,
    body: String = CarryingTests.board
  ) throws -> String {
    try repository.say(["new", "minutes", "type=advisory-board", body, "heldOn=\(day)"] + values)
  }

  private func openActions(_ repository: ScratchRepository, _ id: String) throws -> [String] {
    try repository.record(id)["openActions"] as? [String] ?? []
  }

  @Test("new minutes link what earlier meetings of the body left open, and say so")
  func links() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    let other = try minutes(repository, "2026-01-08", body: "body=Another board")
    let late = try repository.new(
      "action", "title=Ask for quotes", "owner=tomas", "due=2025-12-20", "from=\(first)")
    let undated = try repository.new("action", "title=Book the room", "from=\(first)")
    _ = try repository.new("action", "title=Not ours", "from=\(other)")
    let done = try repository.new("action", "title=Done already", "from=\(first)")
    try repository.say(["move", done, "done"])

    let run = try repository.tryDocket(
      [
        "new", "minutes", "type=advisory-board", "body=platform  Advisory Board",
        "heldOn=2026-01-14",
      ], environment: ["SOURCE_DATE_EPOCH": "1767323045"])
    #expect(run.status == 0 && run.lines.count == 1, "\(run.transcript)")
    let second = try #require(run.lines.first)
    #expect(try openActions(repository, second) == [late, undated])
    #expect(run.errors.contains("2 actions are still open and linked here"))
    #expect(run.errors.contains("Ask for quotes · tomas · due 2025-12-20, 13 days late"))
    #expect(run.errors.contains("Book the room · no owner · no day"))
    #expect(try repository.docket("show", second).output.contains("\(late) Ask for quotes"))
    #expect(try repository.docket("show", late).output.contains("looked at by"))

    // What one meeting took over, the next does, wherever it came from.
    try repository.say([
      "edit", second, "openActions+=\(try repository.new("action", "title=Free"))",
    ])
    let third = try minutes(repository, "2026-01-21")
    #expect(try openActions(repository, third).count == 3)
    try repository.expectSound()
  }

  @Test("minutes of an earlier day link nothing that came up later")
  func earlierMeeting() throws {
    let repository = try ScratchRepository.tracked()
    let later = try minutes(repository, "2026-02-04")
    _ = try repository.new("action", "title=Later", "from=\(later)")
    #expect(try openActions(repository, minutes(repository, "2026-01-07")) == [])
    #expect(try openActions(repository, minutes(repository, "2026-02-04")).count == 1)
  }

  @Test("--no-carry, and minutes that say themselves what they look at, are left as they are")
  func leftOut() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    let one = try repository.new("action", "title=One", "from=\(first)")
    _ = try repository.new("action", "title=Two", "from=\(first)")
    #expect(try openActions(repository, minutes(repository, "2026-01-14", "--no-carry")) == [])
    #expect(
      try openActions(repository, minutes(repository, "2026-01-14", "openActions+=\(one)")) == [one]
    )
    let before = try repository.tryDocket([
      "new", "--no-carry", "minutes", "type=other", Self.board, "heldOn=2026-01-21",
    ])
    #expect(before.status == 0 && !before.errors.contains("still open"), "\(before.transcript)")
    try repository.tryDocket(["edit", first, "title=x", "--no-carry"])
      .expectRefusal(2, saying: "--no-carry")
  }

  @Test("the board of a body's last meeting is the new one's, unless it says another")
  func copies() throws {
    let repository = try ScratchRepository.tracked()
    try repository.say(["schema", "add", "board"])
    let boards = try ["One", "Two"].map { try repository.new("board", "title=\($0)") }
    #expect(try repository.record(minutes(repository, "2026-01-07"))["board"] == nil)
    _ = try minutes(repository, "2026-01-14", "board=\(boards[1])")
    _ = try minutes(repository, "2026-01-12", "board=\(boards[0])")
    let next = try minutes(repository, "2026-01-21")
    #expect(try repository.record(next)["board"] as? String == boards[1])
    let own = try minutes(repository, "2026-01-28", "board=\(boards[0])")
    #expect(try repository.record(own)["board"] as? String == boards[0])
    let bare = try minutes(repository, "2026-02-04", "--no-carry")
    #expect(try repository.record(bare)["board"] == nil)
  }

  @Test("retros take over the actions of retros, not those of meetings")
  func retros() throws {
    let repository = try ScratchRepository.tracked()
    let first = try repository.new("retro", "title=Spring", "heldOn=2026-04-01")
    let action = try repository.new("action", "title=Try pairing", "from=\(first)")
    _ = try repository.new("action", "title=Ours", "from=\(try minutes(repository, "2026-01-07"))")
    let second = try repository.new("retro", "title=Summer", "heldOn=2026-07-01")
    #expect(try openActions(repository, second) == [action])
  }

  @Test("a kind of the team's own takes part by its schema alone")
  func ownKind() throws {
    let repository = try ScratchRepository.tracked()
    let path = ".docket/schema/retro.schema.json"
    let text = try #require(repository.read(path))
      .replacingOccurrences(of: "urn:docket:retro:1", with: "urn:trial:sync:1")
      .replacingOccurrences(of: "\"RET\"", with: "\"SYN\"")
      .replacingOccurrences(of: "\"retros\"", with: "\"syncs\"")
      .replacingOccurrences(of: "#/$defs/retroId", with: "#/$defs/recordId")
      .replacingOccurrences(of: "\"retro.", with: "\"sync.")
    try repository.write(".docket/schema/sync.schema.json", text)
    let action = ".docket/schema/action.schema.json"
    try repository.replace(
      "\"minutes\", \"retro\"", with: "\"minutes\", \"retro\", \"sync\"", in: action)
    try repository.replace("^(MIN|RET)-", with: "^(MIN|RET|SYN)-", in: action)
    try repository.git("add", ".")
    try repository.git("commit", "-q", "--no-verify", "-m", "Keep syncs")
    let first = try repository.new("sync", "title=One", "heldOn=2026-04-01")
    let open = try repository.new("action", "title=Go on", "from=\(first)")
    let second = try repository.new("sync", "title=Two", "heldOn=2026-04-08")
    #expect(try openActions(repository, second) == [open])
  }

  @Test("many minutes from JSON Lines link in one commit and say it in one line")
  func jsonLines() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    _ = try repository.new("action", "title=One", "from=\(first)")
    let lines = ["2026-01-14", "2026-01-21", "2025-12-01"].map {
      #"{"type":"other","body":"Platform advisory board","heldOn":"\#($0)"}"#
    }.joined(separator: "\n")
    let run = try repository.docket("new", "minutes", "--from", "-", input: lines)
    #expect(run.status == 0 && run.lines.count == 3, "\(run.transcript)")
    #expect(run.errors.contains("2 new minutes look at 2 actions"), "\(run.errors)")
    #expect(try run.lines.map { try openActions(repository, $0).count } == [1, 1, 0])
  }

  @Test("--on another branch links what is open there")
  func otherBranch() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    try repository.git("branch", "quiet")
    _ = try repository.new("action", "title=Only on main", "from=\(first)")
    let run = try repository.tryDocket([
      "new", "minutes", "type=other", Self.board, "heldOn=2026-01-14", "--on", "quiet",
    ])
    #expect(run.status == 0 && !run.errors.contains("still open"), "\(run.transcript)")
  }

  @Test("an import links nothing: it keeps what the text says")
  func importing() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    _ = try repository.new("action", "title=One", "from=\(first)")
    try repository.write(
      "2026-01-14.md", "# Platform advisory board 2026-01-14\n\n## Agenda\n\n### Plans\n\n- Talk.\n"
    )
    let run = try repository.docket("import", "minutes", "2026-01-14.md")
    #expect(run.status == 0, "\(run.transcript)")
    #expect(try openActions(repository, try #require(run.lines.first)) == [])
  }

  @Test("on a terminal each open action is asked about, all in one commit")
  func guided() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    let titles = ["Aa", "Bb", "Cc", "Dd", "Ee"]
    let actions = try titles.enumerated().map { number, title in
      try repository.new(
        "action", "title=\(title)", "owner=tomas", "due=2026-02-0\(number + 1)", "from=\(first)")
    }
    let commits = try repository.commitCount()
    let (run, screen) = try repository.typing(
      [
        "March", "1", "Platform advisory board", "2026-03-04",
        "1", "Quotes are in",  // done, with what came of it
        "dropped", "", "The room is booked",  // a reason is needed
        "",  // still open
        "soon", "2026-13-01", "2026-04-01",  // another day
        "owner=mira",  // handed on
        "", "",
      ], to: ["new", "minutes"])
    #expect(run.status == 0 && run.lines.count == 1, "\(run.transcript)\(screen)")
    let id = try #require(run.lines.first)
    #expect(id.hasPrefix("MIN-"))
    #expect(try openActions(repository, id) == actions)
    #expect(try repository.commitCount() == commits + 1)
    let records = try actions.map { try repository.record($0) }
    #expect(records.map { $0["status"] as? String } == ["done", "dropped", "open", "open", "open"])
    #expect(records[0]["result"] as? [String] == ["Quotes are in"])
    #expect(records[1]["droppedReason"] as? String == "The room is booked")
    #expect(records[3]["due"] as? String == "2026-04-01")
    #expect(records[4]["owner"] as? String == "mira")
    #expect(screen.contains("Still open: 5 actions"))
    #expect(screen.contains("this one is needed") && screen.contains("\"soon\" is none of these"))
    try repository.expectSound()
  }

  @Test("input that ends in the middle writes nothing")
  func guidedEnd() throws {
    let repository = try ScratchRepository.tracked()
    let first = try minutes(repository, "2026-01-07")
    _ = try repository.new("action", "title=One", "from=\(first)")
    let head = try repository.head()
    let (run, screen) = try repository.typing(
      ["March", "1", "Platform advisory board", "2026-03-04", "1\u{4}\u{4}"],
      to: ["new", "minutes"])
    #expect(run.status == 1 && run.output == "", "\(run.transcript)")
    #expect(screen.contains("nothing was written"), "\(screen)")
    #expect(try repository.head() == head)
    try repository.expectSound()
  }

  @Test("an action leaves the list by being done or dropped with a reason, and no other way")
  func waysOut() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("action", "title=One", "owner=mira", "due=2026-01-01")
    try repository.tryDocket(["move", id, "dropped"])
      .expectRefusal(1, saying: "action.dropped-without-reason")
    let path = try repository.path(of: id)
    try repository.git("rm", "-q", path)
    let commit = try repository.tryGit(["commit", "-q", "-m", "Away"])
    #expect(commit.status != 0 && commit.errors.contains("record.deleted"), "\(commit.transcript)")
    try repository.git("reset", "-q", "--hard")
    let done = try repository.tryDocket(["move", id, "done"])
    #expect(done.status == 0 && done.errors.contains("action.done-without-result"))
    let said = try repository.tryDocket(["edit", id, "result=Three teams answered"])
    #expect(said.status == 0 && !said.errors.contains("action.done-without-result"))
  }
}

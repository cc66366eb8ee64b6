import Foundation
import TestSupport
import Testing

/// Who was told: derived from feedback and answers, and from what each commit knew.
@Suite("docket tell") struct AnswerTests {
  private let repository: ScratchRepository
  private let pain: String

  init() throws {
    repository = try ScratchRepository.tracked()
    try repository.git("config", "docket.handle", "mira")
    pain = try repository.new("pain-point", "title=Deploys take a day")
  }

  @Test("names all that wait, and goes to those they are from")
  func names() throws {
    let one = try repository.say(["add", pain, "evidence", "said=a", "who=developer 1", "team=web"])
    let two = try repository.say(["note", "b", "team=ops", "about=\(pain)"])
    let aside = try repository.say(["note", "c", "team=ops", "about=\(pain)"])
    try repository.say(["move", aside, "set-aside", "setAsideReason=told twice"])
    let run = try repository.docket("tell", pain, "We fix it in May")
    try run.succeeded()
    #expect(run.lines.count == 1 && run.lines[0].hasPrefix("ANS-"))
    let answer = try repository.record(run.lines[0])
    #expect(Set(answer["answers"] as? [String] ?? []) == [one, two])
    #expect(Set(answer["to"] as? [String] ?? []) == ["developer 1", "ops"])
    #expect(answer["by"] as? String == "mira" && answer["about"] as? [String] == [pain])
    #expect(answer["on"] != nil)
    // Only who came later waits now.
    let three = try repository.say(["note", "d", "team=app", "about=\(pain)"])
    let next = try repository.record(repository.say(["tell", pain, "Still in May"]))
    #expect(next["answers"] as? [String] == [three] && next["to"] as? [String] == ["app"])
  }

  @Test("where nobody waits it writes the answer without names, and says so")
  func nobody() throws {
    let run = try repository.docket("tell", pain, "We fix it in May")
    try run.succeeded()
    #expect(run.errors.contains("nobody waits"), "\(run.transcript)")
    let answer = try repository.record(run.lines[0])
    #expect(answer["answers"] == nil && answer["to"] as? [String] == ["everybody"])
    // It answers nothing that comes later.
    let late = try repository.say(["note", "d", "team=app", "about=\(pain)"])
    let next = try repository.record(repository.say(["tell", pain, "Again"]))
    #expect(next["answers"] as? [String] == [late])
  }

  @Test("a general answer answers what came before it, on the branch that knew it")
  func general() throws {
    let early = try repository.say(["note", "a", "team=web", "about=\(pain)"])
    try repository.git("switch", "-q", "-c", "side")
    let unseen = try repository.say(["note", "b", "team=ops", "about=\(pain)"])
    try repository.git("switch", "-q", "main")
    // By hand, without names.
    try repository.say(["new", "answer", "told=In May", "about=\(pain)", "to=everybody"])
    try repository.git("merge", "-q", "--no-edit", "side")
    let next = try repository.record(repository.say(["tell", pain, "Again"]))
    #expect(next["answers"] as? [String] == [unseen], "\(early) was told, \(unseen) wasn't")
  }

  @Test("to one piece of feedback alone; what is about nothing is triaged first")
  func one() throws {
    let one = try repository.say(["note", "a", "team=web", "about=\(pain)"])
    _ = try repository.say(["note", "b", "team=ops", "about=\(pain)"])
    let answer = try repository.record(repository.say(["tell", one, "Thank you"]))
    #expect(answer["answers"] as? [String] == [one] && answer["about"] as? [String] == [pain])
    let fresh = try repository.say(["note", "c"])
    let refusal = try repository.docket("tell", fresh, "Thank you")
    refusal.expectRefusal(saying: "docket link \(fresh) about")
  }

  @Test("bare docket says what waits: the inbox with a guess, and pain points to answer")
  func status() throws {
    let note = try repository.say(["note", "each deploy takes the whole day", "team=web"])
    let inbox = try repository.docket()
    #expect(inbox.output.contains("to triage"), "\(inbox.transcript)")
    #expect(inbox.output.contains("docket link \(note.prefix(7))"))
    #expect(inbox.output.contains("about \(pain.prefix(7))"))
    try repository.say(["link", note, "about", pain])
    #expect(try repository.docket().output.contains("1 pain point to answer"))
    try repository.say(["tell", pain, "In May"])
    #expect(!(try repository.docket().output.contains("to answer")))
    try repository.say(["note", "again", "team=ops", "about=\(pain)"])
    #expect(try repository.docket().output.contains("1 pain point to answer"))
  }

  @Test("similar open pain points: a line on standard error and a key in JSON")
  func similar() throws {
    let note = try repository.docket("note", "deploys take a whole day", "--format", "json")
    try note.succeeded()
    let found = try #require(try note.json()["similar"] as? [[String: Any]])
    #expect(found.map { $0["id"] as? String } == [pain] && note.errors.contains(pain))
    let new = try repository.docket("new", "pain-point", "title=A deploy takes days")
    try new.succeeded()
    #expect(new.lines.count == 1 && new.errors.contains(pain), "\(new.transcript)")
    let other = try repository.docket("new", "pain-point", "title=Nobody reads the wiki")
    #expect(!other.errors.contains("similar"))
  }
}

import Foundation
import Importers
import Testing

extension MeetingDraft {
  /// Without what a new text cannot repeat: line numbers and provenance.
  var content: MeetingDraft {
    var copy = self
    copy.provenance = ProvenanceDraft(source: "", firstLine: 1, lastLine: 1)
    copy.unparsed = unparsed.map { UnparsedLine(line: 0, text: $0.text) }
    for index in copy.actions.indices { copy.actions[index].line = 0 }
    return copy
  }
}

@Suite struct MinutesPrinterTests {
  @Test(
    "what is read is printed and read again",
    arguments: [
      MinutesSamples.sections, MinutesSamples.log, MinutesSamples.form,
    ])
  func samples(_ text: String) throws {
    for meeting in MinutesMarkdown.parse(text.bytes, source: "x.md").meetings {
      let printed = MinutesMarkdown.print(meeting)
      let again = MinutesMarkdown.parse(printed.bytes, source: "y.md")
      #expect(again.problems.isEmpty)
      #expect(again.meetings.map(\.content) == [meeting.content])
      #expect(MinutesMarkdown.print(try #require(again.meetings.first)) == printed)
    }
  }

  @Test func theFormIsItsOwnPrint() throws {
    let meeting = try #require(
      MinutesMarkdown.parse(MinutesSamples.form.bytes, source: "x.md").meetings.first)
    #expect(MinutesMarkdown.print(meeting) == MinutesSamples.form + "\n")
  }

  @Test func theManualsExampleIsItsOwnPrint() throws {
    let page = try String(
      contentsOf: RealMinutes.root.appendingPathComponent("docs/minutes-form.md"), encoding: .utf8)
    let example = try #require(page.firstMatch(of: /```markdown\n(?<text>(?s:.*?))```/)).text
    let read = MinutesMarkdown.parse(String(example).bytes, source: "x.md")
    let meeting = try #require(read.meetings.first)
    #expect(read.problems.isEmpty && meeting.unparsed.isEmpty)
    #expect(meeting.actions.map(\.ownerName) == ["Bo Lindqvist", "Ana Ruiz", "Dee Park"])
    #expect(MinutesMarkdown.print(meeting) == example)
  }

  @Test(.enabled(if: RealMinutes.isHere, "the public minutes are not here"))
  func realMinutes() throws {
    for path in RealMinutes.files {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      for meeting in MinutesMarkdown.parse(bytes, source: path).meetings {
        let again = MinutesMarkdown.parse(MinutesMarkdown.print(meeting).bytes, source: "x.md")
        #expect(again.meetings.map(\.content) == [meeting.content], "\(path)")
      }
    }
  }

  @Test("any meeting that the form can hold comes back", arguments: 0..<300)
  func property(_ seed: Int) {
    var source = MeetingSource(seed: UInt64(seed))
    let meeting = source.meeting()
    let printed = MinutesMarkdown.print(meeting)
    let again = MinutesMarkdown.parse(printed.bytes, source: "x.md")
    #expect(again.meetings.map(\.content) == [meeting.content], "\(printed)")
  }
}

/// Invents meetings, with the words that would break a careless printer.
private struct MeetingSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func meeting() -> MeetingDraft {
    var meeting = MeetingDraft(title: words(), heldOn: "2026-03-0\(number(9) + 1)")
    meeting.body = flip() ? "" : words()
    meeting.type = pick(["advisory-board", "sprint-review", "office-hours", "other"])
    meeting.links = many(3) { LinkDraft(label: $0.words(), url: $0.url()) }
    meeting.present = people.filter { _ in flip() }
    meeting.absent = many(2) { AttendeeDraft(name: "Gus \($0.number(90))th", note: $0.note()) }
    let titles = Set((0..<number(4)).map { "\($0 + 1)) " + words() })
    meeting.agenda = titles.sorted().map { item($0) }
    for title in meeting.agenda.map(\.title) + [nil] {
      for index in 0..<number(3) {
        meeting.actions.append(action("buy \(words()) \(index)", agenda: title, meeting.present))
      }
    }
    meeting.unparsed = many(3) { UnparsedLine(line: 0, text: $0.line()) }
      .filter { !$0.text.allSatisfy { " -*_=".contains($0) } }
    return meeting
  }

  private let people = [
    AttendeeDraft(name: "Ana Ruiz", handle: "ana", initials: "AR"),
    AttendeeDraft(name: "Bo O’Lind_qvist", note: "voting *late*"),
    AttendeeDraft(name: "Zoë", handle: "z-o_e", note: "guest - remote"),
  ]

  private mutating func item(_ title: String) -> AgendaItemDraft {
    var item = AgendaItemDraft(title: title)
    item.group = flip() ? nil : pick(["acme/council", "Old business"])
    item.references = many(3) { draw in
      LinkDraft(label: draw.flip() ? "#\(draw.number(99))" : draw.words(), url: draw.url())
    }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    var notes = many(6) { $0.line() }
    while notes.first?.allSatisfy(\.isWhitespace) == true { notes.removeFirst() }
    while notes.last?.allSatisfy(\.isWhitespace) == true { notes.removeLast() }
    item.notes = notes
    item.decisions = many(2) { "keep " + $0.words() }
    return item
  }

  private mutating func action(
    _ title: String, agenda: String?, _ roster: [AttendeeDraft]
  ) -> ActionDraft {
    var action = ActionDraft(title: title, done: flip(), agenda: agenda)
    if flip() { action.due = "2026-12-0\(number(9) + 1)" }
    switch number(3) {
    case 0: action.ownerHandle = "nobody-\(number(9))"
    case 1:
      action.ownerName = roster.first?.name
      action.ownerHandle = roster.first?.handle
    default: break
    }
    return action
  }

  private mutating func note() -> String? { flip() ? nil : "till \(number(12)) [late]" }

  private mutating func words() -> String {
    let all = [
      "plain", "*star*", "_line_", "a_b_c", "`code`", "[box]", "<b>", "&amp;", "\\back", "snake_",
      "100%", "# no", "1.", "“quotes”", "C#", "x < y", "!", "(bracket)", "ends:", "naïve",
      "~~gone~~",
      "a*b", "**bold**", "&", "C++", "R&D", "[ ]",
    ]
    let count = number(3) + 1
    return "w" + (0..<count).map { _ in pick(all) }.joined(separator: " ")
  }

  private mutating func url() -> String {
    pick(["https://a.example/", "https://a.example/x_(y)?q=1&r=*2*", "docs/a b.md", "/rel"])
      + "\(number(90))"
  }

  private mutating func line() -> String {
    pick([
      "plain words", "* point", "  * deeper", "- dash", "", "# Heading", "## Present", "### Topic",
      "#### Small", "```", "~~~", "~~~~notes", "> quote", "---", "===", "<!-- open", "<div>",
      "| a | b |", "    code", "1. one", "\ttab", "[ref]: https://x.example", "- Group: x",
      "- References: y", "Setext", "trailing  ", "\\", "```notes",
    ])
  }

  private mutating func many<T>(_ most: Int, _ make: (inout MeetingSource) -> T) -> [T] {
    (0..<number(most + 1)).map { _ in make(&self) }
  }

  private mutating func pick<T>(_ all: [T]) -> T { all[number(all.count)] }
  private mutating func flip() -> Bool { number(2) == 0 }

  private mutating func number(_ below: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % below
  }
}

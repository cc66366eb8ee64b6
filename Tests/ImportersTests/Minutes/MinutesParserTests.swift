import Foundation
import Importers
import Testing

@Suite struct MinutesParserTests {
  private func meeting(_ text: String, source: String = "minutes.md") throws -> MeetingDraft {
    let read = MinutesMarkdown.parse(text.bytes, source: source)
    return try #require(read.meetings.first)
  }

  @Test func readsSections() throws {
    let draft = try meeting(MinutesSamples.sections, source: "2026/2026-03-04.md")
    #expect(draft.title == "Acme Platform Council Meeting 2026-03-04")
    #expect(draft.body == "Acme Platform Council")
    #expect(draft.heldOn == "2026-03-04")
    #expect(draft.type == "other")
    #expect(
      draft.links == [
        LinkDraft(label: "Recording", url: "https://video.example/1"),
        LinkDraft(label: "GitHub Issue", url: "https://git.example/acme/council/issues/9"),
        LinkDraft(label: "Slides", url: "https://slides.example/9"),
        LinkDraft(label: "Calendar", url: "https://calendar.example"),
      ])
    #expect(
      draft.present == [
        AttendeeDraft(name: "Ana Ruiz", handle: "ana", initials: "AR"),
        AttendeeDraft(name: "Bo Lindqvist", handle: "bo-l", note: "voting"),
        AttendeeDraft(name: "Chidi Okafor"),
        AttendeeDraft(name: "", handle: "dee"),
        AttendeeDraft(name: "Eve Stone", handle: "eve", note: "Umbrella"),
      ])
    #expect(
      draft.agenda.map(\.title) == [
        "Announcements", "Faster builds", "Review meeting times", "Q&A, Other",
      ])
    #expect(draft.provenance.firstLine == 1 && draft.provenance.lastLine == 47)
  }

  @Test func keepsNotesVerbatimAndFindsWhatTheyDecide() throws {
    let draft = try meeting(MinutesSamples.sections)
    let builds = try #require(draft.agenda.first { $0.title == "Faster builds" })
    #expect(builds.group == "acme/council")
    #expect(
      builds.references == [
        LinkDraft(label: "#12", url: "https://git.example/acme/council/issues/12")
      ])
    #expect(
      builds.notes == [
        "  * Ana: cache misses are up", "  * Decision: rent two more builders", "",
        "AR: I can ask.", "", "Action: AR to ask for quotes, due 2026-04-01",
      ])
    #expect(builds.decisions == ["rent two more builders"])
    #expect(
      draft.actions == [
        ActionDraft(
          title: "AR to ask for quotes, due 2026-04-01", ownerName: "Ana Ruiz",
          ownerHandle: "ana", due: "2026-04-01", agenda: "Faster builds", line: 34)
      ])
    #expect(draft.unparsed.map(\.line) == [16, 22, 47])
    #expect(draft.unparsed.first?.text == "* Acme Project Maintainers")
  }

  @Test func readsManyMeetingsOfOneFile() {
    let read = MinutesMarkdown.parse(MinutesSamples.log.bytes, source: "guild.md")
    #expect(read.problems.isEmpty && read.unparsed.isEmpty)
    #expect(read.meetings.map(\.heldOn) == ["2026-03-18", "2026-03-04"])
    #expect(read.meetings.map(\.body) == ["Tools guild", "Tools guild"])
    #expect(read.meetings.map(\.title) == ["March 18th, 2026", "4 Mar 2026"])
    #expect(read.meetings.map(\.provenance.firstLine) == [3, 11])
    #expect(
      read.meetings.first?.agenda.map(\.title) == ["Intro by Ana", "Bo showed the new cache"])
    #expect(
      read.meetings.first?.links
        == [LinkDraft(label: "Watch the recording", url: "https://video.example/2")])
  }

  @Test func anEditOfOneMeetingLeavesTheOthersDigest() {
    let edited = MinutesSamples.log.replacingFirst("Intro by Ana", with: "Intro by Bo")
    let before = MinutesMarkdown.parse(MinutesSamples.log.bytes, source: "guild.md").meetings
    let after = MinutesMarkdown.parse(edited.bytes, source: "guild.md").meetings
    #expect(before[0].provenance.digest != after[0].provenance.digest)
    #expect(before[1].provenance.digest == after[1].provenance.digest)
  }

  @Test func readsItsOwnForm() throws {
    let draft = try meeting(MinutesSamples.form)
    #expect(draft.type == "advisory-board")
    #expect(draft.guests == [AttendeeDraft(name: "Chidi Okafor")])
    #expect(draft.agenda.map(\.title) == ["Slow builds", "Present"])
    #expect(draft.agenda[0].decisions == ["Rent two more builders"])
    #expect(
      draft.agenda[0].notes == [
        "Bo showed the queue:", "",
        "* forty minutes on Mondays, see [#13](https://git.example/13)",
      ])
    #expect(draft.agenda[0].references.map(\.label) == ["#12", "survey"])
    #expect(draft.unparsed.isEmpty)
    #expect(
      draft.actions.map { [$0.title, $0.ownerName, $0.ownerHandle, $0.due, $0.agenda] } == [
        ["Ask vendors for quotes", "Ana Ruiz", "ana", "2026-04-01", "Slow builds"],
        ["Send the minutes", "Chidi Okafor", nil, nil, nil],
      ])
    #expect(draft.actions.map(\.done) == [false, true])
  }

  @Test(
    "line endings, byte order mark and front matter change nothing",
    arguments: [
      MinutesSamples.sections.replacingNewlines(with: "\r\n"),
      MinutesSamples.sections.replacingNewlines(with: "\r"),
      "\u{FEFF}" + MinutesSamples.sections,
    ])
  func ignoresEncodings(_ text: String) throws {
    let plain = try meeting(MinutesSamples.sections)
    #expect(try meeting(text) == plain)
  }

  @Test func readsFrontMatter() throws {
    let text = """
      ---
      title: "Guild sync"
      date: 2026-03-04
      tags: [one]
      ---
      **Attendees:**
      Ana Ruiz, Bo Lindqvist (@bo-l, observer)

      ## Topics
      - Caches
      """
    let draft = try meeting(text)
    #expect(draft.title == "Guild sync" && draft.heldOn == "2026-03-04")
    #expect(draft.present.map(\.name) == ["Ana Ruiz", "Bo Lindqvist"])
    #expect(draft.present[1].note == "observer")
    #expect(draft.agenda.map(\.title) == ["Caches"])
    #expect(draft.unparsed == [UnparsedLine(line: 4, text: "tags: [one]")])
  }

  @Test("what Windows saved is read, its quotation marks too, and said")
  func windows1252() throws {
    let bytes =
      "# Guild 2026-03-04\r\n\r\n## Agenda\r\n\r\n### Builds\r\n\r\nShe said ".bytes + [0x93]
      + "slow".bytes + [0x94] + " for 3 ".bytes + [0x80] + ".\r\n".bytes
    let read = MinutesMarkdown.parse(bytes, source: "x.md")
    #expect(read.problems.map(\.reason) == [.notUTF8])
    #expect(read.meetings.first?.agenda.first?.notes == ["She said “slow” for 3 €."])
  }

  @Test(
    "UTF-16 is read by its byte order mark, and refused where it isn't", arguments: [true, false])
  func utf16(isLittle: Bool) throws {
    let text = "# Guild 2026-03-04\n\n## Present\n\n- Zoë 😀\n"
    var bytes: [UInt8] = isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]
    for unit in text.utf16 {
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      bytes += isLittle ? [low, high] : [high, low]
    }
    let read = MinutesMarkdown.parse(bytes, source: "x.md")
    #expect(read.problems.isEmpty && read.meetings.first?.present.map(\.name) == ["Zoë 😀"])
    for broken in [bytes.dropLast(), bytes + (isLittle ? [0x00, 0xD8] : [0xD8, 0x00])] {
      let read = MinutesMarkdown.parse(Array(broken), source: "x.md")
      #expect(read.meetings.isEmpty)
      #expect(read.problems.map(\.message) == ["begins like UTF-16 and isn't; save it as UTF-8"])
    }
  }

  @Test("front matter that isn't plain text is kept, and never taken for a name")
  func frontMatterStructures() throws {
    let text = """
      ---
      date: 2026-03-06
      attendees: [Ann Lee, "O'Neil, Pat"]
      absent: &gone Bo
      summary: |
        Slow.
      guests: Cy
      ---
      # Board

      ## Agenda

      ### Builds
      """
    let draft = try meeting(text)
    #expect(draft.present.isEmpty && draft.absent.isEmpty && draft.guests.map(\.name) == ["Cy"])
    #expect(draft.unparsed.map(\.line) == [3, 4, 5, 6], "\(draft.unparsed)")
  }

  @Test("underlined headings are headings, and their underlines nothing")
  func underlined() throws {
    let text = """
      Advisory board 2026-03-04
      =========================

      Present
      -------

      - Ann Lee

      Slow builds
      and tests
      -----------

      Forty minutes.

      ---

      And more.
      """
    let draft = try meeting(text)
    #expect(draft.title == "Advisory board 2026-03-04" && draft.present.map(\.name) == ["Ann Lee"])
    #expect(draft.agenda.map(\.title) == ["Slow builds and tests"])
    #expect(draft.agenda.first?.notes == ["Forty minutes.", "", "---", "", "And more."])
    #expect(draft.unparsed.isEmpty)
  }

  @Test("a box is something to do at any depth, and no topic")
  func boxes() throws {
    let text = """
      # Board 2026-03-05

      ## Notes

      - [ ] Ask two vendors
      - Talked about builds
        - [ ] Measure the queue
      - [x] Book a room
      """
    let draft = try meeting(text)
    #expect(draft.agenda.map(\.title) == ["Talked about builds"])
    #expect(
      draft.actions.map(\.title).sorted() == [
        "Ask two vendors", "Book a room", "Measure the queue",
      ])
    #expect(draft.actions.filter(\.done).map(\.title) == ["Book a room"])
    #expect(draft.unparsed.isEmpty)
  }

  @Test("an owner is found among those who are known, however the minutes name them")
  func knownOwners() throws {
    let text = """
      # Board 2026-03-04

      ## Actions

      - [ ] Send the list (@Jonas, due 2026-12-01)
      - [ ] Book a room (Jonas Brandt)
      - [ ] Jonas Brandt to order chairs
      - [ ] Clean up (by hand)
      - [ ] Jonas to wait
      """
    let people = [AttendeeDraft(name: "Jonas Brandt", handle: "jonas")]
    let read = MinutesMarkdown.parse(text.bytes, source: "x.md", people: people)
    let actions = try #require(read.meetings.first).actions
    #expect(
      actions.map(\.ownerHandle) == ["jonas", "jonas", "jonas", nil, "jonas"])
    #expect(actions[1].title == "Book a room" && actions[3].title == "Clean up (by hand)")
  }

  @Test func readsLatin1AndSaysSo() throws {
    var bytes = "# Guild 2026-03-04\n\n## Present\n\n- Ren".bytes
    bytes.append(0xE9)
    bytes += " Blanc\n".bytes
    let read = MinutesMarkdown.parse(bytes, source: "x.md")
    #expect(read.problems.map(\.reason) == [.notUTF8])
    #expect(read.meetings.first?.present.map(\.name) == ["René Blanc"])
  }
}

extension String {
  func replacingNewlines(with ending: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: ending)
  }

  func replacingFirst(_ words: String, with other: String) -> String {
    guard let range = range(of: words) else { return self }
    return replacingCharacters(in: range, with: other)
  }
}

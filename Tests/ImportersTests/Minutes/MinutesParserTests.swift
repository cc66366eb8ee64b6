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

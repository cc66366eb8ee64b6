import Foundation
import Importers
import Testing

/// No source line is lost: each stands in `unparsed`, in the notes, or its words in one place.
@Suite struct LineAccountingTests {
  @Test(
    "samples",
    arguments: [
      MinutesSamples.sections, MinutesSamples.log, MinutesSamples.form,
    ])
  func samples(_ text: String) {
    #expect(lost(text.bytes, source: "x.md") == [])
  }

  @Test(.enabled(if: RealMinutes.isHere, "the public minutes are not here"))
  func realMinutes() throws {
    #expect(RealMinutes.files.count > 100)
    for path in RealMinutes.files {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let read = MinutesMarkdown.parse(bytes, source: path)
      #expect(!read.meetings.isEmpty || read.problems.contains(where: \.preventsImport), "\(path)")
      #expect(lost(bytes, source: path) == [], "\(path)")
    }
  }

  @Test(
    "text of no known shape is kept",
    arguments: [
      "# Guild 2026-03-04\n\n<table>\n<tr><td>x</td></tr>\n</table>\n",
      "# Guild 2026-03-04\n\n| Name | Handle |\n|---|---|\n| Ana | @ana |\n\n[a]: http://b.example\n",
      "# Guild 2026-03-04\n## Present\n\n```\ncode\n",
      "# Guild 2026-03-04\n## Agenda\n> quoted\n> # heading\n\n<!-- never closed\n## Present\n- Ana",
      "Guild 2026-03-04\n===\n\nAgenda\n------\n\n* a\n\n      deep\n* \n1) b\n\u{0}nul\n",
      "# Guild 2026-03-04\n## Actions\n- one\n  - below\n- None\n",
      "# Guild 2026-03-04\n## Agenda\n" + String(repeating: "> - ", count: 3000) + "x\n",
      "# 2026-03-04\n" + String(repeating: "[", count: 5000) + "\n",
      "---\ntitle: never closed\n# Guild 2026-03-04\n",
      "# Guild 2026-03-04\n## Links\n- see [a](b) and [c](d)\n- \n",
    ])
  func oddShapes(_ text: String) {
    #expect(lost(text.bytes, source: "x.md") == [])
  }

  @Test(
    "long files take time in proportion", .timeLimit(.minutes(1)),
    arguments: [
      "# Guild 2026-03-04\n"
        + String(repeating: "* topic [#1](a/issues/1)\n* AR: talk\n", count: 4000),
      String(repeating: "# 2026-03-04\n* topic\n", count: 4000),
    ])
  func longFiles(_ text: String) {
    let read = MinutesMarkdown.parse(text.bytes, source: "x.md")
    #expect(read.meetings.reduce(0) { $0 + $1.agenda.count } == 4000)
  }

  @Test("any bytes are read without a crash, and no line is lost", arguments: 0..<40)
  func anyBytes(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    let sample = MinutesSamples.sections.bytes
    let marks = Array("\n#*-[]() :@\t\u{0}`>|".utf8)
    var bytes = sample
    for _ in 0..<60 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let at = Int(state >> 33) % bytes.count
      switch state % 4 {
      case 0: bytes[at] = marks[Int(state >> 20) % marks.count]
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(contentsOf: "\n\n".utf8, at: at)
      default: bytes.insert(contentsOf: sample[(at % sample.count)...].prefix(20), at: 0)
      }
    }
    #expect(lost(bytes, source: "2026-03-04.md") == [])
  }

  /// The lines whose words are nowhere in what was read.
  private func lost(_ bytes: [UInt8], source: String) -> [String] {
    let read = MinutesMarkdown.parse(bytes, source: source)
    var verbatim = Set(read.unparsed.map { $0.text.trimmingCharacters(in: .whitespaces) })
    var places: [String] = []
    for meeting in read.meetings {
      verbatim.formUnion(
        (meeting.unparsed.map(\.text) + meeting.agenda.flatMap(\.notes))
          .map { $0.trimmingCharacters(in: .whitespaces) })
      places.append(
        squash(
          "title body date type "
            + [
              meeting.title, meeting.body, meeting.heldOn, meeting.type,
            ].joined(separator: " ")))
      places += meeting.links.map { squash("\($0.label) \($0.url)") }
      let people = meeting.present + meeting.absent + meeting.guests
      places += people.map {
        squash("\($0.initials ?? "") \($0.name) \($0.handle ?? "") \($0.note ?? "")")
      }
      places.append(
        places.suffix(people.count).reduce("presentattendees", +))
      for item in meeting.agenda {
        places.append(
          squash(
            "\(item.title) \(item.group ?? "") group references "
              + item.references.map { "\($0.label) \($0.url)" }.joined(separator: " ")))
        places += item.decisions.map { squash("decision \($0)") }
      }
      places += meeting.actions.map {
        squash(
          "action x owner due \($0.title) \($0.ownerName ?? "") \($0.ownerHandle ?? "") \($0.due ?? "")"
        )
      }
    }
    let headings: Set<String> = [
      "links", "present", "absent", "guests", "agenda", "actions", "upcoming meetings",
      "upcoming meeting",
      "not understood", "invited", "minutes", "joining the meeting", "attendees", "topics",
    ]
    return lines(bytes).filter { line in
      // An ordered list's number is a mark, not a word.
      let all = words(line.replacing(/^\s*[0-9]+[.)]\s/, with: ""))
      if all.isEmpty || verbatim.contains(line.trimmingCharacters(in: .whitespaces)) {
        return false
      }
      let spoken = line.lowercased().filter { $0.isLetter || $0 == " " }
      if headings.contains(spoken.trimmingCharacters(in: .whitespaces)) { return false }
      return !places.contains { place in all.allSatisfy(place.contains) }
    }
  }

  private func squash(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init))
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    let text =
      String(validating: bytes, as: UTF8.self)
      ?? String(bytes.map { Character(Unicode.Scalar($0)) })
    return text.replacingOccurrences(of: "\u{FEFF}", with: "")
      .components(separatedBy: CharacterSet(charactersIn: "\r\n"))
  }
}

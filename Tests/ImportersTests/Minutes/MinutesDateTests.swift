import Importers
import Testing

struct DateCase: Sendable, CustomTestStringConvertible {
  var text: String
  var source = "minutes.md"
  var day: String?
  var reasons: [ImportProblem.Reason] = []

  var testDescription: String { "\(text.prefix(40)) in \(source)" }
}

@Suite struct MinutesDateTests {
  @Test(
    "the day comes from the text or the file name and is never guessed",
    arguments: [
      DateCase(text: "# Guild 2026-03-04", day: "2026-03-04"),
      DateCase(text: "# Guild, March 4th, 2026", day: "2026-03-04"),
      DateCase(text: "# Wednesday, 4 Mar 2026", day: "2026-03-04"),
      DateCase(text: "# 4th of March 2026: guild", day: "2026-03-04"),
      DateCase(text: "# Guild 2026/3/4", day: "2026-03-04"),
      DateCase(text: "# Guild 31/12/2026", day: "2026-12-31"),
      DateCase(text: "# Guild 04.03.2026", day: "2026-03-04"),
      DateCase(text: "Guild minutes\n\nHeld on March 4, 2026 online", day: "2026-03-04"),
      DateCase(text: "# Guild\n\n- **Date**: 2026-03-04", day: "2026-03-04"),
      DateCase(text: "*# Guild Meeting 2026-03-04\n\n## Agenda", day: "2026-03-04"),
      DateCase(text: "# Guild", source: "a/2026-03-04.md", day: "2026-03-04"),
      DateCase(text: "# Guild", source: "a/guild-20260304.md", day: "2026-03-04"),
      DateCase(
        text: "# Guild 2026-03-11", source: "2026-03-04.md", day: "2026-03-04",
        reasons: [.dateDisagreement]),
      DateCase(
        text: "# Guild 2026-03-11\n\nDate: 2026-03-04", day: "2026-03-04",
        reasons: [.dateDisagreement]),
      DateCase(
        text: "# Guild 2026-03-041", source: "2026-03-04.md", day: "2026-03-04",
        reasons: [.badDate, .dateDisagreement]),
      DateCase(text: "# Guild 03/04/2026", reasons: [.ambiguousDate, .noDate]),
      DateCase(text: "# Guild 2026-02-29", reasons: [.badDate, .noDate]),
      DateCase(text: "# Guild\n\n## Agenda\n\n- due 2026-03-04", reasons: [.noDate]),
      DateCase(text: "MIT License", source: "LICENSE.md", reasons: [.noDate]),
      DateCase(text: " \n\t\n", source: "2026-03-04.md", reasons: [.empty]),
      DateCase(text: "", reasons: [.empty]),
    ])
  func dates(_ example: DateCase) {
    let read = MinutesMarkdown.parse(example.text.bytes, source: example.source)
    #expect(read.meetings.map(\.heldOn) == [example.day].compactMap { $0 })
    #expect(read.problems.map(\.reason) == example.reasons)
    #expect(read.meetings.isEmpty == read.problems.contains(where: \.preventsImport))
  }

  @Test func textWithoutADateIsKept() {
    let read = MinutesMarkdown.parse("# Guild\n\nwords\n".bytes, source: "x.md")
    #expect(read.unparsed.map(\.text) == ["# Guild", "words"])
  }
}

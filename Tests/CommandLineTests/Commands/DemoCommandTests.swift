import Foundation
import TestSupport
import Testing

/// The demonstration, from nothing to its report.
@Suite("demo") struct DemoCommandTests {
  @Test("builds the same sound repository each time, refuses a commit, writes the report")
  func tellsItsStory() throws {
    let demo = try DemoRepository.shared.get()
    let scratch = demo.scratch
    var heads: Set<String> = []
    for (name, run) in [("one", demo.run), ("two", try scratch.docket("demo", "two"))] {
      try run.succeeded()
      #expect(run.output.contains("the commit is refused: 2 errors"))
      #expect(run.output.contains("\(name)/audit-report.html"))
      let place = scratch.path + "/" + name
      heads.insert(try scratch.git("-C", place, "rev-parse", "HEAD"))
      #expect(try scratch.git("-C", place, "status", "--porcelain") == "")
      #expect(try scratch.tryGit(["-C", place, "fsck", "--strict", "--no-dangling"]).status == 0)
      // As of the story's end: later its actions are overdue.
      let end = try scratch.git("-C", place, "log", "-1", "--format=%ct")
      let check = try scratch.run(
        ScratchRepository.docketExecutable, ["-C", place, "check"],
        environment: ["SOURCE_DATE_EPOCH": end])
      #expect(check.status == 0)
      #expect(!check.output.contains("warning"))
      let rank = try scratch.run(
        ScratchRepository.docketExecutable, ["-C", place, "rank"],
        environment: ["SOURCE_DATE_EPOCH": end])
      let order = rank.lines.filter { $0.contains("PP-") }
      #expect(order.count == 7)
      #expect(order.first?.hasSuffix("Nobody finds how to do a first deploy") == true)
      #expect(order.dropFirst().first?.hasSuffix("Questions to the platform team get lost") == true)
      // The feature that everybody calls a must-have.
      let wish = try scratch.run(
        ScratchRepository.docketExecutable,
        ["-C", place, "list", "kind:decision", "portal", "--format", "jsonl"])
      let id = try #require(
        wish.output.firstRange(of: "DEC-").map { wish.output[$0.lowerBound...].prefix(14) })
      let why = try scratch.run(
        ScratchRepository.docketExecutable, ["-C", place, "rank", "--explain", String(id)],
        environment: ["SOURCE_DATE_EPOCH": end])
      #expect(
        why.output.contains(
          "It ranks low: the best placed pain point that it addresses is 7th of 7"))
    }
    #expect(heads.count == 1)
    let reports = try ["one", "two"].map {
      try Data(contentsOf: URL(filePath: "\(scratch.path)/\($0)/audit-report.html"))
    }
    #expect(reports[0] == reports[1] && reports[0].count > 10_000)
    let again = try scratch.run(ScratchRepository.docketExecutable, ["demo", "one"])
    #expect(again.status == 1)
  }
}

import Files
import JSONText
import Records
import Testing

@testable import Reports

@Suite struct AuditReportTests {
  @Test("formats look as they did", arguments: ["md", "html", "json", "csv"])
  func snapshot(_ format: String) throws {
    let report = AuditReport(try KestrelStory.input())
    try Snapshot.expect(try report.text(format), is: "kestrel.\(format)")
  }

  @Test("the same input gives the same bytes, whatever order it comes in")
  func deterministic() throws {
    let first = try KestrelStory.input()
    let second = AuditInput(
      name: first.name, revision: first.revision, committedAt: first.committedAt,
      since: first.since, until: first.until, isTruncated: first.isTruncated,
      catalog: try SampleTracker().catalog, roster: first.roster, records: first.records.reversed(),
      unreadable: first.unreadable.reversed(), entries: first.entries,
      findings: first.findings.reversed())
    for format in ["md", "html", "json", "csv"] {
      #expect(try AuditReport(first).text(format) == AuditReport(second).text(format))
    }
  }

  @Test("each line of the ledger names its commit, in each format")
  func commits() throws {
    let input = try KestrelStory.input()
    let report = AuditReport(input)
    #expect(report.ledger.lines.count == input.entries.flatMap(\.changes).count)

    let rows = report.markdown.split(separator: "\n").filter { $0.hasPrefix("| 2026-") }
    #expect(rows.count == report.ledger.lines.count)
    for (row, line) in zip(rows, report.ledger.lines) {
      #expect(row.contains("`\(line.commit.shortID)`"))
    }
    for line in report.ledger.lines {
      let start = try #require(report.html.firstRange(of: "<li id=\"\(line.anchor)\">"))
      let item = report.html[start.upperBound...].prefix(2000)
      #expect(item.contains("<code>\(line.commit.shortID)</code>"))
    }
    let csv = report.csv.split(separator: "\r\n").dropFirst()
    #expect(csv.count >= report.ledger.lines.count)
    let ids = Set(report.ledger.lines.map(\.commit.id))
    for row in csv { #expect(ids.contains(String(row.prefix(40)))) }
    let items = report.json["sections"]?[2]?["items"]?.array ?? []
    #expect(items.map { $0["commit"]?.string } == report.ledger.lines.map(\.commit.id))
  }

  @Test("an anchor is used once, and each link leads to one")
  func anchors() throws {
    let html = AuditReport(try KestrelStory.input()).html
    let ids = html.matches(of: /\bid="([^"]*)"/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count)
    for link in html.matches(of: /href="#([^"]*)"/) {
      #expect(ids.contains(String(link.output.1)))
    }
    #expect(html.matches(of: /href="[^#]/).isEmpty)
  }

  @Test("the ledger runs forward in time, by when changes came to the branch")
  func order() throws {
    let times = AuditReport(try KestrelStory.input()).ledger.lines.map(\.broughtAt)
    #expect(times == times.sorted())
  }

  @Test("the trail from pain point to retro is found, and where it ends")
  func trace() throws {
    let trace = AuditReport(try KestrelStory.input()).trace
    let row = try #require(trace.rows.first { $0.decision.id.text == "DEC-1Q5VB9M3XK" })
    #expect(row.painPoints.map(\.id.text) == ["PP-8KX3M2Q4TZ"])
    #expect(row.outcomes.map(\.retro.id.text) == ["RET-2X6ZF1N7QS"])
    #expect(row.outcomes[0].words.map(\.label) == ["Measure", "Unit", "Before", "After", "Result"])
    #expect(row.people.map(\.label) == ["Deciders"])
    #expect(row.people[0].values == ["Mira Olsson", "Ana Kovač"])
    #expect(row.links.map(\.values) == [["MIN-4T7WZ0Q2HC"]])

    // Declined pain points and rejected decisions leave no gap; a rejected decision fills none.
    #expect(
      trace.painPointsWithoutDecision.map(\.record.id.text) == ["PP-2D7HN5V0QK", "PP-9C1FJ6X3BM"])
    #expect(trace.painPointsWithoutDecision[0].without.map(\.id.text) == ["DEC-7T0WD5K9XZ"])
    #expect(trace.decisionsWithoutPainPoint.map(\.record.id.text) == ["DEC-6R9TC4J8WY"])
    #expect(trace.decisionsWithoutRetro.map(\.record.id.text) == ["DEC-6R9TC4J8WY"])
  }

  @Test("a relation that may lead to other kinds too makes no trail")
  func evidenceIsNoAnswer() throws {
    var tracker = try SampleTracker()
    try tracker.commit(
      KestrelStory.mira, at: "2026-01-02T00:00:00Z", "Start",
      [
        ("PP-8KX3M2Q4TZ", KestrelStory.pain("PP-8KX3M2Q4TZ", "Slow", "reported")),
        (
          "DEC-1Q5VB9M3XK",
          KestrelStory.decision(
            "DEC-1Q5VB9M3XK", "Wait", "accepted",
            #""evidence": [{"id": "k3x9q", "from": "PP-8KX3M2Q4TZ"}],"#)
        ),
      ])
    let trace = AuditReport(try tracker.input()).trace
    #expect(trace.painPointsWithoutDecision.map(\.record.id.text) == ["PP-8KX3M2Q4TZ"])
    #expect(trace.decisionsWithoutPainPoint.map(\.record.id.text) == ["DEC-1Q5VB9M3XK"])
  }

  @Test("counts add up")
  func figures() throws {
    let report = AuditReport(try KestrelStory.input())
    #expect(report.figures.map(\.number) == [9, 16, 3, 8, 3])
    #expect(report.kinds.reduce(0) { $0 + $1.count } == report.recordCount)
    #expect(
      report.kinds.first { $0.kind == "pain-point" }.map(AuditReport.states)
        == "1 reported, 1 triaged, 1 declined, 1 resolved")
  }

  @Test("an unreadable file is one exception, also where the check told of it")
  func unreadable() throws {
    let tracker = try SampleTracker()
    let file = UnreadableRecord(path: "docket/actions/2026/06/x.json", message: "what is it")
    for findings in [[], [file.finding]] {
      let report = AuditReport(try tracker.input(unreadable: [file], findings: findings))
      #expect(report.exceptions.openCount == 1)
      #expect(report.limits.count == 1)
    }
  }

  @Test("shallow history is said in each format")
  func shallow() throws {
    let report = AuditReport(try SampleTracker().input(isTruncated: true))
    #expect(report.markdown.contains("This history is shallow"))
    #expect(report.html.contains("This history is shallow"))
    #expect(report.json["truncated"]?.bool == true)
  }

  @Test("an empty tracker has a report")
  func empty() throws {
    let report = AuditReport(try SampleTracker().input(name: ""))
    #expect(report.markdown.hasPrefix("# Audit report\n"))
    #expect(report.html.contains("No record changed in the period."))
    #expect(report.csv.split(separator: "\r\n").count == 1)
  }

  @Test("the printed JSON reads back as the value")
  func json() throws {
    let report = AuditReport(try KestrelStory.input())
    let document = try JSONDocument(parsing: report.jsonText)
    #expect(document.root.value.isIdentical(to: report.json))
    #expect(
      document.root.members.map { $0.key.string }
        == ["format", "report", "rev", "at", "truncated", "sections"])
  }
}

extension AuditReport {
  struct UnknownFormat: Error {}

  func text(_ format: String) throws -> String {
    switch format {
    case "md": markdown
    case "html": html
    case "json": jsonText
    case "csv": csv
    default: throw UnknownFormat()
    }
  }
}

import Foundation
import TestSupport
import Testing

/// `docket sql`, as a user types it.
@Suite("docket sql") struct SQLCommandTests {
  @Test("each kind is a view with its fields as columns")
  func kinds() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Flaky", "severity:=3")
    let run = try repository.tryDocket([
      "sql", "SELECT id, title, severity FROM pain_point", "--format", "json",
    ])
    #expect(
      run.output == """
        {
          "format": "docket.sql/1",
          "truncated": false,
          "columns": [
            "id",
            "title",
            "severity"
          ],
          "items": [
            {
              "id": "\(id)",
              "title": "Flaky",
              "severity": 3
            }
          ]
        }

        """)
  }

  @Test("history is asked by fields, and follows HEAD")
  func history() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Flaky", "severity:=3")
    try repository.say(["edit", id, "severity:=5"])
    let words = [
      "sql",
      "SELECT before, after FROM field_change WHERE field = 'severity' ORDER BY position",
      "--format", "csv",
    ]
    #expect(try repository.tryDocket(words).output == "before,after\r\n,3\r\n3,5\r\n")
    try repository.git("reset", "-q", "--hard", "HEAD~1")
    #expect(try repository.tryDocket(words).output == "before,after\r\n,3\r\n")
  }

  @Test("no renderer lets text through as anything but text")
  func hostile() throws {
    let repository = try ScratchRepository.tracked()
    let statement = "SELECT '=1+1' AS \"@a\", char(27) || '[31m' AS b, 'x' || char(10) || 'y' AS b"
    let csv = try repository.tryDocket(["sql", statement, "--format", "csv"])
    #expect(csv.output == "'@a,b,b_2\r\n'=1+1,\\u{1B}[31m,x\\u{A}y\r\n")
    let text = try repository.tryDocket(["sql", statement])
    #expect(!text.output.contains("\u{1B}"))
    let json = try repository.tryDocket(["sql", statement, "--format", "jsonl"])
    #expect(!json.output.contains("\u{1B}") && json.output.contains("\"b_2\":\"x\\ny\""))
  }

  @Test("nothing is written, and what is refused is said")
  func refusals() throws {
    let repository = try ScratchRepository.tracked()
    try repository.new("pain-point", "title=Flaky")
    for statement in ["DELETE FROM record", "ATTACH 'x' AS y", "PRAGMA user_version = 3"] {
      let run = try repository.tryDocket(["sql", statement])
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("docket"), "\(run.transcript)")
    }
    let unknown = try repository.tryDocket(["sql", "SELECT nonsense FROM record"])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("SQLite says: no such column: nonsense"))
    try repository.expectSound()
  }

  @Test("an empty tracker has empty views")
  func empty() throws {
    let repository = try ScratchRepository.tracked()
    let run = try repository.tryDocket([
      "sql", "SELECT count(*) AS n FROM record", "--format", "jsonl",
    ])
    #expect(run.output == "{\"n\":0}\n")
    #expect(try repository.tryDocket(["sql"]).output.contains("pain_point"))
  }

  @Test("a long result is written a batch at a time, each form whole")
  func batches() throws {
    let repository = try ScratchRepository.tracked()
    let numbers =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
      + " SELECT i, 'row ' || i AS t FROM n"
    func run(_ format: String, _ statement: String) throws -> String {
      let run = try repository.tryDocket(["sql", statement, "--format", format])
      #expect(run.status == 0, "\(run.transcript)")
      return run.output
    }
    let json = try run("json", numbers)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let items = try #require(object["items"] as? [[String: Any]])
    #expect(items.map { $0["i"] as? Int } == (1...2500).map { $0 })
    #expect(json.hasPrefix("{\n  \"format\": \"docket.sql/1\",\n") && json.hasSuffix("\n  ]\n}\n"))
    let none = try run("json", "SELECT 1 AS a WHERE 0")
    #expect(none.hasSuffix("  \"items\": []\n}\n"))
    #expect(try run("jsonl", numbers).split(separator: "\n").count == 2500)
    let csv = try run("csv", numbers).components(separatedBy: "\r\n")
    #expect(csv.count == 2502 && csv[0] == "i,t" && csv[2500] == "2500,row 2500")
    let text = try run("text", numbers).split(separator: "\n")
    #expect(text.count == 2501 && text[0] == "i     t" && text[2500] == "2500  row 2500")
    #expect(try run("text", "SELECT 1 AS a WHERE 0") == "a\n")
  }
}

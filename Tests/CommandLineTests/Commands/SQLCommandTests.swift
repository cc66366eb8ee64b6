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
}

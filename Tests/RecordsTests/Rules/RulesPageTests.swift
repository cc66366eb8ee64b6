import Foundation
import Testing

@testable import Records

/// `docs/rules.md`: the prose is written by hand, the tables come from the rules themselves.
@Suite("the page of rules") struct RulesPageTests {
  private static let path = BuiltInKinds.folder + "/../docs/rules.md"
  private static let begin = "<!-- rules: begin;"
  private static let end = "<!-- rules: end -->"

  @Test("says of every rule what the program says")
  func current() throws {
    let page = try String(contentsOfFile: Self.path, encoding: .utf8)
    let lines = page.components(separatedBy: "\n")
    let first = try #require(lines.firstIndex { $0.hasPrefix(Self.begin) })
    let last = try #require(lines.firstIndex(of: Self.end))
    let expected = (lines[...first] + [""] + Self.tables() + lines[last...]).joined(separator: "\n")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1", page != expected {
      try expected.write(toFile: Self.path, atomically: true, encoding: .utf8)
    }
    #expect(
      page == expected,
      "docs/rules.md is behind: RECORD_SNAPSHOTS=1 swift test --filter RulesPageTests, and commit it"
    )
  }

  private static func tables() -> [String] {
    let rules = RuleBook.descriptions(in: BuiltInKinds.catalog)
    var lines = ["### Built in", "", "| rule | looks at | severity | asks | fixed by |"]
    lines += ["|---|---|---|---|---|"] + rules.filter { $0.kind == nil }.map(row) + [""]
    for kind in BuiltInKinds.catalog.kinds {
      let own = rules.filter { $0.kind == kind.name }
      guard !own.isEmpty else { continue }
      lines += ["### \(kind.title)", ""]
      lines += [
        "From `schema/\(kind.fileName)`. It is said of \(kind.withArticle) that it …", "",
        "| rule | looks at | severity | said when it … | fixed by |", "|---|---|---|---|---|",
      ]
      lines += own.map(row) + [""]
    }
    return lines
  }

  private static func row(_ rule: RuleDescription) -> String {
    let cells = [
      "<a id=\"\(rule.id)\"></a>`\(rule.id)`", rule.looksAt, rule.severity.rawValue,
      // Outside of code an angle bracket would begin an element.
      rule.note.replacing("<", with: "&lt;"),
      rule.kind == nil ? rule.fix : commands(rule.fix),
    ]
    return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  private static func commands(_ fix: String) -> String {
    fix.components(separatedBy: "; or ").map { $0.hasPrefix("docket ") ? "`\($0)`" : $0 }
      .joined(separator: ", or ")
  }
}

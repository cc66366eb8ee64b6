import Foundation
import TestSupport
import Testing

/// What the pages that speak of the sample repository show, asked of the sample repository.
@Suite("documented examples") struct DocumentedExamplesTests {
  private static let pages = ["docs/find-records.md", "docs/read-the-past.md"]

  /// The lines of a page's blocks of code, a list a block.
  private static func blocks(_ page: String) throws -> [[String]] {
    let parts = try Shapes.text(page).components(separatedBy: "\n```")
    return parts.indices.filter { $0 % 2 == 1 }.map { place in
      parts[place].split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        .map(String.init)
    }
  }

  @Test("commands that are shown with their output print it", arguments: pages)
  func outputs(_ page: String) throws {
    let demo = try DemoRepository.shared.get()
    let shown = try Self.blocks(page).filter { $0.first?.hasPrefix("$ docket ") == true }
    #expect(!shown.isEmpty || page == "docs/find-records.md")
    for block in shown {
      let words = block[0].dropFirst(9).split(separator: " ").map(String.init)
      let run = try demo.docket(words).succeeded()
      let expected = block.dropFirst().prefix { $0 != "…" }
      #expect(
        run.lines.prefix(expected.count).map(Self.masked) == expected.map(Self.masked), "\(words)")
    }
  }

  @Test("commands that are listed find what they ask for", arguments: pages)
  func commands(_ page: String) throws {
    let demo = try DemoRepository.shared.get()
    let listed = try Self.blocks(page).joined().filter {
      $0.hasPrefix("docket ") && !$0.contains(" -o ") && !$0.contains("|")
    }
    #expect(listed.count > 10)
    for line in listed {
      let command = line.components(separatedBy: "  ")[0]
      let query = command.split(separator: "'", omittingEmptySubsequences: false)
      let words =
        query[0].dropFirst(7).split(separator: " ").map(String.init)
        + query.dropFirst().prefix(1).map(String.init)
      let run = try demo.docket(words)
      #expect(run.status == 0, "\(command): \(run.errors)")
      #expect(!run.output.isEmpty || words[0] == "diff", "\(command) finds nothing")
    }
  }

  /// A commit's id changes with each word of the sample.
  private static func masked(_ line: String) -> Substring {
    line.prefix(10).allSatisfy(\.isHexDigit) ? line.dropFirst(10) : line[...]
  }
}

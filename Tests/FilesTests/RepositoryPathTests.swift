import Files
import Testing

@Suite("paths in a repository") struct RepositoryPathTests {
  @Test(
    "below a folder is by bytes, with a whole name in between",
    arguments: [
      ("docket/a.json", "docket", true), ("docket/\u{301}x/y.json", "docket", true),
      ("docket", "docket", false), ("docket/", "docket", false), ("dockets/a", "docket", false),
      ("docket\u{301}/a", "docket", false), ("a/docket/b", "docket", false),
      ("a/docket/b", "a/docket", true), ("a", "", true), ("", "", false), ("", "docket", false),
    ])
  func below(path: String, folder: String, expected: Bool) {
    let (path, folder) = (RepositoryPath(path), RepositoryPath(folder))
    #expect(path.isBelow(folder) == expected)
    #expect(path.isAtOrBelow(folder) == (expected || path == folder))
    #expect((path.relative(to: folder) != nil) == expected)
    if let rest = path.relative(to: folder) { #expect(folder.appending(rest) == path) }
  }

  @Test(
    "parent, name and components",
    arguments: [
      ("a/b/c.json", "a/b", "c.json", 3), ("c.json", "", "c.json", 1), ("", "", "", 0),
      ("a/\u{301}", "a", "\u{301}", 2),
    ])
  func parts(path: String, parent: String, name: String, count: Int) {
    let path = RepositoryPath(path)
    #expect(path.parent == RepositoryPath(parent))
    #expect(path.name == RepositoryPath(name))
    #expect(path.components.count == count)
    #expect(path.isRoot || path.parent.appending(path.name) == path)
  }

  @Test("names that aren't UTF-8 stay apart, and equal text of other bytes is another path")
  func bytes() {
    let (one, other) = (RepositoryPath(bytes: [0x61, 0xFF]), RepositoryPath(bytes: [0x61, 0xFE]))
    #expect(one != other && one.text == other.text)
    #expect(RepositoryPath("\u{E9}") != RepositoryPath("e\u{301}"))
    #expect(RepositoryPath("a.json").hasEnding(".json"))
    #expect(!RepositoryPath("a.json\u{301}").hasEnding(".json"))
    #expect(RepositoryPath("B") < "a" && RepositoryPath("a-b") < "a/b")
  }
}

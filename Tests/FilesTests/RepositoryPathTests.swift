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

  @Test(
    "folded as the file systems do that tell the fewest names apart",
    arguments: [
      (".Docket", ".docket", true), ("a/B/\u{E9}", "A/b/E\u{301}", true),
      ("stra\u{DF}e", "STRASSE", true), ("\u{212A}", "k", true), ("\u{17F}", "S", true),
      (".git\u{200C}", ".git", true), (".g\u{FEFF}it/x", ".git/x", true), ("a. .", "a", true),
      ("a:b:$DATA", "a", true), ("a\\b", "a/b", true), ("a", "ab", false), ("a b", "ab", false),
      ("\u{E9}", "e", false), ("a.b", "a", false), ("a/b", "ab", false),
    ])
  func folds(one: String, other: String, expected: Bool) {
    #expect((RepositoryPath(one).folded == RepositoryPath(other).folded) == expected)
  }

  @Test("names that aren't UTF-8 stay apart when folded")
  func foldsBytes() {
    #expect(
      RepositoryPath(bytes: [0x61, 0xFF]).folded != RepositoryPath(bytes: [0x61, 0xFE]).folded)
  }

  @Test(
    "at or below a folder, short names included",
    arguments: [
      (".DOCKET/x", ".docket", true), ("docket~1", ".docket", true),
      ("DOCKET~2/x", ".docket", true),
      ("docket~1", "docket", false), ("feedba~1/x", "feedback-of-all", true),
      ("config~1.jso", "config.json", true), ("docket~12", ".docket", false),
      ("docket~0", ".docket", false), ("x/.docket", ".docket", false),
      ("refs/Replace/a", "refs/replace", true),
      ("refs/replaced", "refs/replace", false),
    ])
  func foldsBelow(path: String, folder: String, expected: Bool) {
    #expect(RepositoryPath(path).folds(atOrBelow: RepositoryPath(folder)) == expected)
  }
}

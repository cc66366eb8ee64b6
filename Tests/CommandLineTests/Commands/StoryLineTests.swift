import Store
import Testing

@testable import docket

@Suite("lines of a story")
struct StoryLineTests {
  private func lines(_ text: String) throws -> [StoryLine] {
    try StoryLine.lines(of: Array(text.utf8), file: "x.story")
  }

  @Test(
    "words are quoted as in a shell",
    arguments: [
      ("docket add $docs evidence said=x", ["add", "$docs", "evidence", "said=x"]),
      ("docket new 'title=It isn'\\''t there'", ["new", "title=It isn't there"]),
      ("docket new 'a\nb'  c", ["new", "a\nb", "c"]),
      ("docket new \\\n    a \\\n    b", ["new", "a", "b"]),
      ("docket new ''", ["new", ""]), ("docket a\\ b", ["a b"]),
    ])
  func words(text: String, expected: [String]) throws {
    let line = try #require(try lines(text).first)
    #expect(line.verb == .docket)
    #expect(line.words == expected)
  }

  @Test("marks say what is shown, what must fail and what is kept; numbers count lines")
  func marks() throws {
    let all = try lines(
      "# first\n\n$ ! git commit -m 'a\nb'\ndocket new action -> todo\nsay  it's  so\n")
    #expect(all.map(\.number) == [3, 5, 6])
    #expect(all[0].shows && all[0].mustFail && all[0].words == ["commit", "-m", "a\nb"])
    #expect(all[1].keepsAs == "todo" && all[1].words == ["new", "action"])
    #expect(all[2].rest == " it's  so")
  }

  @Test(
    "a slip names its file and line",
    arguments: [
      ("\nrun x", "demo/x.story:2: \"run\" is no verb"),
      ("docket 'x", "demo/x.story:1: a quote isn't closed"),
    ])
  func slips(text: String, message: String) {
    #expect {
      _ = try lines(text)
    } throws: { error in
      guard case StoreError.failed(let text, _) = error else { return false }
      return text == message
    }
  }
}

import JSONText
import Testing

@Suite("lines of a text") struct SourceLinesTests {
  @Test(
    "positions are those that counting finds", arguments: ["", "a", "\n", "a\n", "\n\nab\ncé\n"])
  func agrees(_ text: String) {
    let bytes = Array(text.utf8)
    let lines = SourceLines(of: bytes)
    for offset in 0...bytes.count {
      #expect(lines.position(at: offset) == SourcePosition(of: offset, in: bytes))
    }
  }

  @Test("positions in a long text are those that counting finds")
  func agreesInLongText() throws {
    for text in [
      String(repeating: "[\n", count: 100) + String(repeating: " ", count: 20_000),
      String(repeating: "\n", count: 8192), String(repeating: "ab\ncdé\n\n", count: 3000),
    ] {
      let bytes = Array(text.utf8)
      let lines = SourceLines(of: bytes)
      for offset in Array(stride(from: 0, through: bytes.count, by: 61)) + [
        4095, 4096, 4097, bytes.count,
      ] {
        #expect(lines.position(at: offset) == SourcePosition(of: offset, in: bytes))
      }
    }
    let list = try JSONDocument(
      parsing: "[" + String(repeating: "1,\n", count: 10_000) + "2]")
    #expect(list.root[9_999]?.position == SourcePosition(line: 10_000, column: 1))
    #expect(list.root[10_000]?.position == SourcePosition(line: 10_001, column: 1))
  }

  @Test(
    "what stands instead of JSON is named",
    arguments: [
      ("[1 // one\n]", "expected ',' or ']' after an array element; JSON has no comments"),
      ("/* a */ 1", "expected a value; JSON has no comments"), ("[}", "expected a value, not }"),
      (
        "[\u{A0}1]",
        "expected a value, not U+00A0 (no-break space); JSON's white space is space, tab and line ends"
      ),
      (
        "{\u{B}}",
        "expected a key in double quotes, not U+000B; JSON's white space is space, tab and line ends"
      ),
      ("\0", "expected a value, not U+0000"),
    ])
  func names(_ text: String, _ message: String) {
    do throws(JSONSyntaxError) {
      _ = try JSONDocument(parsing: text)
      Issue.record("\(text) is read")
    } catch { #expect(error.message == message) }
  }
}

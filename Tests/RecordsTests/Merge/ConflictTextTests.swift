import TestSupport
import Testing

@testable import Records

@Suite("texts with both sides of a conflict") struct ConflictTextTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("each half of the marked parts is one side's text, of random texts")
  func halves() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      func text() -> String {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          "  line \(Int.random(in: 0...3, using: &random)),\n"
        }.joined()
      }
      let (ours, theirs) = (text(), text())
      let marked = ConflictText(ours: bytes(ours), theirs: bytes(theirs))
        .marked(labels: ("main", "topic"))
      guard ours != theirs else {
        #expect(marked == bytes(ours))
        continue
      }
      let read = try #require(ConflictText(marked: marked))
      #expect(read.ours == bytes(ours) && read.theirs == bytes(theirs))
    }
  }

  @Test("markers have git's form, the size that git asks for, and labels")
  func form() {
    let text = ConflictText(ours: bytes("a\nx\nz\n"), theirs: bytes("a\ny\nz\n"))
    #expect(
      String(decoding: text.marked(size: 9, labels: ("main", "a topic")), as: UTF8.self)
        == "a\n<<<<<<<<< main\nx\n=========\ny\n>>>>>>>>> a topic\nz\n")
  }

  @Test(
    "a text without whole markers has no sides; a common ancestor between them isn't a side's",
    arguments: [
      ("a\n", nil), ("<<<<<<< x\na\n", nil), ("<<<<<<< x\na\n=======\nb\n>>>>>>> y\n", "a\n|b\n"),
      ("<<<<<<< x\na\n||||||| o\nc\n=======\nb\n>>>>>>> y\n", "a\n|b\n"),
      ("<<<<<<< x\na\n>>>>>>> y\n", nil), ("<<<<<< x\na\n======\nb\n>>>>>> y\n", nil),
    ] as [(String, String?)])
  func sides(_ text: String, _ expected: String?) {
    let read = ConflictText(marked: bytes(text))
    #expect(
      read.map { String(decoding: $0.ours + bytes("|") + $0.theirs, as: UTF8.self) } == expected)
  }

  @Test("the words of a text leave out indentation, commas and markers")
  func words() {
    let text = "<<<<<<< main\n  \"a\": 1,\n=======\n\n  \"b\": 2\n>>>>>>> x\n"
    #expect(ConflictText.words(bytes(text)) == [bytes("\"a\": 1"), bytes("\"b\": 2")])
  }
}

import JSONText
import Testing

@Suite("JSON Pointer")
struct JSONPointerTests {
  /// The examples of RFC 6901 §5 and §6.
  @Test(
    "the RFC's examples lead where it says",
    arguments: [
      ("/foo/0", "\"bar\"", "/foo/0"), ("/", "0", "/"), ("/a~1b", "1", "/a~1b"),
      ("/c%d", "2", "/c%25d"), ("/e^f", "3", "/e%5Ef"), ("/g|h", "4", "/g%7Ch"),
      ("/i\\j", "5", "/i%5Cj"), ("/k\"l", "6", "/k%22l"), ("/ ", "7", "/%20"),
      ("/m~0n", "8", "/m~0n"),
    ])
  func leads(_ text: String, _ result: String, _ fragment: String) throws {
    let source =
      #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#
    let root = try JSONDocument(parsing: source).root
    let pointer = try JSONPointer(parsing: text)
    #expect(root.node(at: pointer)?.sourceText == result)
    #expect(root.value[pointer] == root.node(at: pointer)?.value)
    #expect(pointer.description == text)
    #expect(pointer.uriFragment == fragment)
  }

  @Test("malformed pointers are refused", arguments: ["a", "/~", "/~2", "/a~", "#/a"])
  func refuses(_ text: String) {
    #expect(throws: JSONPointerError.self) { try JSONPointer(parsing: text) }
  }

  @Test("pointers sort by tokens, indexes by number, and compare by code points")
  func sorts() throws {
    let texts = ["", "/a", "/a/2", "/a/10", "/a/b", "/b"]
    let pointers = try texts.map { try JSONPointer(parsing: $0) }
    #expect(pointers.shuffled().sorted() == pointers)
    #expect(JSONPointer(tokens: ["é"]) != JSONPointer(tokens: ["e\u{301}"]))
    #expect(pointers[1].contains(pointers[3]) && !pointers[3].contains(pointers[1]))
  }
}

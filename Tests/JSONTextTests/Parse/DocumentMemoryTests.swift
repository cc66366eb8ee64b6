import TestSupport
import Testing

@testable import JSONText

@Suite("memory of a parsed text") struct DocumentMemoryTests {
  /// What the factor in ``JSONDocument`` rests on.
  @Test("a node is 16 bytes, and every second byte of a text begins one at most")
  func isProportional() throws {
    #expect(MemoryLayout<PackedNode>.stride == 16)
    var texts = ["0", "[]", "{}", "[0,0,0,0]", "[[],[],{}]", #"{"":0,"a":{"":[]}}"#]
    texts += (1...6).map {
      "[" + Array(repeating: "7", count: $0 * 1000).joined(separator: ",") + "]"
    }
    texts += (1...6).map {
      String(repeating: "[", count: $0 * 80) + String(repeating: "]", count: $0 * 80)
    }
    for text in texts {
      let document = try JSONDocument(parsing: text)
      #expect(document.nodeCount <= text.utf8.count / 2 + 1, "\(text.prefix(40))")
    }
  }
}

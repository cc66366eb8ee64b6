import Testing

@testable import JSONText

@Suite("nodes where they lie") struct NodeTextTests {
  @Test("tell what a document's nodes tell")
  func agrees() throws {
    let document = try JSONDocument(
      parsing:
        #"{"a": [null, true, false, -12, 1.5, "é", "\n", {}], "b\u0062": {"c": []}, "": "a"}"#)
    func compare(_ node: JSONNode, _ text: NodeText) {
      #expect(text.kind(node.index) == node.kind)
      #expect(text.isString(node.index) == node.isString)
      #expect(text.isArray(node.index) == node.isArray)
      #expect(text.isObject(node.index) == node.isObject)
      #expect(text.source(node.index).elementsEqual(document.bytes[node.range]))
      if let string = node.string {
        #expect(text.isEscaped(node.index) == (string == "\n" || string == "bb"))
        if !text.isEscaped(node.index) {
          var own = string
          own.withUTF8 { #expect(text.isText(node.index, $0)) }
          #expect(text.content(node.index).elementsEqual(string.utf8))
        }
      }
      if node.isNumber { #expect(text.isPlainInteger(node.index) == (node.int != nil)) }
      var children: [Int] = []
      text.forEachChild(node.index) { children.append($0) }
      let inner = node.isObject ? node.members.map(\.value) : Array(node.elements)
      #expect(children == inner.map(\.index))
      if node.isObject || node.isArray { #expect(text.count(node.index) == inner.count) }
      for (key, _) in node.members { compare(key, text) }
      for child in inner { compare(child, text) }
    }
    document.withNodes { text in
      compare(document.root, text)
      #expect(text.member("a", of: 0) == document.root["a"]?.index)
      #expect(text.member("", of: 0) == document.root[""]?.index)
      #expect(text.member("c", of: 0) == nil)
      #expect(text.member("a", of: text.member("a", of: 0) ?? 0) == nil)
    }
  }
}

import JSONText
import Testing

/// A text with ¶ where the error is.
struct SyntaxCase: CustomTestStringConvertible {
  let marked: String
  let code: JSONSyntaxError.Code

  init(_ marked: String, _ code: JSONSyntaxError.Code) {
    self.marked = marked
    self.code = code
  }

  var testDescription: String { "\(marked) \(code)" }
}

@Suite("JSON parser")
struct JSONParserTests {
  @Test(
    "syntax errors point at the byte",
    arguments: [
      SyntaxCase("¶", .emptyText), SyntaxCase("  ¶", .emptyText),
      SyntaxCase("[1¶,]", .trailingComma), SyntaxCase("{\"a\":1¶,}", .trailingComma),
      SyntaxCase("[¶,1]", .expectedValue), SyntaxCase("[1,¶,1]", .expectedValue),
      SyntaxCase("{\"a\" ¶1}", .expectedColon), SyntaxCase("{¶a:1}", .expectedKey),
      SyntaxCase("{\"a\":1 ¶\"b\"}", .expectedCommaOrBrace),
      SyntaxCase("[1 ¶2]", .expectedCommaOrBracket), SyntaxCase("[1¶", .unterminatedArray),
      SyntaxCase("{\"a\":¶", .unterminatedObject), SyntaxCase("{\"a\"¶", .unterminatedObject),
      SyntaxCase("{¶", .unterminatedObject), SyntaxCase("[¶", .unterminatedArray),
      SyntaxCase("[1,¶", .unterminatedArray), SyntaxCase("{\"a\":1,¶", .unterminatedObject),
      SyntaxCase("¶\"abc", .unterminatedString), SyntaxCase("¶\"abc\\", .unterminatedString),
      SyntaxCase("\"a¶\u{1}b\"", .controlCharacter), SyntaxCase("\"a¶\nb\"", .controlCharacter),
      SyntaxCase("\"¶\\x\"", .invalidEscape), SyntaxCase("\"¶\\u12G4\"", .invalidUnicodeEscape),
      SyntaxCase("\"¶\\ud800\"", .loneSurrogate), SyntaxCase("\"¶\\udc00x\"", .loneSurrogate),
      SyntaxCase("\"¶\\ud800\\u0041\"", .loneSurrogate),
      SyntaxCase("¶01", .leadingZero), SyntaxCase("[¶-01]", .leadingZero),
      SyntaxCase("¶-", .invalidNumber), SyntaxCase("¶1.", .invalidNumber),
      SyntaxCase("¶1e+", .invalidNumber), SyntaxCase("¶.5", .invalidNumber),
      SyntaxCase("¶+1", .invalidNumber), SyntaxCase("¶NaN", .invalidLiteral),
      SyntaxCase("¶tru", .invalidLiteral), SyntaxCase("¶nulL", .invalidLiteral),
      SyntaxCase("1 ¶2", .textAfterValue), SyntaxCase("true¶x", .textAfterValue),
      SyntaxCase("¶'a'", .expectedValue), SyntaxCase("¶\u{FEFF}1", .byteOrderMark),
      SyntaxCase("[¶\u{A0}]", .expectedValue),
    ])
  func pointsAtByte(_ example: SyntaxCase) throws {
    let parts = example.marked.split(separator: "¶", omittingEmptySubsequences: false)
    let text = parts.joined()
    let expected = JSONSyntaxError(code: example.code, offset: parts[0].utf8.count)
    #expect(throws: expected) { try JSONDocument(parsing: text) }
    #expect(!expected.message.isEmpty)
  }

  @Test(
    "bytes that are not UTF-8 are refused where they stand",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3],
      [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func refusesInvalidUTF8(_ sequence: [UInt8]) {
    for padding in 0..<12 {
      let head = [UInt8(ascii: "\"")] + [UInt8](repeating: 0x61, count: padding)
      let text = head + sequence + Array("bcdefghij\"".utf8)
      #expect(throws: JSONSyntaxError(code: .invalidUTF8, offset: head.count)) {
        try JSONDocument(parsing: text)
      }
    }
  }

  @Test("strings stop at every place of the eight-byte stride")
  func scansStrings() throws {
    for length in 0..<40 {
      let plain = String(repeating: "x", count: length)
      for (text, value) in [
        (plain, plain), (plain + "é€😀" + plain, plain + "é€😀" + plain),
        (plain + #"\n\"\\\/\b\f\r\té"# + plain, plain + "\n\"\\/\u{8}\u{C}\r\té" + plain),
        (plain + #"\ud83d\ude00"#, plain + "😀"), (plain + #"\u0000"#, plain + "\0"),
      ] {
        let document = try JSONDocument(parsing: "[\"\(text)\", 1]")
        #expect(document.root[0]?.string == value)
        #expect(document.root[1]?.int == 1)
      }
    }
  }

  @Test("nesting is limited, and a hundred thousand brackets do not crash")
  func limitsDepth() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONSyntaxError(code: .tooDeep, offset: 512)) {
      try JSONDocument(parsing: deep)
    }
    let limits = JSONLimits(maximumDepth: .max)
    #expect(throws: JSONSyntaxError(code: .tooDeep, offset: 4096)) {
      try JSONDocument(parsing: deep, limits: limits)
    }
    let nested = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    let value = try JSONDocument(parsing: nested).root.value
    #expect(JSONPrinter.compact(value) == Array(nested.utf8))
    #expect(throws: JSONSyntaxError(code: .tooLarge, offset: 3)) {
      try JSONDocument(parsing: Array("1234".utf8), limits: JSONLimits(maximumBytes: 3))
    }
  }

  @Test(
    "repeated keys are found, compared after unescaping, in source order",
    arguments: [
      (#"{"a":1,"b":2}"#, []), (#"{"a":1,"a":2}"#, [7]), (#"{"a":1,"\u0061":2,"a":3}"#, [7, 18]),
      (#"[{"x":{"y":1,"y":1},"x":0}]"#, [13, 20]), (#"{"é":1,"e\#u{301}":2}"#, []),
    ])
  func findsDuplicateKeys(_ text: String, _ offsets: [Int]) throws {
    let document = try JSONDocument(parsing: text)
    #expect(document.duplicateKeys.map(\.range.lowerBound) == offsets)
  }

  @Test("repeated keys are found in objects of every size", arguments: [2, 8, 24, 25, 100, 5000])
  func findsDuplicateKeysAmongMany(_ count: Int) throws {
    let members = (0..<count).map { "\"key number \($0)\":\($0)" }.joined(separator: ",")
    #expect(try JSONDocument(parsing: "{\(members)}").duplicateKeys.isEmpty)
    let repeated = try JSONDocument(parsing: "{\(members),\"key number 1\":0}")
    #expect(repeated.duplicateKeys.map(\.string) == ["key number 1"])
    #expect(repeated.duplicateKeys.first?.range.lowerBound ?? 0 > members.utf8.count)
  }

  @Test("positions count lines and bytes from 1")
  func findsPositions() throws {
    let document = try JSONDocument(parsing: "{\n  \"é\": [1,\r\n\t2]}")
    let list = try #require(document.root["é"])
    #expect(list.position == SourcePosition(line: 2, column: 9))
    #expect(list[1]?.position == SourcePosition(line: 3, column: 2))
    #expect(document.position(at: document.bytes.count).line == 3)
  }

  @Test("nodes know their kind, count, range and children")
  func reads() throws {
    let text = #"{"a":[null,true,false,-1.5e3,"s",{}],"b":{"c":[]},"a":9}"#
    let root = try JSONDocument(parsing: text).root
    #expect(root.kind == .object && root.count == 3 && root.range == 0..<text.utf8.count)
    let list = try #require(root["a"])
    #expect(list.elements.map(\.kind) == [.null, .bool, .bool, .number, .string, .object])
    #expect(list[1]?.bool == true && list[2]?.bool == false && list[3]?.number?.text == "-1.5e3")
    #expect(root.members.map(\.key.string) == ["a", "b", "a"])
    #expect(root.node(at: try JSONPointer(parsing: "/b/c"))?.kind == .array)
    #expect(root.node(at: try JSONPointer(parsing: "/a/4"))?.string == "s")
    #expect(root.node(at: try JSONPointer(parsing: "/a/04")) == nil)
    #expect(root.keyNode("b")?.sourceText == "\"b\"")
    #expect(list[6] == nil && list["a"] == nil && root[0] == nil)
    #expect(Array(list[0]!.elements).isEmpty && Array(list.members).isEmpty)
  }
}

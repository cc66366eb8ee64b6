import JSONText
import Testing

struct NamedOrder: JSONKeyOrder {
  let keys: [String]
  func rank(of key: String) -> Int? { keys.firstIndex(of: key) }
  func order(forProperty key: String) -> (any JSONKeyOrder)? { key == "free" ? nil : self }
  func orderForItems() -> (any JSONKeyOrder)? { self }
}

@Suite("JSON printer")
struct JSONPrinterTests {
  @Test("the canonical form is expanded, ordered, and ends in a newline")
  func prints() throws {
    let text = #"""
      {"z":1.0,"free":{"b":1,"a":2},"b":[{"a":1,"title":"x"},[],{}],"title":"\u00e9\/\u007f\u0001"}
      """#
    let value = try JSONDocument(parsing: text).root.value
    let printed = JSONPrinter.canonical(value, order: NamedOrder(keys: ["id", "title", "free"]))
    #expect(
      String(decoding: printed, as: UTF8.self) == """
        {
          "title": "é/\u{7F}\\u0001",
          "free": {
            "b": 1,
            "a": 2
          },
          "b": [
            {
              "title": "x",
              "a": 1
            },
            [],
            {}
          ],
          "z": 1.0
        }

        """)
    #expect(
      JSONPrinter.compact(value)
        == Array(
          "{\"z\":1.0,\"free\":{\"b\":1,\"a\":2},\"b\":[{\"a\":1,\"title\":\"x\"},[],{}],\"title\":\"é/\u{7F}\\u0001\"}"
            .utf8))
  }

  @Test("each control character gets the shortest escape")
  func escapes() throws {
    let all = String(String.UnicodeScalarView((0..<0x30).compactMap { Unicode.Scalar($0) }))
    let printed = JSONPrinter.compact(.string(all))
    #expect(try JSONDocument(parsing: printed).root.string == all)
    #expect(String(decoding: printed, as: UTF8.self).contains(#"\u0007\b\t\n\u000b\f\r\u000e"#))
  }
}

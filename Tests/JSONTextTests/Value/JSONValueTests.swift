import JSONText
import Testing

@Suite("JSON values")
struct JSONValueTests {
  private func text(_ value: JSONValue) -> String {
    String(decoding: JSONPrinter.compact(value), as: UTF8.self)
  }

  @Test(
    "equality is JSON Schema's",
    arguments: [
      ("1", "1.0", true), ("[1,2]", "[2,1]", false),
      (#"{"a":1,"b":[]}"#, #"{"b":[],"a":1e0}"#, true),
      (#"{"a":1}"#, #"{"a":1,"b":1}"#, false), ("0", "false", false), ("null", "false", false),
      (#""é""#, #""é""#, true), ("\"é\"", "\"e\u{301}\"", false),
      (#"{"é":1}"#, "{\"e\u{301}\":1}", false),
      (#"{"a":null}"#, #"{"b":null}"#, false), ("-0", "0", true), ("[]", "{}", false),
    ])
  func compares(_ left: String, _ right: String, _ expected: Bool) throws {
    let first = try JSONDocument(parsing: left).root
    let second = try JSONDocument(parsing: right).root
    #expect(first.isEqual(to: second) == expected)
    #expect((first.value == second.value) == expected)
    var hashers = (Hasher(), Hasher())
    first.hash(into: &hashers.0)
    second.hash(into: &hashers.1)
    #expect((hashers.0.finalize() == hashers.1.finalize()) == expected)
    #expect((first.value.hashValue == second.value.hashValue) == expected)
    #expect(first.value.isIdentical(to: second.value) == left.isSameText(as: right))
  }

  @Test("values are changed through keys and pointers")
  func edits() throws {
    var value: JSONValue = ["a": [1, ["b": .null]], "c": true]
    value["d"] = "new"
    value["c"] = nil
    value[try JSONPointer(parsing: "/a/1/b")] = 2
    value[try JSONPointer(parsing: "/a/-")] = "end"
    value[try JSONPointer(parsing: "/a/0")] = nil
    value[try JSONPointer(parsing: "/missing/deep")] = 1
    value[try JSONPointer(parsing: "/a/9")] = 1
    #expect(text(value) == #"{"a":[{"b":2},"end"],"d":"new"}"#)
    #expect(value[try JSONPointer(parsing: "/a/1")]?.string == "end")
    #expect(value[try JSONPointer(parsing: "/a/-")] == nil)
    value[.root] = 5
    #expect(value.int == 5)
  }

  @Test("differences name leaves, list items by their key")
  func differs() throws {
    let before: JSONValue = [
      "title": "old", "gone": ["x": 1], "tags": ["a"], "n": 1,
      "evidence": [["id": "k1", "team": "a"], ["id": "k2", "team": "b"]], "rows": [["v": 1]],
    ]
    let after: JSONValue = [
      "title": "new", "tags": ["a", "b"], "n": .number(JSONNumber("1.0") ?? JSONNumber(0)),
      "evidence": [["id": "k3"], ["id": "k1", "team": "z"]], "rows": [["v": 1], ["v": 2]],
      "more": [:],
    ]
    let changes = JSONDifference.between(before, after) {
      $0.description == "/evidence" ? "id" : nil
    }
    let lines = changes.map {
      "\($0.key) \($0.pointer) \($0.before.map(text) ?? "-") \($0.after.map(text) ?? "-")"
    }
    #expect(
      lines == [
        #"title /title "old" "new""#, #"tags /tags ["a"] ["a","b"]"#,
        #"evidence.k3 /evidence/0 - {"id":"k3"}"#, #"evidence.k1.team /evidence/1/team "a" "z""#,
        #"evidence.k2 /evidence/1 {"id":"k2","team":"b"} -"#, #"rows.1 /rows/1 - {"v":2}"#,
        #"more /more - {}"#, #"gone /gone {"x":1} -"#,
      ])
    #expect(JSONDifference.between(before, before).isEmpty)
    #expect(JSONDifference.between(nil, 1).map(\.key) == [""])
  }

  @Test("list keys are asked for with * for indexes")
  func asksForListKeys() {
    var asked: [String] = []
    let value: JSONValue = ["a": [["b": [["id": 1]]]]]
    let other: JSONValue = ["a": [["b": [["id": 2]]]]]
    let changes = JSONDifference.between(value, other) {
      asked.append($0.description)
      return $0.tokens.last == "b" ? "id" : nil
    }
    #expect(asked == ["/a", "/a/*/b"])
    #expect(changes.map(\.key) == ["a.0.b.2", "a.0.b.1"])
  }
}

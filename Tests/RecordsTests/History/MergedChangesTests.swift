import JSONText
import Testing

@testable import Records

/// What a merge did itself, told from what differs from each parent.
@Suite("changes of a merge") struct MergedChangesTests {
  private struct Case: CustomTestStringConvertible {
    let testDescription: String
    let parents: [String]
    let merge: String
    let own: [String]
  }

  private static let cases = [
    Case(
      testDescription: "each side's own value is taken over",
      parents: [#"{"a": 1, "b": 2}"#, #"{"a": 3, "b": 4}"#], merge: #"{"a": 1, "b": 4}"#, own: []),
    Case(
      testDescription: "a value that no side has",
      parents: [#"{"a": 1, "b": 2}"#, #"{"a": 3, "b": 2}"#], merge: #"{"a": 5, "b": 2}"#,
      own: ["a 1 → 5"]),
    Case(
      testDescription: "an item of one side, changed",
      parents: [#"{"list": []}"#, #"{"list": [{"id": "x", "text": "one", "by": "me"}]}"#],
      merge: #"{"list": [{"id": "x", "text": "two", "by": "me"}]}"#,
      own: [#"list.x.text "one" → "two""#]),
    Case(
      testDescription: "items of both sides side by side",
      parents: [#"{"list": [{"id": "x", "n": 1}]}"#, #"{"list": [{"id": "y", "n": 2}]}"#],
      merge: #"{"list": [{"id": "x", "n": 1}, {"id": "y", "n": 2}]}"#, own: []),
    Case(
      testDescription: "lines of both sides side by side",
      parents: [#"{"text": ["a", "b"]}"#, #"{"text": ["a", "c"]}"#],
      merge: #"{"text": ["a", "b", "c"]}"#, own: []),
    Case(
      testDescription: "a line that both sides have is dropped",
      parents: [#"{"text": ["a", "b"]}"#, #"{"text": ["a", "c"]}"#],
      merge: #"{"text": ["b", "c"]}"#, own: [#"text ["a","b"] → ["b","c"]"#]),
    Case(
      testDescription: "a line of the merge's own",
      parents: [#"{"text": ["a"]}"#, #"{"text": ["b"]}"#], merge: #"{"text": ["a", "b", "c"]}"#,
      own: [#"text ["a"] → ["a","b","c"]"#]),
    Case(
      testDescription: "what both sides have is gone",
      parents: [#"{"a": 1, "b": 2}"#, #"{"a": 3, "b": 2}"#], merge: #"{"a": 1}"#,
      own: ["b 2 → nothing"]),
    Case(
      testDescription: "what one side took out is the side's",
      parents: [#"{"a": 1, "b": 2}"#, #"{"a": 3}"#], merge: #"{"a": 1}"#, own: []),
    Case(
      testDescription: "three parents, of which the last has it",
      parents: [#"{"a": 1}"#, #"{"a": 2}"#, #"{"a": 3}"#], merge: #"{"a": 3}"#, own: []),
  ]

  @Test("by value", arguments: cases)
  private func own(example: Case) throws {
    let merge = try JSONDocument(parsing: Array(example.merge.utf8)).root.value
    let changes = try example.parents.map { parent in
      JSONDifference.between(
        try JSONDocument(parsing: Array(parent.utf8)).root.value, merge, listKey: { _ in "id" }
      ).map {
        FieldChange(pointer: $0.pointer, key: $0.key, before: $0.before, after: $0.after)
      }
    }
    func text(_ value: JSONValue?) -> String {
      value.map { String(decoding: JSONPrinter.compact($0), as: UTF8.self) } ?? "nothing"
    }
    let own = FieldChange.own(changes).map { "\($0.key) \(text($0.before)) → \(text($0.after))" }
    #expect(own == example.own)
  }
}

import JSONText
import Testing

@testable import Records

@Suite("a merge field by field") struct FieldMergeTests {
  private func view() throws -> SchemaView {
    let text = #"""
      {"title": "Loan", "x-docket": {"prefix": "LO", "directory": "loans"}, "type": "object",
       "properties": {"on": {}, "why": {"type": "array", "x-docket-text": "plain"},
         "tags": {"type": "array", "uniqueItems": true}, "at": {"properties": {"x": {}, "y": {}}},
         "list": {"type": "array", "x-docket-merge": {"by": "id"}}}}
      """#
    let catalog = KindCatalog(files: [("loan.schema.json", Array(text.utf8))])
    return try #require(catalog.kind(named: "loan")).view
  }

  private func value(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8)).root.value
  }

  @Test(
    "what one side changed is taken, what both changed differently clashes",
    arguments: [
      (#"{"on": 1}"#, #"{"on": 2}"#, #"{"on": 1}"#, #"{"on": 2}"#, ""),
      (#"{"on": 1}"#, #"{"on": 1}"#, #"{"on": 2}"#, #"{"on": 2}"#, ""),
      (#"{"on": 1}"#, #"{"on": 2}"#, #"{"on": 2}"#, #"{"on": 2}"#, ""),
      (#"{"on": 1}"#, #"{"on": 2}"#, #"{"on": 3}"#, #"{"on": 2}"#, "on"),
      (#"{"on": 1}"#, #"{"on": 2}"#, #"{}"#, #"{"on": 2}"#, "on"),
      (#"{"on": 1}"#, #"{"on": 1}"#, #"{}"#, #"{}"#, ""),
      (#"{}"#, #"{"a": 1}"#, #"{"b": 1}"#, #"{"a": 1, "b": 1}"#, ""),
      (
        #"{"at": {"x": 1, "y": 1}}"#, #"{"at": {"x": 2, "y": 1}}"#, #"{"at": {"x": 1, "y": 2}}"#,
        #"{"at": {"x": 2, "y": 2}}"#, ""
      ),
      (
        #"{"tags": ["a", "b"]}"#, #"{"tags": ["b", "c"]}"#, #"{"tags": ["a", "b", "d"]}"#,
        #"{"tags": ["b", "c", "d"]}"#, ""
      ),
      (#"{"why": ["a"]}"#, #"{"why": ["b"]}"#, #"{"why": ["c"]}"#, #"{"why": ["b"]}"#, "why"),
      (
        #"{"list": [{"id": "1", "t": 1}, {"id": "2"}]}"#, #"{"list": [{"id": "1", "t": 2}]}"#,
        #"{"list": [{"id": "1", "t": 1, "u": 1}, {"id": "2"}, {"id": "3"}]}"#,
        #"{"list": [{"id": "1", "t": 2, "u": 1}, {"id": "3"}]}"#, ""
      ),
      (
        #"{"list": [{"id": "1", "t": 1}]}"#, #"{"list": [{"id": "1", "t": 2}]}"#,
        #"{"list": [{"id": "1", "t": 3}]}"#, #"{"list": [{"id": "1", "t": 2}]}"#, "list.1.t"
      ),
    ])
  func merged(_ base: String, _ ours: String, _ theirs: String, _ result: String, _ clash: String)
    throws
  {
    let merge = FieldMerge.merge(
      base: try value(base), ours: try value(ours), theirs: try value(theirs), view: try view())
    #expect(merge.value == (try value(result)))
    #expect(merge.clashes.map(\.key) == (clash.isEmpty ? [] : [clash]))
  }

  @Test("a side that is preferred takes what clashes, and nothing else")
  func preferred() throws {
    let (base, ours) = (try value(#"{"on": 1, "a": 1}"#), try value(#"{"on": 2, "a": 1}"#))
    let theirs = try value(#"{"on": 3, "a": 2}"#)
    for (side, on) in [(FieldMerge.Side.ours, 2), (.theirs, 3)] {
      let merge = FieldMerge.merge(
        base: base, ours: ours, theirs: theirs, view: try view(), preferring: side)
      let expected = try value(#"{"on": \#(on), "a": 2}"#)
      #expect(merge.clashes.isEmpty && merge.value == expected)
    }
  }

  @Test("without a base only what differs clashes")
  func baseless() throws {
    let merge = FieldMerge.merge(
      base: nil, ours: try value(#"{"on": 1, "a": 1}"#), theirs: try value(#"{"on": 2, "b": 1}"#),
      view: try view())
    #expect(merge.value == (try value(#"{"on": 1, "a": 1, "b": 1}"#)))
    #expect(merge.clashes.map(\.key) == ["on"])
  }
}

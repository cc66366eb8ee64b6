import Files
import JSONText
import Testing

@testable import Records

@Suite("a merge field by field") struct RecordMergeTests {
  private func view() throws -> SchemaView { try kind().view }

  private func kind() throws -> Kind {
    let text = #"""
      {"title": "Loan", "x-docket": {"prefix": "LO", "directory": "loans",
         "workflow": {"property": "s", "initial": "a", "closed": ["z"],
           "transitions": {"a": ["b", "z"], "b": ["c", "z"], "c": ["b", "d"], "z": ["b"]}}},
       "type": "object",
       "properties": {"s": {"x-docket-merge": {"order": "workflow"}}, "plain": {"type": "array"},
         "on": {}, "why": {"type": "array", "x-docket-text": "plain"},
         "tags": {"type": "array", "uniqueItems": true}, "at": {"properties": {"x": {}, "y": {}}},
         "list": {"type": "array", "x-docket-merge": {"by": "id"}}}}
      """#
    let catalog = KindCatalog(files: [("loan.schema.json", Array(text.utf8))])
    return try #require(catalog.kind(named: "loan"))
  }

  private func value(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8)).root.value
  }

  @Test(
    "what one side changed is taken, what both changed differently conflicts",
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
    let merge = RecordMerge.merge(
      base: try value(base), ours: try value(ours), theirs: try value(theirs), view: try view())
    #expect(merge.value == (try value(result)))
    #expect(merge.conflicts.map(\.key) == (clash.isEmpty ? [] : [clash]))
  }

  @Test("a side that is preferred takes what conflicts, and nothing else")
  func preferred() throws {
    let (base, ours) = (try value(#"{"on": 1, "a": 1}"#), try value(#"{"on": 2, "a": 1}"#))
    let theirs = try value(#"{"on": 3, "a": 2}"#)
    for (side, on) in [(RecordMerge.Side.ours, 2), (.theirs, 3)] {
      let merge = RecordMerge.merge(
        base: base, ours: ours, theirs: theirs, view: try view()
      ) { _ in side.choice }
      let expected = try value(#"{"on": \#(on), "a": 2}"#)
      #expect(merge.conflicts.isEmpty && merge.value == expected)
    }
  }

  @Test("without a base only what differs conflicts")
  func baseless() throws {
    let merge = RecordMerge.merge(
      base: nil, ours: try value(#"{"on": 1, "a": 1}"#), theirs: try value(#"{"on": 2, "b": 1}"#),
      view: try view())
    #expect(merge.value == (try value(#"{"on": 1, "a": 1, "b": 1}"#)))
    #expect(merge.conflicts.map(\.key) == ["on"])
  }

  @Test(
    "a keyed list keeps its order: the side that changed it leads, what is new follows its neighbour",
    arguments: [
      ("1 2 3", "1 2 3 4", "1 2 3 5", "1 2 3 4 5", ""),
      ("1 2 3", "3 1 2", "1 2 9 3", "3 1 2 9", ""),
      ("1 2 3", "1 2 3 4", "3 2 1", "3 4 2 1", ""),
      ("1 2 3", "0 1 2 3", "8 1 2 3", "0 8 1 2 3", ""),
      ("1 2 3", "1 3", "1 2 3 4", "1 3 4", ""), ("1 2", "2 1", "2 1", "2 1", ""),
      ("1 2 3", "2 1 3", "1 3 2", "2 1 3", "list"), ("1 2", "", "1 2 3", "3", ""),
      ("", "1", "2", "1 2", ""), ("1", "", "", "", ""),
    ])
  func order(
    _ base: String, _ ours: String, _ theirs: String, _ expected: String, _ conflict: String
  ) throws {
    func record(_ text: String) throws -> JSONValue {
      let items = text.split(separator: " ").map { #"{"id": "\#($0)"}"# }.joined(separator: ",")
      return try value(#"{"list": [\#(items)]}"#)
    }
    let merge = RecordMerge.merge(
      base: try record(base), ours: try record(ours), theirs: try record(theirs),
      view: try view())
    let ids = merge.value["list"]?.array?.compactMap { $0["id"]?.string } ?? []
    #expect(ids.joined(separator: " ") == expected)
    #expect(merge.conflicts.map(\.key).joined() == conflict)
    let isOrderAlone = merge.conflicts.allSatisfy { $0.isOrder }
    #expect(isOrderAlone)
  }

  @Test(
    "of two sides' steps the later is taken if it leads through the other, and through that alone",
    arguments: [
      ("a", "b", "c", "c"), ("a", "c", "b", "c"), ("a", "b", "d", "d"), ("a", "b", "z", nil),
      ("b", "z", "d", nil), ("a", "d", "b", "d"), ("z", "b", "a", nil), ("b", "c", "d", "d"),
      ("c", "b", "d", nil), ("a", "q", "b", nil),
    ] as [(String, String, String, String?)])
  func states(_ base: String, _ ours: String, _ theirs: String, _ expected: String?) throws {
    func record(_ state: String) throws -> JSONValue { try value(#"{"s": "\#(state)"}"#) }
    let merge = RecordMerge.merge(
      base: try record(base), ours: try record(ours), theirs: try record(theirs),
      view: try view(), workflow: try kind().workflow)
    #expect(merge.conflicts.isEmpty == (expected != nil))
    if let expected { #expect(merge.value["s"]?.string == expected) }
  }

  @Test("one item that both sides added with other content is in conflict; both keeps what it can")
  func addedTwice() throws {
    let ours = try value(#"{"list": [{"id": "1", "a": 1}]}"#)
    let theirs = try value(#"{"list": [{"id": "1", "b": 1}]}"#)
    var merge = RecordMerge.merge(
      base: try value("{}"), ours: ours, theirs: theirs, view: try view())
    #expect(merge.conflicts.map(\.key) == ["list.1"])
    merge = RecordMerge.merge(
      base: try value("{}"), ours: ours, theirs: theirs, view: try view()
    ) { _ in .both }
    let both = try value(#"{"list": [{"id": "1", "a": 1, "b": 1}]}"#)
    #expect(merge.conflicts.isEmpty && merge.value == both)
  }

  @Test("a text in conflict is named as each side has it, and merged where it can be")
  func textConflict() throws {
    let (ours, theirs) = (#"{"why": ["a", "X", "c"]}"#, #"{"why": ["a", "Y", "c", "d"]}"#)
    let merge = RecordMerge.merge(
      base: try value(#"{"why": ["a", "b", "c"]}"#), ours: try value(ours),
      theirs: try value(theirs), view: try view())
    let conflict = try #require(merge.conflicts.first)
    #expect(conflict.ours == (try value(#"["a", "X", "c"]"#)))
    #expect(conflict.theirs == (try value(#"["a", "Y", "c", "d"]"#)))
    #expect(merge.value == (try value(#"{"why": ["a", "X", "c", "d"]}"#)))
  }

  @Test("both isn't an answer for one value: it stays in conflict")
  func bothScalars() throws {
    let merge = RecordMerge.merge(
      base: try value(#"{"on": 1}"#), ours: try value(#"{"on": 2}"#),
      theirs: try value(#"{"on": 3}"#), view: try view()
    ) { _ in .both }
    #expect(merge.conflicts.map(\.key) == ["on"])
  }

  @Test("of fields that are right on each side and wrong together, both values are named")
  func invalidTogether() throws {
    let base = try value(#"{"a": 1, "b": 1, "c": 1}"#)
    let (ours, theirs) = (try value(#"{"b": 1, "c": 2}"#), try value(#"{"a": 1, "c": 1}"#))
    func judge(_ value: JSONValue) -> [Finding] {
      value["a"] != nil || value["b"] != nil
        ? [] : [RuleBook.finding("record.schema", path: "x", pointer: "", "needs a or b")]
    }
    let merge = MergedRecord(
      base: base, ours: ours, theirs: theirs, kind: nil, judgedBy: judge)
    #expect(!merge.isClean && Set(merge.conflicts.map(\.key)) == ["a", "b", "c"])
    #expect(merge.value == ours && merge.theirs == theirs)
    let chosen = MergedRecord(
      base: base, ours: ours, theirs: theirs, kind: nil, choosing: { _ in .theirs },
      judgedBy: judge)
    #expect(chosen.isClean && chosen.value == theirs)
  }

  @Test("what a common ancestor is in conflict about is taken for changed on both sides")
  func conflictedBase() throws {
    let text = "{\n<<<<<<< a\n\"on\": 1,\n=======\n\"on\": 2,\n>>>>>>> b\n\"a\": 1\n}\n"
    let base = MergedRecord.base(Array(text.utf8))
    let merge = RecordMerge.merge(
      base: base, ours: try value(#"{"on": 1, "a": 1}"#), theirs: try value(#"{"on": 3, "a": 2}"#),
      view: try view())
    #expect(merge.conflicts.map(\.key) == ["on"])
    #expect(merge.value["a"] == 2)
    #expect(MergedRecord.base(Array("[]".utf8)) == nil && MergedRecord.base([]) == nil)
  }
}

import JSONText
import Testing

@testable import Records

@Suite("key=value words") struct AssignmentTests {
  @Test(
    "are read",
    arguments: [
      ("title=x", "title", Assignment.Operator.text, "x"), ("title=", "title", .text, ""),
      ("a.b=c=d", "a.b", .text, "c=d"), ("n:=1", "n", .json, "1"),
      ("tags+=x", "tags", .append, "x"),
      ("area-=", "area", .unset, ""), ("a:b=c", "a:b", .text, "c"), ("x=:=", "x", .text, ":="),
      ("a-b=c", "a-b", .text, "c"), ("/a~1b=c", "/a~1b", .text, "c"),
      ("t=a\nb", "t", .text, "a\nb"),
    ])
  func reads(word: String, key: String, operation: Assignment.Operator, value: String) throws {
    let assignment = try Assignment(word)
    #expect(assignment.key == key && assignment.operation == operation && assignment.value == value)
  }

  @Test("that set nothing are refused", arguments: ["title", "=x", ":=1", "+=1", "-=", "a-=b", ""])
  func refused(word: String) {
    #expect(throws: KeyProblem.self) { try Assignment(word) }
  }

  /// A pain point with a little of everything, each word, and what must come of it.
  @Test(
    "change what they name",
    arguments: [
      ("pain-point", "severity=4", "/severity", "4"),
      ("pain-point", "severity:=4", "/severity", "4"),
      ("pain-point", "title=4", "/title", #""4""#),
      ("pain-point", "title:=\"4\"", "/title", #""4""#),
      ("pain-point", "title=true", "/title", #""true""#),
      ("pain-point", "status=triaged", "/status", #""triaged""#),
      ("pain-point", "status=nonsense", "/status", #""nonsense""#),
      ("pain-point", "jobStory.when=I deploy", "/jobStory/when", #""I deploy""#),
      ("pain-point", "evidence.k3x9q.team=b", "/evidence/0/team", #""b""#),
      ("pain-point", "evidence.0.team=b", "/evidence/0/team", #""b""#),
      ("pain-point", "/evidence/0/team=b", "/evidence/0/team", #""b""#),
      ("pain-point", "tags+=z", "/tags", #"["a","z"]"#),
      ("pain-point", "tags=x, y", "/tags", #"["x","y"]"#),
      ("pain-point", "tags-=", "/tags", "null"),
      ("pain-point", "evidence.k3x9q.said-=", "/evidence/0/said", "null"),
      ("decision", "scoring.rice.impact=0.5", "/scoring/rice/impact", "0.5"),
      ("decision", "scoring.rice.reach=12", "/scoring/rice/reach", "12"),
      ("decision", "addresses=PP-0000000000", "/addresses", #"["PP-0000000000"]"#),
      ("decision", "context=one\ntwo\n", "/context", #"["one","two"]"#),
    ] as [(String, String, String, String)])
  func applies(kind: String, word: String, pointer: String, expected: String) throws {
    let kind = try BuiltInKinds.kind(kind)
    var value = try BuiltInKinds.parse(
      #"{"id":"PP-0000000000","title":"x","tags":["a"],"evidence":[{"id":"k3x9q","said":["s"],"team":"a"}]}"#
    )
    try Assignment(word).apply(to: &value, view: kind.view, makeItemID: { "zzzzz" })
    let found = value[try JSONPointer(parsing: pointer)]
    if expected == "null" {
      #expect(found == nil)
    } else {
      #expect(
        found?.isIdentical(to: try BuiltInKinds.parse(expected)) == true,
        "\(String(describing: found))")
    }
  }

  @Test(
    "that make no sense are refused with what would",
    arguments: [
      ("titel=x", "did you mean \"title\""), ("severity=many", "severity"),
      ("severity:=", "severity"),
      ("id=PP-1111111111", "docket's to set"), ("$schema=x", "docket's to set"),
      ("evidence.nnnnn.team=b", "k3x9q"), ("area-=", "isn't set"), ("title.x=1", "holds no keys"),
      ("a..b=1", "no key"), ("tags.9=x", "no item"),
    ])
  func senseless(word: String, says: String) throws {
    let kind = try BuiltInKinds.kind("pain-point")
    var value = try BuiltInKinds.parse(
      #"{"title":"x","tags":["a"],"evidence":[{"id":"k3x9q","team":"a"}]}"#)
    let before = value
    var problem: KeyProblem?
    do throws(KeyProblem) {
      try Assignment(word).apply(to: &value, view: kind.view, makeItemID: { "zzzzz" })
    } catch {
      problem = error
    }
    #expect(problem?.description.contains(says) == true, "\(String(describing: problem))")
    #expect(value == before)
  }

  @Test("an item of a keyed list gets an id, unless it brings one")
  func itemIDs() throws {
    let kind = try BuiltInKinds.kind("pain-point")
    var value: JSONValue = [:]
    try Assignment(#"evidence+={"said":["a"]}"#)
      .apply(to: &value, view: kind.view, makeItemID: { "zzzzz" })
    try Assignment(#"evidence+={"id":"yyyyy","said":["b"]}"#)
      .apply(to: &value, view: kind.view, makeItemID: { "xxxxx" })
    #expect(value["evidence"]?.array?.compactMap { $0["id"]?.string } == ["zzzzz", "yyyyy"])
    #expect(ItemID.make(from: .max).wholeMatch(of: /[0-9a-hjkmnp-tv-z]{5}/) != nil)
  }
}

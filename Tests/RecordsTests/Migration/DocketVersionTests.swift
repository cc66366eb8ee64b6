import JSONText
import Records
import Testing

@Suite("versions of docket") struct DocketVersionTests {
  @Test(
    "are compared number by number",
    arguments: [("0.1.0", "0.1.1"), ("0.9.9", "0.10.0"), ("9.0.0", "10.0.0"), ("1.2.3", "2.0.0")])
  func order(_ earlier: String, _ later: String) throws {
    let (one, other) = (try #require(DocketVersion(earlier)), try #require(DocketVersion(later)))
    #expect(one < other && !(other < one) && one.description == earlier)
  }

  @Test(
    "are three numbers and nothing else",
    arguments: [
      "", "1", "1.2", "1.2.3.4", "1.2.x", "1..3", "+1.2.3", "1.2.3-beta",
      "1.2.99999999999999999999",
      "1.2.3\u{301}",
    ])
  func malformed(_ text: String) { #expect(DocketVersion(text) == nil) }

  @Test(
    "are read from a schema's $comment",
    arguments: [
      (#"{"$comment": "docket 1.2.3"}"#, "1.2.3"), (#"{"$comment": "docket 1.2"}"#, nil),
      (#"{"$comment": "our docket 1.2.3"}"#, nil), (#"{"$comment": 1}"#, nil), ("{}", nil),
      ("[]", nil),
    ])
  func ofSchema(_ text: String, _ version: String?) throws {
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    #expect(DocketVersion(ofSchema: root)?.description == version)
  }
}

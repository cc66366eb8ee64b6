import Testing

@testable import Records

@Suite("text") struct TextTests {
  @Test(
    "what shouldn't stand in a record",
    arguments: [
      ("plain text", []), ("tab\tand\nnewline", []), ("bell\u{07}", [.control("U+0007")]),
      ("esc\u{1B}[31m\u{1B}[0m", [.control("U+001B")]), ("\u{9B}31m", [.control("U+009B")]),
      ("del\u{7F}", [.control("U+007F")]), ("\u{202E}evil", [.control("U+202E")]),
      ("\u{2066}x\u{2069}", [.control("U+2066"), .control("U+2069")]),
      ("\u{FEFF}bom", [.control("U+FEFF")]),
      ("family 👨‍👩‍👧 and نص", []), ("carriage\r\nreturn", [.control("U+000D")]),
      ("ask ada@example.org", [.emailAddress("ada@example.org")]),
      ("<ada.b+c@mail.example.co.uk>", [.emailAddress("ada.b+c@mail.example.co.uk")]),
      ("@ada and x@y and a@b.c", []), ("user@host.1", []),
      ("git@github.com:acme/x.git", [.emailAddress("git@github.com")]),
      ("https://x@example.org/y", []), ("ghp_0123456789abcdefghijABCDEFGHIJ0123", [.secret]),
      ("key=AKIAIOSFODNN7EXAMPLE", [.secret]), ("-----BEGIN RSA PRIVATE KEY-----", [.secret]),
      ("----- BEGIN -----", []), ("-----BEGIN CERTIFICATE-----", []), ("sk-learn is a library", []),
      ("ghp_short", []), ("AKIAABCDEFGHIJKLMNOP", []),
      ("npm_is_a_package_manager_for_javascript_code", []),
    ] as [(String, [TextScan.Suspect])])
  func suspects(text: String, expected: [TextScan.Suspect]) {
    #expect(TextScan.suspects(in: text) == expected)
  }

  @Test(
    "the nearest of some words",
    arguments: [
      ("titel", "title"), ("trigged", "triaged"), ("SEVERITY", "severity"), ("xyz", nil),
      ("opn", "open"),
      ("", nil), ("dne", "done"),
    ] as [(String, String?)])
  func nearest(word: String, expected: String?) {
    let words = ["title", "triaged", "severity", "open", "done", "dropped"]
    #expect(Spelling.nearest(to: word, among: words) == expected)
  }
}

import JSONText
import TestSupport
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

  @Test("a text that is innocent as a whole has no string that is suspect")
  func innocence() throws {
    let pieces = [
      "a", "it", "deploy", "waits ", " ", "\n", "\t", "\"", "\\", "-", "--", "-----", "@", "x@y",
      "é", "“",
      "\u{2014}", "\u{202E}", "\u{85}", "\u{FEFF}", "\u{7F}", "\u{7}", "=", "`", "(", "/", "!",
      "ghp_",
      "ghp_0123456789abcdefghijABCDEFGHIJ0123", "AKIAIOSFODNN7EXAMPLE",
      "npm_is_a_package_manager_1",
      "ada@example.org", "-----BEGIN RSA PRIVATE KEY-----", "0123456789abcdefghijk", "sk-learn",
    ]
    var random = SeededGenerator(seed: 3)
    var clean = 0
    for _ in 0..<20_000 {
      // Mostly of harmless pieces, so that whatever is not stands at every place of eight bytes.
      let strings = (0...Int.random(in: 0...1, using: &random)).map { _ in
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
          (Int.random(in: 0...5, using: &random) == 0 ? pieces : Array(pieces.prefix(8)))
            .randomElement(using: &random) ?? ""
        }.joined()
      }
      let text = JSONPrinter.canonical(.array(strings.map { .string($0) }), order: nil)
      guard text.withUnsafeBufferPointer({ TextScan.isClean($0) }) else { continue }
      clean += 1
      for string in strings { #expect(TextScan.suspects(in: string).isEmpty, "\(string)") }
    }
    #expect(clean > 5_000)
  }

  @Test(
    "what a whole text may hold without a closer look",
    arguments: [
      (#"{"title": "Deploys wait for somebody, and – nobody – knows"}"#, true),
      (#"["a line\n\tand \"more\"", "2026-01-02", "PP-0123456789", "- - - -"]"#, true),
      (#"["0123456789012345678901234567890123456789"]"#, true), (#"["👩‍👩‍👧 été"]"#, true),
      (#"["ghp_short"]"#, true), (#"["a@b"]"#, false), (#"["\u0007"]"#, false),
      (#"["-----"]"#, false), ("[\"\u{202E}\"]", false), ("[\"\u{9B}\"]", false),
      (#"["ghp_0123456789abcdefghijABCDEFGHIJ0123"]"#, false),
      (#"["1234567\nghp_0123456789abcdefghijABCDEFGHIJ0123"]"#, false),
      (#"["1234567890 AKIAIOSFODNN7EXAMPLE."]"#, false),
    ])
  func clean(text: String, expected: Bool) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { TextScan.isClean($0) } == expected)
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

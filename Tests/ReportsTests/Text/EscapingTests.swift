import Files
import Foundation
import JSONText
import Records
import Testing

@testable import Reports

@Suite struct EscapingTests {
  /// Each is a title, a commit's subject, an author's name and a finding's message below.
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)",
    "&lt;b&gt; &#64;", "a | b || c", "back\\slash \\| pipe", "`code` ``x``", "*a* _b_ ~~c~~",
    "[link](https://evil.example)", "![image](https://evil.example/x.png)",
    "https://evil.example/x", "www.evil.example", "http://evil.example", "mail@evil.example",
    "@everyone look", "@@a", "fixes #123", "#1 @b", "# heading", "- item", "1. item", "+ item",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "a,b \"c\"", "]]>", "<!-- x -->",
    "\u{1B}[31mred\u{1B}[0m", "\u{202E}gnp.exe", "\u{2066}isolate\u{2069}", "bell\u{7}",
    "\u{9B}31m", "\u{61C}\u{200F}\u{FEFF}", "line\nbreak\ttab\rreturn", "\tfirst", "\rfirst",
    "</title></style>", "$x^2$", "\u{2028}next", "quote\"\u{301},=1+1,\"\u{301}",
    "soft\u{AD}hyphen",
    "tag\u{E0041}", "see GH-12, gh-7 and 0123abc, deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
  ]

  static func report(_ text: String) throws -> AuditReport {
    var tracker = try SampleTracker()
    let author = SampleTracker.Author(name: text, email: text)
    let quoted = JSONPrinter.quoted(text)
    try tracker.commit(
      author, at: "2026-01-02T03:04:05Z", text,
      [
        (
          "PP-8KX3M2Q4TZ",
          """
          {"id": "PP-8KX3M2Q4TZ", "title": \(quoted), "status": \(quoted), "reportedOn": \(quoted),
           \(quoted): \(quoted), "description": [\(quoted)]}
          """
        ),
        (
          "DEC-1Q5VB9M3XK",
          """
          {"id": "DEC-1Q5VB9M3XK", "title": \(quoted), "status": "accepted",
           "addresses": ["PP-8KX3M2Q4TZ"], "deciders": [\(quoted)]}
          """
        ),
        (
          "RET-2X6ZF1N7QS",
          """
          {"id": "RET-2X6ZF1N7QS", "title": \(quoted), "outcomes":
           [{"decision": "DEC-1Q5VB9M3XK", "result": \(quoted), "note": [\(quoted)]}]}
          """
        ),
      ])
    return AuditReport(
      try tracker.input(
        name: text,
        unreadable: [
          UnreadableRecord(path: RepositoryPath(text), line: 1, column: 2, message: text)
        ],
        findings: [
          Finding(
            rule: text, severity: .error, path: tracker.path(of: "PP-8KX3M2Q4TZ"), message: text,
            hint: text, commit: text)
        ]))
  }

  @Test(
    "characters that steer a terminal or reorder text are shown, not written", arguments: hostile)
  func hidden(_ text: String) throws {
    let report = try Self.report(text)
    for format in ["md", "html", "json", "csv"] {
      let output = try report.text(format)
      let hidden = output.unicodeScalars.filter { DeceptiveCharacters.mayDeceive($0) }
      let allowed: Set<Unicode.Scalar> = format == "csv" ? ["\r", "\n"] : ["\n"]
      #expect(Set(hidden).isSubset(of: allowed), "\(format)")
    }
    // Line breaks are the format's own.
    #expect(report.csv.replacing("\r\n", with: "").contains { $0.isNewline } == false)
  }

  @Test("text stays text in HTML", arguments: hostile)
  func html(_ text: String) throws {
    let plain = try Self.report("plain").html
    let html = try Self.report(text).html
    // The same elements as with a harmless word: what is text adds none. (It may sort elsewhere.)
    #expect(tags(of: html).sorted() == tags(of: plain).sorted())
    #expect(html.contains(HTML.escaped(text)))
    #expect(!html.contains("<script"))
  }

  private func tags(of html: String) -> [String] {
    html.matches(of: /<[^>]*>/).map { $0.output.prefix { $0 != " " && $0 != ">" } }.map(String.init)
  }

  @Test(
    "Markdown's signs are disarmed",
    arguments: [
      ("a|b", #"a\|b"#), (#"a\|b"#, #"a\\\|b"#), ("<b>", #"\<b\>"#), ("&amp;", #"\&amp;"#),
      ("*a* _b_", #"\*a\* \_b\_"#), ("[a](b)", #"\[a\](b)"#), ("`x`", #"\`x\`"#),
      ("@ana", "`@`ana"), ("a@b.example", "a`@`b.example"), ("#12", "`#`12"), ("@@#", "`@@#`"),
      ("http://x", #"http\://x"#), ("www.x.example", #"www\.x.example"#), ("1. a", #"1\. a"#),
      ("12) a", #"12\) a"#), ("- a", #"\- a"#), ("+ a", #"\+ a"#), ("a-b 1.5", "a-b 1.5"),
      ("\u{1B}[0m", #"\\u\{1B\}\[0m"#), ("see GH-12.", "see `GH-12`."), ("gh-1", "`gh-1`"),
      ("AGH-12 GH-x GHA-1", "AGH-12 GH-x GHA-1"), ("at 0123abc", "at `0123abc`"),
      ("0123abg 012345 x0123abc", "0123abg 012345 x0123abc"), ("2026-05-06", "2026-05-06"),
      ("FB-E4443727BE, b", "`FB-E4443727BE`, b"), ("FB-PS0PZV31EV", "FB-PS0PZV31EV"),
      ("FB-E4443727BE1", "FB-`E4443727BE1`"), ("xFB-E4443727BE", "xFB-`E4443727BE`"),
      ("FB-", "FB-"),
    ])
  func markdown(_ text: String, _ expected: String) {
    #expect(MarkdownText.escaped(text) == expected)
  }

  /// Read with cmark-gfm (all extensions on) when it was recorded: one plain text a line.
  @Test("hostile text as Markdown looks as it did")
  func hostileMarkdown() throws {
    let lines = Self.hostile.map { "- " + MarkdownText.escaped($0) + "\n" }
    let rows = Self.hostile.map { [MarkdownText.escaped($0), "end"] }
    try Snapshot.expect(
      lines.joined() + "\n" + MarkdownText.table(["Text", "End"], rows), is: "hostile.md")
  }

  @Test("a row of a Markdown table keeps its cells", arguments: hostile)
  func markdownRows(_ text: String) throws {
    let counts = { (markdown: String) in
      markdown.split(separator: "\n").map { line in
        line.replacing(#"\\"#, with: "").replacing(#"\|"#, with: "").count { $0 == "|" }
      }
    }
    #expect(counts(try Self.report(text).markdown) == counts(try Self.report("plain").markdown))
  }

  @Test(
    "no cell is a formula to a spreadsheet",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "-1"), ("-1.5e3", "-1.5e3"), ("-a", "'-a"),
      ("-1+2", "'-1+2"), ("@SUM", "'@SUM"), ("\tx", #"'\u{9}x"#),
      ("\rx", #"'\u{D}x"#), ("  =1", "'  =1"), ("＝1", "'＝1"), ("a=1", "a=1"),
      ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=\"a\"", "\"'=\"\"a\"\"\""),
      ("a\nb", #"a\u{A}b"#), ("", ""), ("x\"\u{301},=1", "\"x\"\"\u{301},=1\""),
      ("=\u{301}1", "'=\u{301}1"), ("\u{200B}=1", #"\u{200B}=1"#),
    ])
  func csv(_ text: String, _ expected: String) {
    #expect(CSVText.field(text) == expected)
  }

  @Test("CSV has as many fields in each row as in its head", arguments: hostile)
  func csvRows(_ text: String) throws {
    for row in try Self.report(text).csv.components(separatedBy: "\r\n").dropLast() {
      // Outside quotes: every other piece.
      let pieces = row.utf8.split(separator: 0x22, omittingEmptySubsequences: false)
      let commas = pieces.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
      #expect(commas.count { $0 == 0x2C } == 15)
    }
  }

  @Test("the security policy allows a style sheet and nothing else")
  func policy() throws {
    let html = AuditReport(try KestrelStory.input()).html
    #expect(
      html.contains(
        "<meta http-equiv=\"Content-Security-Policy\" "
          + "content=\"default-src 'none'; style-src 'unsafe-inline'\">"))
    for word in [
      "<script", "javascript:", "src=", "url(", "@import", "<link", "http://", "https://",
    ] {
      #expect(!html.contains(word))
    }
  }
}

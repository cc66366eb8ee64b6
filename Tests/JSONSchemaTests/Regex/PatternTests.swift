import JSONText
import Testing

@testable import JSONSchema

@Suite("regular expressions of ECMA-262")
struct PatternTests {
  @Test(
    "mean what ECMA-262 says",
    arguments: [
      ("^a$", "a\n", false), ("^.$", "\u{2028}", false), ("^.$", "😀", true),
      ("^.$", "\u{85}", true),
      (#"^\s$"#, "\u{FEFF}", true), (#"^\s$"#, "\u{85}", false), (#"^[\s]$"#, "\u{3000}", true),
      (#"^\S$"#, "\u{A0}", false), (#"^[\S]$"#, "\u{A0}", false), (#"^[^\S]$"#, "\u{A0}", true),
      (#"^[\S\n]$"#, "é", true),
      (#"^\d$"#, "৪", false), (#"^\D$"#, "৪", true), (#"^\w$"#, "é", false), (#"^\W$"#, "é", true),
      (#"^\cC$"#, "\u{3}", true), (#"^[\cc]$"#, "\u{3}", true), (#"^\v$"#, "\u{B}", true),
      (#"^\v$"#, "\n", false),
      (#"^\u0041\x42$"#, "AB", true), (#"^\ud83d\ude00$"#, "😀", true), (#"^\u{1F600}$"#, "😀", true),
      (#"^\p{Letter}+$"#, "éa", true), (#"^\p{Lu}$"#, "É", true),
      (#"^\P{Decimal_Number}$"#, "৪", false),
      (#"^\p{Script=Greek}$"#, "λ", true), (#"^\p{gc=Lowercase_Letter}$"#, "λ", true),
      ("[]", "a", false), ("^[^]$", "\n", true), ("^[[:alpha:]]$", "p]", true),
      ("^[[a]$", "[", true),
      (#"^(?:(a)|b)\1$"#, "b", true), (#"^(?<n>a)\k<n>$"#, "aa", true), ("^a{2}$", "aa", true),
      ("^a{,2}$", "a{,2}", true),
      (#"^\0$"#, "\0", true), (#"^a\-b\/c$"#, "a-b/c", true), ("^[\\b]$", "\u{8}", true),
      ("é", "e\u{301}", false),
      ("^a|b$", "xb", true), ("(?<=a)b", "ab", true), ("(?<!a)b", "ab", false),
      ("^a+?b*?$", "aab", true), ("", "", true),
    ])
  func matches(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Pattern(pattern).match(text) == (expected ? .match : .noMatch))
  }

  @Test(
    "what is not ECMA-262 is refused",
    arguments: [
      #"\a"#, #"\Z"#, #"\A"#, #"\K"#, #"\Qa\E"#, #"\h"#, #"\R"#, #"\C"#, "(?i)a", "(?>a)",
      "(?P<n>a)", "(?#c)", "(?|a)", "(?R)",
      "(*UTF)a", "(*LIMIT_MATCH=1)", "a++", "a**", "a{2}+", "(", ")", "[a", "*a", #"\"#, #"\u12"#,
      #"\x1"#, #"\c1"#, #"\p{Nope}"#, #"\p"#, #"\01"#,
      #"(?<1>a)"#, #"\k<n>"#, "[z-a]", "a{3,2}",
    ])
  func refuses(_ pattern: String) { #expect(throws: PatternError.self) { try Pattern(pattern) } }

  @Test("long texts are matched in good time, and given up otherwise")
  func boundsLongTexts() throws {
    let clock = ContinuousClock()
    let text = String(repeating: "a", count: 100_000)
    let start = clock.now
    #expect(try Pattern("(?:a|b)*c").match(text) != .match)
    #expect(try Pattern("^[a-z]*$").match(text) == .match)
    #expect(try Pattern("a*a*c").match(text) != .match)
    #expect(clock.now - start < .seconds(10))
  }

  @Test(
    "classes with \\W, \\D, properties and halves of surrogate pairs mean what ECMA-262 says",
    arguments: [
      (#"^[^\W\p{Lu}]$"#, "α", false), (#"^[^\W\d\p{Lu}]+$"#, "日本", false),
      (#"^[^\D\p{Lu}]$"#, "α", false), (#"^[^\W\p{Lu}]$"#, "a", true),
      (#"^[\W\p{Lu}]$"#, "α", true),
      (#"^[^\uD800-\uDFFF]*$"#, "a-b", true), (#"^[^\uDC00-\uDFFF]+$"#, "-", true),
      (#"^(?!.*[\uD800-\uDFFF])"#, "a-b", true), (#"^[ -\uDFFF]+$"#, "abc", true),
      (#"[a-\uD83D]"#, "b", true), (#"[\uD83D-\uE000]"#, "-", false),
      (#"[\uD83D-\uE000]"#, "\u{E000}", true), (#"[\u{D800}-\u{DFFF}a]"#, "a", true),
      (#"\u{D800}"#, "a", false), (#"\uD83D\u{DE00}"#, "😀", false),
      (#"^[\u{D800}-\u{DFFF}]$"#, "😀", false), (#"^\p{Assigned}$"#, "a", true),
      (#"^\P{Assigned}$"#, "a", false), (#"^[\p{Assigned}]$"#, "\u{378}", false),
    ])
  func classes(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Pattern(pattern).match(text) == (expected ? .match : .noMatch))
  }

  @Test(
    "names of groups are ECMA-262's",
    arguments: [
      (#"^(?<$>a)\k<$>$"#, "aa"), (#"^(?<\u0061>x)\k<a>$"#, "xx"), (#"^(?<\u1885>x)$"#, "x"),
      (#"^(?<aVeryLongNameOfAGroupThatPCRE2WouldNotTake>x)$"#, "x"),
      (#"^\k<later>(?<later>x)$"#, "x"),
      (#"^([(])(?<n>[[])\k<n>$"#, "([["),
    ])
  func namesGroups(_ pattern: String, _ text: String) throws {
    #expect(try Pattern(pattern).match(text) == .match)
  }

  @Test(
    "what PCRE2 can't run, or would get wrong, is told from what is wrong",
    arguments: [
      "(?<=a+)b", "a{65536}", "^.{0,100000}$", #"\p{Changes_When_NFKC_Casefolded}"#, #"\p{CWKCF}"#,
      #"^\p{scx=Common}$"#, #"^[\p{scx=Zinh}x]$"#, #"^(?:(a)|b)*\1$"#, #"^(?:a(b)?)+\1$"#,
      #"^(a\1){2}$"#, #"^(?:\1(a))+$"#, #"(?:(a)*\1b)+"#, #"(?:(?<n>a)|\k<n>)+"#,
    ])
  func isUnsupported(_ pattern: String) {
    do throws(PatternError) {
      _ = try Pattern(pattern)
      Issue.record("\(pattern) is taken")
    } catch { #expect(error.isUnsupported, "\(error)") }
    #expect(FormatPatterns.isPattern(pattern))
  }

  @Test(
    "references into repetitions that forget nothing are taken",
    arguments: [
      (#"^(?:(['"])x\1)+$"#, "'x'\"x\""), (#"^(a)*\1$"#, "aaa"), (#"^(?:(a)\1|b)*$"#, "aabaa"),
      (#"^(a|b)\1$"#, "bb"), (#"^(?:(a)|b)\1$"#, "b"), (#"^(a)?\1$"#, "aa"), (#"^(a)\1+$"#, "aaa"),
    ])
  func takesReferences(_ pattern: String, _ text: String) throws {
    #expect(try Pattern(pattern).match(text) == .match)
  }

  @Test(
    "what is wrong with an expression is said with its place",
    arguments: [
      ("(?i)a", "inline flags such as (?i) are not part of ECMA-262 (at character 1)"),
      ("ab[z-a]", "a range of a character class is out of order (at character 4)"),
      (#"a\qb"#, #"\q is not an escape of ECMA-262 (at character 2)"#),
      (#"\k<n>"#, "no group has the name n (at character 1)"),
    ])
  func saysWhere(_ pattern: String, _ message: String) {
    do throws(PatternError) {
      _ = try Pattern(pattern)
      Issue.record("\(pattern) is taken")
    } catch { #expect(error.description == message) }
  }

  @Test(
    "templates and relative pointers are read however long they are",
    arguments: [
      (Format.uriTemplate, String(repeating: "a", count: 100_000), true),
      (.uriTemplate, String(repeating: "{+a.b:12,c*}%20", count: 10_000), true),
      (.uriTemplate, "\u{80}", false), (.uriTemplate, "\u{FFFE}", false),
      (.uriTemplate, "é'", true),
      (.uriTemplate, "{a", false), (.uriTemplate, "{}", false), (.uriTemplate, "{a:0}", false),
      (.uriTemplate, "{a..b}", false), (.uriTemplate, "a}", false), (.uriTemplate, "%2", false),
      (.relativeJSONPointer, "0" + String(repeating: "/a", count: 100_000), true),
      (.relativeJSONPointer, "01", false), (.relativeJSONPointer, "0#", true),
      (.relativeJSONPointer, "12", true), (.relativeJSONPointer, "0##", false),
      (.relativeJSONPointer, "", false), (.relativeJSONPointer, "0/~2", false),
      (.relativeJSONPointer, "/a", false),
    ])
  func readsLongTexts(_ format: Format, _ text: String, _ expected: Bool) {
    #expect(format.matches(text) == expected)
  }

  @Test("each format's own pattern compiles")
  func compilesFormats() {
    let patterns = [
      FormatPatterns.duration, FormatPatterns.uuid,
    ]
    #expect(patterns.allSatisfy { $0 != nil })
  }
}

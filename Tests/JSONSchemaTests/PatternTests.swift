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

  @Test("each format's own pattern compiles")
  func compilesFormats() {
    let patterns = [
      FormatPatterns.duration, FormatPatterns.uuid, FormatPatterns.uriTemplate,
      FormatPatterns.relativeJSONPointer,
    ]
    #expect(patterns.allSatisfy { $0 != nil })
  }
}

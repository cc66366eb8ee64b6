import Foundation
import JSONText
import TestSupport
import Testing

@testable import JSONSchema

/// Tables against PCRE2, which has to say the same wherever a table says anything.
@Suite("everyday regular expressions as tables") struct PatternAutomatonTests {
  /// What a table says; `nil` also where there is none.
  private static func decides(_ pattern: String, _ subjects: [String]) -> [Bool?] {
    let automata = PatternAutomata([pattern])
    return automata.rows.withUnsafeBufferPointer { rows in
      automata.starts.withUnsafeBufferPointer { starts in
        let tables = PatternTables(rows: rows, starts: starts)
        return subjects.map { subject in
          var subject = subject
          return subject.withUTF8 { tables.decides(0, $0) }
        }
      }
    }
  }

  private static func isTaken(_ pattern: String) -> Bool {
    PatternAutomata([pattern]).starts[0] >= 0
  }

  private static let everyday = [
    "^PP-[0-9A-HJKMNP-TV-Z]{10}$", "^[a-z][a-z0-9-]*$", #"\S"#, #"^\S+$"#, "Z$", "^x-docket", "",
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "^(?:[0-9a-f]{40}|[0-9a-f]{64})$",
    #"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$"#, "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    "^[1-9][0-9]*(h|d|w)$",
    #"^([A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{10}|https?://\S+)$"#, #"^[^\S\n\r]*\S[^\n\r]*$"#,
    #"^([Aa]dd|[Bb]uild|[Ss]upport for|[Ww]e (need|should)) "#, "^$", "$^", "a|^b|c$", "^.$",
    "(^a|b)c",
    #"[\d-]"#, "[a-]", #"[\w.]+@"#, "a{0}b", "a{2,}", "(ab){2}", "(ab)?c", "a+?b*?", #"\^\$\."#,
  ]

  @Test("everyday expressions have a table", arguments: everyday)
  func takes(pattern: String) { #expect(Self.isTaken(pattern)) }

  @Test(
    "what goes back, looks around or isn't ASCII has none",
    arguments: [
      "(a+)+b", "(a|a)*b", "(?=a)", "(?<=a)b", #"\bab"#, #"(a)\1"#, #"\p{L}"#, #"\u0041"#, "é",
      "[é]",
      "(?<n>a)", "[]", "[^]", "a{,2}", #"[\d-x]"#, "a*b*c*d", "^*", #"\cA"#, #"\0"#, "a{2000}",
    ])
  func leaves(pattern: String) { #expect(!Self.isTaken(pattern)) }

  @Test("long texts and characters beyond ASCII are left to others, where they matter")
  func unknown() {
    #expect(
      Self.decides("^a*$", ["é", "aé", String(repeating: "a", count: 201)]) == [nil, nil, nil])
    // Nothing that follows can change it.
    #expect(Self.decides("^a", ["bé", "aé"]) == [false, true])
  }

  @Test("a table says what PCRE2 says", arguments: everyday)
  func agrees(pattern: String) throws {
    var random = SeededGenerator(seed: 7)
    try Self.compare(pattern, &random, subjects: 300)
  }

  @Test("also for the expressions of docket's own schemas")
  func ownSchemas() throws {
    let folder = PackageFolder.path
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/schema")
    var patterns: Set<String> = []
    func collect(_ node: JSONNode) {
      for (key, value) in node.members {
        if key.string == "pattern", let text = value.string { patterns.insert(text) }
        collect(value)
      }
      for element in node.elements { collect(element) }
    }
    for name in names where name.hasSuffix(".json") {
      collect(try JSONDocument(parsing: try #require(readFile("\(folder)/schema/\(name)"))).root)
    }
    var random = SeededGenerator(seed: 11)
    for pattern in patterns { try Self.compare(pattern, &random, subjects: 150) }
    let taken = patterns.count(where: Self.isTaken)
    #expect(taken > 15 && taken * 4 > patterns.count * 3, "\(taken) of \(patterns.count)")
  }

  @Test("and for random ones", arguments: 1...8 as ClosedRange<UInt64>)
  func randomPatterns(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var taken = 0
    for _ in 0..<150 {
      let pattern = Self.pattern(depth: 3, &random)
      guard (try? Pattern(pattern)) != nil, Self.isTaken(pattern) else { continue }
      taken += 1
      try Self.compare(pattern, &random, subjects: 60)
    }
    #expect(taken > 50)
  }

  private static func compare(
    _ text: String, _ random: inout SeededGenerator, subjects count: Int
  ) throws {
    let pattern = try Pattern(text)
    guard let shape = PatternShape(text), isTaken(text) else { return }
    let subjects = (0..<count).map { _ in subject(shape, &random) }
    for (subject, said) in zip(subjects, decides(text, subjects)) {
      guard let said else { continue }
      #expect(
        pattern.match(subject) == (said ? .match : .noMatch),
        "/\(text)/ on \(subject.debugDescription)")
    }
  }

  /// Something that an expression may match, more or less.
  private static func subject(_ shape: PatternShape, _ random: inout SeededGenerator) -> String {
    var text = Array(sample(shape, &random).prefix(220))
    let strange: [Unicode.Scalar] = ["a", "Z", "0", "-", " ", "\n", ".", "b", "é", "\u{7F}", "\0"]
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let place = Int.random(in: 0...text.count, using: &random)
      let scalar = strange.randomElement(using: &random) ?? "a"
      switch Int.random(in: 0...2, using: &random) {
      case 0: text.insert(scalar, at: place)
      case 1 where place < text.count: text[place] = scalar
      default: if place < text.count { text.remove(at: place) }
      }
    }
    var subject = ""
    subject.unicodeScalars.append(contentsOf: text)
    return subject
  }

  private static func sample(
    _ shape: PatternShape, _ random: inout SeededGenerator
  ) -> [Unicode.Scalar] {
    switch shape {
    case .start, .end: return []
    case .one(let set):
      let bytes = (UInt8(0)..<128).filter(set.contains)
      return bytes.randomElement(using: &random).map { [Unicode.Scalar($0)] } ?? []
    case .sequence(let parts): return parts.flatMap { sample($0, &random) }
    case .choice(let branches):
      return branches.randomElement(using: &random).map { sample($0, &random) } ?? []
    case .repeated(let inner, let least, let most):
      let count = Int.random(in: least...(min(most ?? .max, least + 9)), using: &random)
      return (0..<count).flatMap { _ in sample(inner, &random) }
    }
  }

  private static func pattern(depth: Int, _ random: inout SeededGenerator) -> String {
    let atoms = [
      "a", "b", "-", ".", "[a-c]", "[^a]", #"\d"#, #"\w"#, #"\S"#, #"[\s-]"#, "0", " ", #"\."#,
      "[^-b]",
      "^", "$",
    ]
    let quantifiers = ["", "", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "*?"]
    var text = Bool.random(using: &random) ? "^" : ""
    for _ in 0...Int.random(in: 0...3, using: &random) {
      if depth > 0, Int.random(in: 0...4, using: &random) == 0 {
        let branches = (0...Int.random(in: 0...2, using: &random)).map { _ in
          pattern(depth: depth - 1, &random)
        }
        text += "(\(branches.joined(separator: "|")))" + (Bool.random(using: &random) ? "" : "?")
      } else {
        let atom = atoms.randomElement(using: &random) ?? "a"
        let isAnchor = atom == "^" || atom == "$"
        text += atom + (isAnchor ? "" : quantifiers.randomElement(using: &random) ?? "")
      }
    }
    return text + (Bool.random(using: &random) ? "$" : "")
  }
}

import Files
import Foundation
import JSONText
import Testing

@testable import Records

@Suite("ids and their abbreviations") struct RecordIDTests {
  @Test("any fifty bits make an id that reads back as itself")
  func roundTrip() throws {
    var generator = SystemRandomNumberGenerator()
    for prefix in ["PP", "MIN", "ACTN", "ABCDE"] {
      for _ in 0..<500 {
        let random: UInt64 = generator.next()
        let id = RecordID(prefix: prefix, random: random)
        #expect(id.text.wholeMatch(of: /[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{10}/) != nil, "\(id)")
        #expect(id.prefix == prefix)
        #expect(RecordID(id.text) == id)
        #expect(
          RecordID(prefix: prefix, random: random & (1 << 50 - 1)) == id, "only fifty bits count")
        let name = Array("\(id)-slug.json".utf8)
        #expect(name.withUnsafeBytes { RecordID(startOfFileName: $0) } == id)
      }
    }
  }

  @Test("fifty different bits give different ids, ordered like their text")
  func order() {
    let ids = (0..<50).map { RecordID(prefix: "PP", random: 1 << UInt64($0)) }
    #expect(Set(ids).count == 50)
    #expect(ids.sorted().map(\.text) == ids.map(\.text).sorted())
    #expect(RecordID(prefix: "ACT", random: .max) < RecordID(prefix: "PP", random: 0))
  }

  @Test(
    "nothing else reads as an id",
    arguments: [
      "", "PP", "PP-", "PP-8KX3M2Q4T", "PP-8KX3M2Q4TZZ", "P-8KX3M2Q4TZ", "ABCDEF-8KX3M2Q4TZ",
      "pp-8KX3M2Q4TZ", "PP-8kx3m2q4tz", "PP-IKX3M2Q4TZ", "PP-LKX3M2Q4TZ", "PP-OKX3M2Q4TZ",
      "PP-UKX3M2Q4TZ", "PP_8KX3M2Q4TZ", " PP-8KX3M2Q4TZ", "PP-8KX3M2Q4TZ ", "PP-8KX3M2Q4Té",
      "P1-8KX3M2Q4TZ", "PP-8KX3M2Q4TZ\n", "ＰＰ-8KX3M2Q4TZ",
    ])
  func noID(text: String) { #expect(RecordID(text) == nil) }

  @Test(
    "abbreviations match in any case, with O for 0 and I or L for 1",
    arguments: [
      ("PP-8KX3M2Q4TZ", true), ("pp-8kx3", true), ("PP-8", true), ("8kx3", true),
      ("8KX3M2Q4TZ", true),
      ("pp-9", false), ("min-8kx3", false), ("kx3", false), ("PP-8KX3M2Q4TY", false),
    ])
  func matches(text: String, expected: Bool) throws {
    let id = try #require(RecordID("PP-8KX3M2Q4TZ"))
    #expect(try #require(IDAbbreviation(text)).matches(id) == expected)
  }

  @Test("look-alikes")
  func lookAlikes() throws {
    let id = try #require(RecordID("PP-0110ABCDEF"))
    for text in ["pp-o1l0", "PP-OIIO", "oil0abcdef", "0110"] {
      #expect(try #require(IDAbbreviation(text)).matches(id), "\(text)")
    }
  }

  @Test(
    "what can't begin an id",
    arguments: [
      "", "-", "PP-", "pp", "P-8", "ABCDEF-8", "PP-8KX3M2Q4TZ0", "PP-8U", "PP-8!", "1P-8", "pp-é",
      "a b",
    ])
  func noAbbreviation(text: String) {
    // Letters alone are digits of Crockford's, so "pp" is the beginning of a number.
    if text == "pp" {
      #expect(IDAbbreviation(text)?.prefix == nil)
    } else {
      #expect(IDAbbreviation(text) == nil)
    }
  }
}

@Suite("paths of records") struct RecordPathTests {
  @Test(
    "where records lie",
    arguments: [
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ.json",
      "docket/pain-points/0001/12/PP-8KX3M2Q4TZ-a.json",
      "docket/x/9999/01/ABCDE-0000000000-flaky-deploys-2.json",
    ])
  func good(path: String) throws {
    let read = try RecordPath(RepositoryPath(path), inFolder: "docket")
    #expect(read.path.text == path)
    #expect(path.contains("/\(read.directory)/") && path.contains(read.id.text))
  }

  @Test("a folder's name may have letters beyond ASCII")
  func folder() throws {
    let path: RepositoryPath = "rückmeldung/x/2026/07/PP-8KX3M2Q4TZ-a.json"
    #expect(try RecordPath(path, inFolder: "rückmeldung").directory == "x")
  }

  @Test(
    "where they don't",
    arguments: [
      "docket/PP-8KX3M2Q4TZ.json", "docket/pain-points/PP-8KX3M2Q4TZ.json",
      "docket/pain-points/2026/PP-8KX3M2Q4TZ.json", "docket/pain-points/2026/13/PP-8KX3M2Q4TZ.json",
      "docket/pain-points/2026/00/PP-8KX3M2Q4TZ.json",
      "docket/pain-points/2026/7/PP-8KX3M2Q4TZ.json",
      "docket/pain-points/26/07/PP-8KX3M2Q4TZ.json", "docket/pain-points/2026/07/PP-8KX3M2Q4TZ",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ.JSON",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ-.json",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ--a.json",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ-A.json",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ-a-.json",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZa.json",
      "docket/pain-points/2026/07/PP-8KX3M2Q4TZ_a.json",
      "docket/pain-points/2026/07/x/PP-8KX3M2Q4TZ.json",
      "docket/pain-points/2026/07/.json", "docket/pain-points/2026/07/pp-8kx3m2q4tz.json",
      "docket/pain-points/٢٠٢٦/07/PP-8KX3M2Q4TZ.json", "docket",
    ])
  func bad(path: String) {
    #expect(throws: RecordPath.Problem.self) {
      try RecordPath(RepositoryPath(path), inFolder: "docket")
    }
  }

  @Test(
    "slugs",
    arguments: [
      ("Deploys need three approvals", "deploys-need-three-approvals"),
      ("  Größe & Übermaß!  ", "groesse-uebermass"),
      ("one two three four five six seven eight", "one-two-three-four-five-six"),
      ("It's Ana’s", "its-anas"), ("日本語", ""), ("", ""), ("---", ""), ("a/b\\c..d", "a-b-c-d"),
      ("Ｆｕｌｌ width", ""), ("Использовать Redis", ""),
      ("登録が2回必要", ""), ("Cafe\u{301} closed", "cafe-closed"), ("Ship 🚀 it", "ship-it"),
      (String(repeating: "x", count: 80), ""),
      ("\u{202E}evil\n../../etc", "evil-etc"),
    ])
  func slug(title: String, expected: String) { #expect(RecordPath.slug(title) == expected) }

  @Test("a new record's path always reads back, whatever its title")
  func anyTitle() throws {
    var generator = SystemRandomNumberGenerator()
    let id = try #require(RecordID("PP-8KX3M2Q4TZ"))
    let date = try #require(CivilDate("2026-07-09"))
    for _ in 0..<500 {
      var title = ""
      for _ in 0..<Int.random(in: 0...60, using: &generator) {
        let code = Bool.random() ? UInt32.random(in: 0...127) : UInt32.random(in: 0...0x2FFFF)
        if let scalar = Unicode.Scalar(code) { title.unicodeScalars.append(scalar) }
      }
      let path = RecordPath(
        id: id, directory: "pain-points", date: date, title: title, folder: "docs/x")
      #expect(path.path.bytes.count < 120)
      #expect(try RecordPath(path.path, inFolder: "docs/x") == path, "\(title.debugDescription)")
    }
  }

  @Test("the schema's place as seen from a record")
  func schemaReference() {
    #expect(
      RecordPath.schemaReference(kind: "action", fromFolder: "docket")
        == "../../../../.docket/schema/action.schema.json")
    #expect(
      RecordPath.schemaReference(kind: "action", fromFolder: "docs/feedback")
        == "../../../../../.docket/schema/action.schema.json")
  }

  @Test("words of a shell command mean what they say")
  func shellWords() throws {
    for text in ["plain", "with space", "it's", "$HOME `x` \"q\"", "", "-n", "a\nb", "ä", "*", "~"]
    {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "printf %s \(ShellWord.quoted(text))"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      // printf takes a leading dash for an option; a quoted one is still a dash.
      if text != "-n" { #expect(String(decoding: output, as: UTF8.self) == text) }
    }
  }
}

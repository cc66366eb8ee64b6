import Foundation
import JSONText
import TestSupport
import Testing

/// Text from every source, through every output: nothing in it may control what shows it.
@Suite("deceptive text in every output") struct DeceptiveTextTests {
  /// The first and the last character of each range of the list, and their neighbours.
  private static let edges: [Unicode.Scalar] = {
    let all = (1...UInt32(0x10FFFF)).compactMap(Unicode.Scalar.init)
    return all.filter { scalar in
      let listed = DeceptiveCharacters.mayDeceive(scalar)
      return [scalar.value - 1, scalar.value + 1].contains { value in
        Unicode.Scalar(value).map(DeceptiveCharacters.mayDeceive) != .some(listed)
      }
    }
  }()

  /// Each of them alone and with the signs that formats go by.
  private static let hostile: String = {
    let signs = [
      "\"", ",", "#", ":", "|", "<", "\u{1B}[31m", "\n", "\n::error::", "\n \u{301}::error::",
      "##[error]",
      "##[\u{301}", "\r", "\u{9B}2J", "=1+1", "\n=1+1,", "\"\u{301},=1+1,\"\u{301}", "`", "]]>",
      "'",
    ]
    var text = "a"
    for (place, edge) in edges.enumerated() {
      text += String(edge) + signs[place % signs.count] + String(edge) + "\u{301}"
    }
    return text + signs.joined() + "z"
  }()

  /// What git takes in a name: no line feed, no angle brackets.
  private static let hostileName = String(
    String.UnicodeScalarView(
      hostile.unicodeScalars.filter { !"\n<>\0".unicodeScalars.contains($0) }))

  private static let hostileFile = String(
    String.UnicodeScalarView(hostile.unicodeScalars.filter { $0 != "/" && $0 != "\0" }.prefix(40)))

  private static func repository() throws -> ScratchRepository {
    let repository = try ScratchRepository.tracked()
    let quoted = JSONPrinter.quoted(hostile)
    try repository.new("action", "title=Plain", "owner=mira")
    try repository.git("branch", "base")
    // Schema: words, labels, a rule.
    let path = ".docket/schema/pain-point.schema.json"
    var schema = try #require(
      try JSONSerialization.jsonObject(with: Data((repository.read(path) ?? "").utf8))
        as? [String: Any])
    schema["title"] = "P" + hostile
    var model = try #require(schema["x-docket"] as? [String: Any])
    model["plural"] = hostile
    model["columns"] = ["title", "area"]
    model["rules"] =
      (model["rules"] as? [Any] ?? []) + [
        [
          "id": "pain-point." + hostile, "severity": "warning", "then": ["required": ["nope"]],
          "message": hostile, "hint": "docket edit {id} " + hostile,
        ] as [String: Any]
      ]
    schema["x-docket"] = model
    var properties = try #require(schema["properties"] as? [String: Any])
    var area = try #require(properties["area"] as? [String: Any])
    area["title"] = hostile
    properties["area"] = area
    schema["properties"] = properties
    let data = try JSONSerialization.data(withJSONObject: schema)
    try repository.write(path, String(decoding: data, as: UTF8.self))
    // Roster and config.
    try repository.write(
      ".docket/people.json",
      """
      {"$schema": "schema/people.schema.json", "people":
       [{"handle": "mira", "name": \(quoted), "team": \(quoted), "role": \(quoted)}]}
      """)
    try repository.write(
      ".docket/config.json",
      """
      {"$schema": "schema/config.schema.json", "name": \(quoted), "recordsFolder": "docket"}
      """)
    // Records: a good one, one that can't be read, one in a folder with such a name.
    try repository.write(
      "docket/pain-points/2026/01/PP-AAAAAAAAAA.json",
      """
      {
        "$schema": "../../../../.docket/schema/pain-point.schema.json",
        "id": "PP-AAAAAAAAAA",
        "title": \(quoted),
        "area": \(quoted),
        "status": "reported",
        "evidence": [{"id": "k3x9q", "said": \(quoted), "who": \(quoted), "team": \(quoted)}],
        \(quoted): \(quoted)
      }
      """)
    try repository.write("docket/pain-points/2026/01/PP-BBBBBBBBBB.json", "{\(quoted)")
    try repository.write("docket/\(hostileFile)/\(hostileFile).json", "{}")
    try repository.git("add", "-A", "-f")
    try repository.git(
      "-c", "user.name=x", "commit", "-q", "--no-verify", "-m", "S" + hostile,
      environment: ["GIT_AUTHOR_NAME": hostileName, "GIT_COMMITTER_NAME": hostileName])
    try repository.git("branch", "b\u{202E}\u{AD}\u{61C}#x\u{301}")
    return repository
  }

  private static let template = Result { try repository() }

  private static let commands: [[String]] = {
    let verbs = [
      [], ["status", "--all"], ["list"], ["show", "PP-AAAAAAAAAA"], ["log"],
      ["log", "PP-AAAAAAAAAA"],
      ["blame", "PP-AAAAAAAAAA"], ["diff", "base..HEAD"], ["rank"], ["check", "--rev", "HEAD"],
      ["review", "base...HEAD"], ["report", "audit"], ["schema", "list"], ["hooks", "status"],
      ["sql", "SELECT * FROM record"], ["sql", "SELECT * FROM change"],
    ]
    let formats: [String: [String]] = [
      "status": ["json"], "list": ["json", "jsonl", "csv"], "show": ["json"], "log": ["json"],
      "blame": ["json"], "diff": ["json", "md"], "rank": ["json"],
      "check": ["json", "github", "gitlab", "sarif"], "review": ["json"],
      "report": ["html", "json", "csv"], "hooks": ["json"], "sql": ["json", "jsonl", "csv"],
    ]
    var commands = verbs
    for verb in verbs {
      for format in formats[verb.first ?? ""] ?? [] {
        commands.append(verb + ["--format", format])
      }
    }
    return commands + [
      ["schema", "show", "pain-point"], ["rank", "--explain", "PP-AAAAAAAAAA"], ["fmt", "--check"],
      ["check", "--explain", "pain-point." + hostile], ["show", hostile], ["list", hostile],
      ["list", "area:" + hostile], ["move", "PP-AAAAAAAAAA", hostile], [hostile],
      ["log", "--field", hostile],
      ["edit", "PP-AAAAAAAAAA", hostile + "=x"], ["new", hostile], ["schema", "check"],
      ["show", "PP-AAAAAAAAAA", "--at", "b\u{202E}\u{AD}\u{61C}#x\u{301}"],
      ["diff", hostile], ["new", "pain-point", "title=x", "--on", hostile],
      ["add", "PP-AAAAAAAAAA", hostile, "a=b"],
      ["link", "PP-AAAAAAAAAA", hostile, "PP-AAAAAAAAAA"],
      ["import", "minutes", hostile], ["init", hostile + "/" + hostile], ["-C", hostile, "list"],
      ["list", "--" + hostile], ["hooks", "run", hostile],
    ]
  }()

  @Test("nothing controls a terminal or a CI system, hides or reorders text", arguments: commands)
  func everywhere(_ words: [String]) throws {
    let repository = try ScratchRepository(copying: Self.template.get())
    // An argument can't hold what a command line can't.
    let words = words.map { $0.replacingOccurrences(of: "\0", with: "") }
    let run = try repository.tryDocket(words, environment: ["GITHUB_ACTIONS": "true"])
    #expect(run.status <= 2, "\(run.status)")
    for (stream, text) in [("output", run.output), ("errors", run.errors)] {
      let what = "\(words.first ?? "docket") \(words.dropFirst().suffix(2)): \(stream)"
      let isCSV = words.last == "csv"
      let text = isCSV ? text.replacingOccurrences(of: "\r\n", with: "\n") : text
      let hasTab = words.last != "github" && text.utf8.contains(0x09)
      #expect(!hasTab && !DeceptiveCharacters.occur(in: text), "\(what)")
      for line in text.utf8.split(separator: 0x0A) {
        let start = line.drop { $0 <= 0x20 || $0 >= 0x7F }
        let isCommand = start.starts(with: "::".utf8)
        #expect(!isCommand || words.last == "github", "\(what)")
      }
      #expect(text.utf8.count { $0 == 0x23 } == 0 || !Self.has("##[", in: text), "\(what)")
      if isCSV, stream == "output" { try Self.expectTable(text, what) }
      if ["json", "gitlab", "sarif"].contains(words.last), stream == "output", run.status < 2 {
        _ = try JSONDocument(parsing: Array(text.utf8))
      }
    }
  }

  private static func has(_ sign: String, in text: String) -> Bool {
    let bytes = Array(text.utf8)
    let sign = Array(sign.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: sign) }
  }

  /// Reads a table as RFC 4180 says: as many cells in each row, none of them a formula.
  private static func expectTable(_ text: String, _ what: String) throws {
    guard !text.isEmpty else { return }
    var rows: [[[UInt8]]] = [[[]]]
    var isQuoted = false
    let bytes = Array(text.utf8)
    for byte in bytes {
      switch byte {
      case 0x22:
        isQuoted.toggle()
        rows[rows.count - 1][rows[rows.count - 1].count - 1].append(byte)
      case 0x2C where !isQuoted: rows[rows.count - 1].append([])
      case 0x0A where !isQuoted: rows.append([[]])
      default: rows[rows.count - 1][rows[rows.count - 1].count - 1].append(byte)
      }
    }
    rows.removeLast()
    #expect(Set(rows.map(\.count)).count <= 1, "\(what)")
    for cell in rows.joined() {
      let plain = cell.drop { $0 == 0x22 || $0 == 0x20 }
      let isFormula = plain.first.map { "=+@".utf8.contains($0) } ?? false
      #expect(!isFormula, "\(what)")
    }
  }

  @Test(
    "nor on a terminal with colours: the only escapes are docket's own styles",
    arguments: [
      ["list"], ["show", "PP-AAAAAAAAAA"], ["log"], ["status"], ["check", "--rev", "HEAD"],
      ["rank"],
      ["new", "pain-point"], ["new", "pain-point", "title=x", "area=y"],
    ])
  func terminal(_ words: [String]) throws {
    let repository = try ScratchRepository(copying: Self.template.get())
    let (run, screen) = try repository.typing(
      Array(repeating: "", count: 12), to: words,
      environment: ["TERM": "xterm", "PAGER": "cat", "GIT_PAGER": "cat"])
    for text in [run.output, screen] {
      let plain = text.replacingOccurrences(of: "\r", with: "")
        .replacing(/\u{1B}\[([0-9]+m|K)/, with: "")
      #expect(!DeceptiveCharacters.occur(in: plain), "\(words)")
    }
  }
}

import Foundation
import TestSupport

/// Histories of notes, whose lists of items become records of their own, and of those records: linked,
/// unlinked and deleted, on branches that migrate apart and merge.
struct RandomMigrations {
  let repository: ScratchRepository
  private var state: UInt64
  private var branches: [String: [String: Content]] = [:]
  private var stream = ""
  private var clock: Int64 = 1_700_000_000
  private var voices = 0

  static let notes = (0..<3).map { "NO-000000000\($0)" }
  var ids: [String] { Self.notes + (0..<voices).map(Self.voice) + migrated.sorted() }
  private var migrated: Set<String> = []

  private struct Item: Equatable {
    var id: String
    var text: String
    var team: String?
  }

  private struct Content: Equatable {
    var title = 0
    var items: [Item]? = []
    var words: String?
    var team: String?
    var about: [String] = []
    var origin: (note: String, item: String)?

    static func == (left: Self, right: Self) -> Bool {
      left.text("") == right.text("")
    }

    func text(_ id: String) -> String {
      var members = ["\"id\": \"\(id)\""]
      func add(_ key: String, _ value: String?) {
        if let value { members.append("\"\(key)\": \"\(value)\"") }
      }
      if id.hasPrefix("NO") {
        members.append("\"title\": \"\(title)\"")
        if let items {
          let texts = items.map { item in
            "{\"id\": \"\(item.id)\", \"text\": \"\(item.text)\""
              + (item.team.map { ", \"team\": \"\($0)\"" } ?? "") + "}"
          }
          members.append("\"said\": [\(texts.joined(separator: ", "))]")
        }
      } else {
        add("words", words)
        add("team", team)
        members.append("\"about\": [\(about.map { "\"\($0)\"" }.joined(separator: ", "))]")
        if let origin {
          members.append(
            "\"migrated\": {\"record\": \"\(origin.note)\", \"list\": \"said\", \"item\": \"\(origin.item)\"}"
          )
        }
      }
      return "{" + members.joined(separator: ", ") + "}\n"
    }
  }

  static let schemas = [
    ".docket/config.json": "{}\n",
    ".docket/schema/note.schema.json": """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Note",
     "x-docket": {"prefix": "NO", "directory": "notes", "title": "title",
       "collections": {"said": {"kind": "voice", "by": "about"}}},
     "properties": {"id": {"type": "string"}, "title": {"type": "string"},
       "said": {"type": "array", "x-docket-merge": {"by": "id"},
         "retired": {"to": "voice", "renames": {"text": "words"}},
         "items": {"type": "object",
           "properties": {"id": {"type": "string"}, "text": {"type": "string"},
             "team": {"type": "string"}}}}}}

    """,
    ".docket/schema/voice.schema.json": """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Voice",
     "x-docket": {"prefix": "VO", "directory": "voices",
       "links": {"about": {"kinds": ["note"]}}},
     "properties": {"id": {"type": "string"}, "words": {"type": "string"},
       "team": {"type": "string"}, "about": {"type": "array", "items": {"type": "string"}},
       "migrated": {"type": "object"}}}

    """,
  ]

  init(seed: UInt64) throws {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    repository = try ScratchRepository(bare: true)
    branches["main"] = Dictionary(
      uniqueKeysWithValues: Self.notes.map { ($0, Content()) })
    write("main", parents: [])
    try flush()
  }

  mutating func random(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private mutating func pick<Element>(_ values: [Element]) -> Element {
    values[random(values.count)]
  }

  private static func voice(_ number: Int) -> String {
    "VO-A" + String(String(1_000_000_000 + number).dropFirst())
  }

  /// As a migration derives ids: the same on every branch.
  private static func voice(of note: String, _ item: String) -> String {
    "VO-\(note.suffix(1))\(item.uppercased())0000"
  }

  mutating func step() {
    let branch = pick(branches.keys.sorted())
    switch random(12) {
    case 0 where branches.count < 4:
      let new = "side\(branches.count)x\(random(100))"
      branches[new] = branches[branch]
      tips[new] = tips[branch]
      return
    case 1...2 where branches.count > 1:
      merge(pick(branches.keys.sorted().filter { $0 != branch }), into: branch)
      return
    case 3: migrate(branch)
    default: change(branch)
    }
    write(branch, parents: [branch])
  }

  private mutating func migrate(_ branch: String) {
    var files = branches[branch] ?? [:]
    let note = pick(Self.notes)
    guard var content = files[note], let items = content.items else { return change(branch) }
    for item in items {
      let id = Self.voice(of: note, item.id)
      migrated.insert(id)
      if files[id] != nil { continue }
      files[id] = Content(
        items: nil, words: item.text, team: item.team, about: [note], origin: (note, item.id))
    }
    content.items = nil
    files[note] = content
    branches[branch] = files
  }

  private mutating func change(_ branch: String) {
    var files = branches[branch] ?? [:]
    for _ in 0...random(2) {
      let note = pick(Self.notes)
      let voice = files.keys.filter { $0.hasPrefix("VO") }.sorted()
      switch random(9) {
      case 0: files[note]?.title = random(9)
      case 1...3:
        guard var items = files[note]?.items else { continue }
        let id = "k000\(random(4))"
        if let place = items.firstIndex(where: { $0.id == id }) {
          switch random(4) {
          case 0: items.remove(at: place)
          case 1: items[place].text = "text \(random(5))"
          default: items[place].team = random(3) == 0 ? nil : "team \(random(3))"
          }
        } else {
          items.insert(Item(id: id, text: "text \(random(5))"), at: random(items.count + 1))
        }
        files[note]?.items = items
      case 4...5:
        voices += 1
        files[Self.voice(voices - 1)] = Content(
          items: nil, words: "words \(random(5))", about: random(2) == 0 ? [note] : [])
      case 6 where !voice.isEmpty: files[pick(voice)]?.team = "team \(random(4))"
      case 7 where !voice.isEmpty:
        files[pick(voice)]?.about = random(3) == 0 ? [] : random(2) == 0 ? [note] : Self.notes
      case 8 where !voice.isEmpty: if random(3) == 0 { files[pick(voice)] = nil }
      default: files[note]?.title = random(9)
      }
    }
    branches[branch] = files
  }

  private mutating func merge(_ other: String, into branch: String) {
    let (ours, theirs) = (branches[branch] ?? [:], branches[other] ?? [:])
    var merged: [String: Content] = [:]
    for id in Set(ours.keys).union(theirs.keys).sorted() {
      let (our, their) = (ours[id], theirs[id])
      var chosen = our == nil || their == nil ? our ?? their : pick([our, their])
      if random(8) == 0, id.hasPrefix("VO") { chosen?.team = "merged \(random(9))" }
      if random(20) == 0, id.hasPrefix("VO") { chosen = nil }
      merged[id] = chosen
    }
    branches[branch] = merged
    write(branch, parents: [branch, other])
  }

  private mutating func write(_ branch: String, parents: [String]) {
    clock += Int64(random(5) == 0 ? -random(400_000) : random(4) * 40_000)
    let author = pick(["Ada <ada@example.org>", "Bo <bo@example.org>", "Cy <cy@example.org>"])
    var text = """
      commit refs/heads/\(branch)
      mark :\(commits + 1)
      author \(author) \(clock - 60) +0000
      committer \(author) \(clock) +0000
      data 4
      step

      """
    for (rank, parent) in parents.enumerated() {
      text += "\(rank == 0 ? "from" : "merge") \(tips[parent] ?? "")\n"
    }
    text += "deleteall\n"
    var files = Self.schemas
    for (id, content) in branches[branch] ?? [:] {
      files["docket/\(id.hasPrefix("NO") ? "notes" : "voices")/2026/01/\(id).json"] =
        content.text(id)
    }
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      text += "M 100644 inline \(path)\ndata \(bytes.utf8.count)\n\(bytes)\n"
    }
    commits += 1
    tips[branch] = ":\(commits)"
    stream += text
  }

  private var commits = 0
  /// Marks, or ids once the commits are written.
  private var tips: [String: String] = [:]

  /// Writes the commits, and puts HEAD on one of the branches.
  mutating func flush() throws {
    try repository.git(
      ["fast-import", "--quiet", "--force", "--export-marks=marks"], input: stream)
    stream = ""
    let marks = try String(contentsOfFile: repository.path + "/marks", encoding: .utf8)
    var ids: [String: String] = [:]
    for line in marks.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      ids[parts[0]] = parts[1]
    }
    for (branch, tip) in tips { tips[branch] = ids[tip] ?? tip }
    let branch = pick(branches.keys.sorted())
    try repository.git("update-ref", "refs/heads/\(branch)", tips[branch] ?? "")
    try repository.git("symbolic-ref", "HEAD", "refs/heads/\(branch)")
  }
}

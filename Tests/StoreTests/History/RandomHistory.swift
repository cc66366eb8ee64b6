import TestSupport

/// Histories as they happen and as they shouldn't: branches, merges with conflicts settled by hand,
/// moves, reverts, deletions and returns, broken files, clocks that go wrong. Written by
/// `git fast-import` into a bare repository.
struct RandomHistory {
  private(set) var repository: ScratchRepository
  private var state: UInt64
  /// What each branch's tip holds, by path.
  private var branches: [String: [String: String]] = [:]
  private var past: [[String: String]] = []
  private var clock: Int64 = 1_700_000_000

  static let ids = (0..<7).map { "NO-000000000\($0)" }

  init(seed: UInt64) throws {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    repository = try ScratchRepository(bare: true)
    branches["main"] = [
      ".docket/config.json": "{}\n", ".docket/schema/note.schema.json": Self.schema,
      ".mailmap": "Ada Lovelace <ada@new.example> <ada@old.example>\n",
    ]
    try write(branch: "main", from: [], message: "Begin")
  }

  static let schema = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Note",
     "x-docket": {"prefix": "NO", "directory": "notes", "title": "title",
       "workflow": {"property": "status", "initial": "open", "transitions": {"open": ["done"]}},
       "links": {"about": {"kinds": ["note"]}}},
     "properties": {"id": {"type": "string"}, "title": {"type": "string"},
       "status": {"type": "string"}, "weight": {"type": "number"},
       "about": {"type": "array", "items": {"type": "string"}},
       "said": {"type": "array", "x-docket-merge": {"by": "id"},
         "items": {"type": "object", "properties": {"id": {}, "text": {}}}}}}

    """

  mutating func random(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func pick<Element>(_ values: [Element]) -> Element { values[random(values.count)] }

  var branchNames: [String] { branches.keys.sorted() }

  /// One more commit, or several.
  mutating func step() throws {
    let branch = pick(branchNames)
    switch random(10) {
    case 0 where branches.count < 4:
      let new = "side\(random(1000))"
      branches[new] = branches[branch]
      try repository.git("update-ref", "refs/heads/\(new)", "refs/heads/\(branch)")
      change(new)
      try write(branch: new, from: ["refs/heads/\(new)"], message: "Start \(new)")
    case 1...2 where branches.count > 1:
      let other = pick(branchNames.filter { $0 != branch })
      try merge(other, into: branch)
    case 3 where past.count > 3:
      // Back to what was once.
      branches[branch] = pick(past)
      try write(branch: branch, from: ["refs/heads/\(branch)"], message: "Revert")
    default:
      change(branch)
      try write(branch: branch, from: ["refs/heads/\(branch)"], message: "Change")
    }
  }

  private mutating func merge(_ other: String, into branch: String) throws {
    let (ours, theirs) = (branches[branch] ?? [:], branches[other] ?? [:])
    var merged: [String: String] = ours.filter { !$0.key.hasPrefix("docket/") }
    for id in Self.ids {
      let sides = [ours, theirs].map { side in side.first { $0.key.contains(id) } }
      guard let chosen = pick(sides) ?? (random(2) == 0 ? sides[0] ?? sides[1] : nil) else {
        continue
      }
      merged[chosen.key] = random(6) == 0 ? record(id) : chosen.value
    }
    branches[branch] = merged
    try write(
      branch: branch, from: ["refs/heads/\(branch)", "refs/heads/\(other)"], message: "Merge")
  }

  private mutating func change(_ branch: String) {
    var files = branches[branch] ?? [:]
    for _ in 0...random(2) {
      let id = pick(Self.ids)
      let known = files.keys.sorted().first { $0.contains(id) }
      switch random(8) {
      case 0: if let known { files[known] = nil }
      case 1: if let known { files[place(id)] = files.removeValue(forKey: known) }
      case 2: files["code/main.txt"] = "\(random(100))\n"
      case 3: if let known { files[known] = "{\"id\": \"\(id)\", broken\n" }
      case 4:
        // Moved and changed at once.
        if let known { files[known] = nil }
        files[place(id)] = record(id)
      default: files[known ?? place(id)] = record(id)
      }
    }
    branches[branch] = files
  }

  private mutating func place(_ id: String) -> String {
    "docket/notes/2026/0\(1 + random(3))/\(id)\(pick(["", "-a", "-some-words"])).json"
  }

  private mutating func record(_ id: String) -> String {
    let items = (0..<random(3)).map {
      "{\"id\": \"i\($0)\", \"text\": \"\(pick(["one", "two", "three"]))\"}"
    }
    let about = random(3) == 0 ? ", \"about\": [\"\(pick(Self.ids))\"]" : ""
    return """
      {"id": "\(id)", "title": "\(pick(["Flaky", "Slow", "Grüße", "a;b"])) \(random(9))",
       "status": "\(pick(["open", "done"]))", "weight": \(random(4))\(about),
       "said": [\(items.joined(separator: ", "))]}

      """
  }

  private mutating func write(branch: String, from parents: [String], message: String) throws {
    let files = branches[branch] ?? [:]
    past.append(files)
    // Mostly onward, now and then back, now and then the same second again.
    clock += Int64(random(5) == 0 ? -random(400_000) : random(4) * 40_000)
    let author = pick([
      "Ada <ada@old.example>", "Bo <bo@example.org>", "Ünal <unal@example.org>",
    ])
    var stream = """
      commit refs/heads/\(branch)
      author \(author) \(clock - 60) +0200
      committer \(author) \(clock) +0000
      data \(message.utf8.count)
      \(message)

      """
    for (rank, parent) in parents.enumerated() {
      stream += "\(rank == 0 ? "from" : "merge") \(try repository.git("rev-parse", parent))\n"
    }
    stream += "deleteall\n"
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      stream += "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
    }
    try repository.git(["fast-import", "--quiet", "--force"], input: stream)
  }

  /// Forgets a branch's newest commits, as a rebase or a forced push does.
  mutating func rewind(_ branch: String) throws {
    let depth = try repository.git("rev-list", "--first-parent", "--count", branch)
    guard let depth = Int(depth), depth > 4 else { return }
    try repository.git("update-ref", "refs/heads/\(branch)", "\(branch)~\(1 + random(3))")
    var files: [String: String] = [:]
    for path in try repository.git("ls-tree", "-r", "--name-only", branch).split(separator: "\n") {
      files[String(path)] = try repository.git("show", "\(branch):\(path)") + "\n"
    }
    branches[branch] = files
  }

  mutating func head(at branch: String) throws {
    try repository.git("symbolic-ref", "HEAD", "refs/heads/\(branch)")
  }
}

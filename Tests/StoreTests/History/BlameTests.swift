import Foundation
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

/// Blame against a walk that asks git for every version of every commit and compares value by value.
@Suite("who set each value") struct BlameTests {
  private static let schema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:test:note:1", "title": "Note", "type": "object",
      "x-docket": { "prefix": "NT", "directory": "notes", "title": "title" },
      "properties": {
        "$schema": { "type": "string" }, "id": { "type": "string" },
        "title": { "type": "string" }, "size": { "type": "integer" },
        "place": {
          "type": "object",
          "properties": { "city": { "type": "string" }, "floor": { "type": "integer" } }
        },
        "tags": { "type": "array", "items": { "type": "string" } },
        "text": { "type": "array", "items": { "type": "string" }, "x-docket-text": "markdown" },
        "items": {
          "type": "array", "x-docket-merge": { "by": "id" },
          "items": {
            "type": "object",
            "properties": { "id": { "type": "string" }, "said": { "type": "string" },
              "team": { "type": "string" } }
          }
        }
      }
    }
    """

  private static let id = "NT-0000000000"
  private static let folder = "docket/notes/2026/01/"

  /// A record as the test keeps it; its text is made anew, in any order and form, at each commit.
  private struct Note: Equatable {
    var title = "one"
    var size: Int?
    var city: String?
    var floor: Int?
    var tags: [String] = []
    /// Lines are picked from a fixed order, so that what two versions have in common is certain.
    var lines: Set<Int> = []
    var items: [(id: String, said: String, team: String?)] = []

    static func == (left: Note, right: Note) -> Bool { left.values == right.values }

    /// Each value under a name that doesn't depend on where it stands.
    var values: [String: String] {
      var values = ["title": "\"\(title)\""]
      values["size"] = size.map(String.init)
      values["place.city"] = city.map { "\"\($0)\"" }
      values["place.floor"] = floor.map(String.init)
      for tag in tags { values["tags=\(tag)"] = "\"\(tag)\"" }
      for line in lines { values["text=\(Self.line(line))"] = "\"\(Self.line(line))\"" }
      for item in items {
        values["items.\(item.id).said"] = "\"\(item.said)\""
        values["items.\(item.id).team"] = item.team.map { "\"\($0)\"" }
      }
      return values
    }

    static func line(_ number: Int) -> String { "line \(100 + number)" }

    func text(_ random: inout Random) -> String {
      var members: [String] = ["\"title\": \"\(title)\""]
      if let size { members.append("\"size\": \(size)") }
      var place: [String] = []
      if let city { place.append("\"city\": \"\(city)\"") }
      if let floor { place.append("\"floor\": \(floor)") }
      if !place.isEmpty {
        random.shuffle(&place)
        members.append("\"place\": {\(place.joined(separator: ", "))}")
      }
      if !tags.isEmpty {
        members.append("\"tags\": [\(tags.map { "\"\($0)\"" }.joined(separator: ","))]")
      }
      if !lines.isEmpty {
        let text = lines.sorted().map { "\"\(Self.line($0))\"" }
        members.append("\"text\": [\n\(text.joined(separator: ",\n"))\n]")
      }
      if !items.isEmpty {
        let texts = items.map { item in
          var members = ["\"id\": \"\(item.id)\"", "\"said\": \"\(item.said)\""]
          if let team = item.team { members.append("\"team\": \"\(team)\"") }
          random.shuffle(&members)
          return "{\(members.joined(separator: ", "))}"
        }
        members.append("\"items\": [\(texts.joined(separator: ",\n"))]")
      }
      random.shuffle(&members)
      return "{\n" + (["\"id\": \"\(BlameTests.id)\""] + members).joined(separator: ",\n  ")
        + "\n}\n"
    }

    mutating func change(_ random: inout Random, _ step: Int) {
      switch random.below(9) {
      case 0: title = ["one", "two", "three"][random.below(3)]
      case 1: size = random.below(4) == 0 ? nil : random.below(3)
      case 2: city = random.below(3) == 0 ? nil : ["here", "there"][random.below(2)]
      case 3: floor = random.below(3) == 0 ? nil : random.below(2)
      case 4:
        let tag = "t\(random.below(4))"
        if let place = tags.firstIndex(of: tag) {
          tags.remove(at: place)
        } else {
          tags.insert(tag, at: random.below(tags.count + 1))
        }
      case 5: lines.formSymmetricDifference([random.below(8), random.below(8)])
      case 6: random.shuffle(&items)
      case 7 where !items.isEmpty:
        let place = random.below(items.count)
        if random.below(3) == 0 {
          items.remove(at: place)
        } else {
          items[place].said = "said \(random.below(3))"
          items[place].team = random.below(2) == 0 ? nil : "team"
        }
      default:
        let item = "it00\(random.below(6))"
        if !items.contains(where: { $0.id == item }) {
          items.insert((item, "said \(random.below(3))", nil), at: random.below(items.count + 1))
        }
      }
    }
  }

  private struct Random {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    mutating func shuffle<T>(_ list: inout [T]) {
      for index in list.indices.dropFirst() { list.swapAt(index, below(index + 1)) }
    }
  }

  /// One commit as the test made it.
  private struct Made {
    let parents: [String]
    /// `nil`: the record isn't there.
    let note: Note?
    /// The file's bytes, to know files that are the same as a whole.
    let text: String?
  }

  /// Makes a history with `git commit-tree`, so that merges are resolved in any way.
  private func history(_ seed: UInt64, in repository: ScratchRepository) throws -> (
    tip: String, made: [String: Made]
  ) {
    var random = Random(state: seed &* 77 &+ 5)
    var made: [String: Made] = [:]
    try repository.write(".docket/config.json", "{}\n")
    try repository.write(".docket/schema/note.schema.json", Self.schema)
    try repository.git("add", ".docket")
    let definition = try repository.git("write-tree")
    func commit(_ note: Note?, _ parents: [String], name: String, text known: String? = nil) throws
      -> String
    {
      try repository.git("read-tree", definition)
      let text = note.map { known ?? $0.text(&random) }
      if let text {
        let blob = try repository.git("hash-object", "-w", "--stdin", input: text)
        try repository.git(
          "update-index", "--add", "--cacheinfo", "100644,\(blob),\(Self.folder)\(name)")
      }
      let tree = try repository.git("write-tree")
      // Clocks that run backwards must not matter.
      let time = 1_700_000_000 + made.count * 60 - random.below(400)
      let id = try repository.git(
        ["commit-tree", tree, "-m", "step \(made.count)"] + parents.flatMap { ["-p", $0] },
        environment: ["GIT_COMMITTER_DATE": "\(time) +0000"])
      made[id] = Made(parents: parents, note: note, text: text)
      return id
    }
    var name = "\(Self.id).json"
    var tips = [try commit(nil, [], name: name)]
    for step in 0..<28 {
      let branch = random.below(tips.count)
      let here = tips[branch]
      var note = made[here]?.note
      switch random.below(10) {
      case ...1 where tips.count < 3: tips.append(here)
      case 2...3 where tips.count > 1:
        let other = tips.remove(at: (branch + 1) % tips.count)
        let place = tips.firstIndex(of: here) ?? 0
        if other == here { continue }
        let ours = made[here]?.note
        let theirs = made[other]?.note
        var resolved = ours ?? theirs
        if var both = ours, let theirs {
          // Each part from either side, sometimes from neither.
          if random.below(2) == 0 { both.title = theirs.title }
          if random.below(2) == 0 { both.size = theirs.size }
          if random.below(2) == 0 { both.city = theirs.city }
          if random.below(2) == 0 { both.tags = theirs.tags }
          both.lines = random.below(2) == 0 ? both.lines.union(theirs.lines) : theirs.lines
          for item in theirs.items where !both.items.contains(where: { $0.id == item.id }) {
            both.items.append(item)
          }
          if random.below(3) == 0 { both.change(&random, step) }
          resolved = both
        }
        // Sometimes one side as it stands.
        let taken = random.below(4)
        let text = taken == 0 ? made[here]?.text : taken == 1 ? made[other]?.text : nil
        let result = taken == 0 ? ours : taken == 1 ? theirs : resolved
        tips[place] = try commit(result, [here, other], name: name, text: text)
      case 4 where step > 20: tips[branch] = try commit(nil, [here], name: name)
      case 5:
        name = "\(Self.id)-slug\(step).json"
        tips[branch] = try commit(note, [here], name: name, text: made[here]?.text)
      default:
        if note == nil { note = Note() }
        if random.below(6) != 0 { note?.change(&random, step) }
        if random.below(3) == 0 { note?.change(&random, step) }
        tips[branch] = try commit(note, [here], name: name)
      }
    }
    var tip = tips[0]
    for other in tips.dropFirst() where other != tip {
      tip = try commit(made[tip]?.note ?? made[other]?.note, [tip, other], name: name)
    }
    if made[tip]?.note == nil { tip = try commit(Note(), [tip], name: name) }
    try repository.git("reset", "-q", "--hard", tip)
    return (tip, made)
  }

  /// The commit that a value goes back to, parent by parent.
  private func origin(
    of key: String, at commit: String, in made: [String: Made], _ known: inout [String: String]
  ) -> String {
    if let result = known[commit + key] { return result }
    guard let here = made[commit] else { return commit }
    var result = commit
    if let same = here.parents.first(where: { made[$0]?.text == here.text }) {
      result = origin(of: key, at: same, in: made, &known)
    } else if let successor = here.parents.first(where: {
      made[$0]?.note?.values[key] == here.note?.values[key] && here.note?.values[key] != nil
    }) {
      result = origin(of: key, at: successor, in: made, &known)
    }
    known[commit + key] = result
    return result
  }

  @Test(
    "is what a walk over every version finds, with an index and without", arguments: 1...8,
    ["on", "off"])
  func random(_ seed: UInt64, index: String) throws {
    let repository = try ScratchRepository()
    let (tip, made) = try history(seed, in: repository)
    var environment = repository.environment
    environment["DOCKET_CACHE"] = index
    let tracker = try Tracker(
      in: repository.path, context: ExecutionContext(environment: environment, now: { 0 }))
    let note = try #require(made[tip]?.note)
    let found = try tracker.find(Self.id)
    var walk = BlameWalk(tracker)
    var answers: [String: String] = [:]
    for value in try walk.values(of: found) where !value.leaf.isIdentity {
      let text = value.leaf.value.plainText
      let list = value.leaf.pointer.tokens.first ?? ""
      let name = ["tags", "text"].contains(list) ? "\(list)=\(text)" : value.leaf.key
      answers[name] = value.commit.id
    }
    var known: [String: String] = [:]
    var expected: [String: String] = [:]
    for key in note.values.keys { expected[key] = origin(of: key, at: tip, in: made, &known) }
    #expect(answers == expected)
  }
}

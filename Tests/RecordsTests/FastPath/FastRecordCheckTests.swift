import Files
import JSONSchema
import JSONText
import TestSupport
import Testing

@testable import Records

/// The fast check may give up, but not be wrong: whatever it calls valid, the full check calls right.
@Suite("the fast check of a record") struct FastRecordCheckTests {
  private struct Subject {
    let kind: Kind
    let compiled: CompiledKind
    let checker: FastRecordChecker
    let roster: Roster

    init(_ kind: Kind, _ roster: Roster) throws {
      self.kind = kind
      self.roster = roster
      compiled = try BuiltInKinds.catalog.compiledKind(for: kind)
      checker = FastRecordChecker(FastRecordCheck(compiled), folder: "docket", roster: roster)
    }

    func findings(_ record: RecordFile) -> [Finding] {
      RecordCheck(compiled: compiled, folder: "docket", remedy: .edit)
        .findings(in: record, checksForm: false, roster: roster)
    }

    /// Compares all that a look tells with those who look closely; gives whether it found the record right.
    func compare(_ record: RecordFile) -> Bool {
      let outcome = checker.check(record)
      let text = String(decoding: record.document.bytes, as: UTF8.self)
      if outcome.isClean {
        let findings = findings(record)
        #expect(findings.isEmpty, "\(findings) in \(text)")
      }
      let links = kind.links.enumerated().flatMap { place, relation in
        relation.links(in: record.root).map { "\(place) \($0.target)" }
      }
      #expect(outcome.links.map { "\($0.relation) \($0.target)" } == links, "\(text)")
      for (place, (rule, when, then)) in compiled.rules.enumerated()
      where then == nil && when?.isValid(record.root) ?? true {
        let bit = FastRecordCheck.bit(ofRule: place)
        #expect(outcome.concerned & bit != 0, "\(rule.id) is about \(text)")
      }
      return outcome.isClean
    }
  }

  /// With somebody who was always there, and somebody who was not.
  private static let roster = Roster([
    "people": [
      ["handle": "ada", "name": "Ada"],
      ["handle": "ben", "name": "Ben", "from": "2026-01-01", "to": "2026-01-31"],
    ]
  ])

  private static func read(_ kind: Kind, _ text: [UInt8]) -> RecordFile? {
    try? RecordFile.read(
      text, path: "docket/\(kind.directory)/2026/01/\(kind.prefix)-0000000000.json",
      folder: "docket"
    ).get()
  }

  /// What the samples of some kinds lack to have no findings.
  private static let completions: [String: JSONValue] = [
    "pain-point": ["jobStory": ["when": "a", "iWantTo": "b", "soICan": "c"]],
    "interview": ["interviewer": "ada"], "board": ["charter": ["x"]], "story-map": ["whose": "x"],
  ]

  /// Records of every built-in kind in which a closer look finds nothing.
  private static func sound() throws -> [(kind: Kind, value: JSONValue)] {
    var sound: [(kind: Kind, value: JSONValue)] = []
    let measure = """
      {"name": "lead-time", "status": "recorded", "takenOn": "2026-01-02", "audience": "users",
       "value": 4, "unit": "hours", "sampleSize": 10, "method": "telemetry"}
      """
    // Half a day and half a person are no plain numbers, and for a closer look.
    let whole = BuiltInSchemaTests.samples.filter { $0.text.contains(".5") }.map {
      ($0.kind, $0.text.replacing("2.5", with: "2").replacing("0.5", with: "1"))
    }
    for (name, text) in BuiltInSchemaTests.samples + whole + [("measure", measure)] {
      let kind = try BuiltInKinds.kind(name)
      var value = try BuiltInSchemaTests.sample(kind, text)
      for member in completions[name]?.object?.members ?? [] { value[member.key] = member.value }
      if try Subject(kind, Roster()).findings(BuiltInKinds.file(kind, value)).isEmpty {
        sound.append((kind, value))
      }
    }
    try #require(Set(sound.map(\.kind.name)) == Set(BuiltInKinds.catalog.kinds.map(\.name)))
    return sound
  }

  @Test("settles nearly all sound records, and of each built-in kind")
  func settles() throws {
    let sound = try Self.sound()
    let settled = try sound.filter { kind, value in
      try Subject(kind, Roster()).compare(BuiltInKinds.file(kind, value))
    }
    #expect(Set(settled.map(\.kind.name)) == Set(sound.map(\.kind.name)))
    #expect(settled.count >= sound.count - 3, "\(settled.count) of \(sound.count)")
  }

  @Test("is never wrong about changed records", arguments: 1...4 as ClosedRange<UInt64>)
  func mutations(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var clean = 0
    var looked = 0
    for (kind, value) in try Self.sound() {
      let subject = try Subject(kind, Bool.random(using: &random) ? Roster() : Self.roster)
      for _ in 0..<25 {
        var changed = value
        for _ in 0...Int.random(in: 0...1, using: &random) { Self.change(&changed, &random) }
        guard let record = Self.read(kind, JSONPrinter.canonical(changed, order: kind.view)) else {
          continue
        }
        looked += 1
        clean += subject.compare(record) ? 1 : 0
      }
    }
    // Neither answer may be a matter of course.
    #expect(clean * 20 > looked && clean * 2 < looked, "\(clean) of \(looked)")
  }

  @Test("is never wrong about changed bytes", arguments: 1...4 as ClosedRange<UInt64>)
  func bytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var clean = 0
    for (kind, value) in try Self.sound() {
      let subject = try Subject(kind, Roster())
      let text = JSONPrinter.canonical(value, order: kind.view)
      for _ in 0..<40 {
        var changed = text
        let place = Int.random(in: 0..<text.count, using: &random)
        let byte =
          Array("abzAZ019-_.@\\/\"{}[]:, \u{7F}é\n".utf8).randomElement(using: &random) ?? 0
        switch Int.random(in: 0...3, using: &random) {
        case 0: changed[place] = byte
        case 1: changed.insert(byte, at: place)
        case 2: changed.remove(at: place)
        default: changed.replaceSubrange(place...place, with: Array(#"\u0061"#.utf8))
        }
        guard let record = Self.read(kind, changed) else { continue }
        clean += subject.compare(record) ? 1 : 0
      }
    }
    #expect(clean > 20)
  }

  private static let strange: [JSONValue] = [
    "", "x", "ada", "ben", "zoe", "a@b.example", "\u{202E}x", "\u{7}",
    "see ghp_0123456789abcdefghijABCDEFGHIJ0123 there", "PP-0000000001", "DEC-0000000000",
    "2026-01-02",
    "2026-02-30", "triaged", "closed", "accepted", "é\n", "k3x9q", .number(JSONNumber(0)),
    .number(JSONNumber(7)), .number(JSONNumber(-1)), .number(JSONNumber("2.0") ?? JSONNumber(2)),
    .bool(true), .null, [], [:], ["a", "a"], [["a"]],
    ["x": "y"],
  ]

  /// Changes something in a value, anywhere.
  private static func change(_ value: inout JSONValue, _ random: inout SeededGenerator) {
    switch value {
    case .object(var object) where !object.members.isEmpty:
      let place = object.members.indices.randomElement(using: &random) ?? 0
      switch Int.random(in: 0...5, using: &random) {
      case 0: object.members.remove(at: place)
      case 1: object["more"] = strange.randomElement(using: &random) ?? "x"
      case 2: object.members[place].value = strange.randomElement(using: &random) ?? "x"
      default: change(&object.members[place].value, &random)
      }
      value = .object(object)
    case .array(var list) where !list.isEmpty:
      let place = list.indices.randomElement(using: &random) ?? 0
      switch Int.random(in: 0...3, using: &random) {
      case 0: list.remove(at: place)
      case 1: list.append(list[place])
      default: change(&list[place], &random)
      }
      value = .array(list)
    case .string(let text) where Bool.random(using: &random): value = .string(text + "e")
    default: value = strange.randomElement(using: &random) ?? "x"
    }
  }
}

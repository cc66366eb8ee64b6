import Files
import Foundation
import Git
import JSONText
import Records
import Testing

@testable import Store

@Suite("who may change config, people and schemas") struct DefinitionPolicyTests {
  /// - Parameter config: `nil` for a tree that docket doesn't track.
  private func definition(_ config: String?, _ schemas: [(name: String, bytes: [UInt8])] = [])
    throws -> TrackerDefinition
  {
    try TrackerDefinition(schemaNames: schemas.map(\.name)) { (path) throws(GitError) in
      if path == TrackerConfig.path { return config.map { Array($0.utf8) } }
      return schemas.first { TrackerDefinition.schemaFolder.appending($0.name) == path }?.bytes
    }
  }

  private func rules(_ rule: String) -> String { #"{"rules": {"action.no-due": \#(rule)}}"# }

  private func findings(from base: TrackerDefinition, to proposed: TrackerDefinition) -> [Finding] {
    DefinitionPolicy(handle: nil).findings(
      from: base, to: proposed, changed: [TrackerConfig.path, Roster.path])
  }

  private static let error = #""error""#
  private static func from(_ day: String, _ severity: String = "error") -> String {
    #"{"severity": "\#(severity)", "failFrom": "\#(day)"}"#
  }

  @Test(
    "a rule that is lowered or put off is weakened",
    arguments: [
      (error, #""warning""#, true), (error, #""off""#, true), (#""info""#, error, false),
      (error, from("2026-01-01"), true), (from("2026-01-01"), error, false),
      (from("2026-01-01"), from("2099-01-01"), true),
      (from("2026-02-01"), from("2026-01-01"), false),
      (from("2026-01-01"), from("2026-01-01"), false), (from("2026-01-01"), #""warning""#, true),
      (#""warning""#, from("2099-01-01"), false), (#""warning""#, from("2099-01-01", "info"), true),
      (from("2026-01-01"), #"{"severity": "error", "failFrom": "never"}"#, false),
    ])
  func severities(_ old: String, _ new: String, isWeaker: Bool) throws {
    let found = findings(from: try definition(rules(old)), to: try definition(rules(new)))
    #expect(found.map(\.rule) == (isWeaker ? ["policy.weakened"] : []), "\(found)")
    if isWeaker { #expect(found[0].pointer == "/rules/action.no-due") }
  }

  @Test("very many weakened rules are counted")
  func many() throws {
    func config(_ word: String) -> String {
      #"{"rules": {\#((0..<5000).map { "\"x.r\($0)\": \"\(word)\"" }.joined(separator: ","))}}"#
    }
    let found = findings(from: try definition(config("error")), to: try definition(config("off")))
    #expect(found.count == 1001 && found.reduce(0) { $0 + $1.count } == 5000)
  }

  @Test("a change that takes docket's folder away is refused as that, once")
  func gone() throws {
    let found = findings(from: try definition("{}"), to: try definition(nil))
    #expect(found.map(\.rule) == ["policy.weakened"])
    #expect(found[0].message.contains("ends docket here"))
    let maintained = #"{"policy": {"maintainers": ["ada"]}}"#
    let kept = findings(from: try definition(maintained), to: try definition(nil))
    #expect(kept.map(\.rule) == ["policy.maintainers-only"])
    #expect(kept[0].message.contains("ends docket here"))
  }

  @Test("a kind whose annotation is stripped is weakened")
  func annotation() throws {
    let name = "action.schema.json"
    let text = try #require(Scene.builtIn.first { $0.name == name }).bytes
    let stripped = String(decoding: text, as: UTF8.self)
      .replacing("\"x-docket-person\": true", with: "\"x-docket-person\": false")
    #expect(Array(stripped.utf8) != text)
    let changed = Scene.builtIn.map { $0.name == name ? (name, Array(stripped.utf8)) : $0 }
    let found = findings(
      from: try definition("{}", Scene.builtIn), to: try definition("{}", changed))
    #expect(found.contains { $0.message.contains("take owner for a person's handle") }, "\(found)")
  }

  @Test("docket's own newer schema in place of an older one of its own weakens nothing")
  func upgrade() throws {
    let name = "action.schema.json"
    let new = try #require(Scene.builtIn.first { $0.name == name }).bytes
    // An older one that asked for more.
    let old = Array(
      String(decoding: new, as: UTF8.self)
        .replacing("\"required\": [\"$schema\"", with: "\"required\": [\"due\", \"$schema\"").utf8)
    #expect(old != new)
    func definition(_ bytes: [UInt8]) throws -> TrackerDefinition {
      try self.definition("{}", Scene.builtIn.map { $0.name == name ? (name, bytes) : $0 })
    }
    func findings(_ base: [UInt8], _ proposed: [UInt8], config: String = "{}") throws -> [Finding] {
      let own = OwnSchemas(
        current: { Scene.builtIn.map { (name: $0.name, text: $0.bytes) } },
        earlier: { "\(Repository.hash(blob: old).hex) \(name)\n" })
      return DefinitionPolicy(handle: nil, own: own).findings(
        from: try definition(base), to: try definition(proposed), changed: [TrackerConfig.path])
    }
    #expect(try findings(old, new).isEmpty)
    #expect(try !self.findings(from: definition(old), to: definition(new)).isEmpty, "by no program")
    // The team's own, or another than this program's, is judged as any.
    #expect(try !findings(old + [0x20], new).isEmpty)
    #expect(try !findings(old, new + [0x20]).isEmpty)
  }

  @Test("a shape that a team's common schema lacked may come with docket's newer schema")
  func shapes() throws {
    func text(_ name: String) throws -> String {
      String(decoding: try #require(Scene.builtIn.first { $0.name == name }).bytes, as: UTF8.self)
    }
    let (kind, common) = ("retro.schema.json", "common.schema.json")
    let new = try text(kind)
    let old = new.replacing("\"retired\":", with: "\"examples\":")
    let shared = try text(common)
    let start = try #require(shared.range(of: "    \"answerId\": {")?.lowerBound)
    let end = try #require(shared.range(of: "    \"minutesId\": {")?.lowerBound)
    let fewer = String(shared[..<start] + shared[end...])
    #expect(old != new)
    func findings(to proposed: String) throws -> [Finding] {
      func definition(_ retro: String, _ shapes: String) throws -> TrackerDefinition {
        try self.definition(
          "{}",
          Scene.builtIn.map { file in
            let text = file.name == kind ? retro : file.name == common ? shapes : nil
            return (file.name, text.map { Array($0.utf8) } ?? file.bytes)
          })
      }
      let own = OwnSchemas(
        current: { [(kind, Array(new.utf8))] },
        earlier: { "\(Repository.hash(blob: Array(old.utf8)).hex) \(kind)\n" })
      return DefinitionPolicy(handle: nil, own: own).findings(
        from: try definition(old, fewer), to: try definition(new, proposed), changed: [])
    }
    #expect(try findings(to: shared).isEmpty)
    // A shape that was there is judged as ever.
    let loose = shared.replacing("\"x-docket-text\": \"plain\"", with: "\"title\": \"Text\"")
    #expect(try !findings(to: loose).isEmpty)
  }
}

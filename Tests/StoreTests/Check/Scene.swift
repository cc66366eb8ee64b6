import Files
import Foundation
import Git
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

/// A small tracker in memory: some records, config, people, the day, and what history says.
struct Scene: Sendable {
  /// Kind and text of each, without `$schema` and id; the n-th has the digits 000000000n.
  var records: [(kind: String, text: String)]
  /// The first record before the change, where one is judged.
  var before: String?
  var config = "{}"
  /// Another config before the change, and who makes it.
  var configBefore: String?
  var people = #"{"people": []}"#
  /// Files that are no record written by docket: path and text.
  var files: [(path: String, text: String)] = []
  /// Schemas beside docket's own.
  var schemas: [(name: String, text: String)] = []
  var now = "2026-03-01"
  var history: RecordHistory?
  /// Whether files are judged for their form, as those of a change are.
  var checksForm = true

  init(_ records: (kind: String, text: String)...) { self.records = records }

  static let schemaFolder = PackageFolder.path + "/schema"

  static let builtIn: [(name: String, bytes: [UInt8])] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: schemaFolder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { name in
      let data = FileManager.default.contents(atPath: schemaFolder + "/" + name) ?? Data()
      return (name, [UInt8](data))
    }
  }()

  static let builtInCatalog = KindCatalog(files: builtIn)

  private func definition(config: String) throws -> TrackerDefinition {
    var files: [RepositoryPath: [UInt8]] = [
      TrackerConfig.path: Array(config.utf8), Roster.path: Array(people.utf8),
    ]
    for (name, bytes) in Self.builtIn {
      files[TrackerDefinition.schemaFolder.appending(name)] = bytes
    }
    for (name, text) in schemas {
      files[TrackerDefinition.schemaFolder.appending(name)] = Array(text.utf8)
    }
    let names = Set(Self.builtIn.map(\.name) + schemas.map(\.name)).sorted()
    return try TrackerDefinition(schemaNames: names) { (path) throws(GitError) in files[path] }
  }

  private func file(_ kind: Kind, _ text: String, number: Int) throws -> (
    path: RepositoryPath, bytes: [UInt8]
  ) {
    var object = JSONObject()
    let id = "\(kind.prefix)-\(String(repeating: "0", count: 9))\(number)"
    object["$schema"] = .string(RecordPath.schemaReference(kind: kind.name, fromFolder: "docket"))
    object["id"] = .string(id)
    for member in try JSONDocument(parsing: text).root.value.object?.members ?? [] {
      object[member.key] = member.value
    }
    return (
      RepositoryPath("docket/\(kind.directory)/2026/01/\(id).json"),
      JSONPrinter.canonical(.object(object), order: kind.view)
    )
  }

  /// Everything that a check of the state, and of the change that led to it, finds.
  func findings() throws -> [Finding] {
    let definition = try definition(config: config)
    var state = RecordState()
    var changes: [Finding] = []
    for (index, record) in records.enumerated() {
      let kind = try #require(definition.catalog.kind(named: record.kind), "\(record.kind)")
      let (path, bytes) = try file(kind, record.text, number: index + 1)
      state.add(RecordFile.read(bytes, path: path, folder: "docket"))
      if index == 0, let before {
        let old = try file(kind, before, number: 1).bytes
        changes += ChangeCheck.findings(
          from: try RecordFile.read(old, path: path, folder: "docket").get(),
          to: try RecordFile.read(bytes, path: path, folder: "docket").get(),
          compiled: try definition.catalog.compiledKind(for: kind))
      }
    }
    for (path, text) in files {
      state.add(RecordFile.read(Array(text.utf8), path: RepositoryPath(path), folder: "docket"))
    }
    if let configBefore {
      changes += DefinitionPolicy(handle: "ada").findings(
        from: try self.definition(config: configBefore), to: definition,
        changed: [TrackerConfig.path])
    }
    let time = try #require(CivilDate(now)).secondsSinceEpoch
    return StateCheck(
      definition: definition, now: time, history: history, checksSchemas: !schemas.isEmpty
    ).run(state, checkingFormOf: checksForm ? Set(state.records.map(\.path)) : []).findings
      + changes
  }

  /// A record as this scene has it, and its kind compiled.
  func record(at path: RepositoryPath) throws -> (record: RecordFile, compiled: CompiledKind)? {
    let definition = try definition(config: config)
    for (index, record) in records.enumerated() {
      guard let kind = definition.catalog.kind(named: record.kind) else { continue }
      let (place, bytes) = try file(kind, record.text, number: index + 1)
      guard place == path else { continue }
      return (
        try RecordFile.read(bytes, path: path, folder: "docket").get(),
        try definition.catalog.compiledKind(for: kind)
      )
    }
    return nil
  }

  /// The same with the first record changed by a merge patch (RFC 7396).
  func patched(_ patch: String) throws -> Scene {
    var scene = self
    scene.records[0].text = try Self.merged(records[0].text, patch)
    return scene
  }

  static func merged(_ text: String, _ patch: String) throws -> String {
    func merge(_ target: JSONValue?, _ patch: JSONValue) -> JSONValue {
      guard let members = patch.object?.members else { return patch }
      var object = target?.object ?? JSONObject()
      for member in members {
        object[member.key] = member.value == .null ? nil : merge(object[member.key], member.value)
      }
      return .object(object)
    }
    let value = merge(
      try JSONDocument(parsing: text).root.value, try JSONDocument(parsing: patch).root.value)
    return String(decoding: JSONPrinter.compact(value), as: UTF8.self)
  }
}

import Foundation
import JSONSchema
import JSONText
import TestSupport
import Testing

/// The published shapes of machine output.
enum Shapes {
  static let root = PackageFolder.url

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  /// Paths from the repository's root, sorted.
  static func files(below folder: String, suffix: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(suffix) }.sorted()
      .map { folder + "/" + $0 }
  }

  /// What each published shape is of.
  static let names = files(below: "docs/json", suffix: ".schema.json").map {
    String($0.dropFirst("docs/json/".count).dropLast(".schema.json".count))
  }

  static func value(_ name: String) throws -> JSONValue {
    try JSONDocument(parsing: text("docs/json/\(name).schema.json")).root.value
  }

  static func schema(of shape: JSONValue, at fragment: String = "") throws -> Schema {
    let document = try JSONDocument(parsing: JSONPrinter.canonical(shape))
    return try SchemaRegistry(
      documents: [("urn:shape", document)], options: SchemaOptions(assertFormat: true)
    ).schema(uri: "urn:shape" + fragment)
  }

  /// A shape that refuses keys it doesn't name: what this docket prints is all described.
  static func strict(_ name: String, at fragment: String = "") throws -> Schema {
    try schema(of: closed(try value(name)), at: fragment)
  }

  private static func closed(_ shape: JSONValue) -> JSONValue {
    switch shape {
    case .array(let items): return .array(items.map(closed))
    case .object(var object):
      for index in object.members.indices
      where !["examples", "const", "enum"].contains(object.members[index].key) {
        object.members[index].value = closed(object.members[index].value)
      }
      if object["type"]?.string == "object", object["properties"]?.object != nil,
        object["additionalProperties"] == nil
      {
        object["additionalProperties"] = .bool(false)
      }
      return .object(object)
    default: return shape
    }
  }

  static func expect(
    _ bytes: [UInt8], fits name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let answer = try JSONDocument(parsing: bytes)
    for violation in try strict(name).validate(answer.root) {
      Issue.record(
        "docket.\(name)/1:\(answer.position(at: violation.range.lowerBound)): \(violation.message)",
        sourceLocation: sourceLocation)
    }
  }

  /// Runs a command with `--format json`, and `jsonl` where it has that, and judges both answers.
  ///
  /// - Returns: the answer.
  @discardableResult
  static func expect(
    _ words: [String], lines: Bool = true, sourceLocation: SourceLocation = #_sourceLocation,
    run: ([String]) throws -> CommandRun
  ) throws -> JSONValue {
    let whole = try run(words + ["--format", "json"])
    guard whole.status < 2, !whole.outputBytes.isEmpty else {
      Issue.record("\(words): \(whole.transcript)", sourceLocation: sourceLocation)
      return .null
    }
    let answer = try JSONDocument(parsing: whole.outputBytes).root.value
    let format = answer["format"]?.string ?? ""
    #expect(answer.object?.keys.first == "format", "\(words)", sourceLocation: sourceLocation)
    let name = String(format.dropFirst("docket.".count).dropLast("/1".count))
    guard names.contains(name) else {
      Issue.record("\(words) has the format \(format)", sourceLocation: sourceLocation)
      return answer
    }
    try expect(whole.outputBytes, fits: name, sourceLocation: sourceLocation)
    guard lines else { return answer }
    let shape = try strict(name, at: "#/$defs/item")
    let other = try? strict(name, at: "#/$defs/answer")
    let items = try run(words + ["--format", "jsonl"]).lines
    let counted = ["items", "waiting", "answering"].compactMap { answer[$0]?.array?.count }
    #expect(
      items.count == counted.reduce(0, +) || items.count == counted.first, "\(words)",
      sourceLocation: sourceLocation)
    for line in items {
      let item = try JSONDocument(parsing: line).root
      #expect(
        shape.isValid(item) || other?.isValid(item) == true, "\(words): \(line)",
        sourceLocation: sourceLocation)
    }
    return answer
  }
}

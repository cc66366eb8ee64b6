import Foundation
import JSONSchema
import JSONText
import TestSupport
import Testing

/// Every keyword's message, as one list that people read: `Messages.txt`.
@Suite("list of messages") struct MessageListTests {
  private static let file = PackageFolder.url
    .appending(path: "Tests/JSONSchemaTests/Messages.txt")

  @Test("reads as it did")
  func reads() throws {
    let expected = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    let actual = try Self.answered(expected)
    guard actual != expected else { return }
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(actual.utf8).write(to: Self.file)
      Issue.record("wrote Messages.txt")
      return
    }
    let (old, new) = (expected.split(separator: "\n"), actual.split(separator: "\n"))
    let changes = new.difference(from: old).prefix(30).map { "\($0)" }
    Issue.record("Messages.txt differs:\n\(changes.joined(separator: "\n"))")
  }

  @Test("has every keyword that can refuse a value")
  func isComplete() throws {
    let list = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    let schemas = list.split(separator: "\n").filter { $0.hasPrefix("% ") }.joined()
    let registry = SchemaRegistry()
    for vocabulary in ["validation", "applicator", "unevaluated"] {
      let uri = "https://json-schema.org/draft/2020-12/meta/\(vocabulary)"
      let names = try #require(try registry.schema(uri: uri).source["properties"]).members.map {
        $0.key.string ?? ""
      }
      #expect(!names.isEmpty)
      for name in names {
        let isThere = schemas.contains("\"\(name)\":")
        #expect(isThere, "no schema with \(name)")
      }
    }
    // Each value is one that is refused.
    let lines = list.split(separator: "\n")
    for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("$ ") {
      #expect(next.hasPrefix("| "), "\(line) is accepted")
    }
  }

  private static func answered(_ list: String) throws -> String {
    var text = ""
    var schema = try testSchema("true")
    for line in list.split(separator: "\n", omittingEmptySubsequences: false)
    where !line.hasPrefix("|") {
      text += line + "\n"
      if line.hasPrefix("% ") {
        schema = try testSchema(
          String(line.dropFirst(2)),
          options: SchemaOptions(assertFormat: true, regexMatchLimit: 10_000))
      } else if line.hasPrefix("$ ") {
        let value = try JSONDocument(parsing: String(line.dropFirst(2)))
        for violation in schema.validate(value.root) { text += told(violation, value) }
      }
    }
    return String(text.dropLast())
  }

  private static func told(_ violation: Violation, _ value: JSONDocument) -> String {
    let place = value.position(at: violation.range.lowerBound)
    let pointer = violation.pointer.description.replacingOccurrences(of: "\n", with: "\\n")
    var text = "| \(place)\(pointer.isEmpty ? "" : " ")\(pointer): \(violation.message)\n"
    let location = violation.keywordLocation.description
    text += "|   \(location.isEmpty ? "the whole schema" : location)\n".replacingOccurrences(
      of: "a\nb", with: "a\\nb")
    let example = violation.schemaNodeExample.map {
      "For example: " + String(decoding: JSONPrinter.compact($0), as: UTF8.self)
    }
    let about = [violation.schemaNodeDescription, example].compactMap { $0 }
    if !about.isEmpty { text += "|   \(about.joined(separator: " "))\n" }
    return text
  }
}

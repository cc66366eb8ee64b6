import Foundation
import JSONSchema
import JSONText
import TestSupport
import Testing

/// The official suite, json-schema-org/JSON-Schema-Test-Suite, as data.
@Suite("official JSON Schema test suite", .enabled(if: SharedData.hasSuite))
struct OfficialSuiteTests {
  /// What is not passed, by file and by the start of the case's or test's description.
  static let skipped: [(file: String, description: String, reason: String)] = [
    (
      "optional/cross-draft.json", "",
      "the schemas that are referred to are of another draft; only 2020-12 is supported"
    )
  ]

  static let folder = SharedData.suite.appending(path: "tests/draft2020-12")
  static let all = SharedData.hasSuite ? SharedData.files(under: folder) : []

  static let remotes: [(uri: String, document: JSONDocument)] = {
    let folder = SharedData.suite.appending(path: "remotes")
    return SharedData.files(under: folder).compactMap { path in
      guard let data = try? Data(contentsOf: folder.appending(path: path)),
        let document = try? JSONDocument(parsing: [UInt8](data))
      else { return nil }
      return ("http://localhost:1234/" + path, document)
    }
  }()

  @Test("required", arguments: all.filter { !$0.hasPrefix("optional/") })
  func required(_ file: String) throws { try run(file, SchemaOptions()) }

  @Test(
    "optional",
    arguments: all.filter { $0.hasPrefix("optional/") && !$0.hasPrefix("optional/format/") })
  func optional(_ file: String) throws { try run(file, SchemaOptions()) }

  @Test("formats, asserted", arguments: all.filter { $0.hasPrefix("optional/format/") })
  func formats(_ file: String) throws { try run(file, SchemaOptions(assertFormat: true)) }

  @Test("what isn't passed stands in the documentation, and nothing else does")
  func documented() throws {
    let page = PackageFolder.url.appending(path: "docs/json-schema.md")
    let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
    let rows = text.matches(of: /\n\| `(optional\/[^`]+|[a-zA-Z-]+\.json)` \| ([^|]*) \|/)
    #expect(rows.map { String($0.output.1) } == Self.skipped.map(\.file))
    let titles = rows.map { $0.output.2 == "all" ? "" : String($0.output.2) }
    #expect(titles == Self.skipped.map(\.description))
  }

  @Test("the suite is there as a whole")
  func isComplete() {
    #expect(Self.all.count > 60)
    #expect(Self.remotes.count > 20)
  }

  private func run(_ file: String, _ options: SchemaOptions) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: file))
    let cases = try JSONDocument(parsing: [UInt8](data)).root
    var failures: [String] = []
    var count = 0
    for (index, example) in cases.elements.enumerated() {
      let title = example["description"]?.string ?? ""
      if isSkipped(file, title) { continue }
      let uri = "urn:suite:\(index)"
      let schemaText = JSONPrinter.compact(try #require(example["schema"]).value)
      let registry = SchemaRegistry(
        documents: Self.remotes + [(uri, try JSONDocument(parsing: schemaText))],
        options: options)
      let schema: Schema
      do {
        schema = try registry.schema(uri: uri)
      } catch {
        failures.append("\(title): \(error)")
        continue
      }
      for test in try #require(example["tests"]).elements {
        let name = "\(title): \(test["description"]?.string ?? "")"
        if isSkipped(file, name) { continue }
        count += 1
        let expected = test["valid"]?.bool
        let instance = try #require(test["data"])
        if schema.isValid(instance) != expected { failures.append(name) }
        let verdict = SchemaRun(SchemaProgram([schema])).verdict(of: 0, at: instance)
        if verdict != .unknown, (verdict == .valid) != expected {
          failures.append("program: " + name)
        }
        // Collecting and every output format have to come to the same answer.
        if schema.validate(instance).isEmpty != expected { failures.append("collecting: " + name) }
        for format in OutputFormat.allCases
        where schema.output(instance, format: format).value["valid"]?.bool != expected {
          failures.append("\(format): " + name)
        }
      }
    }
    if !failures.isEmpty { Issue.record("\(file)\n\(failures.joined(separator: "\n"))") }
    #expect(count > 0 || Self.skipped.contains { $0.file == file })
  }

  private func isSkipped(_ file: String, _ description: String) -> Bool {
    Self.skipped.contains { $0.file == file && description.hasPrefix($0.description) }
  }
}

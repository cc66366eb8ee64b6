import Files
import JSONSchema
import JSONText
import Testing

@testable import Records

@Suite("schemas that change, and records that follow") struct SchemaEvolutionTests {
  @Test("docket's own kinds agree with themselves")
  func builtIn() {
    let findings = BuiltInKinds.catalog.kinds.flatMap {
      SchemaConsistency.findings(of: $0, in: BuiltInKinds.catalog, folder: "schema")
    }.filter { $0.severity > .info }
    #expect(findings.isEmpty, "\(findings.map { "\($0.path):\($0.line ?? 0) \($0.message)" })")
  }

  @Test("a new kind agrees with itself and with the meta-schema, whatever its states")
  func template() throws {
    var template = KindTemplate(name: "vendor-review", owner: "kestrel")
    template.states = ["asked", "in-talks", "closed"]
    let catalog = try Self.catalog(adding: template.text, as: "vendor-review")
    let kind = try #require(catalog.kind(named: "vendor-review"))
    #expect(
      kind.prefix == "VR" && kind.directory == "vendor-reviews" && kind.title == "Vendor review")
    let findings = SchemaConsistency.findings(of: kind, in: catalog, folder: "schema")
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    let meta = try catalog.schema(inFile: "docket.metaschema.json")
    #expect(meta.validate(kind.document.root).map(\.message) == [])
    #expect(JSONPrinter.canonical(kind.document.root.value) == kind.document.bytes)
  }

  private static func catalog(adding text: [UInt8], as name: String) throws -> KindCatalog {
    let files = BuiltInKinds.catalog.files.documents.map { (name: $0.key, bytes: $0.value.bytes) }
    let file = name + KindCatalog.suffix
    return KindCatalog(files: files.filter { $0.name != file } + [(file, text)])
  }

  /// A record before and after a step.
  struct Case: Sendable, CustomTestStringConvertible {
    let step: MigrationStep
    let before: String
    let after: String
    var testDescription: String { "\(step.text): \(before)" }

    init(_ place: String, _ action: MigrationStep.Action, _ before: String, _ after: String) {
      step = MigrationStep(
        kind: "pain-point", place: place.split(separator: ".").map(String.init), action: action)
      (self.before, self.after) = (before, after)
    }
  }

  @Test(
    "steps",
    arguments: [
      Case("impact", .rename(to: ["severity"]), #"{"impact":3,"b":1}"#, #"{"b":1,"severity":3}"#),
      Case("a.b", .rename(to: ["c", "d"]), #"{"a":{"b":1}}"#, #"{"c":{"d":1}}"#),
      Case("impact", .rename(to: ["severity"]), #"{"b":1}"#, #"{"b":1}"#),
      Case(
        "evidence.*.who", .rename(to: ["evidence", "*", "team"]),
        #"{"evidence":[{"id":"a","who":"x"},{"id":"b"}]}"#,
        #"{"evidence":[{"id":"a","team":"x"},{"id":"b"}]}"#),
      Case(
        "status", .map(from: "new", to: "reported"), #"{"status":"new"}"#, #"{"status":"reported"}"#
      ),
      Case("status", .map(from: "new", to: "x"), #"{"status":"newer"}"#, #"{"status":"newer"}"#),
      Case("severity", .map(from: "9", to: "5"), #"{"severity":9}"#, #"{"severity":5}"#),
      Case("tags", .map(from: "a", to: "b"), #"{"tags":["a","c"]}"#, #"{"tags":["b","c"]}"#),
      Case("workaround", .lines, #"{"workaround":"a\nb"}"#, #"{"workaround":["a","b"]}"#),
      Case("workaround", .lines, #"{"workaround":["a"]}"#, #"{"workaround":["a"]}"#),
      Case("severity", .set("3", isJSON: false), #"{}"#, #"{"severity":3}"#),
      Case("severity", .set("3", isJSON: false), #"{"severity":1}"#, #"{"severity":1}"#),
      Case("jobStory.when", .set("x", isJSON: false), #"{}"#, #"{"jobStory":{"when":"x"}}"#),
      Case(
        "evidence.*.team", .set("x", isJSON: false), #"{"evidence":[{"id":"a"}]}"#,
        #"{"evidence":[{"id":"a","team":"x"}]}"#),
      Case("evidence.*.team", .set("x", isJSON: false), #"{}"#, #"{}"#),
      Case("tags", .set(#"["a"]"#, isJSON: true), #"{}"#, #"{"tags":["a"]}"#),
      Case(
        "evidence.*.team", .remove, #"{"evidence":[{"id":"a","team":"x"}]}"#,
        #"{"evidence":[{"id":"a"}]}"#),
      Case("jobStory.when", .remove, #"{"jobStory":{"when":"x"}}"#, #"{}"#),
    ])
  func step(_ example: Case) throws {
    var value = try BuiltInKinds.parse(example.before)
    let kind = try BuiltInKinds.kind("pain-point")
    try example.step.apply(to: &value, view: kind.view)
    let wanted = try BuiltInKinds.parse(example.after)
    #expect(value == wanted, "\(value.plainText)")
    // Once more changes nothing more.
    let once = value
    try example.step.apply(to: &value, view: kind.view)
    #expect(value == once)
  }

  @Test("a value that would cover another is refused")
  func collision() throws {
    var value = try BuiltInKinds.parse(#"{"impact":3,"severity":1}"#)
    let step = MigrationStep(
      kind: "pain-point", place: ["impact"], action: .rename(to: ["severity"]))
    #expect(throws: KeyProblem.self) {
      try step.apply(to: &value, view: BuiltInKinds.kind("pain-point").view)
    }
  }

  // MARK: What a frozen record may change

  private static let old = #"""
    "properties":{"$schema":{},"id":{},"title":{},"owner":{"type":"string"},"cost":{"type":"integer"},
    "body":{"type":"string"},"status":{"enum":["open","shut"]}}
    """#
  private static let new = #"""
    "required":["lead"],"properties":{"$schema":{},"id":{},"title":{},"lead":{"type":"string"},
    "cost":{"type":"integer"},"body":{"type":"array","items":{"type":"string"}},
    "status":{"enum":["open","shut"]}}
    """#

  private static func compiled(_ shape: String) throws -> CompiledKind {
    let text = #"""
      {"x-docket":{"prefix":"INC","directory":"incidents","workflow":{"property":"status",
      "initial":"open","transitions":{"open":["shut"]}},
      "frozen":[{"when":{"properties":{"status":{"const":"shut"}}}}]},"type":"object",
      """# + shape + "}"
    let catalog = try Self.catalog(adding: Array(text.utf8), as: "incident")
    return try catalog.compiledKind(for: #require(catalog.kind(named: "incident")))
  }

  @Test(
    "a frozen value changes where its schema no longer takes it, and nowhere else",
    arguments: [
      // The key is unknown now, its value goes to the required one; the text becomes lines.
      (#"{"title":"x","lead":"ada","body":["a","b"],"cost":1,"status":"shut"}"#, [] as [String]),
      (#"{"title":"y","lead":"ada","body":["a","b"],"cost":1,"status":"shut"}"#, ["/title"]),
      (#"{"title":"x","lead":"ada","body":["a","b"],"cost":2,"status":"shut"}"#, ["/cost"]),
      (#"{"title":"x","lead":"ada","body":["a","b"],"status":"shut"}"#, ["/cost"]),
      // A key of nobody's asking comes only with a value that went.
      (#"{"title":"x","lead":"ada","body":["a"],"cost":1,"status":"shut","note":"z"}"#, ["/note"]),
      (#"{"title":"x","lead":"ada","body":["a"],"cost":1,"status":"shut","note":"ada"}"#, []),
    ])
  func need(after: String, refused: [String]) throws {
    let (old, new) = (try Self.compiled(Self.old), try Self.compiled(Self.new))
    func file(_ text: String) throws -> RecordFile {
      RecordFile(
        path: "docket/incidents/2026/01/INC-0000000000.json",
        id: try #require(RecordID("INC-0000000000")),
        document: try JSONDocument(parsing: text))
    }
    let before = try file(#"{"title":"x","owner":"ada","body":"a\nb","cost":1,"status":"shut"}"#)
    let need = MigrationNeed(of: before, from: old, to: new)
    let findings = ChangeCheck.findings(
      from: before, to: try file(after), compiled: old, need: need)
    #expect(findings.filter { $0.severity == .error }.compactMap(\.pointer) == refused)
    // Without a change of the schema nothing moves.
    let bare = ChangeCheck.findings(from: before, to: try file(after), compiled: old)
    #expect(bare.filter { $0.rule == "record.frozen" }.count > refused.count)
  }
}

import JSONText
import Testing

@testable import Records

@Suite("schema files that could be taken for one another") struct SchemaIdentityTests {
  private func problems(_ name: String, _ text: String) -> [KindProblem] {
    let files = BuiltInKinds.catalog.files.documents.map { (name: $0.key, bytes: $0.value.bytes) }
    return SchemaIdentity.problems(in: KindCatalog(files: files + [(name, Array(text.utf8))]))
  }

  @Test("docket's own are told apart")
  func builtIn() { #expect(SchemaIdentity.problems(in: BuiltInKinds.catalog).isEmpty) }

  @Test(
    "a file that answers to another's name or URI is a problem",
    arguments: [
      #"{"$id": "urn:docket:pain-point:1"}"#, #"{"$id": "urn:common.schema.json"}"#,
      #"{"$id": "https://kestrel.example/Common.schema.json"}"#,
      #"{"$id": "docket:/schema/common.schema.json#"}"#, #"{"$id": "common.schema.json"}"#,
      #"{"$id": "https://json-schema.org/draft/2020-12/schema"}"#,
      #"{"$id": "urn:k:1", "$defs": {"a": {"$id": "urn:common.schema.json"}}}"#,
      #"{"$id": "https://kestrel.example/k/1", "x": [{"\u0024id": "common.schema.json"}]}"#,
      #"{"$id": "urn:k:1", "$defs": {"a": {"$id": "urn:k:1"}}}"#,
    ])
  func shadows(text: String) {
    let problems = problems("zz.schema.json", text)
    #expect(problems.count == 1 && problems[0].file == "zz.schema.json", "\(problems)")
  }

  @Test("names that a file system may take for one another are a problem")
  func folded() {
    for name in ["Common.schema.json", "common.schema.json.", "common\u{200D}.schema.json"] {
      #expect(!problems(name, "{}").isEmpty, "\(name)")
    }
  }

  @Test(
    "a URI of its own is none",
    arguments: [
      #"{"$id": "urn:kestrel:loan:1"}"#, #"{"$id": "https://kestrel.example/zz.schema.json"}"#,
      "{}", #"{"properties": {"$id": {"type": "string"}}}"#,
      #"{"$id": "urn:k:1", "$defs": {"a": {"$id": "urn:k:2"}}}"#,
    ])
  func innocent(text: String) { #expect(problems("zz.schema.json", text).isEmpty) }
}

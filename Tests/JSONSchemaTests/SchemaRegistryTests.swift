import JSONSchema
import JSONText
import Testing

@Suite("schema registry")
struct SchemaRegistryTests {
  @Test(
    "what is wrong with a schema is said with its place",
    arguments: [
      (#"{"type":"strin"}"#, "urn:test#/type"),
      (#"{"properties":{"a":{"minimum":"1"}}}"#, "urn:test#/properties/a/minimum"),
      (##"{"pattern":"(a"}"##, "urn:test#/pattern"), (##"{"$ref":"#/nowhere"}"##, "urn:test#/$ref"),
      (##"{"$ref":"other.json"}"##, "urn:test#/$ref"), (##"{"$ref":"#none"}"##, "urn:test#/$ref"),
      (#"{"items":5}"#, "urn:test#/items"), (#"{"allOf":[]}"#, "urn:test#/allOf"),
      (#"{"required":["a","a"]}"#, "urn:test#/required"), ("[]", "urn:test#"),
      (#"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, "urn:test#/$schema"),
      (#"{"$schema":"urn:unknown"}"#, "urn:test#/$schema"), (#"{"title":5}"#, "urn:test#/title"),
      (#"{"$defs":{"unused":{"type":"objekt"}}}"#, "urn:test#/$defs/unused/type"),
      (#"{"multipleOf":0}"#, "urn:test#/multipleOf"),
      (#"{"patternProperties":{"[":true}}"#, "urn:test#/patternProperties/%5B"),
    ])
  func refuses(_ text: String, _ location: String) throws {
    let document = try JSONDocument(parsing: text)
    let registry = SchemaRegistry(documents: [("urn:test", document)])
    for _ in 0..<2 {
      do {
        _ = try registry.schema(uri: "urn:test")
        Issue.record("\(text) is accepted")
      } catch {
        #expect(error.location == location, "\(error)")
        #expect(!error.message.isEmpty)
        #expect(error.range.map { $0.upperBound <= document.bytes.count } ?? true)
      }
    }
  }

  @Test("a schema that fails leaves the others of its registry usable")
  func isolatesFailures() throws {
    let registry = SchemaRegistry(documents: [
      ("urn:bad", try JSONDocument(parsing: #"{"$ref":"urn:good","type":"x"}"#)),
      (
        "urn:good",
        try JSONDocument(
          parsing: ##"{"$dynamicAnchor":"n","items":{"$dynamicRef":"#n"},"type":"array"}"##)
      ),
    ])
    #expect(throws: SchemaError.self) { try registry.schema(uri: "urn:bad") }
    let good = try registry.schema(uri: "urn:good")
    #expect(good.isValid(try JSONDocument(parsing: "[[]]").root))
    #expect(!good.isValid(try JSONDocument(parsing: "[1]").root))
    #expect(throws: SchemaError.self) { try registry.schema(uri: "urn:bad") }
  }

  @Test("subschemas inside keywords that are not JSON Schema's are compiled with the base in force")
  func compilesEmbedded() throws {
    let text = #"""
      {"$id":"urn:kind","$defs":{"closed":{"$anchor":"closed","const":"closed"}},
       "x-docket":{"frozen":[{"when":{"properties":{"status":{"$ref":"#closed"}},"required":["status"]}}]}}
      """#
    let registry = SchemaRegistry(documents: [
      ("file:///kind.json", try JSONDocument(parsing: text))
    ])
    let pointer = try JSONPointer(parsing: "/x-docket/frozen/0/when")
    for uri in ["file:///kind.json", "urn:kind"] {
      let schema = try registry.schema(at: pointer, inDocument: uri)
      #expect(schema.isValid(try JSONDocument(parsing: #"{"status":"closed"}"#).root))
      #expect(!schema.isValid(try JSONDocument(parsing: #"{"status":"open"}"#).root))
    }
    #expect(throws: SchemaError.self) {
      try registry.schema(at: try JSONPointer(parsing: "/x-docket/none"), inDocument: "urn:kind")
    }
  }

  @Test("documents are asked for by absolute URI, and only once")
  func retrieves() throws {
    let root = try JSONDocument(
      parsing: #"{"$ref":"lib/a.json#/$defs/n","items":{"$ref":"lib/b.json"}}"#)
    let registry = SchemaRegistry(
      documents: [("file:///s/root.json", root)],
      retrieve: { uri throws(SchemaError) in
        let text = [
          "file:///s/lib/a.json": #"{"$defs":{"n":{"$ref":"b.json"}}}"#,
          "file:///s/lib/b.json": #"{"type":"array"}"#,
        ][uri]
        return text.flatMap { try? JSONDocument(parsing: $0) }
      })
    let schema = try registry.schema(uri: "file:///s/root.json")
    #expect(schema.isValid(try JSONDocument(parsing: "[[]]").root))
    #expect(!schema.isValid(try JSONDocument(parsing: "[1]").root))
  }

  @Test("the meta-schemas fit themselves, formats included")
  func checksMetaSchemas() throws {
    let base = "https://json-schema.org/draft/2020-12/"
    let registry = SchemaRegistry(options: SchemaOptions(assertFormat: true))
    let meta = try registry.schema(uri: base + "schema")
    for name in [
      "schema", "meta/core", "meta/applicator", "meta/unevaluated", "meta/validation",
      "meta/meta-data", "meta/format-annotation", "meta/format-assertion", "meta/content",
    ] {
      #expect(meta.validate(try registry.schema(uri: base + name).source).isEmpty, "\(name)")
    }
  }

  @Test("one schema validates in many tasks while others are compiled")
  func isThreadSafe() async throws {
    let registry = SchemaRegistry()
    let uri = "https://json-schema.org/draft/2020-12/schema"
    let source = try registry.schema(uri: uri).source
    let bad = try JSONDocument(parsing: #"{"properties":{"a":{"pattern":5}}}"#)
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<20).allSatisfy { round in
            guard
              let schema = try? registry.schema(uri: task + round % 3 == 0 ? uri + "#meta" : uri)
            else { return false }
            return schema.isValid(source) && !schema.isValid(bad.root)
              && schema.validate(bad.root).count == 1
          }
        }
      }
      for await succeeded in group { #expect(succeeded) }
    }
  }
}

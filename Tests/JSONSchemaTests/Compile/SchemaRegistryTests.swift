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

  @Test(
    "says what somebody had in mind, and where",
    arguments: [
      (#"{"type":"strng"}"#, #"1:9 type: "strng" is no type; did you mean "string"?"#),
      (#"{"type":"int"}"#, #"1:9 type: "int" is no type; did you mean "integer"?"#),
      (#"{"maxLength":-1}"#, "1:14 maxLength is the number -1; an integer from 0 is expected"),
      (#"{"multipleOf":-2}"#, "1:15 multipleOf is the number -2; a number above 0 is expected"),
      (
        #"{"required":true}"#,
        #"1:13 required is true; a list of strings is expected; it stands beside "properties" and lists keys"#
      ),
      (
        #"{"exclusiveMinimum":true}"#,
        "1:21 exclusiveMinimum is true; a number is expected; since draft 6 it is the limit itself"
      ),
      (
        #"{"items":[true]}"#,
        "1:10 a schema is an object, true or false; this is an array; since 2020-12 prefixItems takes a list of schemas, one for each place"
      ),
      (
        #"{"required":["a","a"]}"#,
        #"1:13 the schema does not fit its meta-schema: required names "a" twice"#
      ),
      (
        ##"{"$ref":"#/$defs/Abc","$defs":{"abc":true}}"##,
        "1:9 urn:test has nothing at /$defs/Abc; did you mean #/$defs/abc?"
      ),
      (
        ##"{"$ref":"#noed","$defs":{"a":{"$anchor":"node"}}}"##,
        "1:9 urn:test has no anchor noed; did you mean #node?"
      ),
      (
        #"{"pattern":"(?<=a+)b"}"#,
        #"1:12 "(?<=a+)b" can't be run here: a lookbehind of variable width (at character 1)"#
      ),
    ])
  func explains(_ text: String, _ message: String) throws {
    do {
      _ = try testSchema(text)
      Issue.record("\(text) is accepted")
    } catch let error as SchemaError {
      #expect("\(error.position.map { "\($0)" } ?? "") \(error.message)" == message)
      #expect(error.source == "urn:test")
    }
  }

  /// Core §9.3.3: a resource is judged by the meta-schema that it names itself.
  @Test("embedded resources are checked against their own meta-schemas")
  func checksEmbedded() throws {
    let core = "https://json-schema.org/draft/2020-12/vocab/core"
    let applicator = "https://json-schema.org/draft/2020-12/vocab/applicator"
    let lax =
      #"{"$id":"https://ex.org/lax","$vocabulary":{"\#(core)":true,"\#(applicator)":true}}"#
    let strict =
      #"{"$id":"https://ex.org/strict","$vocabulary":{"\#(core)":true},"properties":{"minLength":false}}"#
    func compiles(_ meta: String, _ keyword: String) -> Bool {
      let text = ##"""
        {"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"x",
         "$defs":{"x":{"$id":"x","$schema":"https://ex.org/\##(meta)",\##(keyword)}}}
        """##
      let others = [("https://ex.org/lax", lax), ("https://ex.org/strict", strict)]
      return (try? testSchema(text, others: others)) != nil
    }
    #expect(compiles("lax", #""minLength":"foo""#))
    #expect(!compiles("strict", #""minLength":1"#))
    #expect(compiles("strict", #""maxLength":1"#))
  }

  @Test("a document is found by its own id, whichever reference comes first")
  func findsByOwnID() throws {
    for references in [
      ["lib/diff.json", "other/name.json"], ["other/name.json", "lib/diff.json"],
    ] {
      let branches = references.map {
        ##"{"$ref":"https://e.org/\##($0)#/$defs/s"}"##
      }.joined(separator: ",")
      let registry = SchemaRegistry(
        documents: [("urn:test", try JSONDocument(parsing: #"{"allOf":[\#(branches)]}"#))],
        retrieve: { uri throws(SchemaError) in
          uri == "https://e.org/lib/diff.json"
            ? try? JSONDocument(
              parsing:
                #"{"$id":"https://e.org/other/name.json","$defs":{"s":{"type":"string"}}}"#) : nil
        })
      let schema = try registry.schema(uri: "urn:test")
      #expect(!schema.isValid(try JSONDocument(parsing: "1").root))
    }
  }

  @Test("long chains of references are compiled in steps that grow with their number")
  func compilesChains() throws {
    let count = 20_000
    let definitions = (0..<count).map { ##""d\##($0)":{"$ref":"#/$defs/d\##($0 + 1)"}"## }
    let text =
      ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ",")),"d\##(count)":true}}"##
    let start = ContinuousClock.now
    _ = try testSchema(text, options: SchemaOptions(checkSchemas: false))
    #expect(ContinuousClock.now - start < .seconds(20))
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

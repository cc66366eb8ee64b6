import Files
import Foundation
import JSONSchema
import JSONText
import Testing

@testable import Records

/// Docket's own kinds, each property of them tried, with Python's jsonschema as the second opinion.
@Suite("built-in kinds") struct BuiltInSchemaTests {
  /// Records with little in them, and some with much, by kind.
  static let samples: [(kind: String, text: String)] = [
    ("pain-point", #"{"title":"x","status":"reported"}"#),
    (
      "pain-point",
      #"{"title":"x","status":"triaged","area":"ci","severity":5,"evidence":[{"id":"k3x9q","said":["a"],"source":"interview","team":"pay"}],"tags":["a"]}"#
    ),
    ("feedback", #"{"status":"new","said":["a"]}"#),
    (
      "feedback",
      #"{"status":"triaged","observed":["a"],"source":"issue","who":"developer 1","team":"pay","date":"2026-01-02","from":"INT-0000000000","about":["PP-0000000000","DEC-0000000000"],"tags":["a"],"migrated":{"record":"PP-0000000000","list":"evidence","item":"k3x9q"}}"#
    ),
    ("answer", #"{"told":["a"],"about":["PP-0000000000"]}"#),
    (
      "answer",
      #"{"told":["a"],"to":["everybody"],"by":"ada","on":"2026-01-02","about":["DEC-0000000000"],"answers":["FB-0000000000"]}"#
    ),
    (
      "minutes",
      #"{"title":"x","status":"draft","type":"other","body":"Board","heldOn":"2026-01-02"}"#
    ),
    (
      "minutes",
      #"{"title":"x","status":"approved","type":"advisory-board","body":"Board","heldOn":"2026-01-02","present":[{"id":"k3x9q","name":"Ada"}],"agenda":[{"id":"k3x9r","title":"y"}],"motions":[{"id":"k3x9s","text":"z","outcome":"carried"}]}"#
    ),
    ("decision", #"{"title":"x","status":"proposed"}"#),
    (
      "decision",
      #"{"title":"x","status":"accepted","context":["a"],"addresses":["PP-0000000000"],"scoring":{"rice":{"reach":10,"impact":0.5,"confidence":80,"effort":2}},"horizon":"now"}"#
    ),
    ("retro", #"{"title":"x","status":"draft","heldOn":"2026-01-02"}"#),
    ("action", #"{"title":"x","status":"open","owner":"ada","due":"2026-02-01"}"#),
    (
      "interview",
      #"{"title":"x","status":"draft","type":"shadowing","conductedOn":"2026-01-02"}"#
    ),
    (
      "interview",
      #"{"title":"x","status":"closed","type":"interview","conductedOn":"2026-01-02","participant":{"role":"developer","team":"pay","who":"developer 1"},"consent":"spoken","daysSpent":0.5,"said":[{"id":"k3x9q","text":["a"],"about":["PP-0000000000"]}],"observed":[{"id":"k3x9r","text":["b"]}],"interpretation":[{"id":"k3x9s","text":["c"],"basedOn":["k3x9q"]}]}"#
    ),
    ("measure", #"{"name":"nps","status":"recorded","takenOn":"2026-01-02"}"#),
    (
      "measure",
      #"{"name":"csat","status":"recorded","takenOn":"2026-01-02","audience":"users","value":4.1,"unit":"points","scale":{"from":1,"to":5},"nps":{"promoters":3,"passives":0,"detractors":1},"csat":{"counts":[0,1,2,3,4]},"sus":{"answers":[[1,2,3,4,5,1,2,3,4,5]]},"sampleSize":10,"measures":["DEC-0000000000"]}"#
    ),
    ("board", #"{"title":"x","status":"active"}"#),
    (
      "board",
      #"{"title":"x","status":"dissolved","quorum":5,"cadence":"month","seats":{"from":8,"to":10},"members":[{"id":"k3x9q","who":"ada","team":"pay"}],"earlyAccess":[{"id":"k3x9r","what":"y","about":"DEC-0000000000"}]}"#
    ),
    ("story-map", #"{"title":"x","status":"draft"}"#),
    (
      "story-map",
      #"{"title":"x","status":"current","activities":[{"id":"k3x9q","title":"a","steps":[{"id":"k3x9r","title":"b","stories":[{"id":"k3x9s","title":"c","painPoints":["PP-0000000000"],"horizon":"now"}]}]}]}"#
    ),
    ("team", #"{"title":"x","status":"active"}"#),
    (
      "team",
      #"{"title":"x","status":"active","developersServed":180,"scope":"broad","productRole":"none","roles":[{"id":"k3x9q","role":"engineer","discipline":"engineering","people":2.5}],"subPlatforms":[{"id":"k3x9r","name":"ci"}]}"#
    ),
  ]

  static func sample(_ kind: Kind, _ text: String) throws -> JSONValue {
    var value = try BuiltInKinds.parse(text)
    var object = try #require(value.object)
    object["$schema"] = .string(RecordPath.schemaReference(kind: kind.name, fromFolder: "docket"))
    object["id"] = .string("\(kind.prefix)-0000000000")
    value = .object(object)
    return value
  }

  @Test("none has a problem, and all compile")
  func compile() throws {
    #expect(BuiltInKinds.catalog.problems.isEmpty, "\(BuiltInKinds.catalog.problems)")
    #expect(
      Set(BuiltInKinds.catalog.kinds.map(\.name)).isSuperset(
        of: [
          "pain-point", "minutes", "decision", "retro", "action", "interview", "measure", "board",
          "story-map", "team",
        ]))
    for kind in BuiltInKinds.catalog.kinds { _ = try BuiltInKinds.catalog.compiledKind(for: kind) }
  }

  @Test("each is what the meta-schema says a kind is")
  func metaSchema() throws {
    let meta = try BuiltInKinds.catalog.schema(inFile: "docket.metaschema.json")
    for kind in BuiltInKinds.catalog.kinds {
      let violations = meta.validate(kind.document.root)
      #expect(violations.isEmpty, "\(kind.name): \(violations)")
    }
  }

  /// Names in the model are names of properties; a misspelt one would only ask less.
  @Test("forms, columns, words for lists, links and rules name places that the schema has")
  func names() throws {
    for kind in BuiltInKinds.catalog.kinds {
      for key in kind.form + kind.columns + [kind.titleKey, kind.dateKey].compactMap({ $0 }) {
        #expect(kind.view.property(key) != nil, "\(kind.name): \(key)")
      }
      for relation in kind.links {
        for place in relation.places {
          let tokens = place.tokens.map { $0 == "*" ? "0" : $0 }
          #expect(
            kind.view.at(JSONPointer(tokens: tokens)) != nil, "\(kind.name): \(relation.name)")
        }
      }
      for place in kind.rules.compactMap(\.place) + kind.frozen.flatMap({ $0.except + $0.append }) {
        let tokens = place.tokens.map { $0 == "*" ? "0" : $0 }
        #expect(
          kind.view.at(JSONPointer(tokens: tokens)) != nil || tokens.last == "0",
          "\(kind.name): \(place.tokens)")
      }
      for key in kind.view.propertyNames where key != "$schema" {
        let property = kind.view.property(key)
        #expect(property?.title != nil && property?.summary != nil, "\(kind.name).\(key)")
      }
    }
  }

  @Test("every rule's id belongs to its kind and is said once; hints name commands")
  func rules() {
    var seen: Set<String> = Set(RuleBook.builtIn.map(\.id))
    for kind in BuiltInKinds.catalog.kinds {
      for rule in kind.rules {
        #expect(rule.id.hasPrefix(kind.name + "."))
        #expect(seen.insert(rule.id).inserted, "\(rule.id) twice")
        #expect(rule.hint != nil && !rule.message.isEmpty, "\(rule.id)")
      }
    }
  }

  /// A record and whether it should be valid, with the property that makes it not.
  private struct Variant {
    let kind: Kind
    let value: JSONValue
    let key: String?
  }

  /// The samples; each without each key; each with a value of each wrong sort under each key.
  private static func variants() throws -> [Variant] {
    let wrong: [JSONValue] = [
      .null, true, 7, -1, .number(JSONNumber("1.5") ?? JSONNumber(1)), "nonsense nonsense", "", [],
      ["a", 1], [:], ["x": 1], "2026-02-30",
    ]
    var variants: [Variant] = []
    for (name, text) in samples {
      let kind = try BuiltInKinds.kind(name)
      let value = try sample(kind, text)
      variants.append(Variant(kind: kind, value: value, key: nil))
      for key in kind.view.propertyNames {
        var without = value
        without[key] = nil
        variants.append(Variant(kind: kind, value: without, key: key))
        for bad in wrong {
          var changed = value
          changed[key] = bad
          variants.append(Variant(kind: kind, value: changed, key: key))
        }
        for choice in kind.view.property(key)?.choices ?? [] {
          var changed = value
          changed[key] = .string(choice)
          variants.append(Variant(kind: kind, value: changed, key: key))
        }
      }
    }
    return variants
  }

  @Test("samples are valid; a missing required key and an unlisted value are found where they are")
  func requiredAndEnum() throws {
    for (name, text) in Self.samples {
      let kind = try BuiltInKinds.kind(name)
      let value = try Self.sample(kind, text)
      let found = try BuiltInKinds.findings(kind, value).filter { $0.severity == .error }
      #expect(found.isEmpty, "\(text): \(found)")
      for key in kind.document.root["required"]?.elements.compactMap(\.string) ?? []
      where key != "id" {
        var without = value
        without[key] = nil
        let errors = try BuiltInKinds.findings(kind, without).filter { $0.rule == "record.schema" }
        #expect(
          errors.contains { $0.message.contains(key) && $0.pointer == "" }, "\(name) without \(key)"
        )
      }
      for key in kind.view.propertyNames {
        guard let choices = kind.view.property(key)?.choices, !choices.isEmpty else { continue }
        var bad = value
        bad[key] = "nonsense"
        let errors = try BuiltInKinds.findings(kind, bad).filter { $0.rule == "record.schema" }
        #expect(errors.contains { $0.pointer == "/\(key)" && $0.line != nil }, "\(name).\(key)")
      }
    }
  }

  private static let hasOracle: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import jsonschema, referencing"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Skipped by name where Python has no jsonschema.
  @Test(
    "valid is what Python's jsonschema finds valid", .enabled(if: hasOracle, "no Python jsonschema")
  )
  func oracle() throws {
    let variants = try Self.variants()
    try #require(variants.count > 1000)
    let lines = variants.map { variant in
      #"{"kind":"\#(variant.kind.name)","value":"#
        + String(decoding: JSONPrinter.compact(variant.value), as: UTF8.self) + "}"
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "docket-variants-\(ProcessInfo.processInfo.processIdentifier).jsonl")
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import json, os, sys
      from jsonschema import Draft202012Validator, FormatChecker
      from referencing import Registry, Resource
      folder, file = sys.argv[1:]
      files = {n: json.load(open(os.path.join(folder, n))) for n in os.listdir(folder) if n.endswith('.json')}
      registry = Registry()
      for name, text in files.items():
          resource = Resource.from_contents(text)
          for uri in ('docket:/schema/' + name, text.get('$id', ''), 'urn:docket:' + name, name):
              if uri: registry = registry.with_resource(uri, resource)
      def retrieve(uri):
          return Resource.from_contents(files[uri.split('/')[-1].split(':')[-1]])
      registry = Registry(retrieve=retrieve).combine(registry)
      judges = {}
      for line in open(file):
          case = json.loads(line)
          kind = case['kind']
          if kind not in judges:
              # In records days are asserted, and nothing else.
              judges[kind] = Draft202012Validator(
                  files[kind + '.schema.json'], registry=registry,
                  format_checker=FormatChecker(formats=['date']))
          print(1 if judges[kind].is_valid(case['value']) else 0)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, BuiltInKinds.folder, file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let verdicts = String(decoding: output, as: UTF8.self).split(separator: "\n").map { $0 == "1" }
    try #require(verdicts.count == variants.count)
    #expect(verdicts.contains(true) && verdicts.contains(false))
    for (variant, verdict) in zip(variants, verdicts) {
      let schema = try BuiltInKinds.catalog.compiledKind(for: variant.kind).schema
      let document = try JSONDocument(parsing: JSONPrinter.compact(variant.value))
      #expect(
        schema.isValid(document.root) == verdict,
        "\(variant.kind.name).\(variant.key ?? ""): \(String(decoding: document.bytes, as: UTF8.self))"
      )
      #expect(schema.validate(document.root).isEmpty == verdict)
    }
  }
}

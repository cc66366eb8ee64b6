import Foundation
import JSONSchema
import JSONText
import TestSupport
import Testing

/// Schemas that validators have stumbled over: `Tests/Corpus/schemas.json`.
@Suite("kept schemas") struct CorpusTests {
  static let cases: [JSONNode] = {
    let file = PackageFolder.url.appending(path: "Tests/Corpus/schemas.json")
    guard let data = try? Data(contentsOf: file),
      let document = try? JSONDocument(parsing: [UInt8](data))
    else { return [] }
    return Array(document.root.elements)
  }()

  @Test("there are some") func isThere() { #expect(Self.cases.count > 20) }

  @Test("each value is judged as the standard says", arguments: cases.indices)
  func compiledKinds(_ index: Int) throws {
    let example = Self.cases[index]
    let why = example["why"]?.string ?? ""
    let schema = try testSchema(try #require(example["schema"]).sourceText)
    for (key, isValid) in [("valid", true), ("invalid", false)] {
      for value in try #require(example[key]).elements {
        let source = value.sourceText
        #expect(schema.isValid(value) == isValid, "\(why): \(source)")
        #expect(schema.validate(value).isEmpty == isValid, "\(why): \(source)")
      }
    }
  }

  /// Keywords with operands that fit them, and some that don't.
  private static func schema(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    guard depth > 0, Int.random(in: 0..<8, using: &random) > 0 else {
      return .bool(Bool.random(using: &random))
    }
    var schema = JSONObject()
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let keyword = keywords.randomElement(using: &random) ?? "type"
      schema[keyword] = operand(of: keyword, &random, depth: depth - 1)
    }
    return .object(schema)
  }

  private static let keywords = [
    "type", "enum", "const", "multipleOf", "maximum", "minLength", "pattern", "format", "maxItems",
    "uniqueItems", "minContains", "contains", "required", "dependentRequired", "allOf", "anyOf",
    "oneOf", "not", "if", "then", "else", "dependentSchemas", "prefixItems", "items", "properties",
    "patternProperties", "additionalProperties", "propertyNames", "unevaluatedItems",
    "unevaluatedProperties", "$ref", "$dynamicRef", "$dynamicAnchor", "$anchor", "$id", "$defs",
  ]

  private static let odd: [JSONValue] = [
    .string(""), .string("#"), .string("#/$defs/a"), .string("#a"), .string("a"),
    .string("^(a*)*b"), .string("integer"), .number(JSONNumber(0)), .number(JSONNumber(-1)),
    .bool(true), .array([]), .object(JSONObject()), .string("date"), .string("urn:x#/y"),
  ]

  private static func operand(
    of keyword: String, _ random: inout SeededGenerator, depth: Int
  ) -> JSONValue {
    // One in six is of whatever form.
    if Int.random(in: 0..<6, using: &random) == 0 {
      return odd.randomElement(using: &random) ?? .bool(true)
    }
    switch keyword {
    case "type":
      return .string(
        ["string", "object", "array", "number"].randomElement(using: &random) ?? "null")
    case "enum", "required": return .array([.string("a"), .string("b")])
    case "const": return .string("a")
    case "multipleOf", "maximum", "minLength", "maxItems", "minContains":
      return .number(JSONNumber(Int.random(in: 0...3, using: &random)))
    case "pattern":
      return .string(["^a", "(a|b)+$", "\\p{L}"].randomElement(using: &random) ?? "a")
    case "format": return .string("date-time")
    case "uniqueItems": return .bool(true)
    case "dependentRequired": return .object(["a": .array([.string("b")])])
    case "allOf", "anyOf", "oneOf", "prefixItems":
      return .array((0..<2).map { _ in schema(&random, depth: depth) })
    case "dependentSchemas", "properties", "patternProperties", "$defs":
      return .object([
        "a": schema(&random, depth: depth), "b": schema(&random, depth: depth),
      ])
    case "$ref": return .string(["#", "#/$defs/a", "#a"].randomElement(using: &random) ?? "#")
    case "$dynamicRef": return .string("#a")
    case "$anchor", "$dynamicAnchor", "$id": return .string("a")
    default: return schema(&random, depth: depth)
    }
  }

  @Test("random schemas are compiled or refused, and never run away", arguments: 0..<2)
  func survives(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: 77 + seed)
    let values = try [#"{"a":{"a":1},"b":[1,"a"]}"#, #"["a",1,[]]"#, #""a""#, "2"].map {
      try JSONDocument(parsing: $0).root
    }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(1)
    var (compiled, refused) = (0, 0)
    for _ in 0..<3000 where clock.now < end {
      let text = String(
        decoding: JSONPrinter.compact(Self.schema(&random, depth: 4)), as: UTF8.self)
      guard let schema = try? testSchema(text, options: SchemaOptions(maximumApplications: 5000))
      else {
        refused += 1
        continue
      }
      compiled += 1
      for value in values {
        let isValid = schema.isValid(value)
        #expect(schema.validate(value).isEmpty == isValid, "\(text)")
        for violation in schema.validate(value) { #expect(!violation.message.isEmpty, "\(text)") }
      }
    }
    #expect(compiled > 20 && refused > 20)
  }
}

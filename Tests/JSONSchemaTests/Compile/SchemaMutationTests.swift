import JSONSchema
import JSONText
import Testing

@Suite("schemas, mutated")
struct SchemaMutationTests {
  static let seedText = ##"""
    {"$id":"urn:m","$dynamicAnchor":"n","type":["object","array"],"required":["a"],"properties":{
    "a":{"$ref":"#/$defs/x"},"b":{"pattern":"^(a|\\d+)*$","minLength":1,"format":"date"}},
    "patternProperties":{"^x-":{"multipleOf":0.5,"maximum":1e3}},"unevaluatedProperties":false,
    "prefixItems":[{"const":[1]}],"items":{"$dynamicRef":"#n"},"contains":{"enum":[1,"a"]},
    "maxContains":2,"uniqueItems":true,"dependentRequired":{"a":["b"]},"if":{"minItems":1},
    "then":{"maxItems":5},"anyOf":[true,{"not":{"$ref":"#"}}],"oneOf":[true,false],
    "$defs":{"x":{"$anchor":"q","allOf":[{"minimum":0},{"exclusiveMaximum":9}]}}}
    """##

  static let instances = [
    #"{"a":1,"b":"a1","x-y":1.5,"z":null}"#, #"[[1],1,"a",[],{"a":[]}]"#, #""text""#, "-1e99",
    "null",
  ]

  /// Whatever comes out: no crash, and both ways of evaluating agree.
  @Test("neither crash nor disagree with themselves", arguments: 0..<2)
  func survives(_ seed: UInt64) throws {
    var random = MutationGenerator(state: seed &* 7919 &+ 1)
    let nodes = try Self.instances.map { try JSONDocument(parsing: $0).root }
    let marks = Array(#"{}[]",:#$/\0129eE-.nxadmit*+?()|^"#.utf8)
    let clock = ContinuousClock()
    let end = clock.now + .seconds(2)
    var compiled = 0
    for round in 0..<4000 where clock.now < end {
      var bytes = Array(Self.seedText.utf8)
      for _ in 0...Int.random(in: 0..<2, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let mark = marks.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = mark
        case 1: bytes.insert(mark, at: place)
        default: bytes.remove(at: place)
        }
      }
      guard let document = try? JSONDocument(parsing: bytes) else { continue }
      let options = SchemaOptions(
        assertFormat: true, checkSchemas: round % 4 == 0, maximumApplications: 2000)
      let registry = SchemaRegistry(documents: [("urn:m", document)], options: options)
      guard let schema = try? registry.schema(uri: "urn:m") else { continue }
      compiled += 1
      for node in nodes {
        let isValid = schema.isValid(node)
        #expect(schema.validate(node).isEmpty == isValid)
        #expect(schema.output(node, format: .basic).value["valid"]?.bool == isValid)
      }
    }
    #expect(compiled > 20)
  }
}

/// A linear congruential generator with its high bits folded in: the same numbers in each run.
struct MutationGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

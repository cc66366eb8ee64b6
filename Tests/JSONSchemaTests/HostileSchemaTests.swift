import JSONSchema
import JSONText
import Testing

/// Schemas and instances made to make the validator run forever or fall over.
@Suite("hostile schemas", .timeLimit(.minutes(1)))
struct HostileSchemaTests {
  private func failures(_ schema: String, _ instance: String) throws -> [Failure] {
    let schema = try testSchema(schema, options: SchemaOptions(maximumApplications: 20_000))
    let node = try JSONDocument(parsing: instance).root
    let isValid = schema.isValid(node)
    let violations = schema.validate(node)
    #expect(isValid == violations.isEmpty)
    return violations.map(\.failure)
  }

  @Test(
    "references that never step into the value end",
    arguments: [
      ##"{"$ref":"#"}"##,
      ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
      ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
      ##"{"if":{"$ref":"#"},"then":true}"##,
      ##"{"$dynamicAnchor":"m","oneOf":[{"$dynamicRef":"#m"},true]}"##,
      ##"{"allOf":[{"$ref":"#"},{"$ref":"#"},{"$ref":"#"}]}"##,
    ])
  func endsReferences(_ schema: String) throws {
    let found = try failures(schema, "[1]")
    #expect(found.count == 1)
    guard case .endlessReference? = found.first else {
      Issue.record("\(found)")
      return
    }
  }

  @Test("exponential alternatives are given up")
  func limitsWork() throws {
    var definitions = (0..<40).map {
      ##""d\##($0)":{"anyOf":[{"$ref":"#/$defs/d\##($0 + 1)"},{"$ref":"#/$defs/d\##($0 + 1)"}]}"##
    }
    definitions.append(#""d40":{"type":"null"}"#)
    let schema = ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ","))}}"##
    #expect(try failures(schema, "1") == [.tooMuchWork])
  }

  @Test("long chains of references and deep recursion are refused, not followed off the stack")
  func limitsDepth() throws {
    let count = 2000
    let definitions = (0..<count).map { ##""d\##($0)":{"$ref":"#/$defs/d\##($0 + 1)"}"## }
    let chain =
      ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ",")),"d\##(count)":true}}"##
    #expect(try failures(chain, "1") == [.tooDeep])
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(try failures(##"{"items":{"$ref":"#"}}"##, deep) == [.tooDeep])
    let shallow = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(try failures(##"{"items":{"$ref":"#"}}"##, shallow).isEmpty)
  }

  @Test(
    "patterns that backtrack without end are given up",
    arguments: ["^(a+)+$", "^(a|a)*$", "^(?:a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
  func limitsPatterns(_ pattern: String) throws {
    let text = String(repeating: "a", count: 5000) + "!"
    let schema = #"{"pattern":"\#(pattern)"}"#
    #expect(try failures(schema, "\"\(text)\"") == [.matchLimit(pattern: pattern)])
    let names = #"{"patternProperties":{"\#(pattern)":true}}"#
    #expect(try failures(names, "{\"\(text)\":1}") == [.matchLimit(pattern: pattern)])
  }

  @Test("huge numbers cost neither time nor memory")
  func survivesNumbers() throws {
    #expect(try failures(#"{"multipleOf":1e-99999999999}"#, "1e999999999999999999999").isEmpty)
    #expect(try failures(#"{"maximum":1e999999999}"#, "1e999999999999999999999").count == 1)
    #expect(try failures(#"{"multipleOf":3}"#, "1e999999999999999999999").count == 1)
    let digits = String(repeating: "3", count: 100_000)
    #expect(try failures(#"{"multipleOf":3,"minimum":\#(digits)}"#, digits).isEmpty)
    #expect(try failures(#"{"type":"integer","minLength":1e400}"#, digits).isEmpty)
  }

  @Test("many items are compared in good time")
  func comparesManyItems() throws {
    let items = (0..<50_000).map { #"{"id":\#($0),"x":[\#($0)]}"# }.joined(separator: ",")
    #expect(try failures(#"{"uniqueItems":true}"#, "[\(items)]").isEmpty)
    #expect(
      try failures(#"{"uniqueItems":true}"#, "[\(items),{\"x\":[7.0],\"id\":7e0}]") == [
        .notUnique(first: 7, second: 50_000)
      ])
  }
}

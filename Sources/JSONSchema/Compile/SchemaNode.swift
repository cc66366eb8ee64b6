import JSONText

/// A compiled schema or subschema, a node of a graph in which references are edges.
///
/// `@unchecked Sendable`: `rules`, `annotations` and `constant` are written once, under the
/// registry's lock, before a ``Schema`` that reaches the node is handed out; cleared only when
/// the registry, which each `Schema` keeps alive, is gone.
final class SchemaNode: @unchecked Sendable {
  let place: SchemaPlace
  /// Of a schema that is `true` or `false`.
  var constant: Bool?
  var rules: [Rule] = []
  /// Keywords that say something without deciding anything.
  var annotations: [(keyword: String, value: JSONNode)] = []
  /// Whether `unevaluatedItems` or `unevaluatedProperties` stands here.
  var hasUnevaluated = false

  init(place: SchemaPlace) { self.place = place }

  /// The name that the schema gives itself, or the one it refers to.
  var title: String? {
    if let title = place.node["title"]?.string { return title }
    guard rules.count == 1, case .reference(let target) = rules[0].step else { return nil }
    return target.place.node["title"]?.string
  }

  /// What values that fit are, where that can be said in a few words: "a string", "one of 1, 2".
  var sort: String? {
    if let title { return "of the sort \(Wording.value(.string(title)))" }
    guard !rules.isEmpty else { return nil }
    var kind: String?
    var more: [String] = []
    for rule in rules {
      switch rule.step {
      case .type(let types): kind = Wording.types(types.names)
      case .constant(let value) where rules.count == 1: return Wording.value(value.value)
      case .enumeration(let values) where rules.count == 1:
        return "one of " + Wording.list(values.allowed)
      case .minLength(let limit): more.append("of at least \(Wording.count(limit, "character"))")
      case .maxLength(let limit): more.append("of at most \(Wording.count(limit, "character"))")
      case .minimum(let limit): more.append("of at least \(Wording.number(limit.number))")
      case .maximum(let limit): more.append("of at most \(Wording.number(limit.number))")
      case .pattern(let pattern): more.append("that matches \(Wording.pattern(pattern.text))")
      case .required(let keys) where keys.count < 4:
        more.append("with \(keys.joined(separator: " and "))")
      default: return nil
      }
    }
    guard let kind else { return nil }
    return ([kind] + more).joined(separator: " ")
  }

  /// What the schema says of itself; of the missing key, where just one is missing.
  func about(_ failure: Failure?) -> SchemaWords {
    guard let failure else { return SchemaWords() }
    var node = place.node
    if case .missing(let keys) = failure, keys.count == 1,
      let property = node["properties"]?[keys[0]]
    {
      node = property
    }
    return SchemaWords(
      description: node["description"]?.string, example: node["examples"]?[0]?.value)
  }
}

/// What a schema says of itself for people.
struct SchemaWords {
  var description: String?
  var example: JSONValue?
}

/// `prefixItems` and `items`.
struct ItemRules {
  var prefix: [SchemaNode]
  var rest: SchemaNode?
}

/// `contains`, `minContains`, `maxContains`.
struct ContainsRule {
  var schema: SchemaNode
  var minimum: Int
  var maximum: Int?
}

/// `properties`, `patternProperties`, `additionalProperties`.
struct MemberRules {
  var named: PropertyTable
  var patterns: [(pattern: Pattern, schema: SchemaNode)]
  var additional: SchemaNode?
}

/// `if`, `then`, `else`.
struct ConditionalRule {
  var condition: SchemaNode
  var consequence: SchemaNode?
  var alternative: SchemaNode?
}

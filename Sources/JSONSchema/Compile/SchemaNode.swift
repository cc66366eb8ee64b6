import JSONText

/// A compiled schema or subschema: a node of a graph whose edges include references.
///
/// `@unchecked Sendable`: `rules`, `annotations` and `constant` are written once, under the
/// registry's lock, before a ``Schema`` that reaches the node is handed out. They are cleared only
/// when the registry, which each `Schema` keeps alive, is gone.
final class SchemaNode: @unchecked Sendable {
  let place: SchemaPlace
  /// The value of a boolean schema.
  var constant: Bool?
  var rules: [Rule] = []
  /// Keywords that annotate and assert nothing.
  var annotations: [(keyword: String, value: JSONNode)] = []
  /// Whether the schema has `unevaluatedItems` or `unevaluatedProperties`.
  var hasUnevaluated = false

  init(place: SchemaPlace) { self.place = place }

  /// The schema's `title`, or that of the schema it only refers to.
  var title: String? {
    if let title = place.node["title"]?.string { return title }
    guard rules.count == 1, case .reference(let target) = rules[0].step else { return nil }
    return target.place.node["title"]?.string
  }

  /// A few words for valid values, "a string" or "one of 1, 2"; `nil` if that takes more.
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

  /// Returns the schema's description and example, or those of the key if just one is missing.
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

/// A schema's `description` and first example, for messages.
struct SchemaWords {
  var description: String?
  var example: JSONValue?
}

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

/// A keyword, or keywords that are evaluated together, with its operands.
struct Rule {
  /// As it is written in the schema.
  let keyword: String
  let step: Step
}

enum Step {
  // Any type.
  case type(TypeSet)
  case constant(JSONNode)
  case enumeration(Enumeration)
  // Numbers.
  case maximum(NumberLimit)
  case exclusiveMaximum(NumberLimit)
  case minimum(NumberLimit)
  case exclusiveMinimum(NumberLimit)
  case multipleOf(NumberLimit)
  // Strings.
  case maxLength(Int)
  case minLength(Int)
  case pattern(Pattern)
  case format(Format)
  // Arrays.
  case maxItems(Int)
  case minItems(Int)
  case uniqueItems
  case items(ItemRules)
  case contains(ContainsRule)
  case unevaluatedItems(SchemaNode)
  // Objects.
  case maxProperties(Int)
  case minProperties(Int)
  case required([String])
  case dependentRequired([(key: String, required: [String])])
  case dependentSchemas([(key: String, schema: SchemaNode)])
  case members(MemberRules)
  case propertyNames(SchemaNode)
  case unevaluatedProperties(SchemaNode)
  // Schemas in place.
  case reference(SchemaNode)
  case dynamicReference(SchemaNode, anchor: String)
  case allOf([SchemaNode])
  case anyOf([SchemaNode])
  case oneOf([SchemaNode])
  case not(SchemaNode)
  case conditional(ConditionalRule)

  /// Cheap tests first; what needs the results of all others last.
  var rank: Int {
    switch self {
    case .type: 0
    case .constant, .enumeration, .maximum, .exclusiveMaximum, .minimum, .exclusiveMinimum,
      .multipleOf, .maxLength, .minLength, .maxItems, .minItems, .maxProperties, .minProperties,
      .required, .dependentRequired:
      1
    case .pattern, .format: 2
    case .items, .members, .propertyNames, .contains, .uniqueItems: 3
    case .unevaluatedItems, .unevaluatedProperties: 9
    default: 5
    }
  }

  /// Whether the evaluator itself makes the output units, one a keyword.
  var makesOwnUnits: Bool {
    switch self {
    case .items, .members, .conditional: true
    default: false
    }
  }
}

/// A limit with its value as `Int`, where it is one.
struct NumberLimit {
  let number: JSONNumber
  let int: Int?

  init(_ number: JSONNumber) {
    self.number = number
    int = number.int
  }
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

/// The types that `type` may name; an integer is also a number.
struct TypeSet: OptionSet {
  let rawValue: UInt8

  static let null = TypeSet(rawValue: 1)
  static let boolean = TypeSet(rawValue: 2)
  static let number = TypeSet(rawValue: 4)
  static let string = TypeSet(rawValue: 8)
  static let array = TypeSet(rawValue: 16)
  static let object = TypeSet(rawValue: 32)
  static let integer = TypeSet(rawValue: 64)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init?(name: String) {
    switch name {
    case "null": self = .null
    case "boolean": self = .boolean
    case "number": self = .number
    case "string": self = .string
    case "array": self = .array
    case "object": self = .object
    case "integer": self = .integer
    default: return nil
    }
  }

  init(_ kind: JSONKind) {
    switch kind {
    case .null: self = .null
    case .bool: self = .boolean
    case .number: self = .number
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }

  /// The type that somebody probably meant.
  static func meant(_ name: String) -> String? {
    switch name.lowercased() {
    case "int", "long", "int32", "int64": "integer"
    case "bool": "boolean"
    case "str", "text", "date": "string"
    case "float", "double", "decimal": "number"
    case "list", "tuple": "array"
    case "dict", "map", "dictionary", "hash": "object"
    case "nil", "none", "undefined": "null"
    default:
      NearestSpelling.of(
        name, among: ["array", "boolean", "integer", "null", "number", "object", "string"])
    }
  }

  var names: [String] {
    ["null", "boolean", "number", "string", "array", "object", "integer"].filter {
      TypeSet(name: $0).map(contains) ?? false
    }
  }
}

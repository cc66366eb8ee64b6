import JSONText

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
  // In-place applicators.
  case reference(SchemaNode)
  case dynamicReference(SchemaNode, anchor: String)
  case allOf([SchemaNode])
  case anyOf([SchemaNode])
  case oneOf([SchemaNode])
  case not(SchemaNode)
  case conditional(ConditionalRule)

  /// The order of evaluation: cheap tests first, and what needs the results of all others last.
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

  /// Whether the evaluator adds the output units itself, one for each keyword.
  var makesOwnUnits: Bool {
    switch self {
    case .items, .members, .conditional: true
    default: false
    }
  }
}

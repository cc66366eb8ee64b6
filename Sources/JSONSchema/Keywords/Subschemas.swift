import JSONText

/// The keywords that hold subschemas, and how they hold them.
enum Subschemas {
  enum Shape { case one, list, map }

  static func shape(_ keyword: String) -> Shape? {
    switch keyword {
    case "additionalProperties", "items", "contains", "not", "if", "then", "else",
      "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema":
      .one
    case "allOf", "anyOf", "oneOf", "prefixItems": .list
    case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
      "dependencies":
      .map
    default: nil
    }
  }

  /// Calls `body` with each subschema directly inside `schema` and the tokens that lead to it.
  static func forEach(
    _ schema: JSONNode, _ body: (JSONNode, [String]) throws(SchemaError) -> Void
  ) throws(SchemaError) {
    for (key, value) in schema.members {
      guard let keyword = key.string, let shape = shape(keyword) else { continue }
      switch shape {
      case .one: try body(value, [keyword])
      case .list:
        var index = 0
        for element in value.elements {
          try body(element, [keyword, String(index)])
          index += 1
        }
      case .map:
        for (name, subschema) in value.members {
          try body(subschema, [keyword, name.string ?? ""])
        }
      }
    }
  }
}

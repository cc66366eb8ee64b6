import JSONText

/// Compiles the keywords of one schema object.
struct KeywordCompiler {
  let compiler: SchemaCompiler
  let node: SchemaNode

  private var schema: JSONNode { node.place.node }
  private var dialect: Dialect { node.place.resource.dialect }

  func compile() throws(SchemaError) {
    var rules: [Rule] = []
    var seen: Set<JSONName> = []
    for (key, value) in schema.members {
      guard let keyword = key.string, seen.insert(JSONName(keyword)).inserted else { continue }
      if let step = try step(keyword, value) {
        rules.append(Rule(keyword: keyword, step: step))
        switch step {
        case .unevaluatedItems, .unevaluatedProperties: node.hasUnevaluated = true
        case .format: node.annotations.append((keyword, value))
        default: break
        }
      } else if !Self.isSilent(keyword) {
        node.annotations.append((keyword, value))
      }
    }
    // Stable: keywords of the same rank keep the schema's order.
    let order = rules.indices.sorted {
      (rules[$0].step.rank, $0) < (rules[$1].step.rank, $1)
    }
    node.rules = order.map { rules[$0] }
  }

  /// Returns whether a keyword is neither a rule of its own nor an annotation.
  private static func isSilent(_ keyword: String) -> Bool {
    switch keyword {
    case "$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment", "$defs",
      "definitions", "then", "else", "minContains", "maxContains":
      true
    case "properties", "patternProperties", "additionalProperties", "prefixItems", "items", "if",
      "uniqueItems":
      true
    default: false
    }
  }

  private func step(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> Step? {
    switch keyword {
    case "$ref":
      return .reference(try reference(keyword, value).node)
    case "$dynamicRef":
      let target = try reference(keyword, value)
      return target.anchor.map { .dynamicReference(target.node, anchor: $0) }
        ?? .reference(target.node)
    default: break
    }
    if dialect.contains(.applicator), let step = try applicator(keyword, value) { return step }
    if dialect.contains(.unevaluated) {
      switch keyword {
      case "unevaluatedItems": return .unevaluatedItems(subschema(keyword, value))
      case "unevaluatedProperties": return .unevaluatedProperties(subschema(keyword, value))
      default: break
      }
    }
    if dialect.contains(.validation), let step = try assertion(keyword, value) { return step }
    if keyword == "format", let name = value.string, let format = Format(rawValue: name),
      asserts || format.isOfTime && compiler.options.assertDates
    {
      return .format(format)
    }
    return nil
  }

  private var asserts: Bool {
    dialect.contains(.formatAssertion)
      || dialect.contains(.formatAnnotation) && compiler.options.assertFormat
  }

  private func reference(
    _ keyword: String, _ value: JSONNode
  ) throws(SchemaError) -> (node: SchemaNode, anchor: String?) {
    let text = try string(keyword, value)
    let target = try compiler.resolve(text, from: node.place, at: value, keyword: keyword)
    return (compiler.node(at: target.place), target.anchor)
  }

  // MARK: Applicators (core §10)

  private func applicator(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> Step? {
    switch keyword {
    case "allOf": return .allOf(try list(keyword, value))
    case "anyOf": return .anyOf(try list(keyword, value))
    case "oneOf": return .oneOf(try list(keyword, value))
    case "not": return .not(subschema(keyword, value))
    case "if":
      return .conditional(
        ConditionalRule(
          condition: subschema(keyword, value),
          consequence: schema["then"].map { subschema("then", $0) },
          alternative: schema["else"].map { subschema("else", $0) }))
    case "prefixItems", "items":
      // One rule for both, made at `prefixItems` if the schema has it.
      if keyword == "items", schema["prefixItems"] != nil { return nil }
      return .items(
        ItemRules(
          prefix: try schema["prefixItems"].map { (value) throws(SchemaError) in
            try list("prefixItems", value)
          } ?? [], rest: schema["items"].map { subschema("items", $0) }))
    case "contains":
      let minimum = dialect.contains(.validation) ? schema["minContains"] : nil
      let maximum = dialect.contains(.validation) ? schema["maxContains"] : nil
      return .contains(
        ContainsRule(
          schema: subschema(keyword, value),
          minimum: try minimum.map { (value) throws(SchemaError) in
            try count("minContains", value)
          } ?? 1,
          maximum: try maximum.map { (value) throws(SchemaError) in
            try count("maxContains", value)
          }))
    case "properties", "patternProperties", "additionalProperties":
      let first = ["properties", "patternProperties", "additionalProperties"].first {
        schema[$0] != nil
      }
      return keyword == first ? .members(try memberRules()) : nil
    case "propertyNames": return .propertyNames(subschema(keyword, value))
    case "dependentSchemas":
      return .dependentSchemas(try map(keyword, value).map { (key: $0.name, schema: $0.schema) })
    case "dependencies":
      // No longer in 2020-12, but reserved for its meaning in earlier drafts.
      return try dependencies(value)
    default: return nil
    }
  }

  private func memberRules() throws(SchemaError) -> MemberRules {
    var patterns: [(pattern: Pattern, schema: SchemaNode)] = []
    if let value = schema["patternProperties"] {
      for (name, subschema) in try map("patternProperties", value) {
        patterns.append((try pattern(name, value, "patternProperties", name), subschema))
      }
    }
    return MemberRules(
      named: PropertyTable(
        try schema["properties"].map { (value) throws(SchemaError) in
          try map("properties", value)
        } ?? []),
      patterns: patterns,
      additional: schema["additionalProperties"].map { subschema("additionalProperties", $0) })
  }

  private func dependencies(_ value: JSONNode) throws(SchemaError) -> Step? {
    var schemas: [(key: String, schema: SchemaNode)] = []
    for (key, value) in value.members {
      let name = key.string ?? ""
      if value.isArray {
        // Equivalent to a schema that requires the keys.
        let requiring = SchemaNode(
          place: node.place.child(value, "dependencies", name))
        requiring.rules = [
          // Without a keyword, because it adds no token to the keyword location either.
          Rule(keyword: "", step: .required(try names("dependencies", value)))
        ]
        schemas.append((name, requiring))
      } else {
        schemas.append((name, compiler.subschema(value, in: node.place, ["dependencies", name])))
      }
    }
    return .dependentSchemas(schemas)
  }

  private func subschema(_ keyword: String, _ value: JSONNode) -> SchemaNode {
    compiler.subschema(value, in: node.place, [keyword])
  }

  private func list(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> [SchemaNode] {
    guard value.isArray, value.count > 0 else {
      throw expected("a list of at least one schema", keyword, value)
    }
    return value.elements.enumerated().map { index, element in
      compiler.subschema(element, in: node.place, [keyword, String(index)])
    }
  }

  private func map(
    _ keyword: String, _ value: JSONNode
  ) throws(SchemaError) -> [(name: String, schema: SchemaNode)] {
    guard value.isObject else { throw expected("an object of schemas", keyword, value) }
    return value.members.map { key, value in
      let name = key.string ?? ""
      return (name, compiler.subschema(value, in: node.place, [keyword, name]))
    }
  }

  // MARK: Assertions (validation §6)

  private func assertion(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> Step? {
    switch keyword {
    case "type": return .type(try types(value))
    case "const": return .constant(value)
    case "enum":
      guard value.isArray else { throw expected("a list", keyword, value) }
      return .enumeration(Enumeration(Array(value.elements)))
    case "maximum": return .maximum(try number(keyword, value))
    case "exclusiveMaximum": return .exclusiveMaximum(try number(keyword, value))
    case "minimum": return .minimum(try number(keyword, value))
    case "exclusiveMinimum": return .exclusiveMinimum(try number(keyword, value))
    case "multipleOf":
      let unit = try number(keyword, value)
      guard unit.number > JSONNumber(0) else {
        throw expected("a number above 0", keyword, value)
      }
      guard value.range.count <= 1000 else {
        throw error(keyword, value, "a number of more than 1000 characters can't be used here")
      }
      return .multipleOf(unit)
    case "maxLength": return .maxLength(try count(keyword, value))
    case "minLength": return .minLength(try count(keyword, value))
    case "pattern": return .pattern(try pattern(try string(keyword, value), value, keyword))
    case "maxItems": return .maxItems(try count(keyword, value))
    case "minItems": return .minItems(try count(keyword, value))
    case "uniqueItems":
      guard let unique = value.bool else {
        throw expected("true or false", keyword, value)
      }
      return unique ? .uniqueItems : nil
    case "maxProperties": return .maxProperties(try count(keyword, value))
    case "minProperties": return .minProperties(try count(keyword, value))
    case "required": return .required(try names(keyword, value))
    case "dependentRequired":
      guard value.isObject else { throw expected("an object", keyword, value) }
      var dependent: [(key: String, required: [String])] = []
      for (key, list) in value.members {
        dependent.append((key.string ?? "", try names(keyword, list)))
      }
      return .dependentRequired(dependent)
    default: return nil
    }
  }

  private func types(_ value: JSONNode) throws(SchemaError) -> TypeSet {
    var set: TypeSet = []
    for item in value.isArray ? Array(value.elements) : [value] {
      guard let type = item.string.flatMap(TypeSet.init(name:)) else {
        let found = item.string.map { Wording.value(.string($0)) } ?? item.kind.words
        let meant = item.string.flatMap(TypeSet.meant).map { "; did you mean \"\($0)\"?" }
        throw error(
          "type", item,
          "\(found) is no type"
            + (meant
              ?? "; one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", "
              + "\"string\" is expected"))
      }
      set.insert(type)
    }
    return set
  }

  private func number(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> NumberLimit {
    guard let number = value.number else { throw expected("a number", keyword, value) }
    return NumberLimit(number)
  }

  /// Returns a non-negative integer; `Int.max` if it is larger, as no count gets that far.
  private func count(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> Int {
    guard let number = value.number, number.isInteger, number >= JSONNumber(0) else {
      throw expected("an integer from 0", keyword, value)
    }
    return number.int ?? Int.max
  }

  private func string(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> String {
    guard let text = value.string else { throw expected("a string", keyword, value) }
    return text
  }

  private func names(_ keyword: String, _ value: JSONNode) throws(SchemaError) -> [String] {
    var names: [String] = []
    guard value.isArray else { throw expected("a list of strings", keyword, value) }
    for element in value.elements {
      guard let name = element.string else {
        throw error(
          keyword, element,
          "a list of strings is expected; this one has \(Wording.kind(element.value)) in it")
      }
      names.append(name)
    }
    return names
  }

  private func pattern(
    _ text: String, _ value: JSONNode, _ tokens: String...
  ) throws(SchemaError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(text, matchLimit: compiler.options.regexMatchLimit)
    } catch {
      let place = SchemaPlace(
        resource: node.place.resource, node: value, tokens: node.place.tokens + tokens)
      let what = error.isUnsupported ? "can't be run here" : "is not a regular expression"
      throw place.error("\(JSONPrinter.quoted(Wording.pattern(text))) \(what): \(error)")
    }
  }

  /// Returns the error for a keyword's value of the wrong type, with a hint at what was meant.
  private func expected(_ what: String, _ keyword: String, _ value: JSONNode) -> SchemaError {
    let hint =
      switch (keyword, value.kind) {
      case ("required", .bool): "; it stands beside \"properties\" and lists keys"
      case ("exclusiveMinimum", .bool), ("exclusiveMaximum", .bool):
        "; since draft 6 it is the limit itself"
      default: ""
      }
    return node.place.error(
      "\(keyword) is \(Wording.kind(value.value)); \(what) is expected\(hint)", at: value, keyword)
  }

  private func error(_ keyword: String, _ value: JSONNode, _ message: String) -> SchemaError {
    node.place.error("\(keyword): \(message)", at: value, keyword)
  }
}

import JSONText

extension Evaluator {
  /// Evaluates one keyword. A keyword accepts values of the types it does not apply to.
  mutating func evaluate(
    _ rule: Rule, _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    switch rule.step {
    case .type(let types): return checkType(types, instance)
    case .constant(let value):
      return value.isEqual(to: instance)
        || fails(.notConstant(expected: value.value, found: instance.value))
    case .enumeration(let values): return checkEnumeration(values, instance)
    case .maximum(let limit):
      return compare(instance, limit) {
        $0 <= $1
      } number: {
        $0 <= $1
      }
        || fails(.aboveMaximum(limit: limit.number, found: Self.number(instance)))
    case .exclusiveMaximum(let limit):
      return compare(instance, limit) {
        $0 < $1
      } number: {
        $0 < $1
      }
        || fails(.notBelow(limit: limit.number, found: Self.number(instance)))
    case .minimum(let limit):
      return compare(instance, limit) {
        $0 >= $1
      } number: {
        $0 >= $1
      }
        || fails(.belowMinimum(limit: limit.number, found: Self.number(instance)))
    case .exclusiveMinimum(let limit):
      return compare(instance, limit) {
        $0 > $1
      } number: {
        $0 > $1
      }
        || fails(.notAbove(limit: limit.number, found: Self.number(instance)))
    case .multipleOf(let unit):
      guard let number = instance.number else { return true }
      return number.isMultiple(of: unit.number)
        || fails(.notMultiple(of: unit.number, found: number))
    case .maxLength(let limit):
      guard let length = length(instance), length > limit else { return true }
      return fails(.tooLong(limit: limit, found: length))
    case .minLength(let limit):
      guard let length = length(instance), length < limit else { return true }
      return fails(.tooShort(limit: limit, found: length))
    case .pattern(let pattern):
      guard instance.isString else { return true }
      return matches(pattern, instance, schema, "pattern")
        || fails(.patternMismatch(pattern: pattern.text, found: instance.string ?? ""))
    case .format(let format):
      guard let text = instance.string else { return true }
      return format.matches(text)
        || fails(.wrongFormat(format.rawValue, found: text, reason: format.problem(of: text)))
    case .maxItems(let limit):
      guard instance.isArray, instance.count > limit else { return true }
      return fails(.tooManyItems(limit: limit, found: instance.count))
    case .minItems(let limit):
      guard instance.isArray, instance.count < limit else { return true }
      return fails(.tooFewItems(limit: limit, found: instance.count))
    case .maxProperties(let limit):
      guard instance.isObject, instance.count > limit else { return true }
      return fails(.tooManyMembers(limit: limit, found: instance.count))
    case .minProperties(let limit):
      guard instance.isObject, instance.count < limit else { return true }
      return fails(.tooFewMembers(limit: limit, found: instance.count))
    case .uniqueItems: return checkUnique(instance)
    case .items(let rules): return evaluateItems(rules, schema, instance, &evaluated)
    case .contains(let contained):
      return evaluateContains(contained, schema, instance, &evaluated)
    case .unevaluatedItems(let inner):
      return evaluateUnevaluatedItems(inner, schema, instance, &evaluated)
    case .required(let keys): return checkRequired(keys, instance)
    case .dependentRequired(let dependent): return checkDependent(dependent, instance)
    case .dependentSchemas(let dependent):
      return evaluateDependent(dependent, schema, instance, &evaluated)
    case .members(let rules): return evaluateMembers(rules, schema, instance, &evaluated)
    case .propertyNames(let inner): return evaluateNames(inner, instance)
    case .unevaluatedProperties(let inner):
      return evaluateUnevaluatedProperties(inner, schema, instance, &evaluated)
    case .reference(let target): return follow(target, instance, &evaluated)
    case .dynamicReference(let target, let anchor):
      return follow(dynamicTarget(anchor, initially: target), instance, &evaluated)
    case .allOf(let branches): return evaluateAll(branches, instance, &evaluated)
    case .anyOf(let branches): return evaluateAny(branches, instance, &evaluated)
    case .oneOf(let branches): return evaluateOne(branches, instance, &evaluated)
    case .not(let inner):
      var unused = Evaluated(isWanted: false)
      return !test(inner, instance, &unused)
        || fails(.forbidden(schema: inner.place.node.value, found: instance.value))
    case .conditional(let rule): return evaluateConditional(rule, schema, instance, &evaluated)
    }
  }

  /// Records why the current keyword fails; always returns `false`.
  mutating func fails(_ reason: @autoclosure () -> Failure) -> Bool {
    if collecting { failure = reason() }
    return false
  }

  private static func number(_ instance: JSONNode) -> JSONNumber {
    instance.number ?? JSONNumber(0)
  }

  private func compare(
    _ instance: JSONNode, _ limit: NumberLimit, int: (Int, Int) -> Bool,
    number: (JSONNumber, JSONNumber) -> Bool
  ) -> Bool {
    guard instance.isNumber else { return true }
    if let bound = limit.int, let value = instance.int { return int(value, bound) }
    guard let value = instance.number else { return true }
    return number(value, limit.number)
  }

  /// Returns a string's length in code points (validation §6.3.1), or `nil` for other values.
  private func length(_ instance: JSONNode) -> Int? {
    instance.withStringUTF8 { bytes in
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }

  private mutating func checkType(_ types: TypeSet, _ instance: JSONNode) -> Bool {
    let kind = instance.kind
    if types.contains(TypeSet(kind)) { return true }
    if kind == .number, types.contains(.integer),
      instance.int != nil || instance.number?.isInteger ?? false
    {
      return true
    }
    return fails(.wrongType(expected: types.names, found: instance.value))
  }

  private mutating func checkEnumeration(_ values: Enumeration, _ instance: JSONNode) -> Bool {
    if values.contains(instance) { return true }
    guard collecting else { return false }
    let text = instance.string
    let nearest = text.flatMap { self.nearest($0, values.strings) }
    return fails(
      .notInEnum(
        allowed: values.allowed, found: instance.value, nearest: nearest.map { .string($0) }))
  }
}

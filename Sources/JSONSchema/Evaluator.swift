import JSONText

/// One validation of one instance.
///
/// While it is not collecting it stops at the first failure and allocates next to nothing; while
/// it is, it evaluates every keyword and keeps an ``OutputUnit`` for each.
struct Evaluator {
  let options: SchemaOptions
  var collecting: Bool
  /// While collecting: whether what holds is kept as well, with its annotations.
  let annotating: Bool
  /// What the keywords evaluated so far in the present schema have left.
  var units: [OutputUnit] = []
  /// Why the keyword being evaluated fails, if it does by itself.
  var failure: Failure?
  var keywordPath: [String] = []
  var instancePath: [String] = []
  /// Resources that have been entered, outermost first (core §7.1).
  private var scope: [SchemaResource] = []
  /// References being followed: a schema applied again to the same value never ends.
  private var following: [(schema: ObjectIdentifier, instance: Int)] = []
  private var depth = 0
  private var remaining = 0
  /// Why the whole validation was given up.
  private(set) var abort: Failure?

  init(options: SchemaOptions, collecting: Bool, annotating: Bool = false) {
    self.options = options
    self.collecting = collecting
    self.annotating = annotating
  }

  mutating func isValid(_ schema: SchemaNode, _ instance: JSONNode) -> Bool {
    start(instance)
    var evaluated = Evaluated(isWanted: false)
    let valid = evaluate(schema, instance, &evaluated)
    return valid && abort == nil
  }

  /// The unit of the whole schema.
  mutating func output(_ schema: SchemaNode, _ instance: JSONNode) -> OutputUnit {
    start(instance)
    var evaluated = Evaluated(isWanted: false)
    let valid = evaluate(schema, instance, &evaluated)
    var unit = unit("", schema, instance, valid: valid && abort == nil, children: units)
    if let abort { unit.failure = abort }
    return unit
  }

  mutating func violations(_ schema: SchemaNode, _ instance: JSONNode) -> [Violation] {
    output(schema, instance).violations
  }

  private mutating func start(_ instance: JSONNode) {
    remaining = options.maximumApplications
    let (hundredfold, overflow) = instance.range.count.multipliedReportingOverflow(by: 100)
    if !overflow { remaining += hundredfold }
  }

  // MARK: Schemas

  /// Applies a schema to a value; in-place applicators pass on what has been evaluated.
  mutating func evaluate(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    remaining -= 1
    guard abort == nil else { return false }
    guard depth < options.maximumDepth, remaining > 0 else {
      abort = depth < options.maximumDepth ? .tooMuchWork : .tooDeep
      return false
    }
    if let constant = schema.constant {
      if !constant, collecting {
        units.append(unit("", schema, instance, valid: false, failure: .notAllowed))
      }
      return constant
    }
    depth += 1
    defer { depth -= 1 }
    let resource = schema.place.resource
    let enters = scope.last !== resource
    if enters { scope.append(resource) }
    defer { if enters { scope.removeLast() } }
    guard schema.hasUnevaluated else { return evaluateRules(schema, instance, &evaluated) }
    var own = Evaluated(isWanted: true)
    let valid = evaluateRules(schema, instance, &own)
    if valid { evaluated.merge(own) }
    return valid
  }

  private mutating func evaluateRules(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    guard collecting else {
      for rule in schema.rules where !evaluate(rule, schema, instance, &evaluated) { return false }
      return true
    }
    var valid = true
    for rule in schema.rules {
      guard abort == nil else { return false }
      if rule.step.makesOwnUnits {
        if !evaluate(rule, schema, instance, &evaluated) { valid = false }
        continue
      }
      let outer = units
      units = []
      keywordPath.append(rule.keyword)
      let holds = evaluate(rule, schema, instance, &evaluated)
      let children = units
      units = outer
      if !holds || annotating {
        units.append(
          unit(
            rule.keyword, schema, instance, valid: holds, failure: holds ? nil : failure,
            children: children))
      }
      failure = nil
      keywordPath.removeLast()
      if !holds { valid = false }
    }
    if valid, annotating {
      for (keyword, value) in schema.annotations {
        keywordPath.append(keyword)
        var note = unit(keyword, schema, instance, valid: true)
        note.annotation = value.value
        units.append(note)
        keywordPath.removeLast()
      }
    }
    return valid
  }

  /// Applies a subschema, keeping paths and units while collecting.
  mutating func apply(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated,
    path: @autoclosure () -> [String] = [], item: @autoclosure () -> String? = nil
  ) -> Bool {
    guard collecting else { return evaluate(schema, instance, &evaluated) }
    let tokens = path()
    let item = item()
    keywordPath += tokens
    if let item { instancePath.append(item) }
    let outer = units
    units = []
    let valid = evaluate(schema, instance, &evaluated)
    let children = units
    units = outer
    if !valid || annotating {
      units.append(unit("", schema, instance, valid: valid, children: children))
    }
    if item != nil { instancePath.removeLast() }
    keywordPath.removeLast(tokens.count)
    return valid
  }

  /// Applies a subschema to a part of the instance: nothing there has been evaluated yet.
  mutating func applyToPart(
    _ schema: SchemaNode, _ instance: JSONNode, path: @autoclosure () -> [String] = [],
    item: @autoclosure () -> String?
  ) -> Bool {
    var inner = Evaluated(isWanted: false)
    return apply(schema, instance, &inner, path: path(), item: item())
  }

  /// Tries a subschema without keeping any unit.
  mutating func test(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    let outer = collecting
    collecting = false
    defer { collecting = outer }
    return evaluate(schema, instance, &evaluated)
  }

  /// Charges for a match that was given up: a text may have many such places.
  mutating func chargeMatchLimit() { remaining -= 50_000 }

  // MARK: References (core §8.2.3)

  mutating func follow(
    _ target: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    let identifier = ObjectIdentifier(target)
    for step in following.reversed() {
      guard step.instance == instance.index else { break }
      if step.schema == identifier {
        if abort == nil { abort = .endlessReference(target.place.location) }
        return false
      }
    }
    following.append((identifier, instance.index))
    defer { following.removeLast() }
    return apply(target, instance, &evaluated)
  }

  /// The outermost resource of the dynamic scope that has the anchor decides (core §7.1).
  func dynamicTarget(_ anchor: String, initially target: SchemaNode) -> SchemaNode {
    for resource in scope {
      if let found = resource.dynamicTargets[anchor] { return found }
    }
    return target
  }

  // MARK: Units

  /// The unit of a keyword, whose name ends `keywordPath`, or of a whole schema.
  func unit(
    _ keyword: String, _ schema: SchemaNode, _ instance: JSONNode, valid: Bool,
    failure: Failure? = nil, children: [OutputUnit] = [], suffix: [String] = []
  ) -> OutputUnit {
    let tokens = schema.place.tokens + (keyword.isEmpty ? [] : [keyword]) + suffix
    let about = schema.about(failure)
    return OutputUnit(
      isValid: valid, keyword: keyword.isEmpty ? keywordPath.last ?? "" : keyword,
      keywordPath: keywordPath + suffix,
      absolute: schema.place.resource.uri + "#" + JSONPointer(tokens: tokens).uriFragment,
      instancePath: instancePath, range: instance.range, failure: failure, annotation: nil,
      schemaDescription: about.description, schemaExample: about.example, children: children)
  }
}

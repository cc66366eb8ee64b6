import JSONText

/// One validation of one instance.
///
/// When not collecting, it stops at the first failure and allocates almost nothing. When
/// collecting, it evaluates every keyword and keeps an ``OutputUnit`` for each.
struct Evaluator {
  let options: SchemaOptions
  var collecting: Bool
  /// Whether to keep, while collecting, what succeeds with its annotations instead of what fails;
  /// for values known to be valid.
  let annotating: Bool
  /// The units of the keywords evaluated so far in the current schema.
  var units: [OutputUnit] = []
  /// Why the current keyword fails, if it fails by itself.
  var failure: Failure?
  /// The annotation of the current keyword, if it succeeds.
  var annotation: JSONValue?
  var keywordPath: [String] = []
  var instancePath: [String] = []
  /// Whether the instance is a key, under `propertyNames`.
  var isInNames = false
  /// The key whose `dependentSchemas` subschema is being applied, and the value it is applied to.
  var asker: (key: String, instance: Int)?
  /// The number of enclosing `anyOf` and `oneOf`. A failure in one of their branches is part of an
  /// explanation, not a violation by itself.
  var alternatives = 0
  /// Parts of the instance that are not validated, by their node index in its document.
  var leftAlone: Set<Int> = []
  /// The number of edit distances that may still be computed.
  var spellings: Int
  /// The number of violations that were found and not kept.
  var omitted = 0
  var kept = 0
  var listed = 0
  /// The dynamic scope: resources that have been entered, outermost first (core §7.1).
  private var scope: [SchemaResource] = []
  /// References being followed. Applying one again to the same value would never end.
  private var following: [(schema: ObjectIdentifier, instance: Int)] = []
  private var depth = 0
  private var isOnLargeStack = false
  private var remaining = 0
  /// Why and where the whole validation was aborted.
  private(set) var abort: Interruption?

  /// The depth from which evaluation continues on a separate thread with a large stack.
  private static let levelsOnOwnStack = 100

  init(options: SchemaOptions, collecting: Bool, annotating: Bool = false) {
    self.options = options
    self.collecting = collecting
    self.annotating = annotating
    spellings = options.maximumSpellings
  }

  mutating func isValid(_ schema: SchemaNode, _ instance: JSONNode) -> Bool {
    start(instance)
    var evaluated = Evaluated(isWanted: false)
    let valid = evaluate(schema, instance, &evaluated)
    return valid && abort == nil
  }

  /// Returns the unit of the whole schema.
  mutating func output(_ schema: SchemaNode, _ instance: JSONNode) -> OutputUnit {
    start(instance)
    var evaluated = Evaluated(isWanted: false)
    let valid = evaluate(schema, instance, &evaluated)
    return unit("", schema, instance, valid: valid && abort == nil, children: units)
  }

  private mutating func start(_ instance: JSONNode) {
    remaining = options.maximumApplications
    let (hundredfold, overflow) = instance.range.count.multipliedReportingOverflow(by: 100)
    if !overflow { remaining += hundredfold }
  }

  /// Aborts the whole validation. A part with an unknown result cannot be skipped, because an
  /// enclosing keyword may invert it.
  mutating func giveUp(
    _ failure: Failure, _ schema: SchemaNode, _ instance: JSONNode, keyword: [String] = []
  ) {
    guard abort == nil else { return }
    abort = Interruption(
      failure: failure, node: instance,
      location: schema.place.location(of: keyword))
  }

  // MARK: Schemas

  /// Applies a schema to a value; what has been evaluated is added to `evaluated`.
  mutating func evaluate(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    remaining -= 1
    guard abort == nil else { return false }
    guard depth < options.maximumDepth, remaining > 0 else {
      giveUp(depth < options.maximumDepth ? .tooMuchWork : .tooDeep, schema, instance)
      return false
    }
    if depth >= Self.levelsOnOwnStack, !isOnLargeStack {
      return evaluateOnLargeStack(schema, instance, &evaluated)
    }
    if !leftAlone.isEmpty, leftAlone.contains(instance.index) { return true }
    if let constant = schema.constant {
      if !constant, collecting {
        keep(false, true) { $0.unit("", schema, instance, valid: false, failure: .notAllowed) }
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

  private mutating func evaluateOnLargeStack(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    // Starting a thread costs as much as applying many schemas.
    remaining -= 100
    isOnLargeStack = true
    // Moved there and back: two copies of what was collected would be two in memory.
    var (moved, found) = (
      Evaluator(options: options, collecting: false), Evaluated(isWanted: false)
    )
    swap(&moved, &self)
    swap(&found, &evaluated)
    defer {
      swap(&moved, &self)
      swap(&found, &evaluated)
      isOnLargeStack = false
    }
    if let valid = LargeStack.run({ moved.evaluate(schema, instance, &found) }) { return valid }
    moved.giveUp(.tooDeep, schema, instance)
    return false
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
      let mark = units.count
      if !rule.keyword.isEmpty { keywordPath.append(rule.keyword) }
      let holds = evaluate(rule, schema, instance, &evaluated)
      let children = takeUnits(from: mark)
      keep(holds, annotation != nil || !children.isEmpty) { evaluator in
        var own = evaluator.unit(
          rule.keyword, schema, instance, valid: holds,
          failure: holds ? nil : evaluator.failure, children: children)
        if holds { own.annotation = evaluator.annotation }
        return own
      }
      failure = nil
      annotation = nil
      if !rule.keyword.isEmpty { keywordPath.removeLast() }
      if !holds { valid = false }
    }
    if valid, annotating {
      for (keyword, value) in schema.annotations {
        keywordPath.append(keyword)
        keep(true, true) {
          var note = $0.unit(keyword, schema, instance, valid: true)
          note.annotation = value.value
          return note
        }
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
    guard !isFull else {
      if annotating { giveUp(.tooManyAnnotations(kept), schema, instance) }
      let valid = test(schema, instance, &evaluated)
      if !valid, abort == nil { omit() }
      return valid
    }
    let tokens = path()
    let item = item()
    keywordPath += tokens
    if let item { instancePath.append(item) }
    let mark = units.count
    let valid = evaluate(schema, instance, &evaluated)
    let children = takeUnits(from: mark)
    keep(valid, !children.isEmpty) {
      $0.unit("", schema, instance, valid: valid, children: children)
    }
    if item != nil { instancePath.removeLast() }
    keywordPath.removeLast(tokens.count)
    return valid
  }

  /// Applies a subschema to a part of the instance, of which nothing has been evaluated yet.
  mutating func applyToPart(
    _ schema: SchemaNode, _ instance: JSONNode, path: @autoclosure () -> [String] = [],
    item: @autoclosure () -> String?
  ) -> Bool {
    var inner = Evaluated(isWanted: false)
    return apply(schema, instance, &inner, path: path(), item: item())
  }

  /// Applies a subschema without keeping any unit.
  mutating func test(
    _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    let outer = collecting
    collecting = false
    defer { collecting = outer }
    return evaluate(schema, instance, &evaluated)
  }

  /// Returns whether a text matches; aborts the validation if the match limit is reached first. A
  /// match that takes many steps counts as many applications, because an instance may hold many
  /// texts.
  mutating func matches(
    _ pattern: Pattern, _ text: JSONNode, _ schema: SchemaNode, _ keyword: String...
  ) -> Bool {
    let outcome = text.withStringUTF8 { subject in
      let quick = pattern.match(subject, limit: 5_000)
      guard quick == .limit else { return quick }
      remaining -= 50_000
      return remaining > 0 ? pattern.match(subject) : .limit
    }
    if outcome == .limit {
      giveUp(.matchLimit(pattern: pattern.text), schema, text, keyword: keyword)
    }
    return outcome == .match
  }

  // MARK: References (core §8.2.3)

  mutating func follow(
    _ target: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    let identifier = ObjectIdentifier(target)
    for step in following.reversed() {
      guard step.instance == instance.index else { break }
      if step.schema == identifier {
        giveUp(.endlessReference(target.place.location), target, instance)
        return false
      }
    }
    following.append((identifier, instance.index))
    defer { following.removeLast() }
    return apply(target, instance, &evaluated)
  }

  /// Returns the target in the outermost resource in scope that has the anchor (core §7.1).
  func dynamicTarget(_ anchor: String, initially target: SchemaNode) -> SchemaNode {
    for resource in scope {
      if let found = resource.dynamicTargets[anchor] { return found }
    }
    return target
  }
}

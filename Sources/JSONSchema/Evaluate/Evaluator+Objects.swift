import JSONText

/// Keywords for objects (core §10.3.2, §11.3; validation §6.5).
extension Evaluator {
  mutating func evaluateMembers(
    _ rules: MemberRules, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isObject else { return true }
    if collecting { return collectMembers(rules, schema, instance, &evaluated) }
    var place = 0
    for (key, value) in instance.members {
      var isKnown = false
      if let found = key.withStringUTF8({ rules.named.find($0) }) ?? nil {
        isKnown = true
        var inner = Evaluated(isWanted: false)
        if !evaluate(rules.named.schemas[found], value, &inner) { return false }
      }
      for (pattern, subschema) in rules.patterns {
        if matches(pattern, key, schema, "patternProperties", pattern.text) {
          isKnown = true
          var inner = Evaluated(isWanted: false)
          if !evaluate(subschema, value, &inner) { return false }
        } else if abort != nil {
          return false
        }
      }
      if !isKnown, let additional = rules.additional {
        isKnown = true
        var inner = Evaluated(isWanted: false)
        if !evaluate(additional, value, &inner) { return false }
      }
      if isKnown { evaluated.note(place) }
      place += 1
    }
    return true
  }

  /// Does the same, and keeps the units of each of the three keywords.
  private mutating func collectMembers(
    _ rules: MemberRules, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    var valid = [true, true, true]
    var groups: [[OutputUnit]] = [[], [], []]
    var names: [[JSONValue]] = [[], [], []]
    let mark = units.count
    func note(_ holds: Bool, in group: Int, _ name: String, _ made: [OutputUnit]) {
      groups[group] += made
      if !holds { valid[group] = false }
      if annotating, names[group].last?.string != name { names[group].append(.string(name)) }
    }
    for (place, (key, value)) in instance.members.enumerated() {
      let name = key.string ?? ""
      var isKnown = false
      if let found = rules.named.find(name) {
        isKnown = true
        let holds = applyToPart(
          rules.named.schemas[found], value, path: ["properties", name], item: name)
        note(holds, in: 0, name, takeUnits(from: mark))
      }
      for (pattern, subschema) in rules.patterns
      where matches(pattern, key, schema, "patternProperties", pattern.text) {
        isKnown = true
        let holds = applyToPart(
          subschema, value, path: ["patternProperties", pattern.text], item: name)
        note(holds, in: 1, name, takeUnits(from: mark))
      }
      if !isKnown, let additional = rules.additional, abort == nil {
        isKnown = true
        var holds = false
        if additional.constant == false {
          reject(key, "additionalProperties", schema, name) {
            .unknownKey(name, nearest: $0.nearestKey(name, rules.named.names, instance))
          }
        } else {
          holds = applyToPart(additional, value, path: ["additionalProperties"], item: name)
        }
        note(holds, in: 2, name, takeUnits(from: mark))
      }
      if abort != nil { break }
      if isKnown { evaluated.note(place) }
    }
    let keywords = ["properties", "patternProperties", "additionalProperties"]
    for (group, keyword) in keywords.enumerated() where schema.place.node[keyword] != nil {
      collectKeyword(
        keyword, schema, instance, valid[group], groups[group], annotation: .array(names[group]))
    }
    return abort == nil && !valid.contains(false)
  }

  /// Returns the known key that an unknown one was probably meant to be, if the object lacks it.
  private mutating func nearestKey(
    _ name: String, _ known: [String], _ instance: JSONNode
  ) -> String? {
    guard let nearest = nearest(name, known) else { return nil }
    if instance.member(nearest) == nil { return nearest }
    return self.nearest(name, known.filter { instance.member($0) == nil })
  }

  /// Returns the candidate nearest to a text, or `nil` once the limit on comparisons is reached.
  mutating func nearest(_ text: String, _ candidates: [String]) -> String? {
    guard candidates.count <= spellings else { return nil }
    spellings -= candidates.count
    return NearestSpelling.of(text, among: candidates)
  }

  /// Applies a subschema to each key. Violations point at the key, and have its member's location.
  mutating func evaluateNames(_ inner: SchemaNode, _ instance: JSONNode) -> Bool {
    guard instance.isObject else { return true }
    var valid = true
    let outer = isInNames
    isInNames = true
    defer { isInNames = outer }
    for (key, _) in instance.members {
      if !applyToPart(inner, key, item: key.string) {
        valid = false
        if !collecting || abort != nil { return false }
      }
    }
    return valid
  }

  mutating func evaluateUnevaluatedProperties(
    _ inner: SchemaNode, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isObject else { return true }
    var valid = true
    var names: [JSONValue] = []
    let known = collecting && inner.constant == false ? knownNames(schema) : []
    for (place, (key, value)) in instance.members.enumerated() where !evaluated.contains(place) {
      if annotating { names.append(.string(key.string ?? "")) }
      if collecting, inner.constant == false {
        let name = key.string ?? ""
        keywordPath.removeLast()
        reject(key, "unevaluatedProperties", schema, name) {
          .unknownKey(name, nearest: $0.nearestKey(name, known, instance))
        }
        keywordPath.append("unevaluatedProperties")
        valid = false
      } else if !applyToPart(inner, value, item: key.string) {
        valid = false
        if !collecting || abort != nil { return false }
      }
    }
    evaluated.noteAll()
    if annotating { annotation = .array(names) }
    return valid
  }

  /// Returns the property names of a schema and of the schemas it refers to directly.
  private func knownNames(_ schema: SchemaNode) -> [String] {
    schema.rules.flatMap { rule -> [String] in
      switch rule.step {
      case .members(let rules): return rules.named.names
      case .reference(let target) where !target.hasUnevaluated: return knownNames(target, 4)
      case .allOf(let branches), .anyOf(let branches), .oneOf(let branches):
        return branches.flatMap { knownNames($0, 4) }
      default: return []
      }
    }
  }

  private func knownNames(_ schema: SchemaNode, _ depth: Int) -> [String] {
    guard depth > 0 else { return [] }
    return schema.rules.flatMap { rule -> [String] in
      switch rule.step {
      case .members(let rules): return rules.named.names
      case .reference(let target): return knownNames(target, depth - 1)
      default: return []
      }
    }
  }

  mutating func checkRequired(_ keys: [String], _ instance: JSONNode) -> Bool {
    guard instance.isObject else { return true }
    let missing = missing(keys, instance)
    if missing.isEmpty { return true }
    if let asker, asker.instance == instance.index {
      return fails(.missingBeside(key: asker.key, keys: missing))
    }
    return fails(.missing(keys: missing))
  }

  mutating func checkDependent(
    _ dependent: [(key: String, required: [String])], _ instance: JSONNode
  ) -> Bool {
    guard instance.isObject else { return true }
    for (key, required) in dependent where instance.member(key) != nil {
      let missing = missing(required, instance)
      if !missing.isEmpty { return fails(.missingBeside(key: key, keys: missing)) }
    }
    return true
  }

  mutating func evaluateDependent(
    _ dependent: [(key: String, schema: SchemaNode)], _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isObject else { return true }
    var valid = true
    for (key, inner) in dependent {
      guard let member = instance.member(key) else { continue }
      if collecting, inner.constant == false {
        keywordPath.append(key)
        keep(false, true) {
          $0.unit("", inner, member.key, valid: false, failure: .unexpectedKey(key))
        }
        keywordPath.removeLast()
        valid = false
        continue
      }
      let outer = asker
      asker = (key, instance.index)
      defer { asker = outer }
      if !apply(inner, instance, &evaluated, path: [key]) {
        valid = false
        if !collecting || abort != nil { break }
      }
    }
    return valid
  }

  /// Returns the keys that an object lacks; only the first of them when not collecting.
  private func missing(_ keys: [String], _ instance: JSONNode) -> [String] {
    var missing: [String] = []
    // Many keys are looked up by name, so that the time stays linear.
    let names =
      keys.count > 16 && instance.count > 16
      ? Set(instance.members.map { JSONName($0.key.string ?? "") }) : nil
    for key in keys
    where names.map({ !$0.contains(JSONName(key)) }) ?? (instance.member(key) == nil) {
      missing.append(key)
      if !collecting { break }
    }
    return missing
  }
}

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
        switch key.withStringUTF8({ pattern.match($0) }) {
        case .match?:
          isKnown = true
          var inner = Evaluated(isWanted: false)
          if !evaluate(subschema, value, &inner) { return false }
        case .limit?: return false
        default: break
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

  /// The same with the units of each of the three keywords.
  private mutating func collectMembers(
    _ rules: MemberRules, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    let outer = units
    var groups: [[OutputUnit]] = [[], [], []]
    var names: [[JSONValue]] = [[], [], []]
    func add(_ made: [OutputUnit], to group: Int, _ name: String) {
      groups[group] += made
      if names[group].last?.string != name { names[group].append(.string(name)) }
    }
    for (place, (key, value)) in instance.members.enumerated() {
      let name = key.string ?? ""
      var isKnown = false
      if let found = rules.named.find(name) {
        isKnown = true
        units = []
        _ = applyToPart(
          rules.named.schemas[found], value, path: ["properties", name], item: name)
        add(units, to: 0, name)
      }
      for (pattern, subschema) in rules.patterns {
        units = []
        switch pattern.match(name) {
        case .match:
          isKnown = true
          _ = applyToPart(
            subschema, value, path: ["patternProperties", pattern.text], item: name)
          add(units, to: 1, name)
        case .noMatch: break
        case .limit:
          chargeMatchLimit()
          reject(
            key, "patternProperties", schema, .matchLimit(pattern: pattern.text), item: name)
          add(units, to: 1, name)
        }
      }
      if !isKnown, let additional = rules.additional {
        isKnown = true
        units = []
        if additional.constant == false {
          let nearest = NearestSpelling.of(
            name, among: rules.named.names.filter { instance.member($0) == nil })
          reject(
            key, "additionalProperties", schema, .unknownKey(name, nearest: nearest), item: name)
        } else {
          _ = applyToPart(additional, value, path: ["additionalProperties"], item: name)
        }
        add(units, to: 2, name)
      }
      if isKnown { evaluated.note(place) }
    }
    units = outer
    let keywords = ["properties", "patternProperties", "additionalProperties"]
    for (group, keyword) in keywords.enumerated() where schema.place.node[keyword] != nil {
      let before = units
      units = groups[group]
      collectKeyword(keyword, schema, instance, outer: before, annotation: .array(names[group]))
    }
    return groups.allSatisfy { $0.allSatisfy(\.isValid) }
  }

  /// The keys are the instances; they are pointed at, and located by their member.
  mutating func evaluateNames(_ inner: SchemaNode, _ instance: JSONNode) -> Bool {
    guard instance.isObject else { return true }
    var valid = true
    for (key, _) in instance.members {
      if !applyToPart(inner, key, item: key.string) {
        valid = false
        if !collecting { return false }
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
    for (place, (key, value)) in instance.members.enumerated() where !evaluated.contains(place) {
      if collecting, inner.constant == false {
        let name = key.string ?? ""
        keywordPath.removeLast()
        reject(
          key, "unevaluatedProperties", schema,
          .unknownKey(name, nearest: NearestSpelling.of(name, among: knownNames(schema))),
          item: name)
        keywordPath.append("unevaluatedProperties")
        valid = false
      } else if !applyToPart(inner, value, item: key.string) {
        valid = false
        if !collecting { return false }
      }
    }
    evaluated.noteAll()
    return valid
  }

  /// The property names of a schema and of what it refers to directly.
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
    guard collecting else { return keys.allSatisfy { instance.member($0) != nil } }
    let missing = keys.filter { instance.member($0) == nil }
    return missing.isEmpty || fails(.missing(keys: missing))
  }

  mutating func checkDependent(
    _ dependent: [(key: String, required: [String])], _ instance: JSONNode
  ) -> Bool {
    guard instance.isObject else { return true }
    for (key, required) in dependent where instance.member(key) != nil {
      let missing = required.filter { instance.member($0) == nil }
      if !missing.isEmpty { return fails(.missingBeside(key: key, keys: missing)) }
    }
    return true
  }
}

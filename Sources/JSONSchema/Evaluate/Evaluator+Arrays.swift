import JSONText

/// Keywords for arrays (core §10.3.1, §11.2; validation §6.4).
extension Evaluator {
  mutating func evaluateItems(
    _ rules: ItemRules, _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isArray else { return true }
    var valid = true
    var elements = instance.elements
    let mark = units.count
    var index = 0
    while index < rules.prefix.count, let element = elements.next() {
      let place = index
      if !applyToPart(
        rules.prefix[index], element, path: ["prefixItems", String(place)], item: String(place))
      {
        valid = false
        if !collecting || abort != nil { return false }
      }
      index += 1
    }
    if evaluated.isWanted { evaluated.notePrefix(index) }
    if collecting, !rules.prefix.isEmpty {
      let all = index == instance.count
      collectKeyword(
        "prefixItems", schema, instance, valid, takeUnits(from: mark),
        annotation: index == 0 ? nil : all ? true : .number(JSONNumber(index - 1)))
    }
    guard let rest = rules.rest else { return valid }
    let restMark = units.count
    var restIsValid = true
    var count = 0
    while let element = elements.next() {
      let place = index
      if collecting, rest.constant == false {
        reject(element, "items", schema, String(place)) { _ in .unexpectedItem(place) }
        restIsValid = false
      } else if !applyToPart(rest, element, path: ["items"], item: String(place)) {
        restIsValid = false
        if !collecting || abort != nil { return false }
      }
      index += 1
      count += 1
    }
    if evaluated.isWanted { evaluated.noteAll() }
    if collecting {
      collectKeyword(
        "items", schema, instance, restIsValid, takeUnits(from: restMark),
        annotation: count > 0 ? true : nil)
    }
    return valid && restIsValid
  }

  mutating func evaluateContains(
    _ rule: ContainsRule, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isArray else { return true }
    var count = 0
    var places: [JSONValue] = []
    for (index, element) in instance.elements.enumerated() {
      guard contains(rule, element, index) else {
        if abort != nil { return false }
        continue
      }
      count += 1
      evaluated.note(index)
      if annotating { places.append(.number(JSONNumber(index))) }
      if let maximum = rule.maximum {
        if count > maximum, !collecting { return false }
      } else if count >= rule.minimum, !evaluated.isWanted, !annotating {
        return true
      }
    }
    if count < rule.minimum {
      return fails(
        .tooFewContained(minimum: rule.minimum, found: count, sort: rule.schema.sort))
    }
    if let maximum = rule.maximum, count > maximum {
      return fails(.tooManyContained(maximum: maximum, found: count, sort: rule.schema.sort))
    }
    if annotating { annotation = .array(places) }
    return true
  }

  /// Returns whether an element matches `contains`; if it does, its annotations are kept.
  private mutating func contains(
    _ rule: ContainsRule, _ element: JSONNode, _ index: Int
  ) -> Bool {
    var unused = Evaluated(isWanted: false)
    return collecting && annotating
      ? apply(rule.schema, element, &unused, item: String(index))
      : test(rule.schema, element, &unused)
  }

  mutating func evaluateUnevaluatedItems(
    _ inner: SchemaNode, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isArray else { return true }
    var valid = true
    var count = 0
    for (index, element) in instance.elements.enumerated() where !evaluated.contains(index) {
      count += 1
      if collecting, inner.constant == false {
        keywordPath.removeLast()
        let isPastPrefix = evaluated.isPrefix
        reject(element, "unevaluatedItems", schema, String(index)) { _ in
          isPastPrefix ? .unexpectedItem(index) : .notAllowed
        }
        keywordPath.append("unevaluatedItems")
        valid = false
      } else if !applyToPart(inner, element, item: String(index)) {
        valid = false
        if !collecting || abort != nil { return false }
      }
    }
    evaluated.noteAll()
    if collecting, count > 0 { annotation = true }
    return valid
  }

  /// Quadratic only for a few elements; more are compared within classes of equal hashes.
  mutating func checkUnique(_ instance: JSONNode) -> Bool {
    guard instance.isArray, instance.count > 1 else { return true }
    let elements = Array(instance.elements)
    var repeated: (first: Int, second: Int)?
    if elements.count <= 8 {
      search: for second in 1..<elements.count {
        for first in 0..<second where elements[first].isEqual(to: elements[second]) {
          repeated = (first, second)
          break search
        }
      }
    } else {
      var seen: [Int: [Int]] = [:]
      search: for (second, element) in elements.enumerated() {
        var hasher = Hasher()
        element.hash(into: &hasher)
        let hash = hasher.finalize()
        for first in seen[hash] ?? [] where elements[first].isEqual(to: element) {
          repeated = (first, second)
          break search
        }
        seen[hash, default: []].append(second)
      }
    }
    guard let repeated else { return true }
    return fails(.notUnique(first: repeated.first, second: repeated.second))
  }

  // MARK: Units of keywords that share one step

  /// Adds the unit of one of these keywords.
  mutating func collectKeyword(
    _ keyword: String, _ schema: SchemaNode, _ instance: JSONNode, _ valid: Bool,
    _ children: [OutputUnit], annotation: JSONValue?
  ) {
    keywordPath.append(keyword)
    keep(valid, annotation != nil || !children.isEmpty) {
      var own = $0.unit(keyword, schema, instance, valid: valid, children: children)
      own.annotation = valid ? annotation : nil
      return own
    }
    keywordPath.removeLast()
  }
}

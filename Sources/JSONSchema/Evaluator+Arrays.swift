import JSONText

/// Keywords for arrays (core §10.3.1, §11.2; validation §6.4).
extension Evaluator {
  mutating func evaluateItems(
    _ rules: ItemRules, _ schema: SchemaNode, _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isArray else { return true }
    var valid = true
    var elements = instance.elements
    let outer = units
    if collecting { units = [] }
    var index = 0
    while index < rules.prefix.count, let element = elements.next() {
      let place = index
      if !applyToPart(
        rules.prefix[index], element, path: ["prefixItems", String(place)], item: String(place))
      {
        valid = false
        if !collecting { return false }
      }
      index += 1
    }
    if evaluated.isWanted { evaluated.notePrefix(index) }
    if collecting {
      if rules.prefix.isEmpty {
        units = outer
      } else {
        let all = index == instance.count
        collectKeyword(
          "prefixItems", schema, instance, outer: outer,
          annotation: index == 0 ? nil : all ? true : .number(JSONNumber(index - 1)))
      }
    }
    guard let rest = rules.rest else { return valid }
    let before = units
    if collecting { units = [] }
    var count = 0
    while let element = elements.next() {
      if collecting, rest.constant == false {
        reject(element, "items", schema, .unexpectedItem(index), item: String(index))
        valid = false
      } else if case let place = index,
        !applyToPart(rest, element, path: ["items"], item: String(place))
      {
        valid = false
        if !collecting { return false }
      }
      index += 1
      count += 1
    }
    if evaluated.isWanted { evaluated.noteAll() }
    if collecting {
      collectKeyword(
        "items", schema, instance, outer: before, annotation: count > 0 ? true : nil)
    }
    return valid
  }

  mutating func evaluateContains(
    _ rule: ContainsRule, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isArray else { return true }
    var count = 0
    for (index, element) in instance.elements.enumerated() {
      var unused = Evaluated(isWanted: false)
      guard test(rule.schema, element, &unused) else {
        if abort != nil { return false }
        continue
      }
      count += 1
      evaluated.note(index)
      if let maximum = rule.maximum {
        if count > maximum, !collecting { return false }
      } else if count >= rule.minimum, !evaluated.isWanted, !collecting {
        return true
      }
    }
    if count < rule.minimum {
      return fails(.tooFewContained(minimum: rule.minimum, found: count))
    }
    if let maximum = rule.maximum, count > maximum {
      return fails(.tooManyContained(maximum: maximum, found: count))
    }
    return true
  }

  mutating func evaluateUnevaluatedItems(
    _ inner: SchemaNode, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    guard instance.isArray else { return true }
    var valid = true
    for (index, element) in instance.elements.enumerated() where !evaluated.contains(index) {
      if collecting, inner.constant == false {
        keywordPath.removeLast()
        reject(element, "unevaluatedItems", schema, .unexpectedItem(index), item: String(index))
        keywordPath.append("unevaluatedItems")
        valid = false
      } else if !applyToPart(inner, element, item: String(index)) {
        valid = false
        if !collecting { return false }
      }
    }
    evaluated.noteAll()
    return valid
  }

  /// Quadratic only for a handful of elements; more are compared within classes of equal hashes.
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

  /// Wraps the units made since `outer` was put aside into one for the keyword.
  mutating func collectKeyword(
    _ keyword: String, _ schema: SchemaNode, _ instance: JSONNode, outer: [OutputUnit],
    annotation: JSONValue?
  ) {
    let valid = units.allSatisfy(\.isValid)
    guard !valid || annotating else {
      units = outer
      return
    }
    keywordPath.append(keyword)
    var own = unit(keyword, schema, instance, valid: valid, children: units)
    keywordPath.removeLast()
    own.annotation = valid ? annotation : nil
    units = outer + [own]
  }

  /// Adds the unit of a part that a keyword whose schema is `false` refuses.
  mutating func reject(
    _ part: JSONNode, _ keyword: String, _ schema: SchemaNode, _ failure: Failure, item: String
  ) {
    keywordPath.append(keyword)
    instancePath.append(item)
    units.append(unit(keyword, schema, part, valid: false, failure: failure))
    instancePath.removeLast()
    keywordPath.removeLast()
  }
}

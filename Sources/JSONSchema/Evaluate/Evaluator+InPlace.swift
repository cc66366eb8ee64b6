import JSONText

/// Keywords that apply schemas to the same value (core §10.2).
extension Evaluator {
  mutating func evaluateAll(
    _ branches: [SchemaNode], _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    var valid = true
    for (index, branch) in branches.enumerated() {
      if !apply(branch, instance, &evaluated, path: [String(index)]) {
        valid = false
        if !collecting || abort != nil { break }
      }
    }
    return valid
  }

  /// Evaluates all branches if a keyword needs to know which parts they evaluated.
  mutating func evaluateAny(
    _ branches: [SchemaNode], _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    var valid = false
    alternatives += 1
    defer { alternatives -= 1 }
    for (index, branch) in branches.enumerated() {
      var own = Evaluated(isWanted: evaluated.isWanted)
      if apply(branch, instance, &own, path: [String(index)]) {
        evaluated.merge(own)
        valid = true
        if !annotating, !evaluated.isWanted { return true }
      }
      if abort != nil { return false }
    }
    return valid || fails(.noBranch(count: branches.count))
  }

  mutating func evaluateOne(
    _ branches: [SchemaNode], _ instance: JSONNode, _ evaluated: inout Evaluated
  ) -> Bool {
    var matching: [Int] = []
    alternatives += 1
    defer { alternatives -= 1 }
    for (index, branch) in branches.enumerated() {
      var own = Evaluated(isWanted: evaluated.isWanted)
      if apply(branch, instance, &own, path: [String(index)]) {
        evaluated.merge(own)
        matching.append(index)
        if matching.count > 1, !collecting { return false }
      }
      if abort != nil { return false }
    }
    switch matching.count {
    case 0: return fails(.noBranch(count: branches.count))
    case 1: return true
    default: return fails(.severalBranches(matching: matching))
    }
  }

  mutating func evaluateConditional(
    _ rule: ConditionalRule, _ schema: SchemaNode, _ instance: JSONNode,
    _ evaluated: inout Evaluated
  ) -> Bool {
    var own = Evaluated(isWanted: evaluated.isWanted)
    let holds =
      collecting && annotating
      ? apply(rule.condition, instance, &own, path: ["if"])
      : test(rule.condition, instance, &own)
    if holds { evaluated.merge(own) }
    guard abort == nil else { return false }
    guard let branch = holds ? rule.consequence : rule.alternative else { return true }
    let keyword = holds ? "then" : "else"
    if collecting, branch.constant == false {
      keywordPath.append(keyword)
      keep(false, true) {
        $0.unit(
          "", branch, instance, valid: false,
          failure: .notAllowedIf(fits: holds, location: rule.condition.place.fragment))
      }
      keywordPath.removeLast()
      return false
    }
    return apply(branch, instance, &evaluated, path: [keyword])
  }
}

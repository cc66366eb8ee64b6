import JSONText

/// The groups of a regular expression and the references to them.
///
/// In ECMA-262 a repetition clears the captures inside it at each iteration (RepeatMatcher, step
/// 4); in PCRE2 it doesn't. Where a reference could observe the difference, the expression is
/// refused.
struct PatternGroups {
  private struct Group {
    let parent: Int
    /// The alternative of its parent that contains it.
    let branch: Int
    var branches = 1
    let number: Int?
    var isOptional = false
    var isMany = false
  }

  private struct Reference {
    let number: Int
    let parent: Int
    let branch: Int
    /// The number of groups opened before it.
    let opened: Int
    let place: Int
  }

  /// Group numbers by name.
  var names: [JSONName: Int] = [:]
  /// The group that has just been closed.
  var closed: Int?
  /// The first is the whole expression.
  private var groups = [Group(parent: -1, branch: 0, number: nil)]
  private var references: [Reference] = []
  private var current = 0
  private var count = 0

  mutating func open(captures: Bool) {
    if captures { count += 1 }
    groups.append(
      Group(parent: current, branch: groups[current].branches, number: captures ? count : nil))
    current = groups.count - 1
  }

  mutating func close() {
    guard current > 0 else { return }
    closed = current
    current = groups[current].parent
  }

  mutating func alternate() { groups[current].branches += 1 }

  mutating func repeats(_ group: Int?, isOptional: Bool, isMany: Bool) {
    guard let group else { return }
    groups[group].isOptional = isOptional
    groups[group].isMany = isMany
  }

  mutating func refer(to number: Int, place: Int) {
    references.append(
      Reference(
        number: number, parent: current, branch: groups[current].branches, opened: groups.count,
        place: place))
  }

  func checkReferences() throws(PatternError) {
    guard !references.isEmpty else { return }
    var places: [Int: Int] = [:]
    for (place, group) in groups.enumerated() {
      if let number = group.number { places[number] = place }
    }
    for reference in references {
      guard let group = places[reference.number], differs(reference, group) else { continue }
      throw PatternError(
        reason: "a reference to a group that a repetition forgets, in ECMA-262, at each turn",
        isUnsupported: true, place: reference.place)
    }
  }

  /// Returns whether the reference could observe a capture from an earlier iteration.
  private func differs(_ reference: Reference, _ target: Int) -> Bool {
    let around = Set(ways(from: reference.parent))
    // From the group outwards to the innermost that also contains the reference.
    var path: [Int] = []
    var common = target
    var branch = 0
    while !around.contains(common) {
      path.append(common)
      branch = groups[common].branch
      common = groups[common].parent
    }
    let bothRepeat = ways(from: common).contains { groups[$0].isMany }
    // Inside the group or before it, a reference always sees an earlier iteration.
    if path.isEmpty || target >= reference.opened { return bothRepeat }
    let own = ways(from: reference.parent)
    let ownBranch =
      own.first == common
      ? reference.branch
      : own.last { groups[$0].parent == common }.map { groups[$0].branch } ?? reference.branch
    var isSkipped = false
    for place in path {
      if groups[place].isOptional { isSkipped = true }
      if groups[place].isMany, isSkipped, place != target || groups[place].isOptional == false {
        return true
      }
      let parent = groups[place].parent
      if parent != common, groups[parent].branches > 1 { isSkipped = true }
    }
    if groups[common].branches > 1, branch != ownBranch { isSkipped = true }
    return isSkipped && bothRepeat
  }

  /// Returns a group and those that contain it, innermost first.
  private func ways(from group: Int) -> [Int] {
    var found: [Int] = []
    var group = group
    while group >= 0 {
      found.append(group)
      group = groups[group].parent
    }
    return found
  }
}

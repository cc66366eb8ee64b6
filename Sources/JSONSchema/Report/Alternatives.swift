import JSONText

/// The violations in each branch of an `anyOf` or `oneOf`, and the branch that was probably meant.
struct Alternatives {
  /// The violations in the closest branch; a single merged one if all branches expect types or
  /// constants in the same place.
  let closest: [Violation]
  /// The number of branches that come close.
  private let near: Int
  /// The closest branch, if naming it adds anything to its violations.
  private(set) var branch: Branch?

  struct Branch {
    /// The index, from 0.
    let place: Int
    let title: String?
    let count: Int
  }

  init(_ units: [OutputUnit], at path: [String]) {
    let branches = units.map(\.violations)
    if let merged = Self.merged(branches, at: path) {
      closest = [merged]
      near = 1
      return
    }
    let distances = branches.map { Self.distance($0, from: path) }
    let best = distances.indices.min { distances[$0] < distances[$1] }
    closest = best.map { branches[$0] } ?? []
    near = max(1, distances.count { $0 < Self.elsewhere })
    if let best, units.count > 1 {
      branch = Branch(place: best, title: units[best].schemaTitle, count: units.count)
    }
  }

  func described(_ failure: Failure) -> Failure {
    guard case .noBranch = failure else { return failure }
    return .noBranch(count: near)
  }

  /// The distance from which another branch was meant.
  private static let elsewhere = 100

  /// Returns how far an instance is from matching a branch. A wrong type of the whole value or a
  /// wrong constant directly below it means that another branch was meant.
  private static func distance(_ violations: [Violation], from path: [String]) -> Int {
    violations.reduce(0) { sum, violation in
      let depth = violation.pointer.tokens.count - path.count
      switch violation.failure {
      case .wrongType, .notAllowed: return sum + (depth == 0 ? 10 * elsewhere : 5)
      case .notConstant, .notInEnum: return sum + (depth <= 1 ? elsewhere : 5)
      case .missing(let keys): return sum + 4 * keys.count
      case .unknownKey: return sum + 4
      default: return sum + 3
      }
    }
  }

  /// Returns one violation for all branches: "a number or an array is expected", "not one of …".
  /// Branches that all expect a constant in one place are distinguished by it, so their other
  /// violations don't matter.
  private static func merged(_ branches: [[Violation]], at path: [String]) -> Violation? {
    guard branches.count > 1 else { return nil }
    return mergedTypes(branches, at: path) ?? mergedConstants(branches)
  }

  private static func mergedTypes(_ branches: [[Violation]], at path: [String]) -> Violation? {
    var types: [String] = []
    var found: JSONValue?
    for branch in branches {
      guard branch.count == 1, branch[0].pointer.tokens == path,
        case .wrongType(let expected, let value) = branch[0].failure
      else { return nil }
      types += expected.filter { !types.contains($0) }
      found = value
    }
    return found.map { branches[0][0].with(.wrongType(expected: types, found: $0)) }
  }

  private static func mergedConstants(_ branches: [[Violation]]) -> Violation? {
    for candidate in branches[0] where constants(of: candidate) != nil {
      let same = branches.map { branch in
        branch.first { $0.pointer == candidate.pointer && constants(of: $0) != nil }
      }
      guard !same.contains(where: { $0 == nil }) else { continue }
      let all = same.compactMap { $0.flatMap(constants) }
      let values = all.flatMap(\.allowed)
      return candidate.with(
        .notInEnum(
          allowed: values, found: all[0].found, nearest: nearest(all[0].found, among: values)))
    }
    return nil
  }

  private static func constants(of violation: Violation) -> (
    allowed: [JSONValue], found: JSONValue
  )? {
    switch violation.failure {
    case .notConstant(let expected, let found): ([expected], found)
    case .notInEnum(let allowed, let found, _): (allowed, found)
    default: nil
    }
  }

  private static func nearest(_ value: JSONValue, among values: [JSONValue]) -> JSONValue? {
    value.string.flatMap { NearestSpelling.of($0, among: values.compactMap(\.string)) }
      .map { .string($0) }
  }
}

extension Violation {
  fileprivate func with(_ failure: Failure) -> Violation {
    Violation(
      pointer: pointer, range: range, isAboutKey: isAboutKey, keyword: keyword,
      keywordLocation: keywordLocation,
      absoluteKeywordLocation: absoluteKeywordLocation, failure: failure, branch: nil, causes: [],
      schemaNodeDescription: schemaNodeDescription, schemaNodeExample: schemaNodeExample)
  }
}

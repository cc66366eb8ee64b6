/// State tables for simple regular expressions: a state and a byte give the next state.
///
/// They answer for ASCII and for short texts, always as ``Pattern`` would; ``Pattern`` decides the
/// rest. Only expressions are accepted on which the backtracking of `Pattern` stays far below its
/// limit.
struct PatternAutomata: Sendable {
  /// Rows of 256 next states, for all expressions. Column `end` is the result at the text's end.
  private(set) var rows: [UInt8] = []
  /// The index of each expression's first row, or -1 if it has none.
  private(set) var starts: [Int] = []

  static let longest = 200
  fileprivate static let mostWays = 50_000

  static let noMatch: UInt8 = 0
  static let match: UInt8 = 1
  /// The initial state, the first that has a row.
  static let first: UInt8 = 2
  /// A byte beyond ASCII, on which the table cannot decide.
  static let unknown: UInt8 = 255
  /// A byte that never occurs in UTF-8.
  static let end = 255

  init(_ patterns: [String]) {
    for pattern in patterns {
      if let table = PatternTable(pattern) {
        starts.append(rows.count)
        rows += table.rows
      } else {
        starts.append(-1)
      }
    }
  }
}

/// The tables of several expressions as memory buffers.
struct PatternTables {
  let rows: UnsafeBufferPointer<UInt8>
  let starts: UnsafeBufferPointer<Int>

  /// Returns whether an expression matches in `subject`, which is UTF-8; `nil` if unknown.
  @inline(__always)
  func decides(_ place: Int, _ subject: UnsafeBufferPointer<UInt8>) -> Bool? {
    let start = starts[place]
    guard start >= 0, subject.count <= PatternAutomata.longest else { return nil }
    var state = PatternAutomata.first
    for byte in subject {
      state = rows[start + Int(state - PatternAutomata.first) << 8 + Int(byte)]
      if state < PatternAutomata.first { return state == PatternAutomata.match }
      if state == PatternAutomata.unknown { return nil }
    }
    let last = start + Int(state - PatternAutomata.first) << 8 + PatternAutomata.end
    return rows[last] == PatternAutomata.match
  }
}

/// The state table of one expression, built by following all its branches at once (Thompson).
private struct PatternTable {
  private(set) var rows: [UInt8] = []

  private enum Step {
    case take(ASCIISet, Int)
    case split([Int])
    case start(Int)
    case end(Int)
    case match
  }

  private static let mostSteps = 1000
  private var steps: [Step] = [.match]
  private var numbers: [[Int]: UInt8] = [:]
  private var pending: [[Int]] = []
  private var entry = 0

  init?(_ pattern: String) {
    guard let shape = PatternShape(pattern),
      let ways = shape.ways(on: PatternAutomata.longest), ways <= PatternAutomata.mostWays,
      let entry = add(shape, to: 0)
    else { return nil }
    self.entry = entry
    let inner = closure([entry], isStart: false, isEnd: false)
    let columns = columns()
    // `^` holds only in the initial state, so no other state is equal to it.
    pending = [closure([entry], isStart: true, isEnd: false)]
    var done = 0
    while done < pending.count {
      let state = pending[done]
      done += 1
      if !addRow(state, isStart: done == 1, inner: inner, columns: columns) { return nil }
    }
  }

  /// Adds the steps of a shape, followed by `next`, and returns the first.
  private mutating func add(_ shape: PatternShape, to next: Int) -> Int? {
    guard steps.count < Self.mostSteps else { return nil }
    switch shape {
    case .one(let set): return put(.take(set, next))
    case .start: return put(.start(next))
    case .end: return put(.end(next))
    case .sequence(let parts):
      var next = next
      for part in parts.reversed() {
        guard let first = add(part, to: next) else { return nil }
        next = first
      }
      return next
    case .choice(let branches):
      let firsts = branches.compactMap { add($0, to: next) }
      return firsts.count == branches.count ? put(.split(firsts)) : nil
    case .repeated(let inner, let least, let most):
      var entry = next
      if let most {
        for _ in least..<most {
          guard let first = add(inner, to: entry) else { return nil }
          entry = put(.split([first, next]))
        }
      } else {
        entry = put(.split([]))
        guard let first = add(inner, to: entry) else { return nil }
        steps[entry] = .split([first, next])
      }
      for _ in 0..<least {
        guard let first = add(inner, to: entry) else { return nil }
        entry = first
      }
      return entry
    }
  }

  private mutating func put(_ step: Step) -> Int {
    steps.append(step)
    return steps.count - 1
  }

  /// Returns the steps reached from `seeds` without consuming a byte, in order.
  private func closure(_ seeds: [Int], isStart: Bool, isEnd: Bool) -> [Int] {
    var seen = [Bool](repeating: false, count: steps.count)
    var open = seeds
    while let step = open.popLast() {
      if seen[step] { continue }
      seen[step] = true
      switch steps[step] {
      case .take, .match: break
      case .split(let ways): open += ways
      case .start(let next): if isStart { open.append(next) }
      case .end(let next): if isEnd { open.append(next) }
      }
    }
    return seen.indices.filter { seen[$0] }
  }

  /// Returns the ASCII bytes, grouped by which steps accept them.
  private func columns() -> [[UInt8]] {
    let sets = Set(
      steps.compactMap { step in if case .take(let set, _) = step { set } else { nil } })
    return Dictionary(grouping: UInt8(0)..<128) { byte in sets.map { $0.contains(byte) } }
      .values.map { $0 }
  }

  /// Writes the row of a state; returns `false` if there are too many states.
  private mutating func addRow(
    _ state: [Int], isStart: Bool, inner: [Int], columns: [[UInt8]]
  ) -> Bool {
    let start = rows.count
    rows += [UInt8](repeating: PatternAutomata.unknown, count: 256)
    for column in columns {
      let reached = state.compactMap { step in
        if case .take(let set, let next) = steps[step], set.contains(column[0]) {
          next
        } else {
          nil
        }
      }
      // A match may also begin after this byte.
      let next = Set(closure(reached, isStart: false, isEnd: false)).union(inner).sorted()
      guard let number = number(of: isMatch(state) ? [0] : next) else { return false }
      for byte in column { rows[start + Int(byte)] = number }
    }
    let isEnd = isMatch(closure(state, isStart: isStart, isEnd: true))
    rows[start + PatternAutomata.end] = isEnd ? PatternAutomata.match : PatternAutomata.noMatch
    return true
  }

  private func isMatch(_ state: [Int]) -> Bool { state.first == 0 }

  private mutating func number(of state: [Int]) -> UInt8? {
    if isMatch(state) { return PatternAutomata.match }
    let goesOn = state.contains { step in
      switch steps[step] {
      case .take, .end: true
      default: false
      }
    }
    if !goesOn { return PatternAutomata.noMatch }
    if let known = numbers[state] { return known }
    guard pending.count < 128 else { return nil }
    let number = PatternAutomata.first + UInt8(pending.count)
    numbers[state] = number
    pending.append(state)
    return number
  }
}

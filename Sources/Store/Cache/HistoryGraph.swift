import Cache
import Git

/// The upper part of history: the commits reachable from a tip that have no position in the cache
/// yet, and the positioned ones that have to be reordered.
///
/// The order is that of `CommitWalk`: children before parents, else the newest first. If all of the
/// upper part descends from one commit, everything below that commit keeps its order and the time
/// at which it was merged, so a few new commits are cheap however long history is.
struct HistoryGraph {
  private var ids: [ObjectID] = []
  /// Row numbers of commits in the cache; 0 for others.
  private(set) var sequences: [Int64] = []
  private var times: [Int64] = []
  private var firstParents: [Int32] = []
  private var otherParents: [Int32: [Int32]] = [:]
  private var numbers: [ObjectID: Int32] = [:]
  private var isLoaded: [Bool] = []

  /// Whether ordering starts from scratch.
  private(set) var isWhole = false
  /// The positioned commit that all of the upper part descends from, and its position.
  private(set) var base: (node: Int, position: Int64)?
  /// Commits that had positions above the base.
  private(set) var displaced: [Int] = []
  /// The upper part, newest first, with the time at which each commit was merged.
  private(set) var order: [Int] = []
  private(set) var broughtAt: [Int64] = []
  /// For each, whether every path from the tip to the commits below leads through it.
  private(set) var isNarrow: [Bool] = []

  private let repository: Repository
  private let cache: RecordCache

  init(_ repository: Repository, _ cache: RecordCache, tip: ObjectID) throws(StoreError) {
    (self.repository, self.cache) = (repository, cache)
    let tip = number(of: tip)
    let attachments = try loadUnplaced(from: tip)
    if attachments.isEmpty {
      isWhole = true
    } else {
      try loadPlaced(above: attachments)
    }
    sort(from: tip)
    bring(from: tip)
    findNarrows()
    forgetWays()
  }

  /// Frees what was needed to find the order; it takes more memory than the order itself.
  private mutating func forgetWays() {
    times = []
    firstParents = []
    otherParents = [:]
    numbers = [:]
    isLoaded = []
  }

  var count: Int { order.count }

  /// Returns the commits not in the cache, in order, and frees the ids.
  mutating func takeNew() -> [ObjectID] {
    let new = order.filter { sequences[$0] == 0 }.map { ids[$0] }
    ids = []
    return new
  }

  private mutating func number(of id: ObjectID) -> Int32 {
    if let known = numbers[id] { return known }
    let number = Int32(ids.count)
    numbers[id] = number
    ids.append(id)
    sequences.append(0)
    times.append(0)
    firstParents.append(-1)
    isLoaded.append(false)
    return number
  }

  private mutating func load(_ node: Int32, sequence: Int64, time: Int64, parents: [ObjectID]) {
    let place = Int(node)
    sequences[place] = sequence
    times[place] = time
    isLoaded[place] = true
    for (rank, parent) in parents.enumerated() {
      let parent = number(of: parent)
      if rank == 0 {
        firstParents[place] = parent
      } else {
        otherParents[node, default: []].append(parent)
      }
    }
  }

  private func parents(of node: Int32) -> [Int32] {
    let first = firstParents[Int(node)]
    if first < 0 { return [] }
    return otherParents[node].map { [first] + $0 } ?? [first]
  }

  /// Whether one of the commits loaded has no parents.
  private var hasRoot = false

  /// Loads the commits without a position; returns the positioned commits that they lead to.
  private mutating func loadUnplaced(from tip: Int32) throws(StoreError) -> Set<Int32> {
    var attachments: Set<Int32> = []
    var stack = [tip]
    while let node = stack.popLast() {
      guard !isLoaded[Int(node)], !attachments.contains(node) else { continue }
      let id = ids[Int(node)]
      let known = try cached { () throws(SQLiteError) in try cache.links(of: id.bytes) }
      if known?.position != nil {
        attachments.insert(node)
        continue
      }
      if let known {
        load(
          node, sequence: known.sequence, time: known.committedAt,
          parents: repository.knownParents(of: id, known.parents.map(ObjectID.init(row:))))
      } else {
        let links = try git { () throws(GitError) in try repository.links(of: id) }
        load(node, sequence: 0, time: links.time, parents: links.parents)
      }
      let parents = parents(of: node)
      if parents.isEmpty { hasRoot = true }
      stack += parents
    }
    return attachments
  }

  /// Loads positioned commits from the newest down to one that everything above descends from.
  private mutating func loadPlaced(above attachments: Set<Int32>) throws(StoreError) {
    var missing = attachments
    var open: Set<Int32> = []
    var consumed: [Int] = []
    var base: (node: Int, position: Int64)?
    var graph = self
    try cached { () throws(SQLiteError) in
      try cache.forEachPlaced { row in
        let id = ObjectID(row: row.id)
        let node = graph.number(of: id)
        missing.remove(node)
        open.remove(node)
        if missing.isEmpty, open.isEmpty, !graph.hasRoot {
          base = (Int(node), row.position ?? 0)
          return false
        }
        graph.load(
          node, sequence: row.sequence, time: row.committedAt,
          parents: graph.repository.knownParents(of: id, row.parents.map(ObjectID.init(row:))))
        let parents = graph.parents(of: node)
        if parents.isEmpty { graph.hasRoot = true }
        open.formUnion(parents)
        consumed.append(Int(node))
        return true
      }
    }
    self = graph
    self.base = base
    displaced = consumed
    isWhole = base == nil
  }

  /// Orders as `CommitWalk` does, down to the base.
  private mutating func sort(from tip: Int32) {
    var pending = [Int32](repeating: 0, count: ids.count)
    var isReached = [Bool](repeating: false, count: ids.count)
    let base = base.map { Int32($0.node) } ?? -1
    var stack = [tip]
    isReached[Int(tip)] = true
    while let node = stack.popLast() {
      if node == base { continue }
      for parent in parents(of: node) {
        pending[Int(parent)] += 1
        if !isReached[Int(parent)] {
          isReached[Int(parent)] = true
          stack.append(parent)
        }
      }
    }
    var ready = TimeQueue()
    ready.insert(Int(tip), time: times[Int(tip)])
    while let node = ready.removeNewest() {
      if Int32(node) == base { continue }
      order.append(node)
      for parent in parents(of: Int32(node)) {
        pending[Int(parent)] -= 1
        if pending[Int(parent)] == 0 { ready.insert(Int(parent), time: times[Int(parent)]) }
      }
    }
  }

  /// Computes when each commit reached the first-parent line.
  private mutating func bring(from tip: Int32) {
    var times = [Int64?](repeating: nil, count: ids.count)
    let base = base.map { Int32($0.node) } ?? -1
    var line: [Int32] = []
    var next = tip
    while next >= 0, next != base {
      line.append(next)
      next = firstParents[Int(next)]
    }
    if base >= 0 { times[Int(base)] = 0 }
    for commit in line.reversed() {
      var stack = [commit]
      while let here = stack.popLast() {
        guard times[Int(here)] == nil else { continue }
        times[Int(here)] = self.times[Int(commit)]
        stack += parents(of: here).filter { times[Int($0)] == nil }
      }
    }
    broughtAt = order.map { times[$0] ?? 0 }
  }

  private mutating func findNarrows() {
    isNarrow.reserveCapacity(order.count)
    var isOpen = [Bool](repeating: false, count: ids.count)
    var open = 0
    var hasEnded = false
    for node in order {
      if isOpen[node] { open -= 1 }
      isNarrow.append(open == 0 && !hasEnded)
      let parents = parents(of: Int32(node))
      if parents.isEmpty { hasEnded = true }
      for parent in parents where !isOpen[Int(parent)] {
        isOpen[Int(parent)] = true
        open += 1
      }
    }
  }
}

extension ObjectID {
  /// Creates an id from a cache row.
  init(row bytes: [UInt8]) {
    self = bytes.count == 20 ? bytes.withUnsafeBytes { ObjectID(bytes: $0) } : .zero
  }
}

/// Runs a call into the cache and wraps its errors as `StoreError.cache`.
func cached<R>(_ body: () throws(SQLiteError) -> R) throws(StoreError) -> R {
  do throws(SQLiteError) { return try body() } catch { throw .cache(error) }
}

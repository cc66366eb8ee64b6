extension Repository {
  /// Returns the best common ancestor of two commits, as `git merge-base` prints it, or `nil` if
  /// there is none.
  ///
  /// Of several equally good ones, returns the newest. Unlike libgit2's own search, follows
  /// `git replace` and stops where a shallow clone ends.
  package func mergeBase(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> ObjectID? {
    try mergeBase(a, [b])
  }

  /// Returns the best common ancestor of a commit and a hypothetical merge of all the others, as
  /// `git merge-base a b c…` prints it, or `nil` if there is none.
  package func mergeBase(_ a: ObjectID, _ others: [ObjectID]) throws(GitError) -> ObjectID? {
    if others.contains(a) { return a }
    var search = MergeBaseSearch(self)
    let candidates = try search.commonAncestors(a, others)
    guard candidates.count > 1 else { return candidates.first }
    // A candidate that another can reach is not among the best.
    for candidate in candidates {
      var isReachable = false
      for other in candidates where other != candidate && !isReachable {
        isReachable = try isAncestor(candidate, of: other)
      }
      if !isReachable { return candidate }
    }
    return candidates.first
  }

  /// Whether `ancestor` is `commit` or reachable from it.
  package func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(GitError) -> Bool {
    if ancestor == commit { return true }
    var search = MergeBaseSearch(self)
    return try search.commonAncestors(ancestor, [commit]).contains(ancestor)
  }
}

/// Paints history from both ends until only common ancestors are left (git's
/// `paint_down_to_common`).
private struct MergeBaseSearch {
  private struct Paint: OptionSet {
    let rawValue: UInt8
    static let left = Paint(rawValue: 1)
    static let right = Paint(rawValue: 2)
    /// An ancestor of a common ancestor; no longer relevant.
    static let stale = Paint(rawValue: 4)
    static let result = Paint(rawValue: 8)
    static let both: Paint = [.left, .right]
  }

  private let repository: Repository
  private var paints: [ObjectID: Paint] = [:]
  private var queue = TimeQueue()
  /// The ids by queue position; a commit may occur more than once.
  private var waiting: [ObjectID] = []
  private var links: [ObjectID: (time: Int64, parents: [ObjectID])] = [:]

  init(_ repository: Repository) {
    self.repository = repository
  }

  /// Returns the common ancestors, newest first.
  mutating func commonAncestors(_ a: ObjectID, _ others: [ObjectID]) throws(GitError) -> [ObjectID]
  {
    paints[a, default: []].insert(.left)
    try enqueue(a)
    for other in Set(others) {
      paints[other, default: []].insert(.right)
      try enqueue(other)
    }
    var results: [(id: ObjectID, time: Int64)] = []
    while queue.positions.contains(where: { !(paints[waiting[$0]] ?? []).contains(.stale) }),
      let position = queue.removeNewest()
    {
      let id = waiting[position]
      var paint = (paints[id] ?? []).intersection([.left, .right, .stale])
      let links = try read(id)
      if paint == .both {
        if !(paints[id] ?? []).contains(.result) {
          paints[id]?.insert(.result)
          results.append((id, links.time))
        }
        paint.insert(.stale)
      }
      for parent in links.parents {
        let known = paints[parent] ?? []
        if known.isSuperset(of: paint) { continue }
        paints[parent] = known.union(paint)
        try enqueue(parent)
      }
    }
    return results.filter { !(paints[$0.id] ?? []).contains(.stale) }
      .sorted { $0.time > $1.time }.map(\.id)
  }

  private mutating func enqueue(_ id: ObjectID) throws(GitError) {
    waiting.append(id)
    queue.insert(waiting.count - 1, time: try read(id).time)
  }

  private mutating func read(_ id: ObjectID) throws(GitError) -> (time: Int64, parents: [ObjectID])
  {
    if let known = links[id] { return known }
    let found = try repository.links(of: id)
    links[id] = found
    return found
  }
}

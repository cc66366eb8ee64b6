/// Commits reachable from some, each before its parents; among those free to come next, the one
/// with the newest committer time (git-log(1), `--date-order`).
package struct CommitWalk {
  private var commits: [ObjectID: Commit]
  /// How many children still wait to be given out.
  private var children: [ObjectID: Int] = [:]
  private var ready = CommitQueue()
  private let firstParent: Bool

  fileprivate init(_ commits: [ObjectID: Commit], firstParent: Bool) {
    self.commits = commits
    self.firstParent = firstParent
    for commit in commits.values {
      for parent in Self.parents(commit, firstParent) where commits[parent] != nil {
        children[parent, default: 0] += 1
      }
    }
    for commit in commits.values where children[commit.id] == nil { ready.insert(commit) }
  }

  private static func parents(_ commit: Commit, _ firstParent: Bool) -> ArraySlice<ObjectID> {
    firstParent ? commit.parents.prefix(1) : commit.parents[...]
  }

  /// The next commit; `nil` at the end.
  package mutating func next() throws(GitError) -> Commit? {
    guard let commit = ready.popNewest() else { return nil }
    for parent in Self.parents(commit, firstParent) {
      guard let waiting = children[parent], let next = commits[parent] else { continue }
      children[parent] = waiting - 1
      if waiting == 1 { ready.insert(next) }
    }
    commits[commit.id] = nil
    return commit
  }
}

/// A binary heap by committer time, then by id, so that equal times have one order.
private struct CommitQueue {
  private var heap: [Commit] = []

  private static func precedes(_ left: Commit, _ right: Commit) -> Bool {
    left.committer.time == right.committer.time
      ? left.id < right.id : left.committer.time > right.committer.time
  }

  mutating func insert(_ commit: Commit) {
    heap.append(commit)
    var index = heap.count - 1
    while index > 0, Self.precedes(heap[index], heap[(index - 1) / 2]) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func popNewest() -> Commit? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first }
    heap[0] = last
    var index = 0
    while true {
      let left = 2 * index + 1
      guard left < heap.count else { break }
      let right = left + 1
      let child = right < heap.count && Self.precedes(heap[right], heap[left]) ? right : left
      guard Self.precedes(heap[child], heap[index]) else { break }
      heap.swapAt(index, child)
      index = child
    }
    return first
  }
}

extension Repository {
  /// Walks history from `tips`, leaving out what `excluded` reaches.
  ///
  /// Ends quietly where a shallow clone was cut off; `isShallow` says that it may have been.
  package func commits(
    from tips: [ObjectID], excluding excluded: [ObjectID] = [], firstParent: Bool = false
  ) throws(GitError) -> CommitWalk {
    let hidden = Set(try reach(excluded, without: [], firstParent: false).keys)
    return CommitWalk(
      try reach(tips, without: hidden, firstParent: firstParent), firstParent: firstParent)
  }

  /// Best common ancestor (git-merge-base(1)): of the common ancestors, one that no other reaches.
  package func mergeBase(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> ObjectID? {
    let left = try reach([one], without: [], firstParent: false)
    let right = try reach([other], without: [], firstParent: false)
    let common = left.filter { right[$0.key] != nil }
    var walk = CommitWalk(common, firstParent: false)
    // Children come first, so the first common ancestor given out is below no other.
    return try walk.next()?.id
  }

  private func reach(_ tips: [ObjectID], without hidden: Set<ObjectID>, firstParent: Bool)
    throws(GitError) -> [ObjectID: Commit]
  {
    var found: [ObjectID: Commit] = [:]
    var stack = tips
    while let id = stack.popLast() {
      guard found[id] == nil, !hidden.contains(id) else { continue }
      let commit = try commit(id)
      found[id] = commit
      if shallowCommits.contains(id) { continue }
      stack += firstParent ? commit.parents.prefix(1) : commit.parents[...]
    }
    return found
  }
}

extension Repository {
  /// Returns a walk of the commits reachable from some commits and not from others.
  ///
  /// Children come before their parents, otherwise newest committer time first, as with
  /// `git log --date-order`. With `firstParent`, only the first parent of each commit is followed.
  /// The walk ends where a shallow clone ends; check `isShallow`.
  package func commits(
    from tips: [ObjectID], excluding: [ObjectID] = [], firstParent: Bool = false
  ) throws(GitError) -> CommitWalk {
    try CommitWalk(self, tips: tips, excluding: excluding, firstParent: firstParent)
  }

  /// Returns the parents that a walk follows: none where a shallow clone was cut.
  package func knownParents(of commit: ObjectID, _ parents: [ObjectID]) -> [ObjectID] {
    shallowCommits.contains(commit) ? [] : parents
  }

  /// Whether a shallow clone was cut at this commit: its parents are named but not stored.
  package func isShallowBoundary(_ commit: ObjectID) -> Bool { shallowCommits.contains(commit) }
}

/// A walk through history, one commit at a time.
///
/// Keeps ids, parents and times of pending commits, not their text. A damaged or missing commit is
/// an error, not an end.
package final class CommitWalk {
  private let repository: Repository
  private let graph: CommitGraph
  /// The number of each commit's children not yet yielded; a commit is yielded once it is 0.
  private var pendingChildren: [Int32]
  private var ready = TimeQueue()

  init(
    _ repository: Repository, tips: [ObjectID], excluding: [ObjectID], firstParent: Bool
  ) throws(GitError) {
    self.repository = repository
    let graph = try CommitGraph(
      repository, tips: tips, excluding: excluding, firstParent: firstParent)
    pendingChildren = [Int32](repeating: 0, count: graph.count)
    for position in 0..<graph.count where graph.isWanted(position) {
      for parent in graph.parents(of: position) { pendingChildren[parent] += 1 }
    }
    self.graph = graph
    for position in 0..<graph.count
    where graph.isWanted(position) && pendingChildren[position] == 0 {
      ready.insert(position, time: graph.time(of: position))
    }
  }

  /// Returns the next commit, or `nil` after the last.
  package func next() throws(GitError) -> Commit? {
    guard let id = nextID() else { return nil }
    return try repository.commit(id)
  }

  /// Returns the next commit's id alone, without reading the commit.
  package func nextID() -> ObjectID? {
    guard let position = ready.removeNewest() else { return nil }
    for parent in graph.parents(of: position) {
      pendingChildren[parent] -= 1
      if pendingChildren[parent] == 0 {
        ready.insert(parent, time: graph.time(of: parent))
      }
    }
    return graph.id(of: position)
  }
}

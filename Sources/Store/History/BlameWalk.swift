import Git
import JSONText
package import Records

/// A value of a record, and the commit that last set it.
package struct BlamedValue: Sendable {
  package let leaf: RecordLeaf
  package let commit: CommitInfo
  /// History was cut off at this commit, so the value may be older.
  package let isBoundary: Bool
}

/// Finds who last set each value of a record, as `git blame` does for lines.
///
/// A value that a parent also has passes to the first such parent; if a parent's file is identical,
/// everything passes to it. A value that no parent has is the commit's own. So a change made in a
/// merge is attributed to the merge, and a change that it merges to its author.
package struct BlameWalk {
  private var versions: RecordVersions
  private let tracker: Tracker
  private let repository: Repository
  private let kind: Kind?
  private var skipper: HistorySkipper?

  /// A version of the record that may have set some of the values.
  private struct Suspect: Hashable {
    let commit: ObjectID
    let version: RecordVersions.Place
  }

  /// The position of a value in a suspect's version.
  private struct Value {
    let leaf: Int
    let pointer: JSONPointer
  }

  private typealias Trial = (suspect: Suspect, commit: Commit, values: [Value])

  package init(_ tracker: Tracker, kind: Kind?) {
    self.tracker = tracker
    self.kind = kind
    repository = tracker.repository
    versions = RecordVersions(tracker.repository)
  }

  /// Returns the record's values in the order of its text.
  package mutating func values(of found: FoundRecord) throws(StoreError) -> [BlamedValue] {
    skipper = try HistorySkipper(tracker, of: found.id, below: found.commit)
    do throws(GitError) {
      return try blame(found)
    } catch {
      throw .git(error)
    }
  }

  private mutating func blame(_ found: FoundRecord) throws(GitError) -> [BlamedValue] {
    let start = RecordVersions.Place(path: found.path, item: found.item)
    guard let record = try versions.value(of: start) else { return [] }
    let leaves = RecordLeaf.all(of: record, view: kind?.view)
    var guilty = [Commit?](repeating: nil, count: leaves.count)
    // There are only as many as parallel branches, so a linear search for the newest is cheap.
    var waiting: [Trial] = []
    waiting.append(
      try trial(
        of: repository.commit(found.commit), start,
        leaves.enumerated().map { Value(leaf: $0.offset, pointer: $0.element.pointer) }))
    while let newest = waiting.indices.max(by: {
      waiting[$0].commit.committer.time < waiting[$1].commit.committer.time
    }) {
      let (suspect, commit, values) = waiting.remove(at: newest)
      var rest = values
      for successor in try successors(of: commit, suspect.version, values) {
        if let index = waiting.firstIndex(where: { $0.suspect == successor.suspect }) {
          waiting[index].values += successor.values
        } else {
          waiting.append(successor)
        }
        let passed = Set(successor.values.map(\.leaf))
        rest.removeAll { passed.contains($0.leaf) }
      }
      for value in rest { guilty[value.leaf] = commit }
    }
    let mailmap = try tracker.mailmap(at: found.commit)
    return zip(leaves, guilty).compactMap { leaf, commit in
      commit.map {
        BlamedValue(
          leaf: leaf, commit: CommitInfo($0, mailmap: mailmap),
          isBoundary: repository.isShallowBoundary($0.id))
      }
    }
  }

  /// Returns a trial of the commit that last changed the file of this version, from `commit` down.
  private func trial(of commit: Commit, _ version: RecordVersions.Place, _ values: [Value])
    throws(GitError) -> Trial
  {
    let lastChange = skipper?.lastChange(from: commit.id, path: version.path) ?? commit.id
    return (
      Suspect(commit: lastChange, version: version),
      lastChange == commit.id ? commit : try repository.commit(lastChange), values
    )
  }

  /// Returns the parents that some of a commit's values pass to, with their positions there.
  private mutating func successors(
    of commit: Commit, _ version: RecordVersions.Place, _ values: [Value]
  ) throws(GitError) -> [Trial] {
    if repository.isShallowBoundary(commit.id) { return [] }
    var earlier: [(commit: Commit, version: RecordVersions.Place)] = []
    for id in commit.parents {
      let parent = try repository.commit(id)
      if let place = try versions.place(like: version, in: parent.tree, of: commit.tree) {
        earlier.append((parent, place))
      }
    }
    if let same = earlier.first(where: { $0.version.item.id == version.item.id }) {
      return [try trial(of: same.commit, same.version, values)]
    }
    guard let new = try versions.value(of: version) else { return [] }
    var successors: [Trial] = []
    var rest = values
    for (parent, place) in earlier where !rest.isEmpty {
      guard let old = try versions.value(of: place) else { continue }
      let places = ValueOrigin(from: old, to: new, view: kind?.view).places
      let passed = rest.compactMap { value in
        places[value.pointer].map { Value(leaf: value.leaf, pointer: $0) }
      }
      rest.removeAll { places[$0.pointer] != nil }
      if !passed.isEmpty {
        successors.append(try trial(of: parent, place, passed))
      }
    }
    return successors
  }
}

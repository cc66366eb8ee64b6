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
/// merge is attributed to the merge, and a change that it merges to its author. Where the record was
/// an item of a list before a migration, its values pass to the item.
package struct BlameWalk {
  private var versions: RecordVersions
  private let tracker: Tracker
  private let repository: Repository
  private var skippers: [RecordID: HistorySkipper?] = [:]

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

  package init(_ tracker: Tracker) {
    self.tracker = tracker
    repository = tracker.repository
    versions = RecordVersions(tracker.repository)
  }

  /// Returns the record's values in the order of its text.
  package mutating func values(of found: FoundRecord) throws(StoreError) -> [BlamedValue] {
    skippers = [found.id: try HistorySkipper(tracker, of: found.id, below: found.commit)]
    let record = try git { () throws(GitError) in
      try versions.value(of: RecordVersions.Place(path: found.path, item: found.item))
    }
    if let origin = record.flatMap({ MigrationOrigin($0) }) {
      skippers[origin.record] = try HistorySkipper(
        tracker, of: origin.record, below: found.commit)
    }
    do throws(GitError) {
      return try blame(found)
    } catch {
      throw .git(error)
    }
  }

  private mutating func blame(_ found: FoundRecord) throws(GitError) -> [BlamedValue] {
    let start = RecordVersions.Place(path: found.path, item: found.item)
    guard let record = try versions.value(of: start) else { return [] }
    let leaves = RecordLeaf.all(of: record, view: tracker.catalog.kind(of: found.id)?.view)
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
    let skipper = version.id.flatMap { skippers[$0] ?? nil }
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
    let view = version.id.flatMap(tracker.catalog.kind)?.view
    var successors: [Trial] = []
    var rest = values
    for (parent, place) in earlier where !rest.isEmpty {
      guard let old = try versions.value(of: place) else { continue }
      let places = ValueOrigin(from: old, to: new, view: view).places
      try pass(&rest, along: places, to: parent, place, &successors)
    }
    guard let origin = MigrationOrigin(new) else { return successors }
    for id in commit.parents where !rest.isEmpty && !earlier.contains(where: { $0.commit.id == id })
    {
      let parent = try repository.commit(id)
      guard
        let place = try versions.place(
          of: origin.record, in: parent.tree, changedBy: commit.tree),
        let old = try versions.value(of: place)
      else { continue }
      try pass(
        &rest, along: places(of: origin, in: old, to: new, view: view), to: parent, place,
        &successors)
    }
    return successors
  }

  /// Passes the values that an earlier version has to it.
  private func pass(
    _ rest: inout [Value], along places: [JSONPointer: JSONPointer], to commit: Commit,
    _ version: RecordVersions.Place, _ successors: inout [Trial]
  ) throws(GitError) {
    let passed = rest.compactMap { value in
      places[value.pointer].map { Value(leaf: value.leaf, pointer: $0) }
    }
    rest.removeAll { places[$0.pointer] != nil }
    if !passed.isEmpty { successors.append(try trial(of: commit, version, passed)) }
  }

  /// Returns where the record that held the item `origin` has the values of what it became.
  private func places(
    of origin: MigrationOrigin, in owner: JSONValue, to new: JSONValue, view: SchemaView?
  ) -> [JSONPointer: JSONPointer] {
    guard let (index, item) = origin.place(in: owner) else { return [:] }
    let keys = ItemKeys(of: origin.list, in: tracker.catalog.kind(of: origin.record))
    let origins = ValueOrigin(from: keys.record(from: item), to: new, view: view)
    return origins.places.compactMapValues { place in
      place.tokens.first.map { first in
        JSONPointer(
          tokens: [origin.list, String(index), keys.itemKey(first)] + place.tokens.dropFirst())
      }
    }
  }
}

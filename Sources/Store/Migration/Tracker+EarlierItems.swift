import Files
import Git
import JSONText
import Records

extension Tracker {
  /// Returns what the item that became a record was before that, by history; `nil` if history
  /// doesn't have the migration.
  ///
  /// Walks the whole history: for the few items whose record differs from them.
  func earlierItem(of record: RecordFile) throws(StoreError) -> EarlierItem? {
    guard let origin = MigrationOrigin(record.root), let head = try headCommit() else { return nil }
    return try git { () throws(GitError) in
      var first: JSONValue?
      var parents: [ObjectID] = []
      let commits = try repository.commits(from: [head])
      while let commit = try commits.next() {
        guard let entry = try repository.entry(at: record.path, inTree: commit.tree) else {
          continue
        }
        var isThere = false
        for parent in commit.parents where !isThere {
          // Beyond the boundary of a shallow clone nothing is known.
          guard let tree = try? repository.commit(parent).tree else { continue }
          isThere = try repository.entry(at: record.path, inTree: tree) != nil
        }
        guard !isThere else { continue }
        first = JSONValue.record(parsing: try repository.blob(entry.id))
        parents += commit.parents
      }
      guard let first, !parents.isEmpty else { return nil }
      return EarlierItem(
        items: try versions(of: origin, before: parents), record: first)
    }
  }

  private func versions(of origin: MigrationOrigin, before commits: [ObjectID]) throws(GitError)
    -> [JSONValue]
  {
    var found: [JSONValue] = []
    var seen: Set<ObjectID> = []
    let walk = try repository.commits(from: commits)
    var path: RepositoryPath?
    while let commit = try walk.next() {
      if path == nil {
        path = try ChangeSide.tree(commit.tree, repository)
          .paths(of: [origin.record], folder: folder)[origin.record]?.first
      }
      guard let path, let entry = try repository.entry(at: path, inTree: commit.tree),
        seen.insert(entry.id).inserted,
        let items = JSONValue.record(parsing: try repository.blob(entry.id))?[origin.list]?.array
      else { continue }
      found += items.filter { $0["id"]?.string == origin.item }
    }
    return found
  }
}

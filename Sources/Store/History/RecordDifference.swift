package import Files
import Git
import JSONText
package import Records

/// A state of the records to compare with another.
package enum StateSide: Sendable {
  /// `nil`: before the first commit.
  case commit(Revision?)
  case index
  case workingTree
}

/// The differences in the records between two states, regardless of the commits between them.
package struct RecordDifference: Sendable {
  package let changes: [RecordChange]
  /// Files of config, people and schemas that differ.
  package let definitionPaths: [RepositoryPath]
  /// The kinds of the later state.
  package let catalog: KindCatalog
}

extension Tracker {
  package func difference(from old: StateSide, to new: StateSide) throws(StoreError)
    -> RecordDifference
  {
    do throws(GitError) {
      return try compare(old, new)
    } catch {
      throw .git(error)
    }
  }

  private func compare(_ old: StateSide, _ new: StateSide) throws(GitError) -> RecordDifference {
    let before = try definition(of: old)
    var after = try definition(of: new)
    if !after.isTracked { after = before.isTracked ? before : definition }
    var folders = [after.config.folder]
    if before.isTracked, before.config.folder != after.config.folder {
      folders.append(before.config.folder)
    }
    var walk = HistoryWalk(self, catalog: after.catalog, folders: folders)
    var unstored: [ObjectID: JSONValue?] = [:]
    let changes = try fileChanges(
      from: old, to: new, under: folders + [TrackerDefinition.folder], unstored: &unstored)
    return RecordDifference(
      changes: try walk.records(of: changes, unstored: unstored),
      definitionPaths: changes.map(\.path).filter { $0.isBelow(TrackerDefinition.folder) },
      catalog: after.catalog)
  }

  private func definition(of side: StateSide) throws(GitError) -> TrackerDefinition {
    switch side {
    case .commit(let commit):
      try TrackerDefinition(
        tree: commit.map { (id) throws(GitError) in try repository.commit(id).tree },
        in: repository)
    case .index: try TrackerDefinition(index: repository.readIndex(), in: repository)
    case .workingTree:
      repository.workingDirectory == nil
        ? definition : try TrackerDefinition(workingTreeOf: repository)
    }
  }

  /// Returns the files that differ under some folders; the earlier side is always a commit.
  private func fileChanges(
    from old: StateSide, to new: StateSide, under folders: [RepositoryPath],
    unstored: inout [ObjectID: JSONValue?]
  ) throws(GitError) -> [TreeChange] {
    guard case .commit(let commit) = old else { return [] }
    let tree = try commit.map { (id) throws(GitError) in try repository.commit(id).tree }
    switch new {
    case .commit(let later):
      return try repository.changes(
        from: tree, to: later.map { (id) throws(GitError) in try repository.commit(id).tree },
        under: folders)
    case .index:
      return try repository.readIndex().stagedChanges(
        against: tree, in: repository, under: folders)
    case .workingTree:
      var items: [RepositoryPath: TreeItem] = [:]
      if let tree {
        for folder in folders {
          try repository.walkTree(tree, under: folder) { (path, entry) throws(GitError) in
            items[path] = TreeItem(mode: entry.mode, id: entry.id)
          }
        }
      }
      return try workingChanges(from: items, under: folders, unstored: &unstored)
    }
  }

  /// Returns where files of the working tree, tracked by git or not, differ from `items`.
  private func workingChanges(
    from items: [RepositoryPath: TreeItem], under folders: [RepositoryPath],
    unstored: inout [ObjectID: JSONValue?]
  ) throws(GitError) -> [TreeChange] {
    guard let root = repository.workingDirectory else { return [] }
    let tree = WorkingTree(repository, root: root)
    var changes: [TreeChange] = []
    var seen: Set<RepositoryPath> = []
    for folder in folders {
      for file in try tree.files(below: folder).files where !file.isSymlink {
        seen.insert(file.path)
        // Gone since its folder was listed: as if it had not been there.
        guard let bytes = try tree.read(file.path) else { continue }
        let id = repository.hash(blob: bytes)
        let old = items[file.path]
        guard old?.id != id else { continue }
        unstored[id] = .some(JSONValue.record(parsing: bytes))
        changes.append(
          TreeChange(path: file.path, old: old, new: TreeItem(mode: old?.mode ?? .regular, id: id)))
      }
    }
    changes += items.filter { !seen.contains($0.key) }.map {
      TreeChange(path: $0.key, old: $0.value, new: nil)
    }
    return changes.sorted { $0.path < $1.path }
  }
}

extension Tracker {
  /// Returns the commit's full id, forty hexadecimal digits.
  package static func name(of commit: Revision) -> String { commit.hex }

  /// Returns the best common ancestor, as `git merge-base` does.
  package func mergeBase(_ a: Revision, _ b: Revision) throws(StoreError) -> Revision? {
    try git { () throws(GitError) in try repository.mergeBase(a, b) }
  }

  /// Returns the commits that `tip` has and `base` doesn't, newest first, with authors as in
  /// `.mailmap`.
  package func commits(since base: Revision, to tip: Revision) throws(StoreError) -> [CommitInfo] {
    try git { () throws(GitError) in
      let mailmap = try mailmap(at: tip)
      let walk = try repository.commits(from: [tip], excluding: [base])
      var commits: [CommitInfo] = []
      while let commit = try walk.next() { commits.append(CommitInfo(commit, mailmap: mailmap)) }
      return commits
    }
  }

  /// Returns the default target of a change: the branch named in config, else the remote's default
  /// branch, or `nil` if neither exists here.
  package func reviewBase() throws(StoreError) -> String? {
    try git { () throws(GitError) in
      var names: [String] = []
      if let branch = config.branch { names += ["origin/\(branch)", branch] }
      names += ["origin/HEAD"]
      for name in names where try repository.resolveCommit(name) != nil { return name }
      return nil
    }
  }

  /// Returns the headings of some records at a commit, or the beginning of their texts.
  package func headings(of ids: Set<RecordID>, at commit: Revision) throws(StoreError)
    -> [RecordID: String]
  {
    guard !ids.isEmpty else { return [:] }
    let tree = try tree(of: commit)
    let definition = try definition(at: commit)
    return try git { () throws(GitError) in
      let items = try index(ofTree: tree, folder: definition.config.folder)
        .filter { ids.contains($0.id) }.map { (path: $0.path, item: $0.item) }
      let state = try state(of: items, folder: definition.config.folder)
      var headings: [RecordID: String] = [:]
      for record in state.records {
        headings[record.id] = definition.catalog.kind(of: record.id)?.caption(of: record.value)
      }
      return headings
    }
  }
}

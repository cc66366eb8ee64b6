import Files
import Git
import Records

/// A change of schemas is checked against all existing records, not only those it changes.
extension ChangeValidator {
  /// Returns findings on records that the change leaves alone but its schemas would reject.
  ///
  /// Reads only records whose kind's schema changed. In a merge each record is compared with the
  /// parent that it comes from.
  func unaccepted(
    among changes: [TreeChange], own: [TreeChange], from baseDefinition: TrackerDefinition,
    to definition: TrackerDefinition
  ) throws(GitError) -> [Finding] {
    var findings: [Finding] = []
    let folder = definition.config.folder
    let touched = Set(changes.map(\.path))
    let acceptance = SchemaAcceptance(from: baseDefinition, to: definition, day: day)
    if acceptance.isAffected {
      let items = try proposed.items(folder: folder).filter {
        !touched.contains($0.path) && acceptance.concerns($0.path)
      }
      findings += acceptance.findings(on: repository.records(items, folder: folder))
    }
    let ownPaths = Set(own.map(\.path))
    for tree in otherParents {
      let parent = SchemaAcceptance(
        from: try TrackerDefinition(tree: tree, in: repository), to: definition, day: day)
      guard parent.isAffected else { continue }
      var items: [(path: RepositoryPath, item: TreeItem)] = []
      for change in changes where !ownPaths.contains(change.path) && parent.concerns(change.path) {
        guard let item = change.new, try self.parent(with: change) == tree else { continue }
        items.append((change.path, item))
      }
      findings += parent.findings(on: repository.records(items, folder: folder))
    }
    return findings
  }
}

extension ChangeSide {
  /// Returns the files in the records folder, sorted by path, without those that a draft replaces.
  func items(folder: RepositoryPath) throws(GitError) -> [(path: RepositoryPath, item: TreeItem)] {
    var items: [(path: RepositoryPath, item: TreeItem)] = []
    switch self {
    case .tree(nil, _): break
    case .tree(let tree?, let repository):
      try repository.walkTree(tree, under: folder) { (path, entry) throws(GitError) in
        items.append((path, TreeItem(mode: entry.mode, id: entry.id)))
      }
    case .index(let index, _):
      index.forEach(under: folder) { entry in
        if entry.stage == 0 { items.append((entry.path, TreeItem(mode: entry.mode, id: entry.id))) }
      }
    case .draft(let side, let files):
      items = try side.items(folder: folder).filter { files[$0.path] == nil }
    }
    return items.filter { !Tracker.isTolerated($0.path, folder: folder) }
  }
}

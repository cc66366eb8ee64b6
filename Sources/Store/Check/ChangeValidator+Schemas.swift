import Git
import Records

/// A change of schemas answers for every record that is there, not only for those it touches.
extension ChangeValidator {
  /// The records that the change leaves alone and that its schemas would refuse.
  ///
  /// Reads nothing but records whose kind has another schema than before. In a merge each record is
  /// compared with the parent that it comes from.
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
      var items: [(path: String, item: TreeItem)] = []
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
  /// The files in the records folder, sorted by path; a draft's own are the change's to tell.
  func items(folder: String) throws(GitError) -> [(path: String, item: TreeItem)] {
    var items: [(path: String, item: TreeItem)] = []
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

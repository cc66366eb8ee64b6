import Files
import Git
import Records

/// One side of a change, a tree or the index, read only as far as a check needs.
indirect enum ChangeSide {
  case tree(ObjectID?, Repository)
  case index(IndexSnapshot, Repository)
  /// Another side overlaid with files that aren't written yet.
  case draft(over: ChangeSide, files: [RepositoryPath: [UInt8]])

  /// - Parameter isWhole: `false` if only records are checked.
  func definition(isWhole: Bool = true) throws(GitError) -> TrackerDefinition {
    switch self {
    case .tree(let tree, let repository):
      try TrackerDefinition(tree: tree, in: repository, isWhole: isWhole)
    case .index(let index, let repository): try TrackerDefinition(index: index, in: repository)
    case .draft(let side, let files):
      files.keys.contains { $0.isBelow(TrackerDefinition.folder) }
        ? try TrackerDefinition(schemaNames: try schemaNames()) { (path) throws(GitError) in
          try bytes(at: path)
        } : try side.definition(isWhole: isWhole)
    }
  }

  /// Returns the names of the schema files on this side.
  private func schemaNames() throws(GitError) -> [String] {
    let folder = TrackerDefinition.schemaFolder
    switch self {
    case .tree(nil, _): return []
    case .tree(let tree?, let repository):
      guard let entry = try repository.entry(at: TrackerDefinition.schemaFolder, inTree: tree),
        entry.mode == .tree
      else { return [] }
      return try repository.entries(ofTree: entry.id).map(\.name).filter(TrackerDefinition.isSchema)
    case .index(let index, _):
      var names: [String] = []
      index.forEach(under: TrackerDefinition.schemaFolder) { entry in
        let path = entry.path
        if entry.stage == 0, path.parent == folder { names.append(path.name.text) }
      }
      return names.filter(TrackerDefinition.isSchema)
    case .draft(let side, let files):
      let drafted = files.keys.filter { $0.parent == folder }.map(\.name.text)
        .filter(TrackerDefinition.isSchema)
      return Set(try side.schemaNames()).union(drafted).sorted()
    }
  }

  /// Returns a file's content on this side, or `nil` if it has no such file.
  func bytes(at path: RepositoryPath) throws(GitError) -> [UInt8]? {
    switch self {
    case .tree(let tree, let repository):
      guard let tree, let entry = try repository.entry(at: path, inTree: tree) else { return nil }
      return try repository.blob(entry.id)
    case .index(let index, let repository):
      guard let entry = index.entry(at: path) else { return nil }
      return try repository.blob(entry.id)
    case .draft(let side, let files):
      if let bytes = files[path] { return bytes }
      return try side.bytes(at: path)
    }
  }

  /// Returns the content of a file that is known to be `item` on this side, without looking for it.
  func bytes(at path: RepositoryPath, knownAs item: TreeItem) throws(GitError) -> [UInt8] {
    switch self {
    case .tree(_, let repository), .index(_, let repository): return try repository.blob(item.id)
    case .draft(let side, let files):
      if let bytes = files[path] { return bytes }
      return try side.bytes(at: path, knownAs: item)
    }
  }

  /// Returns the paths of the wanted ids, or of all; an id in several files has several.
  func paths(of wanted: Set<RecordID>?, folder: RepositoryPath) throws(GitError) -> [RecordID:
    [RepositoryPath]]
  {
    var found: [RecordID: [RepositoryPath]] = [:]
    switch self {
    case .tree(nil, _): break
    case .tree(let tree?, let repository):
      try repository.walkTree(tree, under: folder) { (path, _) throws(GitError) in
        let id = path.name.bytes.withUnsafeBytes { RecordID(startOfFileName: $0) }
        if let id, wanted?.contains(id) != false { found[id, default: []].append(path) }
      }
    case .draft(let side, let files):
      found = try side.paths(of: wanted, folder: folder)
      for path in files.keys.sorted() {
        guard let id = (try? RecordPath(path, inFolder: folder))?.id, wanted?.contains(id) != false,
          found[id]?.contains(path) != true
        else { continue }
        found[id, default: []].append(path)
      }
    case .index(let index, _):
      // A record in conflict is there, in several stages.
      func add(_ path: RepositoryPath, _ id: RecordID) {
        if found[id]?.last != path { found[id, default: []].append(path) }
      }
      guard let wanted else {
        index.forEach(under: folder) { entry in
          let path = entry.path
          let id = path.name.bytes.withUnsafeBytes { RecordID(startOfFileName: $0) }
          if let id { add(path, id) }
        }
        break
      }
      let filter = IDFilter(wanted, folder: folder)
      index.forEach(under: folder) { entry in
        if let id = filter.match(entry.pathBytes) { add(entry.path, id) }
      }
    }
    return found
  }
}

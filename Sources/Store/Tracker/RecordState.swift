import Cache
package import Git
package import Records

/// All records of one state, readable or not.
package struct RecordState: Sendable {
  package var records: [RecordFile] = []
  package var unreadable: [UnreadableRecord] = []

  package init() {}

  mutating func add(_ read: Result<RecordFile, UnreadableRecord>) {
    switch read {
    case .success(let record): records.append(record)
    case .failure(let problem): unreadable.append(problem)
    }
  }
}

extension RecordFile {
  /// Reads a record from a blob, or from git's failure to read it.
  static func read(_ blob: Result<[UInt8], GitError>, path: String, folder: String)
    -> Result<RecordFile, UnreadableRecord>
  {
    blob.mapError {
      UnreadableRecord(
        path: path, message: "can't be read: \($0.message)", remedy: $0.hint ?? "git fsck")
    }
    .flatMap { read($0, path: path, folder: folder) }
  }

  /// Reads a record from a file of the working tree, whose content `bytes` returns.
  static func read(
    _ file: (path: String, isSymlink: Bool), folder: String, _ bytes: () -> [UInt8]?
  ) -> Result<RecordFile, UnreadableRecord> {
    if file.isSymlink, let problem = Tracker.problem(ofMode: .symlink, path: file.path) {
      return .failure(problem)
    }
    guard let bytes = bytes() else {
      return .failure(UnreadableRecord(path: file.path, message: "can't be read"))
    }
    return read(bytes, path: file.path, folder: folder)
  }
}

extension Tracker {
  /// Files that may lie in the records folder without being records.
  static func isTolerated(_ path: String, folder: String) -> Bool {
    let rest = path.utf8.dropFirst(folder.utf8.count + 1)
    guard rest.count <= 14 else { return false }
    return ["README.md", ".gitkeep", ".gitattributes", ".gitignore"].contains(
      String(Substring(rest)))
  }

  /// Returns the record files of a tree, sorted by path.
  func recordItems(inTree tree: ObjectID, folder: String) throws(GitError) -> [(
    path: String, item: TreeItem
  )] {
    var items: [(path: String, item: TreeItem)] = []
    try repository.walkTree(tree, under: folder) { (path, entry) throws(GitError) in
      if !Self.isTolerated(path, folder: folder) {
        items.append((path, TreeItem(mode: entry.mode, id: entry.id)))
      }
    }
    return items
  }

  /// Returns every record of a commit, ordered by path.
  package func records(at commit: ObjectID, folder: String? = nil) throws(StoreError) -> RecordState
  {
    let folder = folder ?? self.folder
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      let items = try recordItems(inTree: tree, folder: folder)
      return try state(of: items, folder: folder)
    }
  }

  /// Reads items into a state; an unreadable one becomes an entry of `unreadable`.
  func state(of items: [(path: String, item: TreeItem)], folder: String) throws(GitError)
    -> RecordState
  {
    var slots = [Result<RecordFile, UnreadableRecord>?](repeating: nil, count: items.count)
    var ids: [ObjectID] = []
    var places: [Int] = []
    for (index, entry) in items.enumerated() {
      if let problem = Self.problem(ofMode: entry.item.mode, path: entry.path) {
        slots[index] = .failure(problem)
      } else {
        ids.append(entry.item.id)
        places.append(index)
      }
    }
    repository.blobs(ids) { index, result in
      let place = places[index]
      slots[place] = RecordFile.read(result, path: items[place].path, folder: folder)
    }
    var state = RecordState()
    for slot in slots { if let slot { state.add(slot) } }
    return state
  }

  static func problem(ofMode mode: FileMode, path: String) -> UnreadableRecord? {
    switch mode {
    case .regular, .executable, .tree: nil
    case .symlink: UnreadableRecord(path: path, message: "a record is a file, not a symbolic link")
    case .submodule: UnreadableRecord(path: path, message: "a record is a file, not a submodule")
    }
  }

  /// Returns every record in the working tree, tracked by git or not.
  package func workingRecords(folder: String? = nil) -> RecordState {
    let folder = folder ?? self.folder
    guard let root = repository.workingDirectory else { return RecordState() }
    var state = RecordState()
    for file in WorkingRecords.files(in: root, folder: folder) {
      state.add(RecordFile.read(file, folder: folder) { Files.read(root + "/" + file.path) })
    }
    return state
  }

  /// Returns ids and paths at a commit, without reading a record.
  func index(ofTree tree: ObjectID, folder: String) throws(GitError) -> [(
    id: RecordID, path: String, item: TreeItem
  )] {
    try recordItems(inTree: tree, folder: folder).compactMap { entry in
      guard let place = try? RecordPath(entry.path, inFolder: folder) else { return nil }
      return (place.id, entry.path, entry.item)
    }
  }
}

extension Tracker {
  /// Returns the ids of a commit's records, from file names.
  package func ids(at commit: ObjectID) throws(StoreError) -> Set<RecordID> {
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      Set(try index(ofTree: tree, folder: folder).map(\.id))
    }
  }
}

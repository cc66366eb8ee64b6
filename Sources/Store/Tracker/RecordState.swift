import Cache
package import Files
package import Git
import JSONText
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
  static func read(_ blob: Result<[UInt8], GitError>, path: RepositoryPath, folder: RepositoryPath)
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
    _ file: WorkingTree.File, folder: RepositoryPath,
    _ bytes: () throws(FileError) -> [UInt8]?
  ) -> Result<RecordFile, UnreadableRecord> {
    if file.isSymlink, let problem = Tracker.problem(ofMode: .symlink, path: file.path) {
      return .failure(problem)
    }
    do throws(FileError) {
      if let bytes = try bytes() { return read(bytes, path: file.path, folder: folder) }
      return .failure(
        UnreadableRecord(path: file.path, message: "can't be read: it was removed meanwhile"))
    } catch {
      let limit = JSONLimits.standard.maximumBytes
      let reason =
        error.isTooLarge
        ? JSONSyntaxError(code: .tooLarge, offset: limit).message : error.reason
      return .failure(UnreadableRecord(path: file.path, message: "can't be read: \(reason)"))
    }
  }
}

extension Tracker {
  private static let tolerated: Set<RepositoryPath> = [
    "README.md", ".gitkeep", ".gitattributes", ".gitignore",
  ]

  /// Files that may lie in the records folder without being records.
  static func isTolerated(_ path: RepositoryPath, folder: RepositoryPath) -> Bool {
    // Mostly a record's path, which is longer than any of these.
    guard path.bytes.count <= folder.bytes.count + 15 else { return false }
    return tolerated.contains(path.relative(to: folder) ?? .root)
  }

  /// Returns the record files of a tree, sorted by path.
  func recordItems(inTree tree: ObjectID, folder: RepositoryPath) throws(GitError) -> [(
    path: RepositoryPath, item: TreeItem
  )] {
    var items: [(path: RepositoryPath, item: TreeItem)] = []
    try repository.walkTree(tree, under: folder) { (path, entry) throws(GitError) in
      if !Self.isTolerated(path, folder: folder) {
        items.append((path, TreeItem(mode: entry.mode, id: entry.id)))
      }
    }
    return items
  }

  /// Returns every record of a commit, ordered by path.
  package func records(at commit: ObjectID, folder: RepositoryPath? = nil) throws(StoreError)
    -> RecordState
  {
    let folder = folder ?? self.folder
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      let items = try recordItems(inTree: tree, folder: folder)
      return try state(of: items, folder: folder)
    }
  }

  /// Reads items into a state; an unreadable one becomes an entry of `unreadable`.
  func state(of items: [(path: RepositoryPath, item: TreeItem)], folder: RepositoryPath)
    throws(GitError)
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

  static func problem(ofMode mode: FileMode, path: RepositoryPath) -> UnreadableRecord? {
    switch mode {
    case .regular, .executable, .tree: nil
    case .symlink: UnreadableRecord(path: path, message: "a record is a file, not a symbolic link")
    case .submodule: UnreadableRecord(path: path, message: "a record is a file, not a submodule")
    }
  }

  /// Returns every record in the working tree, tracked by git or not.
  package func workingRecords(folder: RepositoryPath? = nil) throws(StoreError) -> RecordState {
    let folder = folder ?? self.folder
    guard let root = repository.workingDirectory else { return RecordState() }
    var state = RecordState()
    let tree = WorkingTree(repository, root: root)
    let files = try git { () throws(GitError) in try tree.files(below: folder).files }
    for file in files where !Tracker.isTolerated(file.path, folder: folder) {
      if let id = file.skipped, !file.isSymlink {
        let blob = Result { () throws(GitError) in try repository.blob(id) }
        state.add(RecordFile.read(blob, path: file.path, folder: folder))
        continue
      }
      state.add(
        RecordFile.read(file, folder: folder) { () throws(FileError) in
          let bytes = try FileSystem.read(
            file.path.systemPath(below: root), limit: JSONLimits.standard.maximumBytes)
          // Where git's rules can't be read the file counts as it is.
          return bytes.map { (try? tree.stored($0, at: file.path)) ?? $0 }
        })
    }
    return state
  }

  /// Returns ids and paths at a commit, without reading a record.
  func index(ofTree tree: ObjectID, folder: RepositoryPath) throws(GitError) -> [(
    id: RecordID, path: RepositoryPath, item: TreeItem
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

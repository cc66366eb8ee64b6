import Cache
package import Git
package import Records

/// All records of one state, good and bad.
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
  /// Reads what a blob holds, where git could read that.
  static func read(_ blob: Result<[UInt8], GitError>, path: String, folder: String)
    -> Result<RecordFile, UnreadableRecord>
  {
    blob.mapError {
      UnreadableRecord(
        path: path, message: "can't be read: \($0.message)", remedy: $0.hint ?? "git fsck")
    }
    .flatMap { read($0, path: path, folder: folder) }
  }

  /// Reads a file of the working tree, by what finds its bytes.
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

  /// Where records lie in a tree: path and item, sorted by path.
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

  /// Every record of a commit, in the order of paths.
  package func records(at commit: ObjectID, folder: String? = nil) throws(StoreError) -> RecordState
  {
    let folder = folder ?? self.folder
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      let items = try recordItems(inTree: tree, folder: folder)
      return try state(of: items, folder: folder)
    }
  }

  /// Reads items into a state; what can't be read becomes an error row.
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

  /// Every record that lies in the working tree, tracked by git or not.
  package func workingRecords(folder: String? = nil) -> RecordState {
    let folder = folder ?? self.folder
    guard let root = repository.workingDirectory else { return RecordState() }
    var state = RecordState()
    for file in WorkingRecords.files(in: root, folder: folder) {
      state.add(RecordFile.read(file, folder: folder) { Files.read(root + "/" + file.path) })
    }
    return state
  }

  /// Ids and paths at a commit, without reading a record.
  func index(ofTree tree: ObjectID, folder: String) throws(GitError) -> [(
    id: RecordID, path: String, item: TreeItem
  )] {
    try recordItems(inTree: tree, folder: folder).compactMap { entry in
      guard let place = try? RecordPath(entry.path, inFolder: folder) else { return nil }
      return (place.id, entry.path, entry.item)
    }
  }

  /// What `text`, an id or its unique abbreviation, means at a commit (HEAD where none is given).
  package func find(_ text: String, at commit: ObjectID? = nil) throws(StoreError) -> FoundRecord {
    let isPrefix = catalog.kinds.contains { kind in
      [kind.prefix, kind.prefix + "-"].contains(text.uppercased())
    }
    guard !isPrefix, let abbreviation = IDAbbreviation(text) else {
      throw .refused(
        isPrefix
          ? "\"\(text)\" names a kind of record, not one: type some of the id's digits too"
          : "\"\(text)\" is no record's id: ids look like PP-8KX3M2Q4TZ")
    }
    let head = try git { () throws(GitError) in try repository.head() }
    guard let commit = commit ?? head.commit else {
      throw .refused("there are no commits yet, so there is no record \(text)")
    }
    let known = commit == head.commit ? try files(abbreviation) : nil
    let found = if let known { known } else { try files(abbreviation, at: commit) }
    let ids = Set(found.map(\.id))
    if ids.count == 1, found.count > 1 {
      throw .refused(
        "\(found[0].id) is the id of \(found.count) files: "
          + found.map(\.path).joined(separator: ", "),
        hint: "git rm the copy, and git commit")
    }
    if ids.count > 1 {
      let candidates = try candidates(found.prefix(8).map { (path: $0.path, item: $0.item) })
      throw .refused(
        "\(text) could be any of \(ids.count) records",
        hint: "type more of it:\n" + candidates.joined(separator: "\n"))
    }
    guard let entry = found.first else {
      if let path = stagedPath(abbreviation) {
        throw .refused(
          "\(text) is not committed yet (\(path))", hint: "git commit -m \"…\" -- \(path)")
      }
      throw .refused("there is no record \(text)", hint: "docket list shows what there is")
    }
    return FoundRecord(id: entry.id, path: entry.path, item: entry.item, commit: commit)
  }

  private typealias Place = (id: RecordID, path: String, item: TreeItem)

  private func files(_ abbreviation: IDAbbreviation, at commit: ObjectID) throws(StoreError)
    -> [Place]
  {
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      var places: [Place] = []
      try repository.walkTree(
        tree, under: folder,
        where: { RecordID(startOfFileName: $0).map(abbreviation.matches) ?? false }
      ) { (path, entry) throws(GitError) in
        guard let place = try? RecordPath(path, inFolder: folder) else { return }
        places.append((place.id, path, TreeItem(mode: entry.mode, id: entry.id)))
      }
      return places
    }
  }

  /// The same at HEAD by the index; `nil` where there is none: for one record it isn't worth building.
  /// Where history is needed anyway, it knows all places that the record can be in.
  private func files(_ abbreviation: IDAbbreviation) throws(StoreError) -> [Place]? {
    // Without a prefix it may be of any kind, also of one that isn't known here.
    guard let prefix = abbreviation.prefix else { return nil }
    let start = "\(prefix)-\(abbreviation.digits)"
    let found = try answer(.records, builds: false) { (cache) throws(SQLiteError) in
      try cache.files(beginning: start).compactMap { file -> Place? in
        guard let id = (try? RecordPath(file.path, inFolder: folder))?.id,
          let mode = FileMode(rawValue: file.mode)
        else { return nil }
        return (id, file.path, TreeItem(mode: mode, id: ObjectID(row: file.blob)))
      }
    }
    if let found { return found }
    // A cut-off one doesn't: of what came before it, nothing is known.
    guard expected.contains(.history), !isTruncated, let tree = definitionTree else { return nil }
    let places = try answer(.history) { (cache) throws(SQLiteError) in
      try cache.places(beginning: start, limit: 16)
    }
    guard let paths = places ?? nil else { return nil }
    return try git { () throws(GitError) in
      var places: [Place] = []
      for path in paths {
        guard let id = (try? RecordPath(path, inFolder: folder))?.id,
          let entry = try repository.entry(at: path, inTree: tree), entry.mode != .tree
        else { continue }
        places.append((id, path, TreeItem(mode: entry.mode, id: entry.id)))
      }
      return places
    }
  }

  private func stagedPath(_ abbreviation: IDAbbreviation) -> String? {
    workingRecords().records.first { abbreviation.matches($0.id) }?.path
  }

  private func candidates(_ entries: [(path: String, item: TreeItem)]) throws(StoreError)
    -> [String]
  {
    let found = try git { () throws(GitError) in try state(of: entries, folder: folder) }
    return found.records.map { record in
      "  \(record.id)  \(catalog.kind(of: record.id)?.heading(of: record.root) ?? "")"
    }
  }

  /// Reads what `find` found.
  package func read(_ found: FoundRecord) throws(StoreError) -> RecordFile {
    let bytes = try git { () throws(GitError) in try repository.blob(found.item.id) }
    switch RecordFile.read(bytes, path: found.path, folder: folder) {
    case .success(let record): return record
    case .failure(let problem): throw .findings([problem.finding])
    }
  }
}

/// A record's place at a commit.
package struct FoundRecord: Sendable {
  package let id: RecordID
  package let path: String
  package let item: TreeItem
  package let commit: ObjectID
}

extension Tracker {
  /// The ids of a commit's records, by the names of their files.
  package func ids(at commit: ObjectID) throws(StoreError) -> Set<RecordID> {
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      Set(try index(ofTree: tree, folder: folder).map(\.id))
    }
  }
}

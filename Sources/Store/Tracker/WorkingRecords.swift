import Files
import Git
import JSONText
import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The records folder of a working tree, tracked by git or not.
///
/// git's index shows which files equal HEAD's if it can tell; the others are hashed.
struct WorkingRecords: StateSource {
  let paths: [RepositoryPath]
  private let files: [(path: RepositoryPath, isSymlink: Bool)]
  private let root: String
  private let folder: RepositoryPath
  private let base: WorkingBase

  init(_ tracker: Tracker, root: String, folder: RepositoryPath) throws(GitError) {
    self.root = root
    self.folder = folder
    files = try Self.files(in: root, folder: folder)
    paths = files.map(\.path)
    base = try WorkingBase(tracker, folder: folder, paths: paths)
  }

  /// Lists the files directory by directory, names sorted.
  static func files(in root: String, folder: RepositoryPath) throws(GitError) -> [(
    path: RepositoryPath, isSymlink: Bool
  )] {
    var files: [(path: RepositoryPath, isSymlink: Bool)] = []
    func visit(_ path: RepositoryPath) throws(GitError) {
      let entries = try reading { () throws(FileError) in
        try FileSystem.listing(of: path.systemPath(below: root))
      }
      for (name, sort) in entries ?? [] {
        let inner = path.appending(name)
        switch sort {
        case .directory: try visit(inner)
        case .file:
          if !Tracker.isTolerated(inner, folder: folder) { files.append((inner, false)) }
        case .symlink: files.append((inner, true))
        case .other: continue
        }
      }
    }
    try visit(folder)
    return files
  }

  func makeReader() -> FolderReader { FolderReader(root) }

  func read(
    _ places: ArraySlice<Int>, with reader: FolderReader,
    _ body: (Int, Result<RecordFile, UnreadableRecord>, Bool) -> Void
  ) {
    for place in places {
      var status: stat?
      let result = RecordFile.read(files[place], folder: folder) { () throws(FileError) in
        let found = try reader.read(paths[place])
        status = found?.status
        return found?.bytes
      }
      var isChanged = false
      if case .success(let record) = result, let status {
        isChanged = !base.holds(record, status)
      }
      body(place, result, isChanged)
    }
  }
}

/// HEAD's versions of the files of a working tree.
struct WorkingBase: Sendable {
  /// `nil` if there is no reliable one; then `items` has all records.
  private let index: IndexSnapshot?
  /// HEAD's blobs where the index differs from HEAD.
  private let staged: [RepositoryPath: ObjectID?]
  /// By id; for copies of a record the last.
  private let items: [RecordID: Tracker.BaseItem]
  /// Ids that several files have.
  private let copied: Set<RecordID>

  init(_ tracker: Tracker, folder: RepositoryPath, paths: [RepositoryPath]) throws(GitError) {
    var seen: Set<RecordID> = []
    seen.reserveCapacity(paths.count)
    var copied: Set<RecordID> = []
    for path in paths {
      guard let id = (try? RecordPath(path, inFolder: folder))?.id else { continue }
      if !seen.insert(id).inserted { copied.insert(id) }
    }
    self.copied = copied
    var index: IndexSnapshot?
    var staged: [RepositoryPath: ObjectID?] = [:]
    // An index in an unsupported format is ignored.
    if let snapshot = try? tracker.repository.readIndex(), !snapshot.hasConflicts {
      let head = try Tracker.headTree(of: tracker.repository)
      for change in try snapshot.stagedChanges(
        against: head, in: tracker.repository, under: [folder])
      {
        staged[change.path] = .some(change.old?.id)
      }
      index = snapshot
    }
    self.index = index
    self.staged = staged
    items = index == nil || !copied.isEmpty ? try tracker.baseItems(folder: folder) : [:]
  }

  /// Whether HEAD has the same record at the same path.
  ///
  /// - Parameter status: of the file that was read.
  func holds(_ record: RecordFile, _ status: stat) -> Bool {
    guard let index, !copied.contains(record.id) else {
      guard let item = items[record.id], item.path == record.path else { return false }
      return item.item.id == Repository.hash(blob: record.document.bytes)
    }
    let entry = index.entry(at: record.path)
    if let old = staged[record.path] {
      return old == Repository.hash(blob: record.document.bytes)
    }
    guard let entry, !entry.isIntentToAdd else { return false }
    if !entry.isAssumeValid, !entry.isSkipWorktree,
      index.matches(entry, status) == true
    {
      return true
    }
    return entry.id == Repository.hash(blob: record.document.bytes)
  }
}

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
  /// The temporary files of writes.
  let temporaries: [RepositoryPath]
  private let files: [WorkingTree.File]
  private let root: String
  private let location: RepositoryLocation
  private let folder: RepositoryPath
  private let base: WorkingBase
  /// The files that a sparse checkout leaves out, by path.
  private let skipped: [RepositoryPath: Result<[UInt8], GitError>]

  init(_ tracker: Tracker, root: String, folder: RepositoryPath) throws(GitError) {
    self.root = root
    location = tracker.repository.location
    self.folder = folder
    let listed = try WorkingTree(tracker.repository, root: root).files(below: folder)
    temporaries = listed.temporaries
    files = listed.files.filter { !Tracker.isTolerated($0.path, folder: folder) }
    paths = files.map(\.path)
    base = try WorkingBase(tracker, folder: folder, paths: paths)
    var skipped: [RepositoryPath: Result<[UInt8], GitError>] = [:]
    for file in files {
      guard let id = file.skipped else { continue }
      skipped[file.path] = Result { () throws(GitError) in try tracker.repository.blob(id) }
    }
    self.skipped = skipped
  }

  /// What one thread reads with.
  final class Reader {
    fileprivate let files: FolderReader
    private let location: RepositoryLocation
    /// Opened for the first file whose line ends may be converted: there is seldom one.
    private lazy var rules = (try? location.open()).flatMap { try? WorkingTreeRules($0) }

    init(_ root: String, _ location: RepositoryLocation) {
      files = FolderReader(root)
      self.location = location
    }

    fileprivate func stored(_ content: [UInt8], at path: RepositoryPath) -> [UInt8] {
      guard WorkingTree.hasCarriageReturns(content), let rules else { return content }
      // Where git's rules can't be read the file counts as it is.
      return (try? rules.stored(content, at: path)) ?? content
    }
  }

  func makeReader() -> Reader { Reader(root, location) }

  func read(
    _ places: ArraySlice<Int>, with reader: Reader,
    _ body: (Int, Result<RecordFile, UnreadableRecord>, Bool) -> Void
  ) {
    for place in places {
      var status: stat?
      let file = files[place]
      if let blob = skipped[file.path], !file.isSymlink {
        body(place, RecordFile.read(blob, path: file.path, folder: folder), false)
        continue
      }
      let result = RecordFile.read(file, folder: folder) { () throws(FileError) in
        let found = try reader.files.read(file.path)
        status = found?.status
        return found.map { reader.stored($0.bytes, at: file.path) }
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

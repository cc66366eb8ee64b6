import Files
import Git
import Records

/// The records of a state to check. Each thread reads with its own reader.
protocol StateSource: Sendable {
  associatedtype Reader
  /// All files, in the order of the state; reading shows which ones are records.
  var paths: [RepositoryPath] { get }
  /// Indices into `paths` in the order in which reading is fastest.
  var order: [Int] { get }
  func makeReader() -> Reader
  /// Calls `body` with the index and content of each file.
  func read(
    _ places: ArraySlice<Int>, with reader: Reader,
    _ body: (Int, Result<RecordFile, UnreadableRecord>, _ isChanged: Bool) -> Void)
  /// Whether the caller holds the records in memory anyway.
  var isHeld: Bool { get }
}

extension StateSource {
  var order: [Int] { Array(paths.indices) }
  var isHeld: Bool { false }
}

/// Records that are already in memory.
struct HeldRecords: StateSource {
  let state: RecordState
  let changed: Set<RepositoryPath>
  let paths: [RepositoryPath]

  init(_ state: RecordState, changed: Set<RepositoryPath>) {
    self.state = state
    self.changed = changed
    paths = state.records.map(\.path) + state.unreadable.map(\.path)
  }

  var isHeld: Bool { true }

  func makeReader() {}

  func read(
    _ places: ArraySlice<Int>, with reader: Void,
    _ body: (Int, Result<RecordFile, UnreadableRecord>, Bool) -> Void
  ) {
    for place in places {
      if place < state.records.count {
        let record = state.records[place]
        body(place, .success(record), changed.contains(record.path))
      } else {
        body(place, .failure(state.unreadable[place - state.records.count]), false)
      }
    }
  }
}

/// The records of a commit, read in the order in which they are packed.
struct CommittedRecords: StateSource {
  let paths: [RepositoryPath]
  let order: [Int]
  private let items: [TreeItem]
  private let folder: RepositoryPath
  private let location: RepositoryLocation

  init(
    _ items: [(path: RepositoryPath, item: TreeItem)], folder: RepositoryPath,
    in repository: Repository
  ) {
    paths = items.map(\.path)
    self.items = items.map(\.item)
    self.folder = folder
    location = repository.location
    order = repository.packOrder(of: self.items.map(\.id))
  }

  /// A repository's handles may be used by only one thread at a time.
  func makeReader() -> Result<Repository, GitError> {
    do throws(GitError) { return .success(try location.open()) } catch { return .failure(error) }
  }

  func read(
    _ places: ArraySlice<Int>, with reader: Result<Repository, GitError>,
    _ body: (Int, Result<RecordFile, UnreadableRecord>, Bool) -> Void
  ) {
    for place in places {
      let path = paths[place]
      if let problem = Tracker.problem(ofMode: items[place].mode, path: path) {
        body(place, .failure(problem), false)
        continue
      }
      let blob = reader.flatMap { repository in
        Result { () throws(GitError) in try repository.blob(items[place].id) }
      }
      body(place, RecordFile.read(blob, path: path, folder: folder), false)
    }
  }
}

import Cache
import Files
import Git
import Records

/// Inserts records into the cache, a window at a time, so that few are in memory.
struct RecordInsertion {
  private let tracker: Tracker
  private let cache: RecordCache
  private let keepsWords: Bool
  private var window: [(path: RepositoryPath, item: TreeItem)] = []
  private var facets: [(hash: Int64, record: Int64)] = []
  private var done = 0
  /// How many records there will be, for progress reports.
  var total = 0

  /// This many records are read in the order of their packs, on two cores.
  private static let size = 40_000
  /// This many facets are sorted and inserted together, which limits the memory that they take.
  private static let mostFacets = 1_000_000

  init(_ tracker: Tracker, _ cache: RecordCache, keepsWords: Bool) {
    (self.tracker, self.cache, self.keepsWords) = (tracker, cache, keepsWords)
  }

  /// Adds the file at a path, unless it may be there without being a record.
  mutating func add(_ path: RepositoryPath, _ item: TreeItem) throws(StoreError) {
    if Tracker.isTolerated(path, folder: tracker.folder) { return }
    window.append((path, item))
    if window.count == Self.size { try insertWindow() }
  }

  /// Adds all files of a tree.
  mutating func addAll(of tree: ObjectID) throws(StoreError) {
    let (repository, folder) = (tracker.repository, tracker.folder)
    facets.reserveCapacity(Self.mostFacets + Self.mostFacets / 8)
    var failure: StoreError?
    try git { () throws(GitError) in
      // libgit2 would map more of the packs than a few trees are worth.
      try repository.readingPacks(keeping: 1 << 20) { () throws(GitError) in
        if tracker.onProgress != nil {
          try repository.walkTree(tree, under: folder) { (_, _) in total += 1 }
        }
        try repository.walkTree(tree, under: folder) { (path, entry) in
          guard failure == nil else { return }
          do throws(StoreError) {
            try add(path, TreeItem(mode: entry.mode, id: entry.id))
          } catch {
            failure = error
          }
        }
      }
    }
    if let failure { throw failure }
  }

  mutating func finish() throws(StoreError) {
    try insertWindow()
    try insertFacets()
  }

  private mutating func insertWindow() throws(StoreError) {
    guard !window.isEmpty else { return }
    var reading = try whole { () throws(GitError) in try RecordReading(of: window, tracker) }
    while let part = try whole({ () throws(GitError) in try reading.next() }) {
      tracker.onProgress?(done, total)
      done += part.count
      for record in part {
        let row = try cached { () throws(SQLiteError) in
          try cache.insert(record, keepingWords: keepsWords)
        }
        for hash in record.facets { facets.append((hash, row)) }
      }
      if facets.count > Self.mostFacets { try insertFacets() }
    }
    window.removeAll(keepingCapacity: true)
  }

  private mutating func insertFacets() throws(StoreError) {
    facets.sort { ($0.hash, $0.record) < ($1.hash, $1.record) }
    try cached { () throws(SQLiteError) in try cache.insert(facets: facets) }
    facets.removeAll(keepingCapacity: true)
  }

  /// Turns git's errors into the cache's: a missing object may be fetched later (a partial clone),
  /// so nothing is stored.
  private func whole<R>(_ body: () throws(GitError) -> R) throws(StoreError) -> R {
    do throws(GitError) { return try body() } catch {
      throw .cache(SQLiteError(code: .error, message: error.message))
    }
  }
}

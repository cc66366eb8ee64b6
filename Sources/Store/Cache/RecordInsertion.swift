import Cache
import Git
import Records

/// Puts records into the index, a window at a time: however many there are, few are in memory.
struct RecordInsertion {
  private let tracker: Tracker
  private let cache: RecordCache
  private let keepsWords: Bool
  private var window: [(path: String, item: TreeItem)] = []
  private var facets: [(hash: Int64, record: Int64)] = []
  private var done = 0
  /// How many there will be, for telling how far the work is.
  var total = 0

  /// So many are read in the order in which they are packed, and on two cores.
  private static let size = 40_000
  /// So many facets are sorted and put in together, which bounds the memory that they take.
  private static let mostFacets = 1_000_000

  init(_ tracker: Tracker, _ cache: RecordCache, keepsWords: Bool) {
    (self.tracker, self.cache, self.keepsWords) = (tracker, cache, keepsWords)
  }

  /// Takes in the file at a path; what may lie there without being a record is left out.
  mutating func add(_ path: String, _ item: TreeItem) throws(StoreError) {
    if Tracker.isTolerated(path, folder: tracker.folder) { return }
    window.append((path, item))
    if window.count == Self.size { try insertWindow() }
  }

  /// Takes in all files of a tree.
  mutating func addAll(of tree: ObjectID) throws(StoreError) {
    let (repository, folder) = (tracker.repository, tracker.folder)
    facets.reserveCapacity(Self.mostFacets + Self.mostFacets / 8)
    var failure: StoreError?
    try git { () throws(GitError) in
      // Libgit2 would map more of packs than a few trees are worth.
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

  /// What is missing may be fetched later (a partial clone): nothing to remember.
  private func whole<R>(_ body: () throws(GitError) -> R) throws(StoreError) -> R {
    do throws(GitError) { return try body() } catch {
      throw .cache(SQLiteError(code: .error, message: error.message))
    }
  }
}

import Cache
import Files
import Git
import Records

/// Records to insert into the cache, a part at a time and in no order.
///
/// If there are many, they are read on another core, one part ahead of the caller.
struct RecordReading {
  private typealias Part = Result<[CachedRecord], GitError>

  private let reader: RecordReader
  /// Indices into the items in the order in which reading is fastest.
  private var order: [Int] = []
  private var prefetched: Prefetch<Part>?
  private var begun = 0
  /// This many are sorted by pack position, which keeps them near their order by path too.
  private static let window = 20_000
  private static let size = 4_000

  init(of items: [(path: RepositoryPath, item: TreeItem)], _ tracker: Tracker) throws(GitError) {
    // A separate repository if it is used on another thread.
    let repository =
      items.count <= Self.size ? tracker.repository : try tracker.repository.location.open()
    if items.count > Self.size { repository.readPacksForBlobs() }
    reader = RecordReader(
      items, repository, folder: tracker.folder, catalog: tracker.catalog)
    order.reserveCapacity(items.count)
    for start in stride(from: 0, to: items.count, by: Self.window) {
      let part = items[start..<min(start + Self.window, items.count)]
      order += repository.packOrder(of: part.map(\.item.id)).map { start + $0 }
    }
    begin()
  }

  /// Returns the next part, or `nil` after the last.
  mutating func next() throws(GitError) -> [CachedRecord]? {
    guard let result = prefetched?.wait() else { return nil }
    begin()
    return try result.get()
  }

  private mutating func begin() {
    guard begun < order.count else {
      prefetched = nil
      return
    }
    let part = Array(order[begun..<min(begun + Self.size, order.count)])
    begun += part.count
    prefetched = Prefetch(isAlone: order.count <= Self.size) { [reader] in reader.read(part) }
  }
}

/// Reads parts of the records.
///
/// `Sendable` because one thread at a time uses it and all that it holds: a part begins only after
/// waiting for the one before it.
private final class RecordReader: @unchecked Sendable {
  private let items: [(path: RepositoryPath, item: TreeItem)]
  private let repository: Repository
  private let folder: RepositoryPath
  private let catalog: KindCatalog

  init(
    _ items: [(path: RepositoryPath, item: TreeItem)], _ repository: Repository,
    folder: RepositoryPath,
    catalog: KindCatalog
  ) {
    (self.items, self.repository) = (items, repository)
    (self.folder, self.catalog) = (folder, catalog)
  }

  func read(_ places: [Int]) -> Result<[CachedRecord], GitError> {
    do throws(GitError) {
      return .success(
        try places.map { (place) throws(GitError) in
          try record(items[place].path, items[place].item)
        })
    } catch {
      return .failure(error)
    }
  }

  private func record(_ path: RepositoryPath, _ item: TreeItem) throws(GitError) -> CachedRecord {
    if let problem = Tracker.problem(ofMode: item.mode, path: path) {
      return CachedRecord(problem, item, folder: folder)
    }
    switch RecordFile.read(try repository.blob(item.id), path: path, folder: folder) {
    case .success(let file): return CachedRecord(file, item, kind: catalog.kind(of: file.id))
    case .failure(let problem): return CachedRecord(problem, item, folder: folder)
    }
  }
}

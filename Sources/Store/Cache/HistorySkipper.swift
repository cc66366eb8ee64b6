import Cache
import Files
import Git
import Records

/// Skips commits that didn't change a record, using the cache: in a long history nearly all.
struct HistorySkipper {
  private let tracker: Tracker
  private let hold: CacheHold
  private let touched: Set<ObjectID>
  /// Positions of the commits that changed the record in the order of history, newest first.
  private let positions: [Int64]

  /// Returns `nil` if there is no cache, or none with all of the history of a commit.
  init?(_ tracker: Tracker, of record: RecordID, below commit: ObjectID) throws(StoreError) {
    guard let hold = try tracker.cache(.history) else { return nil }
    var question = RecordCache.HistoryQuestion()
    question.records = [record.text]
    guard (try? hold.cache.links(of: commit.bytes))??.position != nil,
      let rows = try? hold.cache.history(question)
    else { return nil }
    touched = Set(rows.map { ObjectID(row: $0.commit.id) })
    positions = rows.compactMap(\.commit.position)
    (self.tracker, self.hold) = (tracker, hold)
  }

  /// Returns the newest commit, from `commit` down, that may have last changed the record's file at
  /// `path`.
  ///
  /// A merge always may, since the cache doesn't hold which parent's file it took. But from one
  /// narrow commit to another, with no change of the record between them, there is only one file to
  /// take.
  func lastChange(from commit: ObjectID, path: RepositoryPath) -> ObjectID {
    // The cache covers only files in the records folder.
    guard (try? RecordPath(path, inFolder: tracker.folder)) != nil else { return commit }
    var here = commit
    while !touched.contains(here), !tracker.repository.isShallowBoundary(here),
      let links = (try? hold.cache.links(of: here.bytes)) ?? nil
    {
      if let lower = landing(below: links) {
        here = lower
      } else if links.parents.count == 1 {
        here = ObjectID(row: links.parents[0])
      } else {
        break
      }
    }
    return here
  }

  /// Returns the lowest commit that the record reaches unchanged on every path.
  private func landing(below links: CachedLinks) -> ObjectID? {
    guard links.isNarrow, let position = links.position,
      let newest = positions.first(where: { $0 < position }),
      let lower = (try? hold.cache.narrowCommit(from: newest, below: position)) ?? nil
    else { return nil }
    return ObjectID(row: lower)
  }
}

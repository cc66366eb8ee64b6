import Cache
import Git
import Records

/// Passes over commits that did nothing to a record, by the index: in a long history nearly all.
struct HistorySkipper {
  private let tracker: Tracker
  private let hold: CacheHold
  private let touched: Set<ObjectID>
  /// Where the touched ones stand in the order of history, the newest first.
  private let positions: [Int64]

  /// `nil` where there is no index, or none that knows all of the history of a commit.
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

  /// The newest commit, from one down, that may have made the record's file at `path` what it is
  /// there. A merge may always, for whose file it took isn't in the index; but from one narrow commit
  /// to another, with nothing between that touched the record, there is only one file to take.
  func lastChange(from commit: ObjectID, path: String) -> ObjectID {
    // Of files elsewhere the index knows nothing.
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

  /// The lowest commit that the record comes to unchanged whichever way is taken.
  private func landing(below links: CachedLinks) -> ObjectID? {
    guard links.isNarrow, let position = links.position,
      let newest = positions.first(where: { $0 < position }),
      let lower = (try? hold.cache.narrowCommit(from: newest, below: position)) ?? nil
    else { return nil }
    return ObjectID(row: lower)
  }
}

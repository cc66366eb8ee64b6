import Files
import Git
import Records

/// Finds the files of ids on one side of a change, from file names.
///
/// Each search reads all names, so ids are asked for together, and from the fifth search on all are
/// kept.
final class RecordPaths {
  private let side: ChangeSide
  private let folder: RepositoryPath
  private var known: [RecordID: [RepositoryPath]] = [:]
  private var searches = 0
  private var hasAll = false
  private static let mostSearches = 4

  init(_ side: ChangeSide, folder: RepositoryPath) {
    (self.side, self.folder) = (side, folder)
  }

  /// Looks for those of the ids that weren't asked for before.
  func find(_ ids: Set<RecordID>) throws(GitError) {
    guard !hasAll else { return }
    let missing = ids.filter { known[$0] == nil }
    guard !missing.isEmpty else { return }
    if searches == Self.mostSearches {
      known = try side.paths(of: nil, folder: folder)
      hasAll = true
      return
    }
    searches += 1
    for id in missing { known[id] = [] }
    known.merge(try side.paths(of: missing, folder: folder)) { $1 }
  }

  /// Returns the files of an id; none if there is no such record.
  func of(_ id: RecordID) throws(GitError) -> [RepositoryPath] {
    try find([id])
    return known[id] ?? []
  }
}

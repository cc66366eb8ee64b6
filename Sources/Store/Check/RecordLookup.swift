import Files
import Git
import Records

/// Finds single records of a change's proposed side, for checks that look beyond the change.
///
/// Results are kept.
final class RecordLookup {
  private let side: ChangeSide
  private let folder: RepositoryPath
  private let paths: RecordPaths
  private var found: [RecordID: RecordFile?] = [:]
  private var failure: GitError?

  init(
    _ side: ChangeSide, folder: RepositoryPath, paths: RecordPaths, touched: [RecordFile]
  ) {
    self.side = side
    self.folder = folder
    self.paths = paths
    for record in touched { found[record.id] = record }
  }

  /// Returns what checks may use on a change: no day, no history, no whole state.
  func view(_ definition: TrackerDefinition) -> StateView {
    StateView(
      catalog: definition.catalog, config: definition.config, roster: definition.roster,
      configRoot: definition.configRoot
    ) { self.record($0) }
  }

  /// Throws the first error that occurred while checks ran: a failed read is not an absent record.
  func rethrow() throws(GitError) {
    if let failure { throw failure }
  }

  private func record(_ id: RecordID) -> RecordFile? {
    if let known = found[id] { return known }
    var record: RecordFile?
    do throws(GitError) {
      if let path = try paths.of(id).first,
        let bytes = try side.bytes(at: path)
      {
        record = try? RecordFile.read(bytes, path: path, folder: folder).get()
      }
    } catch {
      failure = failure ?? error
    }
    found[id] = .some(record)
    return record
  }
}

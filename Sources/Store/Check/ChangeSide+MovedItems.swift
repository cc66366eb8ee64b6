import Files
import Git
import JSONText
import Records

extension ChangeSide {
  /// Returns the items that a record has lost and that are records of their own on this side.
  ///
  /// Reads the names of all records, and the few that the items would be.
  func movedItems(
    from before: RecordFile, to after: RecordFile, _ kind: Kind, _ definition: TrackerDefinition,
    _ paths: RecordPaths
  ) throws(GitError) -> MovedItems {
    let folder = definition.config.folder
    try paths.find(
      Set(
        definition.catalog.itemMigrations(of: kind).flatMap { migration in
          (before.root[migration.list]?.elements.map { $0 } ?? []).compactMap { item in
            migration.itemKey.flatMap { item[$0]?.string }.map {
              MigrationOrigin(record: before.id, list: migration.list, item: $0)
                .derivedID(prefix: migration.target.prefix)
            }
          }
        }))
    return try MovedItems(from: before, to: after, kind: kind, definition.catalog, folder: folder) {
      (id) throws(GitError) -> RecordFile? in
      guard let path = try paths.of(id).first, let bytes = try bytes(at: path) else { return nil }
      // What can't be read as a record keeps nothing.
      return try? RecordFile.read(bytes, path: path, folder: folder).get()
    }
  }
}

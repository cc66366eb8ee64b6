import Files
import Git
import JSONText
import Records

extension Tracker {
  /// Whether docket has staged something that isn't committed.
  package func hasStagedWrites() throws(StoreError) -> Bool { try !stagedWrites().isEmpty }

  /// Commits what docket has staged, if nobody has touched it since; `nil` if there is nothing.
  package func commitStaged(_ options: WriteOptions) async throws(StoreError) -> WriteResult? {
    let staged = try stagedWrites()
    guard !staged.isEmpty else { return nil }
    var result = WriteResult()
    var files: [PlannedFile] = []
    var drafts: [Draft] = []
    for write in staged {
      let bytes = try git { () throws(GitError) in try repository.blob(write.item.id) }
      files.append(
        PlannedFile(path: write.path, bytes: bytes, base: write.head, staged: write.item))
      result.ids.append(write.id)
      result.paths.append(write.path)
      guard let kind = catalog.kind(of: write.id) else { continue }
      var draft = Draft(
        id: write.id, kind: kind, value: try value(of: write.item, at: write.path, write.id))
      if let head = write.head {
        draft.base = (write.path, head, try value(of: head, at: write.path, write.id))
      }
      drafts.append(draft)
    }
    try await write(files, of: drafts, options, into: &result)
    return result
  }

  /// Puts back what docket has staged, in index and working tree, where nobody has touched it since.
  package func dropStagedWrites() throws(StoreError) {
    let lock = try TrackerLock(repository)
    defer { withExtendedLifetime(lock) {} }
    var undo = WriteUndo(repository: repository)
    for write in try stagedWrites() {
      let (bytes, previous) = try git { () throws(GitError) in
        (
          try repository.blob(write.item.id),
          try write.head.map { (item) throws(GitError) in try repository.blob(item.id) }
        )
      }
      undo.note(file: write.path, wrote: bytes, previous: previous)
      undo.note(entry: write.path, wrote: write.item, previous: write.head)
      if write.head == nil { undo.note(emptiedBelow: write.path, folder: folder) }
    }
    do throws(WriteUndo.Left) {
      try undo.carryOut { (_, _) throws(GitError) in false }
    } catch {
      throw .failed(error.message, hint: error.hint)
    }
  }
}

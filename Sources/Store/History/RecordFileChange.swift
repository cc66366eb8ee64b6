import Files
import Git
import Records

/// A record's file before and after a commit.
struct RecordFileChange {
  struct Side: Hashable {
    let path: RepositoryPath
    let blob: ObjectID
  }

  let id: RecordID
  let old: Side?
  let new: Side?
  /// The file in the other parents of a merge: a version that one of them has isn't the merge's
  /// own.
  var others: [Side?] = []

  /// The path it moved from, if no parent has it at its current path.
  var from: RepositoryPath? {
    guard let old, let new, !([old] + others).contains(where: { $0?.path == new.path }) else {
      return nil
    }
    return old.path
  }
}

extension RecordFileChange {
  init(id: RecordID, _ change: TreeChange) {
    self.init(
      id: id, old: change.old.map { Side(path: change.path, blob: $0.id) },
      new: change.new.map { Side(path: change.path, blob: $0.id) })
  }
}

/// The changes that a commit made to record files.
enum CommitFiles {
  /// Compared with its parent, file by file.
  case step([TreeChange])
  /// Only a directory that its parent doesn't have: an import may add half a million files.
  case added(AddedTree)
  /// What a merge changed itself.
  case merge([RecordFileChange])
}

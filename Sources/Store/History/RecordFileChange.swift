import Git
import Records

/// A record's file before and after a commit.
struct RecordFileChange {
  struct Side: Hashable {
    let path: String
    let blob: ObjectID
  }

  let id: RecordID
  let old: Side?
  let new: Side?
  /// What the other parents of a merge had: what one of them has, too, isn't the merge's doing.
  var others: [Side?] = []

  /// Where it was before, if no parent had it where it is now.
  var from: String? {
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

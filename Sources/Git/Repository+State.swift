/// Something that git has begun and not finished.
package struct Operation: Sendable, Hashable {
  /// In git's words: "merge", "rebase".
  package let name: String
}

extension Repository {
  /// A merge, rebase, cherry-pick, revert or patch series in progress, as git-status(1) sees it.
  package var operationInProgress: Operation? {
    let signs = [
      ("rebase-merge", "rebase"), ("rebase-apply/applying", "patch series (git am)"),
      ("rebase-apply", "rebase"), ("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick"),
      ("REVERT_HEAD", "revert"), ("sequencer", "cherry-pick or revert"),
    ]
    return signs.first { SystemFile.exists(gitDirectory + "/" + $0.0) }.map {
      Operation(name: $0.1)
    }
  }

  /// The other parents of a merge that is being committed.
  package var mergeHeads: [ObjectID] {
    guard let bytes = try? SystemFile.read(gitDirectory + "/MERGE_HEAD") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
      ObjectID(hex: $0)
    }
  }

  /// Reads many blobs, giving each with its place in `ids`.
  package func blobs(_ ids: [ObjectID], _ body: (Int, Result<[UInt8], GitError>) -> Void) {
    for (index, id) in ids.enumerated() {
      do throws(GitError) {
        body(index, .success(try blob(id)))
      } catch {
        body(index, .failure(error))
      }
    }
  }
}

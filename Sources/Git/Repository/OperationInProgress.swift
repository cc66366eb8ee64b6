/// A git operation that the user has begun and not finished.
package enum OperationInProgress: String, Sendable, Hashable, CaseIterable {
  case merge, rebase, cherryPick, revert, applyMailbox, bisect

  /// Git's name for it, e.g. "cherry-pick".
  package var name: String {
    switch self {
    case .merge: "merge"
    case .rebase: "rebase"
    case .cherryPick: "cherry-pick"
    case .revert: "revert"
    case .applyMailbox: "am"
    case .bisect: "bisect"
    }
  }

  /// The commands that finish or abort it.
  package var hint: String {
    switch self {
    case .bisect: "git bisect reset"
    default: "git \(name) --continue, or git \(name) --abort"
    }
  }
}

extension OperationInProgress {
  /// The command that goes on once all conflicts are resolved.
  package var conclusion: String {
    switch self {
    case .merge, .bisect: "git commit"
    default: "git \(name) --continue"
    }
  }
}

extension Repository {
  /// The operation in progress in this worktree, from the files that `git status` checks.
  package var operationInProgress: OperationInProgress? {
    get throws(GitError) {
      if try has("rebase-merge") { return .rebase }
      if try has("rebase-apply") {
        return try has("rebase-apply/applying") ? .applyMailbox : .rebase
      }
      if try has("MERGE_HEAD") { return .merge }
      if try has("CHERRY_PICK_HEAD") { return .cherryPick }
      if try has("REVERT_HEAD") { return .revert }
      if try has("sequencer/todo") { return sequencerOperation }
      return try has("BISECT_LOG") ? .bisect : nil
    }
  }

  private func has(_ name: String) throws(GitError) -> Bool {
    try RepositoryFile.exists(gitDirectory + "/" + name)
  }

  /// The operation between two commits of a sequence, when only its todo list shows which it is.
  private var sequencerOperation: OperationInProgress {
    // Something is in progress whichever it is.
    let todo = (try? RepositoryFile.readLine(gitDirectory + "/sequencer/todo")) ?? nil
    return todo?.hasPrefix("revert") == true ? .revert : .cherryPick
  }

  /// The commits being merged, besides HEAD; empty when no merge is in progress.
  package var mergeHeads: [ObjectID] {
    get throws(GitError) {
      guard let text = try RepositoryFile.readLine(gitDirectory + "/MERGE_HEAD") else { return [] }
      return text.split(separator: "\n").compactMap { ObjectID(hex: $0) }
    }
  }

  /// The commits that a `git merge` in progress announces to its hooks: `pre-merge-commit` runs
  /// before MERGE_HEAD is written, but each has a variable `GITHEAD_<id>` (git-merge(1),
  /// builtin/merge.c).
  package var announcedMergeHeads: [ObjectID] {
    get throws(GitError) {
      let prefix = "GITHEAD_"
      let announced = location.environment.keys.sorted().compactMap { name in
        name.hasPrefix(prefix) ? ObjectID(hex: name.dropFirst(prefix.count)) : nil
      }
      return announced.isEmpty ? try mergeHeads : announced
    }
  }
}

internal import Files

/// What the two sides of a merge are called, and which of them is the user's own work.
package struct MergeSides: Sendable, Hashable {
  /// The side that is checked out: HEAD's, and in a rebase the branch that commits are put on.
  package let ours: String
  package let theirs: String
  /// Whether the user's own commits are theirs: a rebase swaps the sides (git-rebase(1)).
  package let isSwapped: Bool
  /// The commit that theirs comes from, where git tells.
  package let other: ObjectID?

  package init(ours: String, theirs: String, isSwapped: Bool = false, other: ObjectID? = nil) {
    (self.ours, self.theirs, self.isSwapped, self.other) = (ours, theirs, isSwapped, other)
  }
}

extension Repository {
  /// The sides of the merge that runs, or is to be concluded, in this worktree.
  ///
  /// Git before 2.44 hands a merge driver no labels; so they come from what it leaves in the environment
  /// of `git merge` (`GITHEAD_…`) and in the files of a rebase, a cherry-pick or a revert.
  package var mergeSides: MergeSides {
    get throws(GitError) {
      for folder in ["rebase-merge", "rebase-apply"] {
        if let sides = try sidesOfRebase(gitDirectory + "/" + folder) { return sides }
      }
      let ours = try currentName
      if let other = try announcedMergeHeads.first {
        let announced = location.environment["GITHEAD_\(other.hex)"] ?? other.hex
        let name = announced == other.hex ? try self.name(of: other) : announced
        return MergeSides(ours: ours, theirs: name, other: other)
      }
      if let picked = try commit(named: "CHERRY_PICK_HEAD") {
        return MergeSides(ours: ours, theirs: try title(of: picked), other: picked)
      }
      if let reverted = try commit(named: "REVERT_HEAD") {
        return MergeSides(ours: ours, theirs: "before \(try title(of: reverted))", other: nil)
      }
      return MergeSides(ours: ours, theirs: "the other side")
    }
  }

  private func sidesOfRebase(_ folder: String) throws(GitError) -> MergeSides? {
    guard let line = try RepositoryFile.readLine(folder + "/head-name") else {
      // `git rebase --apply` writes it only where it stops.
      guard try RepositoryFile.exists(folder),
        try !RepositoryFile.exists(folder + "/applying"),
        let tip = try commit(named: "ORIG_HEAD")
      else { return nil }
      return MergeSides(
        ours: try currentName, theirs: try name(of: tip), isSwapped: true,
        other: try commit(named: "REBASE_HEAD"))
    }
    let own = RepositoryPath(line).relative(to: "refs/heads")?.text ?? "your commits"
    let onto = try RepositoryFile.readLine(folder + "/onto").flatMap { ObjectID(hex: $0) }
    var picked = try commit(named: "REBASE_HEAD")
    if picked == nil, let done = try RepositoryFile.read(folder + "/done") {
      // The last line is the step that runs: "pick COMMIT SUBJECT".
      let lines = String(decoding: done, as: UTF8.self).split(separator: "\n")
      picked = lines.last?.split(separator: " ").dropFirst().first.flatMap { ObjectID(hex: $0) }
    }
    let name = if let onto { try self.name(of: onto) } else { "upstream" }
    return MergeSides(ours: name, theirs: own, isSwapped: true, other: picked)
  }

  private func commit(named file: String) throws(GitError) -> ObjectID? {
    try RepositoryFile.readLine(gitDirectory + "/" + file).flatMap { ObjectID(hex: $0) }
  }

  private var currentName: String {
    get throws(GitError) {
      let head = try head()
      if let branch = head.branch {
        return RepositoryPath(branch).relative(to: "refs/heads")?.text ?? branch
      }
      return try head.commit.map { (id) throws(GitError) in try name(of: id) } ?? "HEAD"
    }
  }

  /// Returns the branch that points at a commit, a local one first; else the abbreviated id.
  private func name(of commit: ObjectID) throws(GitError) -> String {
    for prefix in ["refs/heads/", "refs/remotes/"] {
      let found = try references(under: prefix).first {
        $0.id == commit && RepositoryPath($0.name).name != "HEAD"
      }
      if let found { return String(found.name.dropFirst(prefix.utf8.count)) }
    }
    return String(commit.hex.prefix(10))
  }

  /// Returns the abbreviated id and the subject of a commit.
  private func title(of commit: ObjectID) throws(GitError) -> String {
    let subject = try self.commit(commit).subject
    return "\(commit.hex.prefix(10)) (\(subject))"
  }
}

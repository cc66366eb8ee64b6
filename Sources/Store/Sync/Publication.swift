package import Git

/// Where a branch is published, and what of it isn't yet.
package struct Publication: Sendable {
  /// The checked-out branch, without `refs/heads/`.
  package let branch: String
  /// `nil` if there is no remote to publish to.
  package let remote: String?
  /// The branch on the remote, without `refs/heads/`.
  package let remoteBranch: String
  /// Whether git knows of the pair, so that it needn't be set up.
  package let isTracked: Bool
  /// What the remote's branch was when it was last fetched; `nil` if it never was, or isn't there.
  package let known: ObjectID?
  /// The commits that the remote doesn't have.
  package let ahead: [ObjectID]

  /// The remote's branch as people call it: `origin/main`.
  package var name: String { "\(remote ?? "")/\(remoteBranch)" }

  /// The name of the reference that follows the remote's branch.
  var reference: String { "refs/remotes/\(remote ?? "")/\(remoteBranch)" }
}

extension Tracker {
  /// Returns where the checked-out branch is published, as git's configuration says (git-config(1),
  /// `branch.<name>.remote`); `nil` where no branch is checked out, or it has no commit.
  package func publication() throws(StoreError) -> Publication? {
    try git { () throws(GitError) in
      let head = try repository.head()
      guard let name = head.branch, let tip = head.commit else { return nil }
      let prefix = "refs/heads/"
      let branch = String(name.dropFirst(prefix.utf8.count))
      let merge = try repository.config("branch.\(branch).merge")
      var remote = try repository.config("branch.\(branch).remote")
      let isTracked = remote != nil && merge != nil
      if remote == nil { remote = try onlyRemote() }
      guard let remote else {
        return Publication(
          branch: branch, remote: nil, remoteBranch: branch, isTracked: false, known: nil, ahead: []
        )
      }
      let remoteBranch = merge.map { String($0.dropFirst(prefix.utf8.count)) } ?? branch
      let known = try repository.reference("refs/remotes/\(remote)/\(remoteBranch)")
      var others: [ObjectID] = []
      if let known {
        others = [known]
      } else {
        others = try repository.references(under: "refs/remotes/\(remote)/").map(\.id)
      }
      var ahead: [ObjectID] = []
      if known != tip {
        let walk = try repository.commits(from: [tip], excluding: others)
        while let id = walk.nextID() { ahead.append(id) }
      }
      return Publication(
        branch: branch, remote: remote, remoteBranch: remoteBranch, isTracked: isTracked,
        known: known, ahead: ahead)
    }
  }

  /// Returns `origin`, or the one remote that there is.
  private func onlyRemote() throws(GitError) -> String? {
    let names = try repository.configNames(matching: #"^remote\..*\.url$"#).map {
      String($0.dropFirst("remote.".utf8.count).dropLast(".url".utf8.count))
    }
    return names.contains("origin") ? "origin" : (names.count == 1 ? names[0] : nil)
  }
}

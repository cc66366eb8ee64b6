import Files
package import Git
import JSONText
package import Records

/// Brings a branch and the one that it is published to together, through the user's own git: fetch,
/// merge or rebase, check, push; again if somebody was faster.
package struct SyncRun {
  /// What happened, for words.
  package enum Event: Sendable {
    /// Changes of others that are here now: commits.
    case received(Int)
    /// What a rewritten branch no longer has.
    case lost(RecordDifference, formerTip: ObjectID)
    case published(Int, to: String)
    case proposed(Int, branch: String, page: String?)
    case concluded(String)
    case findings([Finding])
    case nothingNew
  }

  private let tracker: Tracker
  private let gitProgram: GitProgram
  private let report: (Event) -> Void
  private var repository: Repository { tracker.repository }

  package init(
    _ tracker: Tracker, gitProgram: GitProgram, report: @escaping (Event) -> Void
  ) {
    (self.tracker, self.gitProgram, self.report) = (tracker, gitProgram, report)
  }

  private static let mostTries = 10

  package func run() throws(StoreError) {
    try concludeMerge()
    guard let place = try tracker.publication() else {
      throw .refused(
        "no branch is checked out here", hint: "git switch \(tracker.config.branch ?? "main")")
    }
    guard let remote = place.remote else {
      throw .refused(
        "there is nobody to share with yet: this repository has no remote",
        hint: "git remote add origin URL")
    }
    if try tracker.hasStagedWrites() {
      throw .refused("docket has staged changes that aren't committed", hint: "docket commit")
    }
    var received = 0
    for attempt in 1...Self.mostTries {
      try fetch(remote, place)
      guard let now = try tracker.publication() else { return }
      try refuseForeignCommits(now)
      let count = try integrate(now)
      received += count
      if count > 0 { report(.received(count)) }
      guard let ready = try tracker.publication(), !ready.ahead.isEmpty else {
        if received == 0 { report(.nothingNew) }
        return
      }
      try check(ready)
      if try publish(ready) { return }
      if attempt == Self.mostTries { break }
    }
    throw .refused(
      "others published \(Self.mostTries) times while this was being checked",
      hint: "docket sync tries again")
  }

  /// Takes a merge or rebase that waits for somebody to end a conflict back.
  package func abort() throws(StoreError) {
    guard let operation = try git({ () throws(GitError) in try repository.operationInProgress })
    else { throw .refused("no sync is waiting here") }
    guard operation == .merge || operation == .rebase else {
      throw .refused("a \(operation.name) is in progress here", hint: operation.hint)
    }
    let run = try gitProgram.run([operation.name, "--abort"])
    guard run.isSuccess else { throw gitProgram.failure(run, "the sync can't be taken back") }
  }

  // MARK: Steps

  /// Concludes a merge or rebase whose conflicts are resolved.
  private func concludeMerge() throws(StoreError) {
    guard let operation = try git({ () throws(GitError) in try repository.operationInProgress }),
      operation != .bisect
    else { return }
    if let unmerged = try tracker.unmergedRecords() { throw Self.waiting(unmerged) }
    let words: [String]
    switch operation {
    case .merge: words = ["commit", "--quiet", "--no-edit", "--cleanup=strip"]
    case .rebase: words = ["rebase", "--continue"]
    default:
      throw .refused("a \(operation.name) is in progress here", hint: operation.hint)
    }
    let run = try gitProgram.run(words)
    if !run.isSuccess, let unmerged = try tracker.unmergedRecords() { throw Self.waiting(unmerged) }
    guard run.isSuccess else {
      throw gitProgram.failure(run, "the \(operation.name) can't be concluded")
    }
    report(.concluded(operation.name))
  }

  /// The refusal while records are in conflict, with what resolves them.
  private static func waiting(_ unmerged: UnmergedRecords) -> StoreError {
    .findings(unmerged.findings)
  }

  /// Refuses to publish commits of anything but records along with them.
  private func refuseForeignCommits(_ place: Publication) throws(StoreError) {
    let folder = tracker.folder
    try git { () throws(GitError) -> (ObjectID, RepositoryPath)? in
      for id in place.ahead {
        let commit = try repository.commit(id)
        guard commit.parents.count < 2 else { continue }
        let before = try commit.parents.first.map { (parent) throws(GitError) in
          try repository.commit(parent).tree
        }
        for change in try repository.changes(from: before, to: commit.tree)
        where !change.path.isAtOrBelow(folder) && !change.path.isBelow(TrackerDefinition.folder)
          && change.path != ".gitattributes"
        {
          return (id, change.path)
        }
      }
      return nil
    }.map { (id, path) throws(StoreError) in
      throw .refused(
        "commit \(id.hex.prefix(10)) isn't published and isn't of records alone: it changes \(path)",
        hint: "git push publishes code; docket sync is for records")
    }
  }

  private func fetch(_ remote: String, _ place: Publication) throws(StoreError) {
    let before = place.known
    let run = try gitProgram.run(["fetch", "--quiet", remote], isShown: true)
    guard run.isSuccess else { throw gitProgram.failure(run, "\(remote) can't be reached") }
    let after = try git { () throws(GitError) in try repository.reference(place.reference) }
    guard let before, let after, before != after else { return }
    let isRewritten = try git { () throws(GitError) in
      try !repository.isAncestor(before, of: after)
    }
    guard isRewritten else { return }
    let lost = try lostRecords(before, after)
    if !lost.changes.isEmpty { report(.lost(lost, formerTip: before)) }
  }

  /// Returns how records of a former tip differ from those of a rewritten branch, where the commits that
  /// are gone had changed them.
  private func lostRecords(_ former: ObjectID, _ now: ObjectID) throws(StoreError)
    -> RecordDifference
  {
    let base = try git { () throws(GitError) in try repository.mergeBase(former, now) }
    let touched = try tracker.difference(from: .commit(base), to: .commit(former))
    let paths = Set(touched.changes.map(\.path))
    let all = try tracker.difference(from: .commit(former), to: .commit(now))
    return RecordDifference(
      changes: all.changes.filter { paths.contains($0.path) }, definitionPaths: [],
      catalog: all.catalog)
  }

  /// Merges or rebases, as the user's git is set up; a merge if it says nothing, which keeps the ids of
  /// commits that reports name.
  ///
  /// - Returns: the number of others' commits that are new here.
  private func integrate(_ place: Publication) throws(StoreError) -> Int {
    guard let theirs = place.known else { return 0 }
    let head = try git { () throws(GitError) in try repository.head() }
    guard let tip = head.commit, tip != theirs else { return 0 }
    let count = try git { () throws(GitError) in
      let walk = try repository.commits(from: [theirs], excluding: [tip])
      var count = 0
      while walk.nextID() != nil { count += 1 }
      return count
    }
    guard count > 0 else { return 0 }
    let isBehindAlone = try git { () throws(GitError) in
      try repository.isAncestor(tip, of: theirs)
    }
    let rebases = try isBehindAlone ? false : self.rebases(place.branch)
    let words =
      rebases
      ? ["rebase", "--autostash", place.reference]
      : ["merge", "--quiet", "--autostash"]
        + (isBehindAlone ? ["--ff-only"] : ["-m", "Merge \(place.name)"]) + [place.reference]
    let run = try gitProgram.run(words)
    if run.isSuccess { return count }
    if let unmerged = try tracker.unmergedRecords(), unmerged.others.isEmpty {
      // The user ends it in words, and syncs again.
      throw Self.waiting(unmerged)
    }
    if try git({ () throws(GitError) in try repository.operationInProgress }) != nil { try abort() }
    throw gitProgram.failure(run, "what others changed can't be brought together with yours")
  }

  private func rebases(_ branch: String) throws(StoreError) -> Bool {
    try git { () throws(GitError) in
      let own = try repository.config("branch.\(branch).rebase")
      let text = if let own { own } else { try repository.config("pull.rebase") }
      // Beside a boolean: merges, interactive (git-config(1)).
      return text.map { !["false", "no", "off", "0", ""].contains($0.lowercased()) } ?? false
    }
  }

  /// Checks what would be published.
  private func check(_ place: Publication) throws(StoreError) {
    guard let tip = try git({ () throws(GitError) in try repository.head().commit }) else { return }
    let result = try tracker.check(from: place.known ?? .zero, to: tip)
    guard result.hasErrors else { return }
    report(.findings(result.findings))
    throw .refused("nothing was published: what you have isn't right yet", hint: nil)
  }

  /// - Returns: `false` if somebody else was faster.
  private func publish(_ place: Publication) throws(StoreError) -> Bool {
    let remote = place.remote ?? ""
    if tracker.config.publish == "propose" { return try propose(place, remote) }
    let target = "refs/heads/\(place.remoteBranch)"
    let run = try gitProgram.run(
      ["push", "--quiet"] + (place.isTracked ? [] : ["--set-upstream"])
        + [remote, "refs/heads/\(place.branch):\(target)"])
    if run.isSuccess {
      report(.published(place.ahead.count, to: place.name))
      return true
    }
    // Somebody was faster if the branch has moved; anything else is the server's word.
    let before = place.known
    let again = try gitProgram.run(["fetch", "--quiet", remote])
    let now = try git { () throws(GitError) in try repository.reference(place.reference) }
    if again.isSuccess, now != before { return false }
    throw gitProgram.failure(run, "nothing was published")
  }

  /// Pushes a branch of the user's own, for others to merge.
  private func propose(_ place: Publication, _ remote: String) throws(StoreError) -> Bool {
    guard let handle = tracker.handle else {
      throw .refused(
        "who proposes this?", hint: "git config docket.handle YOUR-HANDLE")
    }
    let subject = try subject(of: place)
    let branch = "docket/\(handle)/\(subject)"
    let run = try gitProgram.run(
      ["push", "--quiet", "--force-with-lease", remote, "HEAD:refs/heads/\(branch)"])
    guard run.isSuccess else { throw gitProgram.failure(run, "nothing was proposed") }
    let url = try git { () throws(GitError) in try repository.config("remote.\(remote).url") }
    report(
      .proposed(
        place.ahead.count, branch: branch,
        page: url.flatMap { ForgePage.proposal(of: branch, into: place.remoteBranch, remote: $0) }))
    return true
  }

  /// The record that the first unpublished commit is about.
  private func subject(of place: Publication) throws(StoreError) -> String {
    guard let first = place.ahead.last else { return "records" }
    let folder = tracker.folder
    return try git { () throws(GitError) in
      let commit = try repository.commit(first)
      let before = try commit.parents.first.map { (parent) throws(GitError) in
        try repository.commit(parent).tree
      }
      return try repository.changes(from: before, to: commit.tree, under: [folder])
        .compactMap { try? RecordPath($0.path, inFolder: folder).id.text }.first ?? "records"
    }
  }
}

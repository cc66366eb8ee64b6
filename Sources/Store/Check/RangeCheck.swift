import Files
package import Git
import Records

/// The check of a branch's changes as one squashed change, for CI and a server's hook.
///
/// The ends of a range are as git passes them to `pre-receive` (githooks(5)): all zeros mean that
/// the branch doesn't exist yet or is deleted.
package struct RangeCheck {
  private let repository: Repository
  /// The handle of the change's author, if known.
  private let handle: String?
  private let own: OwnSchemas

  /// - Parameter own: the schemas of the program that checks.
  init(_ repository: Repository, handle: String?, own: OwnSchemas = .none) {
    self.repository = repository
    self.handle = handle
    self.own = own
  }

  /// Checks what `new` changes since its merge base with `old`, without following `git replace`.
  ///
  /// - Parameter isPushed: whether no branch points to `new` yet. If not, branches whose tip is
  ///   `new` are ignored when looking for where it started.
  func run(from old: ObjectID, to new: ObjectID, isPushed: Bool) throws(GitError) -> CheckResult {
    try repository.withoutReplacements { () throws(GitError) in
      try result(from: old, to: new, isPushed: isPushed)
    }
  }

  private func result(from old: ObjectID, to new: ObjectID, isPushed: Bool) throws(GitError)
    -> CheckResult
  {
    // Deleting a branch deletes no record that another branch has.
    guard new != .zero else { return CheckResult(findings: [], checked: 0) }
    guard old != .zero else {
      return try check(from: try start(of: new, isPushed: isPushed), to: new)
    }
    guard let base = try repository.mergeBase(old, new) else {
      throw GitError(
        .notFound, call: "merge-base", "the two ends of the range have no commit in common here",
        hint: repository.isShallow ? "git fetch --unshallow" : nil)
    }
    return try check(from: base, to: new)
  }

  /// Returns where a new branch left the existing branches, or `nil` if they have no commit in
  /// common.
  ///
  /// Tags don't count: what they name was never checked. In a repository that receives a push,
  /// neither does anything but its own branches: whoever pushes may make other references.
  private func start(of new: ObjectID, isPushed: Bool) throws(GitError) -> ObjectID? {
    var tips: [ObjectID] = []
    for prefix in isPushed ? ["refs/heads/"] : ["refs/heads/", "refs/remotes/"] {
      for (_, id) in try repository.references(under: prefix) where isPushed || id != new {
        tips.append(id)
      }
    }
    return tips.isEmpty ? nil : try repository.mergeBase(new, tips)
  }

  private func check(from base: ObjectID?, to new: ObjectID) throws(GitError) -> CheckResult {
    let commit = try repository.commit(new)
    return try check(
      from: base, toTree: commit.tree, at: CivilDate(secondsSinceEpoch: commit.committer.time))
  }

  /// Checks what a tree changes since a commit, on a day.
  func check(from base: ObjectID?, toTree tree: ObjectID, at day: CivilDate) throws(GitError)
    -> CheckResult
  {
    var baseTree: ObjectID?
    if let base { baseTree = try repository.commit(base).tree }
    let baseSide = ChangeSide.tree(baseTree, repository)
    let newSide = ChangeSide.tree(tree, repository)
    var baseDefinition = try baseSide.definition()
    if !baseDefinition.isTracked {
      // The commit that adopts docket brings its own definition.
      baseDefinition = try newSide.definition()
      guard baseDefinition.isTracked else { return CheckResult(findings: [], checked: 0) }
    }
    let changes = try repository.changes(
      from: baseTree, to: tree,
      under: [TrackerDefinition.folder, baseDefinition.config.folder])
    let validator = ChangeValidator(
      repository: repository, base: baseSide, proposed: newSide, otherParents: [], handle: handle,
      day: day, ownSchemas: own)
    let verdict = try validator.verdict(on: changes, baseDefinition: baseDefinition)
    var findings = verdict.findings
    let definition = verdict.definition
    if definition.isTracked, definition.findings.isEmpty {
      let folder = definition.config.folder
      findings += try CollectionCheck(
        base: (baseSide, baseDefinition), tip: (newSide, definition), day: validator.day
      ).findings(
        changes.filter {
          $0.path.isAtOrBelow(folder) && !Tracker.isTolerated($0.path, folder: folder)
        })
    }
    return CheckResult(
      findings: findings.map { $0.hinted(rangeFrom: base) }.sorted(),
      checked: verdict.checked)
  }
}

extension Tracker {
  /// The revision of a branch that doesn't exist: forty zeros.
  package static let absentRevision = Revision.zero

  /// Checks what `to` changes against its merge base with `from`; either may be all zeros.
  package func check(from: ObjectID, to: ObjectID) throws(StoreError) -> CheckResult {
    try git { () throws(GitError) in
      try RangeCheck(repository, handle: handle, own: context.ownSchemas).run(
        from: from, to: to, isPushed: false)
    }
  }
}

extension Finding {
  /// Returns the finding with a hint that restores from the base of the range instead of HEAD.
  func hinted(rangeFrom base: ObjectID?) -> Finding {
    guard let base, let hint else { return self }
    var finding = self
    finding.hint = hint.replacing(
      "git restore --staged --worktree ",
      with: "git restore --source=\(base.hex.prefix(10)) --staged --worktree ")
    return finding
  }
}

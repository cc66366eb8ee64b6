import Files
import Git
import JSONText
import Records

/// The check of what is staged, as run by `pre-commit`.
///
/// Reads the index, the changed blobs, config and schemas, and the names of files for links; never
/// the working tree, and nothing through `git replace`. Nothing from the repository is executed.
package enum StagedCheck {
  /// Runs the check for a hook: opens the repository that `directory` is in and nothing more.
  package static func run(
    in directory: String, context: ExecutionContext
  ) throws(StoreError) -> CheckResult {
    let result = try git { () throws(GitError) -> CheckResult? in
      guard
        let repository = try Repository.discover(
          from: directory, environment: context.environment)
      else { return nil }
      return try run(repository, context: context)
    }
    guard let result else { throw .failed("hooks run inside a git repository") }
    return result
  }

  static func run(_ repository: Repository, context: ExecutionContext)
    throws(GitError) -> CheckResult
  {
    try repository.withoutReplacements { () throws(GitError) in
      try result(repository, context: context)
    }
  }

  private static func result(_ repository: Repository, context: ExecutionContext)
    throws(GitError) -> CheckResult
  {
    let index = try repository.readIndex()
    let tree = try Tracker.headTree(of: repository)
    let folder = try recordsFolder(tree: tree, index: index, in: repository)
    let changes = try index.stagedChanges(
      against: tree, in: repository, under: [TrackerDefinition.folder, folder])
    let unmerged = index.conflictedPaths(under: folder)
    if !unmerged.isEmpty {
      // What is no record, git says itself.
      let findings = try UnmergedRecords(repository, index).findings
      if !findings.isEmpty { return CheckResult(findings: findings, checked: unmerged.count) }
    }
    return try result(index, changes, tree, folder, repository, context)
  }

  private static func result(
    _ index: IndexSnapshot, _ changes: [TreeChange], _ tree: ObjectID?, _ folder: RepositoryPath,
    _ repository: Repository, _ context: ExecutionContext
  ) throws(GitError) -> CheckResult {
    var base = ChangeSide.tree(tree, repository)
    // Names that may be taken for docket's folders are outside of them.
    if changes.isEmpty,
      try AmbiguousPaths(base: base, proposed: .index(index, repository))
        .findings(besides: folder).isEmpty
    {
      return CheckResult(findings: [], checked: 0)
    }
    let changesDefinition = changes.contains { $0.path.isBelow(TrackerDefinition.folder) }
    var baseDefinition = try base.definition(isWhole: changesDefinition)
    if !baseDefinition.isTracked {
      // The commit that adopts docket brings its own definition.
      base = .index(index, repository)
      baseDefinition = try base.definition()
      guard baseDefinition.isTracked else { return CheckResult(findings: [], checked: 0) }
    }
    var parents: [ObjectID] = []
    for id in try repository.announcedMergeHeads {
      parents.append(try repository.commit(id).tree)
    }
    var handle = context.handle
    if handle == nil { handle = try repository.config("docket.handle") }
    let validator = ChangeValidator(
      repository: repository, base: base, proposed: .index(index, repository),
      otherParents: parents, handle: handle,
      day: CivilDate(
        secondsSinceEpoch: repository.committerTime(now: context.now())),
      ownSchemas: context.ownSchemas)
    let verdict = try validator.verdict(on: changes, baseDefinition: baseDefinition)
    let committed = Set(changes.filter { $0.old != nil }.map(\.path))
    return CheckResult(
      findings: verdict.findings.map { $0.hintedByHand(isNew: !committed.contains($0.path)) }
        .sorted(), checked: verdict.checked)
  }

  /// Returns the records folder according to HEAD's config, or the index's if HEAD has none.
  private static func recordsFolder(
    tree: ObjectID?, index: IndexSnapshot, in repository: Repository
  )
    throws(GitError) -> RepositoryPath
  {
    var id: ObjectID?
    if let tree { id = try repository.entry(at: TrackerConfig.path, inTree: tree)?.id }
    id = id ?? index.entry(at: TrackerConfig.path)?.id
    guard let id, let config = TrackerConfig(reading: try repository.blob(id)) else {
      return TrackerConfig.standardFolder
    }
    return config.folder
  }
}

extension StagedCheck {
  /// Returns the record files that differ between HEAD and the index and still exist.
  static func stagedPaths(_ repository: Repository) throws(GitError) -> [RepositoryPath] {
    let index = try repository.readIndex()
    let tree = try Tracker.headTree(of: repository)
    let folder = try recordsFolder(tree: tree, index: index, in: repository)
    return try index.stagedChanges(against: tree, in: repository, under: [folder])
      .filter { $0.new != nil }.map(\.path)
  }
}

extension Finding {
  /// Returns the finding with a hint for a file that the user has edited.
  ///
  /// Docket's commands refuse to change such a file, so they can fix it only once the edits are
  /// gone.
  ///
  /// - Parameter isNew: HEAD doesn't have the file, so undoing the change would lose it.
  func hintedByHand(isNew: Bool) -> Finding {
    let verbs = ["edit", "move", "add", "link"].map { "docket \($0) " }
    guard let hint, verbs.contains(where: hint.hasPrefix) else { return self }
    let file = ShellWord.quoted(path)
    var finding = self
    finding.hint =
      isNew
      ? "correct it and git add \(file); or once it is committed: \(hint)"
      : "correct it and git add \(file); or git restore --staged --worktree \(file) and \(hint)"
    return finding
  }
}

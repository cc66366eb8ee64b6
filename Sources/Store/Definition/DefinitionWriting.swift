package import Files
package import Git
package import Records

extension Tracker {
  /// Returns the findings that the hook would report on the change on top of HEAD, or of a branch.
  package func validate(_ change: DefinitionChange, branch: String? = nil) throws(StoreError)
    -> [Finding]
  {
    try git { () throws(GitError) in
      var tree = try Self.headTree(of: repository)
      if let branch, let tip = try repository.resolveCommit(branch) {
        tree = try repository.commit(tip).tree
      }
      let base = ChangeSide.tree(tree, repository)
      let texts = Dictionary(change.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
      let changes = change.files.map {
        TreeChange(
          path: $0.path, old: $0.base,
          new: TreeItem(mode: .regular, id: repository.hash(blob: $0.bytes)))
      }
      let validator = ChangeValidator(
        repository: repository, base: base, proposed: .draft(over: base, files: texts),
        otherParents: [], handle: handle, day: today, ownSchemas: context.ownSchemas)
      return try validator.verdict(on: changes, baseDefinition: try base.definition()).findings
        .sorted()
    }
  }

  /// Validates the change and commits it.
  ///
  /// - Returns: the outcome, and the findings that aren't errors.
  package func commit(_ change: DefinitionChange, _ options: WriteOptions) async throws(StoreError)
    -> (
      outcome: CommitOutcome, warnings: [Finding]
    )
  {
    let findings = try validate(change, branch: options.branch)
    guard !findings.contains(where: { $0.severity == .error }) else { throw .findings(findings) }
    var plan = CommitPlan(files: change.files, message: change.message)
    plan.branch = options.branch
    plan.stagesOnly = options.stagesOnly
    plan.runsHooks = options.runsHooks
    let validatedAt = try headCommit()
    let outcome = try await RecordWriter(self).carryOut(plan) { (tip) throws(StoreError) in
      if options.branch == nil, tip == validatedAt { return }
      let again = try self.validate(change, branch: options.branch)
      guard !again.contains(where: { $0.severity == .error }) else { throw .findings(again) }
    }
    return (outcome, findings)
  }

  /// Returns HEAD's entry at a path.
  package func headItem(_ path: RepositoryPath) throws(StoreError) -> TreeItem? {
    guard let commit = try headCommit() else { return nil }
    return try item(path, in: try tree(of: commit))
  }
}

import Cache
package import Files
package import Git
package import Records

/// A tracked repository: the starting point of every operation.
///
/// Not `Sendable`, since its repository isn't; each task opens its own.
package final class Tracker {
  package let repository: Repository
  package let context: ExecutionContext
  /// The definition at HEAD, or of the working tree if HEAD has none yet.
  package let definition: TrackerDefinition
  /// The tree that the definition comes from; `nil` if it is the working tree's.
  let definitionTree: ObjectID?
  /// The parts of the cache that this run will need; they are updated along with the first query.
  var expected: CacheParts = []
  /// The most recently opened cache, and its seal at that time.
  var openCache: (cache: RecordCache, path: String, seal: String)?
  /// Called while the cache is built, with how much of the work is done.
  package var onProgress: ((_ done: Int, _ total: Int) -> Void)?

  package var config: TrackerConfig { definition.config }
  package var catalog: KindCatalog { definition.catalog }
  package var folder: RepositoryPath { definition.config.folder }

  /// Opens the tracked repository that `directory` is in.
  ///
  /// - Throws: `failed` if there is no repository, or none that docket tracks.
  ///
  /// - Parameters:
  ///   - toleratesFaults: whether the caller reports faults of config and schemas.
  ///   - isJudged: whether the caller checks a change, which may be the one that ends tracking.
  package init(
    in directory: String, context: ExecutionContext, toleratesFaults: Bool = false,
    isJudged: Bool = false
  ) throws(StoreError) {
    let found = try git { () throws(GitError) in
      try Repository.discover(from: directory, environment: context.environment)
    }
    guard let found else {
      throw .failed(
        "\(directory) is not in a git repository", hint: "docket init \(directory)")
    }
    repository = found
    self.context = context
    var tree = try git { () throws(GitError) in try Self.headTree(of: found) }
    var definition = try git { () throws(GitError) in
      try TrackerDefinition(tree: tree, in: found, isWhole: false)
    }
    if !definition.isTracked, found.workingDirectory != nil {
      definition = try git { () throws(GitError) in try TrackerDefinition(workingTreeOf: found) }
      tree = nil
    }
    guard definition.isTracked || isJudged else { throw Self.isUntracked }
    if !toleratesFaults, let fault = definition.findings.first {
      let place = [fault.line, fault.column].compactMap { $0 }.map { ":\($0)" }.joined()
      throw .failed("\(fault.path)\(place): \(fault.message)", hint: fault.hint)
    }
    self.definition = definition
    definitionTree = tree
  }

  /// Returns the same repository with the definition of one of its commits, to read its records
  /// then.
  package func asOf(_ commit: ObjectID) throws(StoreError) -> Tracker {
    let definition = try definition(at: commit)
    guard definition.isTracked else { return self }
    return Tracker(
      repository: repository, context: context, definition: definition,
      definitionTree: try tree(of: commit))
  }

  private init(
    repository: Repository, context: ExecutionContext, definition: TrackerDefinition,
    definitionTree: ObjectID
  ) {
    (self.repository, self.context, self.definition) = (repository, context, definition)
    self.definitionTree = definitionTree
  }

  package static let isUntracked = StoreError.failed(
    "docket doesn't track this repository yet: there is no \(TrackerConfig.path)",
    hint: "docket init")

  static func headTree(of repository: Repository) throws(GitError) -> ObjectID? {
    guard let commit = try repository.head().commit else { return nil }
    return try repository.commit(commit).tree
  }

  package var now: Int64 { context.now() }
  package var today: CivilDate { CivilDate(secondsSinceEpoch: now) }

  /// The user's handle: the execution context's, else `git config docket.handle`.
  package var handle: String? {
    context.handle ?? (try? repository.config("docket.handle")) ?? nil
  }

  package func makeItemID() -> String { ItemID.make(from: context.random()) }

  /// Returns the commit that a revision or a date names (a date: by committer time, first parents).
  package func commit(meantBy text: String) throws(StoreError) -> ObjectID {
    if let second = DatePeriod.lastSecond(of: text) {
      guard let commit = try git({ () throws(GitError) in try newestCommit(notAfter: second) })
      else {
        throw .refused(
          isTruncated
            ? "this clone is shallow: what was so on \(text) isn't known here"
            : "there was no commit yet by \(text.contains("T") ? "" : "the end of ")\(text)",
          hint: isTruncated ? "git fetch --unshallow" : nil)
      }
      return commit
    }
    guard let commit = try git({ () throws(GitError) in try repository.resolveCommit(text) }) else {
      throw .refused(
        "\"\(text)\" is neither a revision here nor a date like 2026-07-01 or 2026-07-01T12:00:00Z",
        hint: isTruncated ? "git fetch --unshallow" : nil)
    }
    return commit
  }

  /// Finds what `git rev-list -1 --first-parent --before=<second> HEAD` does.
  private func newestCommit(notAfter second: Int64) throws(GitError) -> ObjectID? {
    var next = try repository.head().commit
    while let id = next {
      let commit = try repository.commit(id)
      if commit.committer.time <= second { return id }
      next =
        repository.isShallow
        ? try? repository.commit(commit.parents.first ?? .zero).id
        : commit.parents.first
    }
    return nil
  }

  package func tree(of commit: ObjectID) throws(StoreError) -> ObjectID {
    try git { () throws(GitError) in try repository.commit(commit).tree }
  }

  package func definition(at commit: ObjectID) throws(StoreError) -> TrackerDefinition {
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in try TrackerDefinition(tree: tree, in: repository) }
  }
}

extension Tracker {
  /// Returns HEAD's commit, or `nil` before the first.
  package func headCommit() throws(StoreError) -> ObjectID? {
    try git { () throws(GitError) in try repository.head().commit }
  }
}

extension Tracker {
  /// Returns a tree's entry at a path.
  package func item(_ path: RepositoryPath, in tree: ObjectID) throws(StoreError) -> TreeItem? {
    try git { () throws(GitError) in
      try repository.entry(at: path, inTree: tree).map { TreeItem(mode: $0.mode, id: $0.id) }
    }
  }
}

extension Tracker {
  /// The working tree's root, absolute; `nil` in a bare repository.
  package var root: String? { repository.workingDirectory }
  /// This worktree's git directory.
  package var gitDirectory: String { repository.gitDirectory }
  /// Whether history was cut off when cloning: results from it must say so.
  package var isTruncated: Bool { repository.isShallow }
  /// Whether git overrides parents in the old way (gitrepository-layout, info/grafts).
  package var hasGrafts: Bool {
    do {
      return try FileSystem.read(repository.commonDirectory + "/info/grafts")?.isEmpty == false
    } catch {
      // There are some, whatever they say.
      return true
    }
  }

  /// Returns a setting of git's config.
  package func setting(_ key: String) throws(StoreError) -> String? {
    try git { () throws(GitError) in try repository.config(key) }
  }

  package func hookInstaller(
    scripts: [(name: String, text: [UInt8])], program: String
  ) -> HookInstaller {
    HookInstaller(repository, scripts: scripts, program: program)
  }

  package func driverInstaller(program: String) -> DriverInstaller {
    DriverInstaller(repository, program: program)
  }

  /// Checks what is staged, as the hook does.
  package func checkStaged() throws(StoreError) -> CheckResult {
    try git { () throws(GitError) in try StagedCheck.run(repository, context: context) }
  }

  /// Returns the staged record files.
  package func stagedPaths() throws(StoreError) -> [RepositoryPath] {
    try git { () throws(GitError) in try StagedCheck.stagedPaths(repository) }
  }
}

extension Tracker {
  /// Returns the kind of a record as HEAD defines it; `nil` outside of a repository, and where HEAD doesn't
  /// know it.
  package static func committedKind(
    of id: RecordID, from directory: String, context: ExecutionContext
  ) throws(StoreError) -> Kind? {
    try git { () throws(GitError) in
      guard
        let repository = try Repository.discover(
          from: directory, environment: context.environment)
      else { return nil }
      return try TrackerDefinition(tree: headTree(of: repository), in: repository, isWhole: false)
        .catalog.kind(of: id)
    }
  }

  /// Returns a git setting that no repository can make: the system's, the user's own, or from
  /// `git -c`.
  package static func protectedSetting(_ key: String, environment: [String: String])
    throws(StoreError) -> String?
  {
    try git { () throws(GitError) in
      try Repository.protectedConfig(key, environment: environment)
    }
  }
}

import Cache
package import Git
package import Records

/// A tracked repository: where every use case starts.
///
/// Not `Sendable`, as its repository isn't; each task opens its own.
package final class Tracker {
  package let repository: Repository
  package let context: ExecutionContext
  /// The ground at HEAD, or of the working tree where HEAD has none yet.
  package let definition: TrackerDefinition
  /// The tree that the ground comes from; `nil` where it is the working tree's.
  let definitionTree: ObjectID?
  /// What this run asks the index sooner or later; it is brought along with what is asked first.
  var expected: CacheParts = []
  /// The index as it was opened last, and the seal that it had then.
  var openCache: (cache: RecordCache, path: String, seal: String)?
  /// Told, while the index is built, how much of the work is done.
  package var onProgress: ((_ done: Int, _ total: Int) -> Void)?

  package var config: TrackerConfig { definition.config }
  package var catalog: KindCatalog { definition.catalog }
  package var folder: String { definition.config.folder }

  /// Opens the tracked repository that `directory` is in.
  ///
  /// - Throws: `failed` where there is no repository, or none that docket tracks.
  ///
  /// - Parameter toleratesFaults: whether faults of config and schemas are the caller's to report.
  package init(in directory: String, context: ExecutionContext, toleratesFaults: Bool = false)
    throws(StoreError)
  {
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
    if !definition.isTracked, let directory = found.workingDirectory {
      definition = try git { () throws(GitError) in try TrackerDefinition(workingTree: directory) }
      tree = nil
    }
    guard definition.isTracked else {
      throw .failed(
        "docket doesn't track this repository yet: there is no \(TrackerConfig.path)",
        hint: "docket init")
    }
    if !toleratesFaults, let fault = definition.findings.first {
      let place = [fault.line, fault.column].compactMap { $0 }.map { ":\($0)" }.joined()
      throw .failed("\(fault.path)\(place): \(fault.message)", hint: fault.hint)
    }
    self.definition = definition
    definitionTree = tree
  }

  /// The same repository with the ground of one of its commits, for reading what it held then.
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

  static func headTree(of repository: Repository) throws(GitError) -> ObjectID? {
    guard let commit = try repository.head().commit else { return nil }
    return try repository.commit(commit).tree
  }

  package var now: Int64 { context.now() }
  package var today: CivilDate { CivilDate(secondsSinceEpoch: now) }

  /// Who is at the keyboard: `git config docket.handle`.
  package var handle: String? {
    context.handle ?? (try? repository.config("docket.handle")) ?? nil
  }

  package func makeItemID() -> String { ItemID.make(from: context.random()) }

  /// What a person means by a revision or a date (a date: by committer time, first parents).
  package func commit(meantBy text: String) throws(StoreError) -> ObjectID {
    if let second = Instant.lastSecond(of: text) {
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

  /// As `git rev-list -1 --first-parent --before=<second> HEAD`.
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
  /// HEAD's commit; `nil` before the first.
  package func headCommit() throws(StoreError) -> ObjectID? {
    try git { () throws(GitError) in try repository.head().commit }
  }
}

extension Tracker {
  /// What a tree has at a path.
  package func item(_ path: String, in tree: ObjectID) throws(StoreError) -> TreeItem? {
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
  /// Whether history was cut off when cloning: answers from it must say so.
  package var isTruncated: Bool { repository.isShallow }
  /// Whether git is told of other parents in the old way (gitrepository-layout, info/grafts).
  package var hasGrafts: Bool {
    Files.read(repository.commonDirectory + "/info/grafts")?.isEmpty == false
  }

  /// A setting of git's config.
  package func setting(_ key: String) throws(StoreError) -> String? {
    try git { () throws(GitError) in try repository.config(key) }
  }

  package func hookInstaller(
    scripts: [(name: String, text: [UInt8])], program: String
  ) -> HookInstaller {
    HookInstaller(repository, scripts: scripts, program: program)
  }

  /// Checks what is staged, as the hook does.
  package func checkStaged() throws(StoreError) -> CheckResult {
    try git { () throws(GitError) in try StagedCheck.run(repository, context: context) }
  }

  /// The staged record files.
  package func stagedPaths() throws(StoreError) -> [String] {
    try git { () throws(GitError) in try StagedCheck.stagedPaths(repository) }
  }
}

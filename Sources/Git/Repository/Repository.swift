internal import CLibgit2

/// An open git repository.
///
/// Not `Sendable`: libgit2's handles belong to one thread at a time. A task that needs its own
/// opens one from `location`.
package final class Repository {
  package let location: RepositoryLocation
  let raw: OpaquePointer
  let objectDatabase: OpaquePointer
  let configuration: Configuration
  /// Objects that an `ObjectWriter` holds and has not yet flushed; reads see them.
  var pendingObjects: [ObjectID: PendingObject] = [:]
  /// Set while much of history is read.
  var packReader: PackReader?
  /// Commits whose parents were not fetched; read once.
  package private(set) lazy var shallowCommits = readShallowCommits()
  /// Objects that `git replace` put others in the place of; read once.
  package private(set) lazy var replacements = readReplacements()

  init(at location: RepositoryLocation) throws(GitError) {
    LibGit2.start
    self.location = location
    // As bare: libgit2 then looks at neither configuration nor environment; both were read by
    // `Discovery`, the format was checked, and working directory and index are this module's.
    var opened: OpaquePointer?
    try check("git_repository_open_bare", git_repository_open_bare(&opened, location.gitDirectory))
    guard let repository = opened else {
      throw GitError(.generic, call: "git_repository_open_bare", "no repository")
    }
    do throws(GitError) {
      configuration = try Configuration.make(
        environment: location.environment, repository: repository,
        local: location.commonDirectory + "/config",
        worktree: location.usesWorktreeConfiguration
          ? location.gitDirectory + "/config.worktree" : nil)
      try configuration.install(in: repository)
      objectDatabase = try Self.openObjects(location, for: repository)
    } catch {
      git_repository_free(repository)
      throw error
    }
    raw = repository
  }

  deinit {
    git_odb_free(objectDatabase)
    git_repository_free(raw)
  }

  private static func openObjects(_ location: RepositoryLocation, for repository: OpaquePointer)
    throws(GitError) -> OpaquePointer
  {
    var opened: OpaquePointer?
    try check("git_odb_open", git_odb_open(&opened, location.objectsDirectory))
    guard let database = opened else {
      throw GitError(.generic, call: "git_odb_open", "no object database")
    }
    do throws(GitError) {
      for path in location.alternateObjectsDirectories where SystemFile.isDirectory(path) {
        try check("git_odb_add_disk_alternate", git_odb_add_disk_alternate(database, path))
      }
      try check("git_repository_set_odb", git_repository_set_odb(repository, database))
    } catch {
      git_odb_free(database)
      throw error
    }
    return database
  }

  /// Finds and opens the repository that `directory` lies in.
  ///
  /// Searches as git does, by `environment` (not this process's): GIT_DIR, GIT_WORK_TREE,
  /// GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES, GIT_COMMON_DIR,
  /// GIT_CEILING_DIRECTORIES and the variables of configuration are honoured. Relative ones are
  /// relative to `directory`.
  ///
  /// - Returns: `nil` if there is no repository.
  /// - Throws: if there is one that must not or cannot be used: another owner's, SHA-256, reftable.
  package static func discover(from directory: String, environment: [String: String])
    throws(GitError) -> Repository?
  {
    try Discovery.locate(from: directory, environment: environment)?.open()
  }

  /// `.git`, or of a linked worktree its own directory; absolute.
  package var gitDirectory: String { location.gitDirectory }
  /// What all worktrees share; absolute.
  package var commonDirectory: String { location.commonDirectory }
  package var indexPath: String { location.indexPath }
  /// `nil` where there are no checked-out files.
  package var workingDirectory: String? { location.workingDirectory }
  package var isBare: Bool { location.isBare }
  /// Whether history was cut off when fetching: walks end early, and answers must say so.
  package var isShallow: Bool { !shallowCommits.isEmpty }

  /// Where git looks for hooks: core.hooksPath or `hooks`; absolute, perhaps missing.
  package var hooksDirectory: String {
    // A setting that cannot be read made opening fail already.
    guard let path = (try? configuration.path("core.hookspath")) ?? nil else {
      return commonDirectory + "/hooks"
    }
    return SystemFile.path(path, relativeTo: workingDirectory ?? gitDirectory)
  }

  /// Whether the sync that ends an update of a reference makes names in `directory` durable too.
  package func syncsNamesLater(in directory: String) -> Bool {
    docket_has_ordered_journal(directory) != 0 && location.isOnOneFileSystem(with: directory)
  }

  private func readShallowCommits() -> Set<ObjectID> {
    guard let bytes = try? SystemFile.read(commonDirectory + "/shallow") else { return [] }
    return Set(
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
        ObjectID(hex: $0)
      })
  }

  /// Git follows `refs/replace`, libgit2 does not.
  private func readReplacements() -> [ObjectID: ObjectID] {
    if location.environment["GIT_NO_REPLACE_OBJECTS"] != nil { return [:] }
    if (try? configuration.bool("core.usereplacerefs")) == false { return [:] }
    let prefix = "refs/replace/"
    var result: [ObjectID: ObjectID] = [:]
    for (name, id) in (try? references(under: prefix)) ?? [] {
      if let replaced = ObjectID(hex: name.dropFirst(prefix.count)) { result[replaced] = id }
    }
    return result
  }
}

internal import CLibgit2
internal import Files

/// An open git repository.
///
/// Not `Sendable`: libgit2's handles belong to one thread at a time. A task that needs a repository
/// opens its own from `location`.
package final class Repository {
  package let location: RepositoryLocation
  let raw: OpaquePointer
  let objectDatabase: OpaquePointer
  let configuration: Configuration
  /// Objects that an `ObjectWriter` has not yet flushed; reads see them.
  var pendingObjects: [ObjectID: PendingObject] = [:]
  var treeIndexes = TreeIndexes()
  /// Set while reading much of history.
  var packReader: PackReader?
  /// Commits whose parents were not fetched.
  package let shallowCommits: Set<ObjectID>
  /// Objects that `git replace` replaced, with their replacements; read once.
  package var replacements: [ObjectID: ObjectID] {
    get throws(GitError) {
      if let knownReplacements { return knownReplacements }
      let read = try readReplacements()
      knownReplacements = read
      return read
    }
  }
  private var knownReplacements: [ObjectID: ObjectID]?
  /// Whether reads follow `git replace`, as git does unless it is told not to.
  ///
  /// What decides whether a change may enter doesn't: anyone who may push a reference could put
  /// other content in place of what decides.
  package private(set) var followsReplacements = true

  init(at location: RepositoryLocation) throws(GitError) {
    LibGit2.start
    self.location = location
    // Opened as bare, so libgit2 ignores configuration and environment: `Discovery` has read both,
    // the format was checked, and this module handles working directory and index.
    var opened: OpaquePointer?
    try check("git_repository_open_bare", git_repository_open_bare(&opened, location.gitDirectory))
    guard let repository = opened else {
      throw GitError(.generic, call: "git_repository_open_bare", "no repository")
    }
    do throws(GitError) {
      // A history whose bounds can't be read is not taken for whole.
      shallowCommits = try Self.shallowCommits(location)
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
      for path in location.alternateObjectsDirectories where try RepositoryFile.isDirectory(path) {
        try check("git_odb_add_disk_alternate", git_odb_add_disk_alternate(database, path))
      }
      try check("git_repository_set_odb", git_repository_set_odb(repository, database))
    } catch {
      git_odb_free(database)
      throw error
    }
    return database
  }

  /// Finds and opens the repository that contains `directory`.
  ///
  /// Searches as git does, using `environment` (not this process's): GIT_DIR, GIT_WORK_TREE,
  /// GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES, GIT_COMMON_DIR,
  /// GIT_CEILING_DIRECTORIES and the configuration variables are honoured. Relative ones are
  /// relative to `directory`.
  ///
  /// - Returns: `nil` if there is no repository.
  /// - Throws: if there is one that must not or cannot be used: another owner's, SHA-256, reftable.
  package static func discover(from directory: String, environment: [String: String])
    throws(GitError) -> Repository?
  {
    try Discovery.locate(from: directory, environment: environment)?.open()
  }

  /// Runs `body` without following `git replace`.
  package func withoutReplacements<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outer = followsReplacements
    followsReplacements = false
    treeIndexes = TreeIndexes()
    defer {
      followsReplacements = outer
      treeIndexes = TreeIndexes()
    }
    return try body()
  }

  /// `.git`, or a linked worktree's own directory; absolute.
  package var gitDirectory: String { location.gitDirectory }
  /// The directory all worktrees share; absolute.
  package var commonDirectory: String { location.commonDirectory }
  package var indexPath: String { location.indexPath }
  /// `nil` if there are no checked-out files.
  package var workingDirectory: String? { location.workingDirectory }
  package var isBare: Bool { location.isBare }
  /// Whether history was cut off when fetching: walks end early, and results must say so.
  package var isShallow: Bool { !shallowCommits.isEmpty }

  /// The directory git searches for hooks: core.hooksPath or `hooks`; absolute, may be missing.
  package var hooksDirectory: String {
    // An unreadable setting has already made opening fail.
    guard let path = (try? configuration.path("core.hookspath")) ?? nil else {
      return commonDirectory + "/hooks"
    }
    return FileSystem.path(path, relativeTo: workingDirectory ?? gitDirectory)
  }

  /// Whether the sync that ends a reference update also makes names in `directory` durable.
  package func syncsNamesLater(in directory: String) -> Bool {
    docket_has_ordered_journal(directory) != 0 && location.isOnOneFileSystem(with: directory)
  }

  private static func shallowCommits(_ location: RepositoryLocation) throws(GitError)
    -> Set<ObjectID>
  {
    guard let bytes = try RepositoryFile.read(location.commonDirectory + "/shallow") else {
      return []
    }
    return Set(
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
        ObjectID(hex: $0)
      })
  }

  /// Reads `refs/replace`, which git follows and libgit2 does not.
  private func readReplacements() throws(GitError) -> [ObjectID: ObjectID] {
    if location.environment["GIT_NO_REPLACE_OBJECTS"] != nil { return [:] }
    if try configuration.bool("core.usereplacerefs") == false { return [:] }
    let prefix = "refs/replace/"
    var result: [ObjectID: ObjectID] = [:]
    for (name, id) in try references(under: prefix) {
      if let replaced = ObjectID(hex: name.dropFirst(prefix.count)) { result[replaced] = id }
    }
    return result
  }
}

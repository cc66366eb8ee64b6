internal import Files
internal import JSONText

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Finds the repository as git does (gitrepository-layout; git, "ENVIRONMENT VARIABLES").
///
/// libgit2 can search, too, but reads this process's environment and fails with GIT_WORK_TREE.
struct Discovery {
  /// The start of the search and the base of relative variables.
  private let start: String
  private let environment: [String: String]

  private init(start: String, environment: [String: String]) {
    (self.start, self.environment) = (start, environment)
  }

  static func locate(from directory: String, environment: [String: String]) throws(GitError)
    -> RepositoryLocation?
  {
    guard let start = try RepositoryFile.realPath(directory) else {
      throw GitError.system("open", directory, number: ENOENT)
    }
    let search = Discovery(start: start, environment: environment)
    if let named = search.variable("GIT_DIR") {
      return try search.explicit(named)
    }
    return try search.climb()
  }

  private func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: GIT_DIR

  private func explicit(_ named: String) throws(GitError) -> RepositoryLocation {
    var directory = FileSystem.path(named, relativeTo: start)
    if let target = try Self.readGitFile(directory) { directory = target }
    guard let resolved = try RepositoryFile.realPath(directory), try Self.isGitDirectory(resolved)
    else {
      throw GitError(
        .notFound, call: "open", "fatal: not a git repository: '\(named)'",
        hint: "GIT_DIR is set in the environment; unset it or let it name a repository")
    }
    // Without GIT_WORK_TREE or core.worktree, the current directory is the working directory.
    return try location(gitDirectory: resolved, found: start)
  }

  // MARK: Climbing

  private func climb() throws(GitError) -> RepositoryLocation? {
    let ceilings = self.ceilings
    let device = try RepositoryFile.status(start)?.st_dev
    let crosses = Configuration.parseBool(variable("GIT_DISCOVERY_ACROSS_FILESYSTEM") ?? "0")
    var directory = start
    while true {
      let dotGit = directory == "/" ? "/.git" : directory + "/.git"
      if let target = try Self.readGitFile(dotGit) {
        guard let resolved = try RepositoryFile.realPath(target), try Self.isGitDirectory(resolved)
        else {
          throw GitError(
            .notFound, call: "open", "fatal: not a git repository: \(target)",
            hint: "'\(dotGit)' names it; `git worktree repair` repairs a moved worktree")
        }
        let found = try location(gitDirectory: resolved, found: directory)
        try own(gitFile: dotGit, found)
        return found
      }
      if try Self.isGitDirectory(dotGit), let resolved = try RepositoryFile.realPath(dotGit) {
        let found = try location(gitDirectory: resolved, found: directory)
        try own(gitFile: nil, found)
        return found
      }
      if try Self.isGitDirectory(directory) {
        try checkBareIsAllowed(directory)
        let found = try location(gitDirectory: directory, found: nil)
        try own(gitFile: nil, found)
        return found
      }
      let parent = FileSystem.parent(of: directory)
      if directory == "/" || ceilings.contains(parent) { return nil }
      if crosses != true, try RepositoryFile.status(parent)?.st_dev != device { return nil }
      directory = parent
    }
  }

  private func own(gitFile: String?, _ found: RepositoryLocation) throws(GitError) {
    try Ownership.check(
      gitFile: gitFile, workingDirectory: found.workingDirectory,
      gitDirectory: found.gitDirectory, environment: environment)
  }

  /// GIT_CEILING_DIRECTORIES: directories not searched; after an empty entry, symbolic links in the
  /// paths are not resolved.
  private var ceilings: Set<String> {
    var result: Set<String> = []
    var resolves = true
    let listed = variable("GIT_CEILING_DIRECTORIES") ?? ""
    for entry in listed.split(separator: ":", omittingEmptySubsequences: false) {
      if entry.isEmpty { resolves = false }
      guard entry.hasPrefix("/") else { continue }
      let path = String(entry)
      // One that can't be resolved is compared as it is written, as git does.
      result.insert(resolves ? (try? RepositoryFile.realPath(path)) ?? path : path)
    }
    return result
  }

  private func checkBareIsAllowed(_ directory: String) throws(GitError) {
    let protected = try Configuration.protected(environment: environment)
    guard try protected.string("safe.barerepository") == "explicit" else { return }
    // The directory of a repository with a working directory is not an embedded bare one.
    if directory.hasSuffix("/.git") { return }
    throw GitError(
      .owner, call: "open",
      "fatal: cannot use bare repository '\(directory)' (safe.bareRepository is 'explicit')",
      hint: "GIT_DIR=\(ShellWord.quoted(directory)) names it explicitly")
  }

  // MARK: Parts

  /// Returns the target of a `.git` file, or `nil` if the path is not a file.
  private static func readGitFile(_ path: String) throws(GitError) -> String? {
    guard let status = try RepositoryFile.targetStatus(path), status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    guard let line = try RepositoryFile.readLine(path), line.hasPrefix("gitdir: ") else {
      throw GitError(.corrupt, call: "open", "fatal: invalid gitfile format: \(path)")
    }
    let target = String(line.dropFirst("gitdir: ".count))
    return FileSystem.path(target, relativeTo: FileSystem.parent(of: path))
  }

  /// Whether a directory passes git's own test: a HEAD, objects and refs (the latter two perhaps in
  /// the common directory).
  static func isGitDirectory(_ path: String) throws(GitError) -> Bool {
    guard try RepositoryFile.status(path + "/HEAD") != nil else { return false }
    let common = try commonDirectory(of: path)
    guard try RepositoryFile.isDirectory(common + "/objects") else { return false }
    return try RepositoryFile.isDirectory(common + "/refs")
  }

  private static func commonDirectory(of gitDirectory: String) throws(GitError) -> String {
    guard let line = try RepositoryFile.readLine(gitDirectory + "/commondir") else {
      return gitDirectory
    }
    let path = FileSystem.path(line, relativeTo: gitDirectory)
    return try RepositoryFile.realPath(path) ?? path
  }

  private func location(gitDirectory: String, found: String?) throws(GitError)
    -> RepositoryLocation
  {
    let common = variable("GIT_COMMON_DIR").map { FileSystem.path($0, relativeTo: start) }
    let commonDirectory =
      if let common { common } else { try Self.commonDirectory(of: gitDirectory) }
    let format = try RepositoryFormat(commonDirectory: commonDirectory)
    let (workingDirectory, isBare) = try work(
      gitDirectory: gitDirectory, commonDirectory: commonDirectory, format: format, found: found)
    let index = variable("GIT_INDEX_FILE").map { FileSystem.path($0, relativeTo: start) }
    let objects = variable("GIT_OBJECT_DIRECTORY").map { FileSystem.path($0, relativeTo: start) }
    return RepositoryLocation(
      gitDirectory: gitDirectory, commonDirectory: commonDirectory,
      workingDirectory: workingDirectory, isBare: isBare,
      indexPath: index ?? gitDirectory + "/index",
      objectsDirectory: objects ?? commonDirectory + "/objects",
      alternateObjectsDirectories: alternates, environment: environment,
      usesWorktreeConfiguration: format.usesWorktreeConfiguration)
  }

  /// Returns the working directory: GIT_WORK_TREE, then core.worktree, then where the search found
  /// `.git`.
  private func work(
    gitDirectory: String, commonDirectory: String, format: RepositoryFormat, found: String?
  ) throws(GitError) -> (directory: String?, isBare: Bool) {
    if let named = variable("GIT_WORK_TREE") {
      let path = FileSystem.path(named, relativeTo: start)
      guard let resolved = try RepositoryFile.realPath(path) else {
        throw GitError.system("open", path, number: ENOENT)
      }
      return (resolved, false)
    }
    let isLinked = gitDirectory != commonDirectory
    var configurations: [Configuration] = []
    if format.usesWorktreeConfiguration,
      try RepositoryFile.exists(gitDirectory + "/config.worktree")
    {
      configurations.append(try .file(gitDirectory + "/config.worktree"))
    }
    if !isLinked, try RepositoryFile.exists(commonDirectory + "/config") {
      configurations.append(try .file(commonDirectory + "/config"))
    }
    for configuration in configurations {
      if let named = try configuration.string("core.worktree") {
        let path = FileSystem.path(named, relativeTo: gitDirectory)
        return (try RepositoryFile.realPath(path) ?? path, false)
      }
      if let isBare = try configuration.bool("core.bare") {
        return isBare ? (nil, true) : (found, false)
      }
    }
    return (found, found == nil)
  }

  /// GIT_ALTERNATE_OBJECT_DIRECTORIES, separated by colons; an entry may be quoted as in C.
  private var alternates: [String] {
    guard let listed = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES") else { return [] }
    var paths: [String] = []
    var rest = Array(listed.utf8)[...]
    while !rest.isEmpty {
      let entry = CQuote.take(from: &rest)
      if !entry.isEmpty { paths.append(FileSystem.path(entry, relativeTo: start)) }
    }
    return paths
  }
}

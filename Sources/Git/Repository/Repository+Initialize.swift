internal import CLibgit2
internal import Files

extension Repository {
  /// Creates a repository in a directory, which is created if needed, as `git init` does.
  ///
  /// - Parameter branch: the first branch's short name; `nil`: init.defaultBranch, else `main`.
  /// What an earlier attempt left half made is completed.
  ///
  /// - Throws: `.exists` if the directory already is a repository's.
  package static func initialize(
    at directory: String, branch: String?, environment: [String: String] = [:]
  ) throws(GitError) -> Repository {
    LibGit2.start
    try RepositoryFile.makeDirectories(directory)
    let type = try RepositoryFile.fileType(directory + "/.git")
    let isMade = try Discovery.isGitDirectory(directory + "/.git")
    if isMade || type != nil && type != .directory {
      throw GitError(.exists, call: "initialize", "'\(directory)' already is a git repository")
    }
    let configuration = try Configuration.protected(environment: environment)
    let configured = try configuration.string("init.defaultbranch").flatMap {
      $0.isEmpty ? nil : $0
    }
    let name = branch ?? configured ?? "main"
    var isValid: Int32 = 0
    try check("git_branch_name_is_valid", git_branch_name_is_valid(&isValid, name))
    guard isValid == 1 else {
      throw GitError(.invalidName, call: "initialize", "invalid branch name: '\(name)'")
    }
    var options = git_repository_init_options()
    try check(
      "git_repository_init_options_init",
      git_repository_init_options_init(
        &options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
    options.flags = GIT_REPOSITORY_INIT_MKDIR.rawValue
    var raw: OpaquePointer?
    let code = name.withCString { head in
      options.initial_head = head
      return git_repository_init_ext(&raw, directory, &options)
    }
    try check("git_repository_init_ext", code)
    git_repository_free(raw)
    // GIT_DIR and similar variables name another repository.
    let own = environment.filter {
      ![
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES",
      ].contains($0.key)
    }
    guard let made = try discover(from: directory, environment: own) else {
      throw GitError(
        .generic, call: "initialize", "no repository in '\(directory)' after making it")
    }
    return made
  }
}

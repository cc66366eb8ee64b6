internal import CLibgit2

extension Repository {
  /// Makes a repository in a directory, as `git init` does.
  ///
  /// - Parameter branch: its first branch; `nil`: init.defaultBranch, or git's `master`.
  package static func initialize(
    at directory: String, branch: String? = nil, environment: [String: String]
  ) throws(GitError) -> Repository {
    LibGit2.start
    let configured = try Configuration.protected(environment: environment)
      .string("init.defaultbranch")
    var options = git_repository_init_options()
    try check(
      "git_repository_init_options_init",
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
    options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue | GIT_REPOSITORY_INIT_NO_REINIT.rawValue
    let name = branch ?? configured ?? "master"
    let code = name.withCString { name in
      options.initial_head = name
      var handle: OpaquePointer?
      let code = git_repository_init_ext(&handle, directory, &options)
      git_repository_free(handle)
      return code
    }
    try check("git_repository_init_ext", code)
    guard let repository = try discover(from: directory, environment: environment) else {
      throw GitError(.notFound, call: "git_repository_init_ext", "\(directory) was not made")
    }
    return repository
  }
}

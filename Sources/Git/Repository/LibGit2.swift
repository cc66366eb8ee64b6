internal import CLibgit2

/// The library itself.
enum LibGit2 {
  /// Starts libgit2 once per process. It is never shut down: handles may outlive any scope.
  static let start: Void = {
    git_libgit2_init()
    // Ownership is checked by `Ownership`, by git's own rule.
    _ = docket_git_set_option(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0)
    // Of packs, 64 MB are mapped at one time, not all that there is.
    _ = docket_git_set_size(Int32(GIT_OPT_SET_MWINDOW_SIZE.rawValue), 16 << 20)
    _ = docket_git_set_size(Int32(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT.rawValue), 64 << 20)
    // What the configuration writer of libgit2 leaves must survive a crash, too.
    _ = docket_git_set_option(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1)
  }()
}

internal import CLibgit2

/// The libgit2 library.
enum LibGit2 {
  /// Starts libgit2 once per process. It is never shut down: handles may outlive any scope.
  static let start: Void = {
    git_libgit2_init()
    // `Ownership` checks the owner by git's own rule.
    _ = docket_git_set_option(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0)
    // 64 MB of packs are mapped at a time, not all of them.
    _ = docket_git_set_size(Int32(GIT_OPT_SET_MWINDOW_SIZE.rawValue), 16 << 20)
    _ = docket_git_set_size(Int32(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT.rawValue), 64 << 20)
    // The files libgit2's configuration writer leaves must survive a crash, too.
    _ = docket_git_set_option(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1)
  }()
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Git's check for unchanged files by status, without reading them (git's documentation,
/// technical/racy-git).
struct StatComparison {
  private let trustsMode: Bool
  private let trustsChangeTime: Bool
  private let hasSymlinks: Bool
  private let isMinimal: Bool
  private let indexModified: timespec?

  init(_ configuration: Configuration, indexModified: timespec?) throws(GitError) {
    trustsMode = try configuration.bool("core.filemode") ?? true
    trustsChangeTime = try configuration.bool("core.trustctime") ?? true
    hasSymlinks = try configuration.bool("core.symlinks") ?? true
    isMinimal = try configuration.string("core.checkstat")?.lowercased() == "minimal"
    self.indexModified = indexModified
  }

  /// - Parameter status: the file's status, `nil` if the file is missing.
  func matches(_ entry: IndexEntry, _ status: stat?) -> Bool? {
    // The user configured git to skip the check.
    if entry.isAssumeValid || entry.isSkipWorktree { return true }
    guard let status else { return false }
    switch (status.st_mode & S_IFMT, entry.mode) {
    case (S_IFREG, .regular), (S_IFREG, .executable):
      let isExecutable = status.st_mode & 0o100 != 0
      if trustsMode, isExecutable != (entry.mode == .executable) { return false }
    case (S_IFREG, .symlink) where !hasSymlinks: break
    case (S_IFLNK, .symlink): break
    case (S_IFDIR, .submodule): return nil
    default: return false
    }
    if entry.isIntentToAdd { return nil }
    let stored = entry.stat
    let actual = IndexStat(status)
    guard stored.size == actual.size, stored.modifiedSeconds == actual.modifiedSeconds else {
      return nil
    }
    if !isMinimal {
      guard stored.modifiedNanoseconds == actual.modifiedNanoseconds,
        stored.inode == actual.inode, stored.user == actual.user, stored.group == actual.group
      else { return nil }
      if trustsChangeTime {
        guard stored.changedSeconds == actual.changedSeconds,
          stored.changedNanoseconds == actual.changedNanoseconds
        else { return nil }
      }
    }
    return isRacy(stored) ? nil : true
  }

  /// Whether the file may have changed after the index was written without its times showing it.
  private func isRacy(_ stored: IndexStat) -> Bool {
    guard let indexModified else { return true }
    let seconds = UInt32(truncatingIfNeeded: indexModified.tv_sec)
    if stored.modifiedSeconds != seconds { return stored.modifiedSeconds > seconds }
    return isMinimal || Int(stored.modifiedNanoseconds) >= Int(indexModified.tv_nsec)
  }
}

extension IndexStat {
  init(_ status: stat) {
    #if canImport(Glibc)
      let (changed, modified) = (status.st_ctim, status.st_mtim)
    #else
      let (changed, modified) = (status.st_ctimespec, status.st_mtimespec)
    #endif
    changedSeconds = UInt32(truncatingIfNeeded: changed.tv_sec)
    changedNanoseconds = UInt32(truncatingIfNeeded: changed.tv_nsec)
    modifiedSeconds = UInt32(truncatingIfNeeded: modified.tv_sec)
    modifiedNanoseconds = UInt32(truncatingIfNeeded: modified.tv_nsec)
    device = UInt32(truncatingIfNeeded: status.st_dev)
    inode = UInt32(truncatingIfNeeded: status.st_ino)
    user = status.st_uid
    group = status.st_gid
    size = UInt32(truncatingIfNeeded: status.st_size)
  }
}

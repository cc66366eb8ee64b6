internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Permissions of new files under core.sharedRepository (git-config).
package struct SharedPermissions {
  /// Bits added to the mode, or replacing it; 0 leaves everything to the umask.
  private let bits: UInt32
  private let replaces: Bool

  init(_ configuration: Configuration) throws(GitError) {
    let text = try configuration.string("core.sharedrepository") ?? "umask"
    switch text.lowercased() {
    case "umask", "false", "no", "off", "0": (bits, replaces) = (0, false)
    case "group", "true", "yes", "on", "1", "": (bits, replaces) = (0o660, false)
    case "all", "world", "everybody", "2": (bits, replaces) = (0o664, false)
    default:
      guard let octal = UInt32(text, radix: 8), octal & 0o600 == 0o600 else {
        throw GitError(
          .generic, call: "core.sharedRepository",
          "core.sharedRepository '\(text)' is neither a known word nor a mode for the owner to write",
          hint: "git config core.sharedRepository group")
      }
      (bits, replaces) = (octal & 0o666, true)
    }
  }

  /// Whether others than the owner may write.
  package var isShared: Bool { bits != 0 }

  /// Returns the mode for a new file: `mode` after the umask, with the shared bits.
  package func fileMode(_ mode: UInt32) -> UInt32 {
    let mask = umask(0)
    umask(mask)
    let usual = mode & ~UInt32(mask)
    if bits == 0 { return usual }
    let wanted = mode & 0o200 == 0 ? bits & ~0o222 : bits
    return replaces ? wanted : usual | wanted
  }

  /// Sets the shared bits of a new directory and makes its contents inherit its group.
  package func adjust(_ directory: String) throws(GitError) {
    guard bits != 0, let status = try RepositoryFile.status(directory) else { return }
    let all = bits | (bits & 0o444) >> 2
    let mode = replaces ? all : UInt32(status.st_mode & 0o7777) | all
    // Git doesn't mind where that is refused, either.
    try? FileSystem.setMode(directory, mode | UInt32(S_ISGID))
  }
}

extension Repository {
  package var sharedPermissions: SharedPermissions {
    get throws(GitError) { try SharedPermissions(configuration) }
  }
}

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

package enum FileType: Sendable {
  case file, directory, symlink, other

  package init(_ mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .symlink
    default: self = .other
    }
  }
}

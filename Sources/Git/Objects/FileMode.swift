/// The mode of an entry in a tree or the index.
package enum FileMode: UInt32, Sendable, Hashable {
  case tree = 0o040000
  case regular = 0o100644
  case executable = 0o100755
  case symlink = 0o120000
  case submodule = 0o160000

  /// Maps a stored mode to the nearest of the five, as git reads old or odd trees.
  init?(stored mode: UInt32) {
    switch mode & 0o170000 {
    case 0o100000: self = mode & 0o100 != 0 ? .executable : .regular
    case 0o040000: self = .tree
    case 0o120000: self = .symlink
    case 0o160000: self = .submodule
    default: return nil
    }
  }
}

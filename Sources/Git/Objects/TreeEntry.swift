/// What an entry of a tree or the index is.
package enum FileMode: UInt32, Sendable, Hashable {
  case tree = 0o040000
  case regular = 0o100644
  case executable = 0o100755
  case symlink = 0o120000
  case submodule = 0o160000

  /// The nearest of the five, as git reads old or odd trees.
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

/// One name in a directory.
package struct TreeEntry: Sendable, Hashable {
  /// Without slashes. Bytes that are not UTF-8 are replaced.
  package let name: String
  package let mode: FileMode
  package let id: ObjectID

  package init(name: String, mode: FileMode, id: ObjectID) {
    (self.name, self.mode, self.id) = (name, mode, id)
  }
}

/// What stands at a path: its mode and content.
package struct TreeItem: Sendable, Hashable {
  package let mode: FileMode
  package let id: ObjectID

  package init(mode: FileMode, id: ObjectID) {
    (self.mode, self.id) = (mode, id)
  }
}

/// A path whose content or mode differs between two trees, or a tree and the index.
package struct TreeChange: Sendable, Hashable {
  /// Relative to the root, separated by slashes.
  package let path: String
  /// `nil` if the path was added.
  package let old: TreeItem?
  /// `nil` if the path was removed.
  package let new: TreeItem?

  package init(path: String, old: TreeItem?, new: TreeItem?) {
    (self.path, self.old, self.new) = (path, old, new)
  }
}

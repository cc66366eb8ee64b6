package import Files

/// A path whose content or mode differs between two trees, or a tree and the index.
package struct TreeChange: Sendable, Hashable {
  /// Relative to the root, separated by slashes.
  package let path: RepositoryPath
  /// `nil` if the path was added.
  package let old: TreeItem?
  /// `nil` if the path was removed.
  package let new: TreeItem?

  package init(path: RepositoryPath, old: TreeItem?, new: TreeItem?) {
    (self.path, self.old, self.new) = (path, old, new)
  }
}

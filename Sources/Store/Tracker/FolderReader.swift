import Files
import JSONText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads many files below one folder, directory by directory, so that each directory is looked up
/// only once and each file's status comes with its content. For use on one thread.
final class FolderReader {
  private let root: String
  private var path = RepositoryPath.root
  private var directory: OpenFile?

  /// - Parameter root: an absolute path.
  init(_ root: String) { self.root = root }

  /// Returns a file's content, and its status when it was opened, or `nil` if it isn't there.
  ///
  /// - Parameter path: relative to the root.
  /// - Throws: EFBIG for a file that is larger than any record may be.
  func read(_ path: RepositoryPath) throws(FileError) -> (bytes: [UInt8], status: stat)? {
    let parent = path.parent
    if directory == nil || parent != self.path {
      directory = try OpenFile.directory(parent.systemPath(below: root))
      self.path = parent
    }
    guard let file = try directory?.reading(BytePath(bytes: path.name.bytes)) else { return nil }
    let status = try file.status()
    return (try file.contents(status, limit: JSONLimits.standard.maximumBytes), status)
  }
}

import Files
import Git

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files of a working tree as git sees them.
///
/// What a sparse checkout leaves out is there, with the index's content; untracked files that git
/// ignores (gitignore(5)) are not, nor are docket's own temporary files.
final class WorkingTree {
  let root: String
  private let repository: Repository
  /// `nil` if it can't be read: writing and staging say so; files are read without it, and all count.
  private lazy var index: IndexSnapshot? = try? repository.readIndex()
  private lazy var rules: WorkingTreeRules? = try? WorkingTreeRules(repository)

  /// - Parameter root: the repository's working directory.
  init(_ repository: Repository, root: String) {
    self.root = root
    self.repository = repository
  }

  struct File {
    let path: RepositoryPath
    let isSymlink: Bool
    /// The index's blob of a file that a sparse checkout leaves out; else `nil`.
    let skipped: ObjectID?
  }

  /// Returns the files below a folder, directory by directory, names sorted, and the temporary files
  /// of writes in progress or of writers that died.
  func files(
    below folder: RepositoryPath
  ) throws(GitError) -> (files: [File], temporaries: [RepositoryPath]) {
    var files: [File] = []
    var temporaries: [RepositoryPath] = []
    func visit(_ path: RepositoryPath) throws(GitError) {
      let entries = try reading { () throws(FileError) in
        try FileSystem.listing(of: path.systemPath(below: root))
      }
      for (name, type) in entries ?? [] {
        let inner = path.appending(name)
        switch type {
        case .directory: try visit(inner)
        case .file where FileSystem.isTemporary(name): temporaries.append(inner)
        case .file, .symlink:
          if try !isIgnored(inner) {
            files.append(File(path: inner, isSymlink: type == .symlink, skipped: nil))
          }
        case .other: continue
        }
      }
    }
    try visit(folder)
    let left = try skipped(below: folder, present: files)
    guard !left.isEmpty else { return (files, temporaries) }
    return ((files + left).sorted { $0.path < $1.path }, temporaries)
  }

  /// Returns a file's content, empty for a symbolic link; `nil` if there is no file.
  func read(_ path: RepositoryPath) throws(GitError) -> [UInt8]? {
    let place = path.systemPath(below: root)
    switch try fileType(place) {
    case .symlink: return []
    case nil:
      guard let entry = index?.entry(at: path), entry.isSkipWorktree else { return nil }
      return try repository.blob(entry.id)
    default:
      let bytes = try reading { () throws(FileError) in try FileSystem.read(place) }
      return try bytes.map { (bytes) throws(GitError) in try stored(bytes, at: path) }
    }
  }

  /// Returns what git would store for a file's content.
  func stored(_ content: [UInt8], at path: RepositoryPath) throws(GitError) -> [UInt8] {
    guard Self.hasCarriageReturns(content) else { return content }
    return try rules?.stored(content, at: path) ?? content
  }

  static func hasCarriageReturns(_ content: [UInt8]) -> Bool {
    content.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memchr($0, 0x0D, bytes.count) != nil } ?? false
    }
  }

  /// Returns the names directly in a folder, without what is ignored.
  func names(in folder: RepositoryPath) throws(GitError) -> [RepositoryPath] {
    let names = try reading { () throws(FileError) in
      try FileSystem.names(in: folder.systemPath(below: root))
    }
    var present = Set(names ?? [])
    index?.forEach(under: folder) { entry in
      if entry.isSkipWorktree, entry.path.parent == folder { present.insert(entry.path.name) }
    }
    return present.sorted()
  }

  /// Whether git ignores a file: untracked, and named by a rule.
  private func isIgnored(_ path: RepositoryPath) throws(GitError) -> Bool {
    guard let index, !index.contains(path) else { return false }
    return try rules?.ignore(path) ?? false
  }

  private func skipped(
    below folder: RepositoryPath, present: [File]
  ) throws(GitError) -> [File] {
    var left: [(path: RepositoryPath, item: TreeItem)] = []
    index?.forEach(under: folder) { entry in
      if entry.isSkipWorktree, entry.stage == 0 { left.append((entry.path, entry.item)) }
    }
    guard !left.isEmpty else { return [] }
    let paths = Set(present.map(\.path))
    return left.filter { !paths.contains($0.path) }.map {
      File(path: $0.path, isSymlink: $0.item.mode == .symlink, skipped: $0.item.id)
    }
  }
}

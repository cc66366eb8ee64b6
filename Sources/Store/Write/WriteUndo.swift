import Files
import Git
import JSONText
import Records

/// Takes back what a refused write has put in place, unless it was changed since or is committed.
struct WriteUndo {
  private let repository: Repository
  private var files: [(path: RepositoryPath, wrote: [UInt8], previous: [UInt8]?)] = []
  private var entries: [(path: RepositoryPath, wrote: TreeItem, previous: TreeItem?)] = []
  private var directories: [BytePath] = []

  init(repository: Repository) { self.repository = repository }

  /// Whether nothing was put in place.
  var isEmpty: Bool { files.isEmpty && entries.isEmpty && directories.isEmpty }

  mutating func note(directories made: [BytePath]) { directories += made }

  /// Notes the folders of a new file, which go if nothing else is in them.
  mutating func note(emptiedBelow path: RepositoryPath, folder: RepositoryPath) {
    guard let root = repository.workingDirectory else { return }
    var made: [BytePath] = []
    var place = path.parent
    while place != folder, place.isBelow(folder) {
      made.append(place.systemPath(below: root))
      place = place.parent
    }
    directories += made.reversed().filter { !directories.contains($0) }
  }

  mutating func note(file path: RepositoryPath, wrote: [UInt8], previous: [UInt8]?) {
    files.append((path, wrote, previous))
  }

  mutating func note(entry path: RepositoryPath, wrote: TreeItem, previous: TreeItem?) {
    entries.append((path, wrote, previous))
  }

  /// What couldn't be taken back.
  struct Left: Error {
    let paths: [RepositoryPath]
    let reason: String

    /// Such as `; docket/x.json stays as it was written: Unable to create '.git/index.lock'`.
    var message: String {
      let names = paths.map(\.text).joined(separator: ", ")
      return "\(names) \(paths.count == 1 ? "stays" : "stay") as written: \(reason)"
    }

    var hint: String {
      let words = paths.map { ShellWord.quoted($0) }.joined(separator: " ")
      return "git status -- \(words) shows what is there"
    }
  }

  /// Puts index entries and files back as they were, under git's index lock.
  ///
  /// Another's `git commit -a` holds that lock from when it takes files in until the branch has its
  /// commit. So what is committed is seen to be committed, and stays, file and entry.
  ///
  /// - Parameter isCommitted: whether the branch's tip has a blob at a path.
  func carryOut(
    isCommitted: (RepositoryPath, ObjectID) throws(GitError) -> Bool
  ) throws(Left) {
    if isEmpty { return }
    do throws(GitError) {
      var lock = try IndexLock(repository)
      var edits: [IndexEdit] = []
      for entry in entries {
        // An entry changed by another process is that process's.
        guard lock.snapshot.entry(at: entry.path)?.item == entry.wrote,
          try !isCommitted(entry.path, entry.wrote.id)
        else { continue }
        edits.append(
          IndexEdit(path: entry.path, item: entry.previous, expecting: .item(entry.wrote)))
      }
      try lock.prepare(edits)
      for file in files.reversed() { try putBack(file, isCommitted) }
      try lock.commit()
    } catch {
      throw Left(
        paths: Set(files.map(\.path) + entries.map(\.path)).sorted(), reason: error.message)
    }
    for directory in directories.reversed() { FileSystem.removeEmptyDirectory(directory) }
  }

  private func putBack(
    _ file: (path: RepositoryPath, wrote: [UInt8], previous: [UInt8]?),
    _ isCommitted: (RepositoryPath, ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    guard let root = repository.workingDirectory else { return }
    let place = file.path.systemPath(below: root)
    if try isCommitted(file.path, repository.hash(blob: file.wrote)) { return }
    try reading { () throws(FileError) in
      // A file changed by another process is that process's.
      guard try FileSystem.read(place) == file.wrote else { return }
      if let previous = file.previous {
        try FileSystem.write(previous, to: place, .replace)
      } else {
        FileSystem.remove(place)
      }
    }
  }
}

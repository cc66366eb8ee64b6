import Files
import Git

/// Undoes what a refused write has put in place, unless it was changed since.
struct WriteUndo {
  private let repository: Repository
  private var files: [(path: BytePath, wrote: [UInt8], previous: [UInt8]?)] = []
  private var entries: [(path: RepositoryPath, wrote: TreeItem, previous: TreeItem?)] = []
  private var directories: [BytePath] = []

  init(repository: Repository) { self.repository = repository }

  /// Whether no index entry was put in place.
  var isEmpty: Bool { entries.isEmpty }

  mutating func note(directories made: [BytePath]) { directories += made }

  mutating func note(file path: BytePath, wrote: [UInt8], previous: [UInt8]?) {
    files.append((path, wrote, previous))
  }

  mutating func note(entry path: RepositoryPath, wrote: TreeItem, previous: TreeItem?) {
    entries.append((path, wrote, previous))
  }

  /// Keeps the write: there is nothing to undo any more.
  mutating func forget() {
    files = []
    entries = []
    directories = []
  }

  /// Entries first: a staged change without its file would look like a deletion.
  func carryOut() {
    for entry in entries.reversed() {
      // An entry changed by another process stays: the expectation fails.
      try? repository.editIndex([
        IndexEdit(path: entry.path, item: entry.previous, expecting: .item(entry.wrote))
      ])
    }
    for file in files.reversed() {
      // A file that can't be read any more stays.
      guard (try? FileSystem.read(file.path)) == file.wrote else { continue }
      if let previous = file.previous {
        // As above.
        try? FileSystem.write(previous, to: file.path, .replace)
      } else {
        FileSystem.remove(file.path)
      }
    }
    for directory in directories.reversed() { FileSystem.removeEmptyDirectory(directory) }
  }
}

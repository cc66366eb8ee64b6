import Git

/// How to take back what a refused write has put in place, where it is still ours.
struct WriteUndo {
  private let repository: Repository
  private var files: [(path: String, wrote: [UInt8], previous: [UInt8]?)] = []
  private var entries: [(path: String, wrote: TreeItem, previous: TreeItem?)] = []
  private var directories: [String] = []

  init(repository: Repository) { self.repository = repository }

  /// Whether no index entry was put in place.
  var isEmpty: Bool { entries.isEmpty }

  mutating func note(directories made: [String]) { directories += made }

  mutating func note(file path: String, wrote: [UInt8], previous: [UInt8]?) {
    files.append((path, wrote, previous))
  }

  mutating func note(entry path: String, wrote: TreeItem, previous: TreeItem?) {
    entries.append((path, wrote, previous))
  }

  /// The write stands: there is nothing to take back any more.
  mutating func forget() {
    files = []
    entries = []
    directories = []
  }

  /// Entries first: a staged change without its file would read as a deletion.
  func carryOut() {
    for entry in entries.reversed() {
      // Somebody else's entry by now is theirs: the expectation fails and it stays.
      try? repository.editIndex([
        IndexEdit(path: entry.path, item: entry.previous, expecting: .item(entry.wrote))
      ])
    }
    for file in files.reversed() where Files.read(file.path) == file.wrote {
      if let previous = file.previous {
        try? Files.write(previous, to: file.path, .replace)
      } else {
        Files.remove(file.path)
      }
    }
    for directory in directories.reversed() { Files.removeEmptyDirectory(directory) }
  }
}

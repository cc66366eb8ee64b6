import Files
import Git
import Records

/// What docket itself has staged and not committed (`--no-commit`), by the ids of the blobs.
///
/// A file that has exactly such content, in the index and in the working tree, holds nobody's own edits:
/// docket may write it again, and `docket commit` takes it.
struct StagedWrites {
  private static let most = 10_000
  private let repository: Repository
  private var path: String { repository.commonDirectory + "/docket/staged" }
  private(set) var ids: [ObjectID]

  init(_ repository: Repository) throws(GitError) {
    self.repository = repository
    let bytes = try reading { () throws(FileError) in
      try FileSystem.read(repository.commonDirectory + "/docket/staged")
    }
    ids = String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").compactMap {
      ObjectID(hex: $0)
    }
  }

  func contains(_ id: ObjectID) -> Bool { ids.contains(id) }

  /// Adds blobs, under docket's lock.
  mutating func add(_ new: [ObjectID]) throws(GitError) {
    ids = (ids.filter { !new.contains($0) } + new).suffix(Self.most)
    let text = ids.map { $0.hex + "\n" }.joined()
    _ = try repository.makeDocketFolder()
    let path = path
    try reading { () throws(FileError) in
      // A list that is lost in a crash makes docket more careful, not less.
      try FileSystem.write(Array(text.utf8), to: path, .replace, durable: .none)
    }
  }

  /// Whether a path's index entry and file both have what docket staged there.
  func isOwn(_ item: TreeItem, at path: RepositoryPath, root: String) throws(GitError) -> Bool {
    guard contains(item.id) else { return false }
    guard let bytes = try WorkingTree(repository, root: root).read(path) else { return false }
    return repository.hash(blob: bytes) == item.id
  }
}

extension Tracker {
  /// Returns the records that docket has staged and not committed, with their index entries.
  func stagedWrites(where isWanted: (RecordID) -> Bool = { _ in true }) throws(StoreError) -> [(
    id: RecordID, path: RepositoryPath, item: TreeItem, head: TreeItem?
  )] {
    guard let root = repository.workingDirectory else { return [] }
    return try git { () throws(GitError) in
      let own = try StagedWrites(repository)
      guard !own.ids.isEmpty else { return [] }
      let changes = try repository.readIndex().stagedChanges(
        against: try Self.headTree(of: repository), in: repository, under: [folder])
      var found: [(id: RecordID, path: RepositoryPath, item: TreeItem, head: TreeItem?)] = []
      for change in changes {
        guard let item = change.new, let place = try? RecordPath(change.path, inFolder: folder),
          isWanted(place.id), try own.isOwn(item, at: change.path, root: root)
        else { continue }
        found.append((place.id, change.path, item, change.old))
      }
      return found
    }
  }
}

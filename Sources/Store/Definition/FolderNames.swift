import Files
import Git
import JSONText
import Records

/// The folders that records have been in over time: a team may move them.
struct FolderNames {
  /// A folder, with one of the commits searched whose config names it, if any.
  typealias Named = (folder: RepositoryPath, commit: ObjectID?)

  private(set) var all: [Named]
  /// Trees of `.docket` already searched.
  private var seen: Set<ObjectID> = []

  init(_ known: [Named]) { all = known }

  /// Adds the folder that a commit's config names; a config that isn't JSON names none.
  mutating func note(_ commit: Commit, in repository: Repository) throws(GitError) {
    guard let definition = try repository.entry(at: TrackerDefinition.folder, inTree: commit.tree),
      definition.mode == .tree, seen.insert(definition.id).inserted,
      let config = try repository.entry(at: TrackerConfig.path.name, inTree: definition.id),
      config.mode != .tree
    else { return }
    let bytes = try repository.blob(config.id)
    guard let document = try? JSONDocument(parsing: bytes) else { return }
    let folder = TrackerConfig(document.root.value).folder
    if let place = all.firstIndex(where: { $0.folder == folder }) {
      all[place].commit = all[place].commit ?? commit.id
    } else {
      all.append((folder, commit.id))
    }
  }
}

import Git
import JSONText
import Records

/// The folders in which records lay at one time or another: a team may move them.
struct FolderNames {
  /// A folder, with a commit whose config names it, if one of those looked at does.
  typealias Named = (folder: String, commit: ObjectID?)

  private(set) var all: [Named]
  /// Trees of `.docket` that were looked at.
  private var seen: Set<ObjectID> = []

  init(_ known: [Named]) { all = known }

  /// Takes in the folder that a commit's config names; one that is no JSON names none.
  mutating func note(_ commit: Commit, in repository: Repository) throws(GitError) {
    guard let definition = try repository.entry(at: TrackerDefinition.folder, inTree: commit.tree),
      definition.mode == .tree, seen.insert(definition.id).inserted,
      let name = TrackerConfig.path.split(separator: "/").last,
      let config = try repository.entry(at: String(name), inTree: definition.id),
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

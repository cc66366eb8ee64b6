import Git
import JSONText
import Records

/// The folders in which records lay at one time or another: a team may move them.
struct FolderNames {
  private(set) var all: [String]
  /// Trees of `.docket` that were looked at.
  private var seen: Set<ObjectID> = []

  init(_ known: [String]) { all = known }

  /// Takes in the folder that the config of a tree names; what can't be read names none.
  mutating func note(_ tree: ObjectID, in repository: Repository) throws(GitError) {
    guard let ground = try repository.entry(at: Ground.folder, inTree: tree), ground.mode == .tree,
      seen.insert(ground.id).inserted,
      let name = TrackerConfig.path.split(separator: "/").last,
      let config = try repository.entry(at: String(name), inTree: ground.id), config.mode != .tree,
      let document = try? JSONDocument(parsing: try repository.blob(config.id))
    else { return }
    let folder = TrackerConfig(document.root.value).folder
    if !all.contains(folder) { all.append(folder) }
  }
}

import Git
import Records

/// The kinds that commits had: a version is told of in its own words.
struct PastCatalogs {
  private let tracker: Tracker
  /// By the tree of `.docket`, which seldom changes.
  private var known: [ObjectID: KindCatalog] = [:]

  init(_ tracker: Tracker) { self.tracker = tracker }

  /// The kinds of a commit by its tree; the tracker's own where the commit had none.
  mutating func catalog(ofTree tree: ObjectID) throws(GitError) -> KindCatalog {
    guard let folder = try tracker.repository.entry(at: Ground.folder, inTree: tree),
      folder.mode == .tree
    else { return tracker.catalog }
    if let catalog = known[folder.id] { return catalog }
    let catalog = try Ground(tree: tree, in: tracker.repository, isWhole: false).catalog
    known[folder.id] = catalog
    return catalog
  }
}

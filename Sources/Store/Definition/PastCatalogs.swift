import Git
import Records

/// The kinds that commits had: a version is told of, and judged, in its own words.
struct PastCatalogs {
  private let tracker: Tracker
  /// By the tree of the schema folder, which seldom changes.
  private var known: [ObjectID: KindCatalog] = [:]

  init(_ tracker: Tracker) {
    self.tracker = tracker
    // Mostly they are those of today, which are read already.
    if let tree = tracker.definitionTree, tracker.catalog.problems.isEmpty,
      let folder = try? schemaFolder(ofTree: tree)
    {
      known[folder] = tracker.catalog
    }
  }

  /// The kinds of a commit by its tree; the tracker's own where the commit had none.
  mutating func catalog(ofTree tree: ObjectID) throws(GitError) -> KindCatalog {
    guard let folder = try schemaFolder(ofTree: tree) else { return tracker.catalog }
    return try catalog(inFolder: folder)
  }

  /// The schema folder's own tree: equal ones hold the same kinds.
  func schemaFolder(ofTree tree: ObjectID) throws(GitError) -> ObjectID? {
    let entry = try tracker.repository.entry(at: TrackerDefinition.schemaFolder, inTree: tree)
    return entry?.mode == .tree ? entry?.id : nil
  }

  mutating func catalog(inFolder folder: ObjectID) throws(GitError) -> KindCatalog {
    if let catalog = known[folder] { return catalog }
    var files: [(name: String, bytes: [UInt8])] = []
    for entry in try tracker.repository.entries(ofTree: folder)
    where TrackerDefinition.isSchema(entry.name)
      && !TrackerDefinition.judgesNoRecord.contains(entry.name)
    {
      guard entry.mode == .regular || entry.mode == .executable else { continue }
      files.append((entry.name, try tracker.repository.blob(entry.id)))
    }
    let catalog = KindCatalog(files: files)
    known[folder] = catalog
    return catalog
  }
}

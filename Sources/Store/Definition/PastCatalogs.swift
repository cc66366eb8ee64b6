import Git
import Records

/// The kinds that commits had: a version is described and validated by the kinds of its own time.
struct PastCatalogs {
  private let tracker: Tracker
  /// By the schema folder's tree, which seldom changes.
  private var known: [ObjectID: KindCatalog] = [:]

  init(_ tracker: Tracker) {
    self.tracker = tracker
    // Usually these are today's, which are already loaded.
    if let tree = tracker.definitionTree, tracker.catalog.problems.isEmpty,
      let folder = try? schemaFolder(ofTree: tree)
    {
      known[folder] = tracker.catalog
    }
  }

  /// Returns the kinds of a commit by its tree, or the tracker's own if the commit had none.
  mutating func catalog(ofTree tree: ObjectID) throws(GitError) -> KindCatalog {
    guard let folder = try schemaFolder(ofTree: tree) else { return tracker.catalog }
    return try catalog(inFolder: folder)
  }

  /// Returns the schema folder's tree: equal trees hold the same kinds.
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

import Files
import Git
import JSONText
import Records

/// What commits changed in the record files.
struct RecordTimeline {
  let repository: Repository
  /// The kinds used to decide whether a merge changed something itself.
  let catalog: KindCatalog
  /// The records folders; several if it was renamed.
  let folders: [RepositoryPath]

  /// Returns a commit's own changes; for a merge, what differs from each of its parents.
  ///
  /// - Parameter treeOf: returns the tree of a parent, or `nil` beyond a shallow boundary.
  func changes(
    of commit: Commit,
    treeOf: (_ parent: ObjectID, _ child: ObjectID) throws(GitError) -> ObjectID?
  ) throws(GitError) -> [RecordFileChange] {
    var changes: [RecordFileChange] = []
    for files in try files(of: [commit], treeOf: treeOf) {
      try forEachRecord(of: files) { changes.append($0) }
    }
    return changes
  }

  /// Returns the same for many commits, which is faster than one by one.
  func files(
    of commits: [Commit],
    treeOf: (_ parent: ObjectID, _ child: ObjectID) throws(GitError) -> ObjectID?
  ) throws(GitError) -> [CommitFiles] {
    let parents = try commits.map { (commit) throws(GitError) in
      try commit.parents.map { (parent) throws(GitError) in try treeOf(parent, commit.id) }
    }
    var whole: [Int: AddedTree] = [:]
    var files = try repository.changes(
      ofEach: zip(commits, parents).map { commit, parents in
        // Nothing is known beyond a shallow boundary, and so neither is what this commit changed.
        // Treating it as a root would make its author the author of everything.
        (parents.contains(nil) ? commit.tree : parents.first ?? nil, commit.tree)
      }, under: folders, leavingAdded: { whole[$0] = $1 }
    ).map { CommitFiles.step($0) }
    for (place, tree) in whole { files[place] = .added(tree) }
    /// Merges that differ from all parents compared so far, with their records.
    var merges: [Int: [MergedRecord]] = [:]
    for place in commits.indices where parents[place].count > 1 {
      // A directory taken unchanged from another parent, as when an import is merged.
      if case .added(let added) = files[place],
        try isThere(added, inAnyOf: parents[place].dropFirst())
      {
        files[place] = .step([])
        continue
      }
      var records: [MergedRecord] = []
      try forEachRecord(of: files[place]) { records.append(MergedRecord($0)) }
      if !records.isEmpty { merges[place] = records }
    }
    var rank = 1
    while true {
      let pending = merges.keys.filter { parents[$0].count > rank && merges[$0]?.isEmpty == false }
        .sorted()
      if pending.isEmpty { break }
      let against = try repository.changes(
        ofEach: pending.map { (parents[$0][rank], commits[$0].tree) }, under: folders)
      for (merge, against) in zip(pending, against) {
        let sides = Dictionary(
          try records(of: against).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        merges[merge] = merges[merge]?.compactMap { $0.differing(from: sides[$0.id]) }
      }
      rank += 1
    }
    for (place, records) in merges {
      var changes: [RecordFileChange] = []
      for record in records {
        if let change = try own(record) { changes.append(change) }
      }
      files[place] = .merge(changes)
    }
    return files
  }

  private func isThere(_ added: AddedTree, inAnyOf trees: ArraySlice<ObjectID?>) throws(GitError)
    -> Bool
  {
    for tree in trees {
      if let tree, try repository.has(added, inTree: tree) { return true }
    }
    return false
  }

  /// A record that differs in a merge from each of the parents compared so far.
  private struct MergedRecord {
    let id: RecordID
    let new: RecordFileChange.Side?
    /// The file in each parent.
    private(set) var olds: [RecordFileChange.Side?]

    init(_ change: RecordFileChange) { (id, new, olds) = (change.id, change.new, [change.old]) }

    /// Returns the record compared with one more parent, or `nil` if there is no difference.
    func differing(from change: RecordFileChange?) -> MergedRecord? {
      guard let change else { return nil }
      var copy = self
      copy.olds.append(change.old)
      return copy
    }
  }

  /// Returns what a merge itself changed in a record, or `nil` if it only took over a parent's
  /// version.
  private func own(_ record: MergedRecord) throws(GitError) -> RecordFileChange? {
    var others = record.olds
    // The file that kept its path, else any existing one.
    let place =
      others.firstIndex { $0 != nil && $0?.path == record.new?.path }
      ?? others.firstIndex { $0 != nil }
    let old = place.flatMap { others.remove(at: $0) }
    let change = RecordFileChange(id: record.id, old: old, new: record.new, others: others)
    guard let new = record.new, old != nil, change.from == nil else { return change }
    if record.olds.contains(where: { $0?.blob == new.blob }) { return nil }
    var versions = FileVersions(repository, catalog)
    let full = try versions.change(change)
    return full.fields.isEmpty && full.problem == nil ? nil : change
  }

  /// Groups file changes by record id, wherever the files move.
  func records(of changes: [TreeChange]) throws(GitError) -> [RecordFileChange] {
    var records: [RecordFileChange] = []
    try forEachRecord(of: .step(changes)) { records.append($0) }
    return records
  }

  /// Calls `body` for each record in turn, since a commit may add half a million.
  func forEachRecord(of files: CommitFiles, _ body: (RecordFileChange) -> Void) throws(GitError) {
    if case .merge(let records) = files { return records.forEach(body) }
    var ids: [RecordID] = []
    try forEachPart(of: files) { ids.append($0.id) }
    // Several paths of one of these ids make up one change.
    let scattered = Self.repeated(in: ids)
    ids = []
    var gathered: [RecordID: RecordFileChange] = [:]
    if !scattered.isEmpty {
      try forEachPart(of: files) { part in
        guard scattered.contains(part.id) else { return }
        let known = gathered[part.id]
        gathered[part.id] = RecordFileChange(
          id: part.id, old: part.old ?? known?.old, new: part.new ?? known?.new)
      }
    }
    try forEachPart(of: files) { part in
      if !scattered.contains(part.id) {
        body(part)
      } else if let whole = gathered.removeValue(forKey: part.id) {
        body(whole)
      }
    }
  }

  /// Calls `body` for each file by itself.
  private func forEachPart(of files: CommitFiles, _ body: (RecordFileChange) -> Void)
    throws(GitError)
  {
    func take(_ change: TreeChange) {
      let id = folders.lazy.compactMap { try? RecordPath(change.path, inFolder: $0) }.first?.id
      if let id { body(RecordFileChange(id: id, change)) }
    }
    switch files {
    case .step(let changes): changes.forEach(take)
    case .added(let tree): try repository.forEachChange(in: tree, take)
    case .merge: break
    }
  }

  private static func repeated(in ids: [RecordID]) -> Set<RecordID> {
    guard ids.count > 1 else { return [] }
    let sorted = ids.sorted()
    return Set(zip(sorted, sorted.dropFirst()).lazy.filter { $0 == $1 }.map(\.0))
  }
}

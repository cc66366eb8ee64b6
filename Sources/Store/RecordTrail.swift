import Git
import JSONText
import Records

/// A record's file before and after a commit.
struct RecordFileChange {
  struct Side: Hashable {
    let path: String
    let blob: ObjectID
  }

  let id: RecordID
  let old: Side?
  let new: Side?
  /// What the other parents of a merge had: what one of them has, too, isn't the merge's doing.
  var others: [Side?] = []

  /// Where it was before, if no parent had it where it is now.
  var from: String? {
    guard let old, let new, !([old] + others).contains(where: { $0?.path == new.path }) else {
      return nil
    }
    return old.path
  }
}

/// What a commit did to the files of records.
enum CommitFiles {
  /// Against its parent, file by file.
  case step([TreeChange])
  /// What a merge did itself.
  case merge([RecordFileChange])
}

/// What commits did to the files of records.
struct RecordTrail {
  let repository: Repository
  /// The kinds by which it is told whether a merge did something itself.
  let catalog: KindCatalog
  /// The records folders: several where it was renamed.
  let folders: [String]

  /// A commit's own changes: of a merge, what differs from each of its parents.
  ///
  /// - Parameter treeOf: the tree of a parent; `nil` beyond a shallow boundary.
  func changes(
    of commit: Commit,
    treeOf: (_ parent: ObjectID, _ child: ObjectID) throws(GitError) -> ObjectID?
  ) throws(GitError) -> [RecordFileChange] {
    var changes: [RecordFileChange] = []
    for files in try files(of: [commit], treeOf: treeOf) {
      forEachRecord(of: files) { changes.append($0) }
    }
    return changes
  }

  /// The same of many commits, which costs less than one by one.
  func files(
    of commits: [Commit],
    treeOf: (_ parent: ObjectID, _ child: ObjectID) throws(GitError) -> ObjectID?
  ) throws(GitError) -> [CommitFiles] {
    let parents = try commits.map { (commit) throws(GitError) in
      try commit.parents.map { (parent) throws(GitError) in try treeOf(parent, commit.id) }
    }
    var files = try repository.changes(
      ofEach: zip(commits, parents).map { commit, parents in
        // Beyond a shallow boundary nothing is known, so what this commit changed isn't either: to
        // read it as a beginning would make its author the author of everything.
        (parents.contains(nil) ? commit.tree : parents.first ?? nil, commit.tree)
      }, under: folders
    ).map { CommitFiles.step($0) }
    /// Merges that differ from all parents looked at so far, with what became of each record.
    var merges: [Int: [MergedRecord]] = [:]
    for place in commits.indices where parents[place].count > 1 {
      guard case .step(let changes) = files[place], !changes.isEmpty else { continue }
      merges[place] = records(of: changes).map { MergedRecord($0) }
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
          records(of: against).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
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

  /// A record that a merge holds otherwise than each of the parents compared with.
  private struct MergedRecord {
    let id: RecordID
    let new: RecordFileChange.Side?
    /// What each parent had.
    private(set) var olds: [RecordFileChange.Side?]

    init(_ change: RecordFileChange) { (id, new, olds) = (change.id, change.new, [change.old]) }

    /// With one more parent; `nil` where there is no difference.
    func differing(from change: RecordFileChange?) -> MergedRecord? {
      guard let change else { return nil }
      var copy = self
      copy.olds.append(change.old)
      return copy
    }
  }

  /// What a merge did to a record itself; `nil` where it only took over what its parents have.
  private func own(_ record: MergedRecord) throws(GitError) -> RecordFileChange? {
    var others = record.olds
    // The file that stayed in its place, else any that was there.
    let place =
      others.firstIndex { $0 != nil && $0?.path == record.new?.path }
      ?? others.firstIndex { $0 != nil }
    let old = place.flatMap { others.remove(at: $0) }
    let change = RecordFileChange(id: record.id, old: old, new: record.new, others: others)
    guard let new = record.new, old != nil, change.from == nil else { return change }
    if record.olds.contains(where: { $0?.blob == new.blob }) { return nil }
    var versions = FileVersions(repository, catalog)
    let told = try versions.change(change)
    return told.fields.isEmpty && told.problem == nil ? nil : change
  }

  /// Follows records by their ids, wherever their files go.
  func records(of changes: [TreeChange]) -> [RecordFileChange] {
    var records: [RecordFileChange] = []
    forEachRecord(of: .step(changes)) { records.append($0) }
    return records
  }

  /// The same one by one, for a commit may bring half a million.
  func forEachRecord<Failure: Error>(
    of files: CommitFiles, _ body: (RecordFileChange) throws(Failure) -> Void
  ) throws(Failure) {
    let changes: [TreeChange]
    switch files {
    case .step(let step): changes = step
    case .merge(let records):
      for record in records { try body(record) }
      return
    }
    let ids = changes.map { change in
      folders.lazy.compactMap { try? RecordPath(change.path, inFolder: $0) }.first?.id
    }
    // Of these, what is said of several paths is one change.
    let scattered = Self.repeated(in: ids)
    var gathered: [RecordID: RecordFileChange] = [:]
    for (change, id) in zip(changes, ids) {
      guard let id, scattered.contains(id) else { continue }
      let part = RecordFileChange(id: id, change)
      let known = gathered[id]
      gathered[id] = RecordFileChange(
        id: id, old: part.old ?? known?.old, new: part.new ?? known?.new)
    }
    for (change, id) in zip(changes, ids) {
      guard let id else { continue }
      if !scattered.contains(id) {
        try body(RecordFileChange(id: id, change))
      } else if let whole = gathered.removeValue(forKey: id) {
        try body(whole)
      }
    }
  }

  private static func repeated(in ids: [RecordID?]) -> Set<RecordID> {
    guard ids.count > 1 else { return [] }
    let sorted = ids.compactMap { $0 }.sorted()
    return Set(zip(sorted, sorted.dropFirst()).lazy.filter { $0 == $1 }.map(\.0))
  }
}

extension RecordFileChange {
  fileprivate init(id: RecordID, _ change: TreeChange) {
    self.init(
      id: id, old: change.old.map { Side(path: change.path, blob: $0.id) },
      new: change.new.map { Side(path: change.path, blob: $0.id) })
  }
}

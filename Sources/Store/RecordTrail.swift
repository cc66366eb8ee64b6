import Git
import JSONText
import Records

/// A record's file before and after a commit.
struct RecordFileChange {
  struct Side {
    let path: String
    let blob: ObjectID
  }

  let id: RecordID
  let old: Side?
  let new: Side?
}

/// What commits did to the files of records, without reading any.
struct RecordTrail {
  let repository: Repository
  /// The records folders: two where it was renamed between two states.
  let folders: [String]

  /// A commit's own changes: of a merge, what differs from each of its parents.
  ///
  /// - Parameter treeOf: the tree of a parent; `nil` beyond a shallow boundary.
  func changes(
    of commit: Commit,
    treeOf: (_ parent: ObjectID, _ child: ObjectID) throws(GitError) -> ObjectID?
  ) throws(GitError) -> [RecordFileChange] {
    records(of: try files(of: [commit], treeOf: treeOf).first ?? [])
  }

  /// The same of many commits, which costs less than one by one, file by file.
  func files(
    of commits: [Commit],
    treeOf: (_ parent: ObjectID, _ child: ObjectID) throws(GitError) -> ObjectID?
  ) throws(GitError) -> [[TreeChange]] {
    let parents = try commits.map { (commit) throws(GitError) in
      try commit.parents.map { (parent) throws(GitError) in try treeOf(parent, commit.id) }
    }
    var changes = try repository.changes(
      ofEach: zip(commits, parents).map { commit, parents in
        // Beyond a shallow boundary nothing is known, so what this commit changed isn't either: to
        // read it as a beginning would make its author the author of everything.
        (parents.contains(nil) ? commit.tree : parents.first ?? nil, commit.tree)
      }, under: folders)
    var rank = 1
    while true {
      let merges = commits.indices.filter { parents[$0].count > rank && !changes[$0].isEmpty }
      if merges.isEmpty { break }
      let against = try repository.changes(
        ofEach: merges.map { (parents[$0][rank], commits[$0].tree) }, under: folders)
      for (merge, against) in zip(merges, against) {
        let own = Set(against.map(\.path))
        changes[merge] = changes[merge].filter { own.contains($0.path) }
      }
      rank += 1
    }
    return changes
  }

  /// Follows records by their ids, wherever their files go.
  func records(of changes: [TreeChange]) -> [RecordFileChange] {
    var records: [RecordFileChange] = []
    forEachRecord(of: changes) { records.append($0) }
    return records
  }

  /// The same one by one, for a commit may bring half a million.
  func forEachRecord<Failure: Error>(
    of changes: [TreeChange], _ body: (RecordFileChange) throws(Failure) -> Void
  ) throws(Failure) {
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

/// Blobs as records, to tell what changed between them; versions repeat on both sides of a change.
struct FileVersions {
  private let repository: Repository
  /// The kinds by which changes are told where nothing else is said.
  private let catalog: KindCatalog
  private var values: [ObjectID: JSONValue?] = [:]
  private var unstored: [ObjectID: JSONValue?] = [:]

  init(_ repository: Repository, _ catalog: KindCatalog) {
    self.repository = repository
    self.catalog = catalog
  }

  /// Takes versions that lie in files and can't be read from the repository.
  mutating func add(_ versions: [ObjectID: JSONValue?]) { unstored.merge(versions) { $1 } }

  /// Reads many versions in the order in which they are stored, which is faster than one by one.
  mutating func load(_ changes: some Sequence<RecordFileChange>) {
    var wanted: [ObjectID] = []
    var seen: Set<ObjectID> = []
    for change in changes {
      for blob in [change.old?.blob, change.new?.blob].compactMap({ $0 })
      where values[blob] == nil && seen.insert(blob).inserted { wanted.append(blob) }
    }
    makeRoom(for: wanted.count)
    var read: [ObjectID: JSONValue?] = [:]
    repository.blobs(wanted) { index, result in
      // What can't be read is met again, and told of, where it is asked for.
      if case .success(let bytes) = result { read[wanted[index]] = .some(.record(parsing: bytes)) }
    }
    values.merge(read) { $1 }
  }

  /// What a change did, field by field, in the words of the kinds that the commit had.
  mutating func change(_ change: RecordFileChange, in catalog: KindCatalog? = nil)
    throws(GitError) -> RecordChange
  {
    let path = change.new?.path ?? change.old?.path ?? ""
    let kind = catalog?.kind(of: change.id) ?? self.catalog.kind(of: change.id)
    let before = try change.old.map { (old) throws(GitError) in try version(old.blob) } ?? nil
    let after = try change.new.map { (new) throws(GitError) in try version(new.blob) } ?? nil
    let moved = change.old.map { $0.path != path } ?? false
    let sort: RecordChange.Sort =
      change.old == nil ? .added : change.new == nil ? .deleted : moved ? .renamed : .modified
    let unreadable = change.old != nil && before == nil || change.new != nil && after == nil
    return RecordChange(
      id: change.id, kind: kind, path: path,
      from: moved && change.new != nil ? change.old?.path : nil, sort: sort,
      fields: unreadable ? [] : FieldChange.between(before, after, view: kind?.view),
      before: before, after: after,
      problem: unreadable ? "a version of it is not readable as JSON" : nil)
  }

  private mutating func version(_ id: ObjectID) throws(GitError) -> JSONValue? {
    if let known = values[id] ?? unstored[id] { return known }
    let bytes = try? repository.blob(id)
    let value = bytes.flatMap { JSONValue.record(parsing: $0) }
    makeRoom(for: 1)
    values[id] = .some(value)
    return value
  }

  private mutating func makeRoom(for count: Int) {
    if values.count + count > 20_000 { values.removeAll(keepingCapacity: true) }
  }

}

extension JSONValue {
  /// What a record's text says; `nil` where it isn't a JSON object.
  static func record(parsing bytes: [UInt8]) -> JSONValue? {
    let document = try? JSONDocument(parsing: bytes)
    return document.flatMap { $0.root.isObject ? $0.root.value : nil }
  }
}

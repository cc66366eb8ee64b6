import Cache
import Files
import Git
import JSONText
import Records

/// Updates the cache to HEAD.
struct CacheUpdate {
  let tracker: Tracker
  let cache: RecordCache
  let tip: ObjectID
  let tree: ObjectID

  func isDone(_ parts: CacheParts) throws(SQLiteError) -> Bool {
    if parts.contains(.history), try cache.note(.tip) != tip.hex { return false }
    if parts.contains(.fields), try cache.lastCachedChange() != cache.lastChange() { return false }
    if parts.contains(.records), try cache.note(.tree) != tree.hex { return false }
    if parts.contains(.words), try cache.note(.words) == nil { return false }
    if parts.contains(.formerLinks),
      try cache.lastChange() != cache.lastLinkedChange()
    {
      return false
    }
    if parts.contains(.formerItems), try cache.note(.formerItems) != tip.hex { return false }
    if parts.contains(.rankPositions) {
      guard let wanted = try? rankPositionsNote(), try cache.note(.rankPositions) == wanted else {
        return false
      }
    }
    return true
  }

  /// Whether there is something to start from, so that an update may be quick.
  func isBegun(_ parts: CacheParts) throws(SQLiteError) -> Bool {
    if parts.contains(.history), try cache.note(.tip) == nil { return false }
    if parts.contains(.records), try cache.note(.tree) == nil { return false }
    return true
  }

  func run(_ parts: CacheParts) throws(StoreError) {
    try cache.database.transaction(orElse: { StoreError.cache($0) }) { () throws(StoreError) in
      if parts.contains(.history) { try bringHistory() }
      if parts.contains(.fields) { try bringFields() }
      if parts.contains(.records) { try bringRecords() }
      if parts.contains(.words) { try bringWords() }
      if parts.contains(.formerLinks) { try bringFormerLinks() }
      if parts.contains(.formerItems) { try bringFormerItems() }
      if parts.contains(.rankPositions) { try bringRankPositions() }
      tracker.onProgress?(1, 1)
    }
  }

  // MARK: History

  private func bringHistory() throws(StoreError) {
    if try note(.tip) == tip.hex { return }
    var known = try knownFolders()
    while true {
      // Few trees are read here: to put history in order, and for directories added whole.
      let named = try tracker.repository.readingPacks(keeping: 2 << 20) { () throws(StoreError) in
        try readHistory(in: known)
      }
      let isWhole = named.count == known.count
      known = named
      if isWhole, try isReached(known.dropFirst()) { break }
      // Records were in other folders before, so only half of their past was read. Or the commits
      // that named those folders aren't reachable any more.
      if isWhole { known = [(tracker.folder, nil)] }
      try cached { () throws(SQLiteError) in try cache.forgetHistory() }
    }
    let lines = known.map { "\($0.folder)\t\($0.commit?.hex ?? "")" }
    try setNote(.folders, lines.joined(separator: "\n"))
    try setNote(.tip, tip.hex)
  }

  /// Returns the folders in which history was searched, the tracker's own first.
  private func knownFolders() throws(StoreError) -> [FolderNames.Named] {
    let lines = try note(.folders)?.split(separator: "\n") ?? []
    let known = lines.map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      return (RepositoryPath(parts[0]), parts.last.flatMap { ObjectID(hex: $0) })
    }
    return known.isEmpty ? [(tracker.folder, nil)] : known
  }

  /// Whether HEAD reaches the commits that name folders.
  private func isReached(_ folders: ArraySlice<FolderNames.Named>) throws(StoreError) -> Bool {
    try cached { () throws(SQLiteError) in
      for (_, commit) in folders {
        guard let commit, try cache.links(of: commit.bytes)?.position != nil else { return false }
      }
      return true
    }
  }

  /// - Returns: the folders, and further ones that the commits read name.
  private func readHistory(in folders: [FolderNames.Named]) throws(StoreError) -> [FolderNames
    .Named]
  {
    var graph = try HistoryGraph(tracker.repository, cache, tip: tip)
    if graph.isWhole { try cached { () throws(SQLiteError) in try cache.forgetPlaces() } }
    let bottom = graph.base?.position ?? 0
    if !graph.isWhole {
      for node in graph.displaced {
        try cached { () throws(SQLiteError) in
          try cache.place(graph.sequences[node], position: nil, broughtAt: nil)
        }
      }
    }
    let timeline = RecordTimeline(
      repository: tracker.repository, catalog: tracker.catalog, folders: folders.map(\.folder))
    var reading = try HistoryReading(of: graph.takeNew(), tracker, folders: folders)
    for (rank, node) in graph.order.enumerated() {
      let position = bottom + Int64(graph.count - rank)
      if graph.sequences[node] != 0 {
        try cached { () throws(SQLiteError) in
          try cache.place(
            graph.sequences[node], position: position, broughtAt: graph.broughtAt[rank],
            isNarrow: graph.isNarrow[rank])
        }
        continue
      }
      if rank % 256 == 0 { tracker.onProgress?(rank, graph.count) }
      guard var row = try reading.next() else { break }
      row.commit.position = position
      row.commit.broughtAt = graph.broughtAt[rank]
      row.commit.isNarrow = graph.isNarrow[rank]
      let sequence = try cached { () throws(SQLiteError) in try cache.insert(row.commit) }
      var failure: SQLiteError?
      try git { () throws(GitError) in
        try timeline.forEachRecord(of: row.files) { change in
          guard failure == nil else { return }
          do throws(SQLiteError) {
            try cache.insert(CachedChange(change), of: sequence)
          } catch {
            failure = error
          }
        }
      }
      if let failure { throw .cache(failure) }
    }
    return reading.folders
  }

  // MARK: Fields

  private func bringFields() throws(StoreError) {
    let last = try cached { () throws(SQLiteError) in try cache.lastChange() }
    var done = try cached { () throws(SQLiteError) in try cache.lastCachedChange() }
    if done == last { return }
    var versions = FileVersions(tracker.repository, tracker.catalog)
    while done < last {
      tracker.onProgress?(Int(done), Int(last))
      let rows = try cached { () throws(SQLiteError) in
        try cache.changes(after: done, limit: 5_000)
      }
      guard let end = rows.last?.sequence else { break }
      let changes = rows.map { ($0.sequence, RecordFileChange(row: $0)) }
      versions.load(changes.lazy.compactMap(\.1))
      for (sequence, change) in changes {
        guard let change else { continue }
        let full = try git { () throws(GitError) in try versions.change(change) }
        try cached { () throws(SQLiteError) in
          for (place, field) in full.fields.enumerated() {
            try cache.insertField(
              change: sequence, place: place, pointer: field.pointer.description, key: field.key,
              name: FieldChange.name(of: field.pointer),
              before: field.before.map(JSONPrinter.compact),
              after: field.after.map(JSONPrinter.compact))
          }
        }
      }
      done = end
    }
    try setNote(.fields, String(last))
  }

  // MARK: Records at HEAD

  private func bringRecords() throws(StoreError) {
    let known = try note(.tree)
    if known == tree.hex { return }
    let keepsWords = try note(.words) != nil
    var insertion = RecordInsertion(tracker, cache, keepsWords: keepsWords)
    // A tree that git gc has removed can't be compared with.
    if let old = known.flatMap({ ObjectID(hex: $0) }),
      let changes = try? tracker.repository.changes(from: old, to: tree, under: [tracker.folder])
    {
      for change in changes where change.old != nil {
        try cached { () throws(SQLiteError) in
          try cache.remove(path: change.path.text, keepingWords: keepsWords)
        }
      }
      insertion.total = changes.count
      for change in changes {
        if let item = change.new { try insertion.add(change.path, item) }
      }
    } else {
      try cached { () throws(SQLiteError) in try cache.forgetRecords() }
      try insertion.addAll(of: tree)
    }
    try insertion.finish()
    try setNote(.tree, tree.hex)
  }

  private func bringWords() throws(StoreError) {
    if try note(.words) != nil { return }
    try cached { () throws(SQLiteError) in try cache.rebuildWords() }
    try setNote(.words, "kept")
  }

  private func note(_ key: RecordCache.MetaKey) throws(StoreError) -> String? {
    try cached { () throws(SQLiteError) in try cache.note(key) }
  }

  private func setNote(_ key: RecordCache.MetaKey, _ value: String) throws(StoreError) {
    try cached { () throws(SQLiteError) in try cache.setNote(key, value) }
  }
}

extension CachedChange {
  init(_ change: RecordFileChange) {
    self.init(
      record: change.id.text, oldPath: change.old?.path.text, oldBlob: change.old?.blob.bytes,
      newPath: change.new?.path.text, newBlob: change.new?.blob.bytes,
      others: change.others.map { $0.map { ($0.path.text, $0.blob.bytes) } })
  }
}

extension RecordFileChange {
  init?(row: CachedChange) {
    guard let id = RecordID(row.record) else { return nil }
    func side(_ path: String?, _ blob: [UInt8]?) -> Side? {
      path.flatMap { path in blob.map { Side(path: RepositoryPath(path), blob: ObjectID(row: $0)) }
      }
    }
    self.init(
      id: id, old: side(row.oldPath, row.oldBlob), new: side(row.newPath, row.newBlob),
      others: row.others.map { $0.flatMap { side($0.path, $0.blob) } })
  }
}

extension CachedRecord {
  init(_ file: RecordFile, _ item: TreeItem, kind: Kind?) {
    let facets = RecordFacets(file.root)
    func text(_ key: String?) -> String? { key.flatMap { file.root[$0]?.string } }
    self.init(
      path: file.path.text, blob: item.id.bytes, mode: item.mode.rawValue, id: file.id.text,
      kind: kind?.name, heading: text(kind?.titleKey) ?? "", state: text(kind?.workflow?.property),
      json: file.document.bytes, body: facets.body, facets: facets.hashes,
      links: (kind?.links ?? []).flatMap { $0.links(in: file.root) }.map {
        ($0.relation, $0.target.text)
      })
    origin = MigrationOrigin(file.root).map { ($0.record.text, $0.list, $0.item) }
  }

  init(_ problem: UnreadableRecord, _ item: TreeItem, folder: RepositoryPath) {
    self.init(
      path: problem.path.text, blob: item.id.bytes, mode: item.mode.rawValue,
      id: (try? RecordPath(problem.path, inFolder: folder))?.id.text, line: problem.line,
      column: problem.column, problem: problem.message)
  }
}

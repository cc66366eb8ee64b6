import Cache
package import Files
package import Git
package import Records

/// A record's path at a commit.
package struct FoundRecord: Sendable {
  package let id: RecordID
  package let path: RepositoryPath
  package let item: TreeItem
  package let commit: ObjectID
}

/// Resolves what a person types for an id to the record that it names.
extension Tracker {
  /// Finds the record that `text`, an id or its unique abbreviation, names at a commit (HEAD by
  /// default).
  package func find(_ text: String, at commit: ObjectID? = nil) throws(StoreError) -> FoundRecord {
    let isPrefix = catalog.kinds.contains { kind in
      [kind.prefix, kind.prefix + "-"].contains(text.uppercased())
    }
    guard !isPrefix, let abbreviation = IDAbbreviation(text) else {
      throw .refused(
        isPrefix
          ? "\"\(text)\" names a kind of record, not one: type some of the id's digits too"
          : "\"\(text)\" is no record's id: ids look like PP-8KX3M2Q4TZ")
    }
    let head = try git { () throws(GitError) in try repository.head() }
    guard let commit = commit ?? head.commit else {
      throw .refused("there are no commits yet, so there is no record \(text)")
    }
    let known = commit == head.commit ? try files(abbreviation) : nil
    let found = if let known { known } else { try files(abbreviation, at: commit) }
    let ids = Set(found.map(\.id))
    if ids.count == 1, found.count > 1 {
      throw .refused(
        "\(found[0].id) is the id of \(found.count) files: "
          + found.map(\.path.text).joined(separator: ", "),
        hint: "git rm the copy, and git commit")
    }
    if ids.count > 1 {
      let candidates = try candidates(found.prefix(8).map { (path: $0.path, item: $0.item) })
      throw .refused(
        "\(text) could be any of \(ids.count) records",
        hint: "type more of it:\n" + candidates.joined(separator: "\n"))
    }
    guard let entry = found.first else {
      if commit != head.commit, let head = head.commit, try !files(abbreviation, at: head).isEmpty {
        throw .refused(
          "\(text) did not exist then", hint: "docket log \(text) shows when it was added")
      }
      if let path = try stagedPath(abbreviation) {
        throw .refused(
          "\(text) is not committed yet (\(path))", hint: "git commit -m \"…\" -- \(path)")
      }
      throw .refused("there is no record \(text)", hint: "docket list shows what there is")
    }
    return FoundRecord(id: entry.id, path: entry.path, item: entry.item, commit: commit)
  }

  private typealias Place = (id: RecordID, path: RepositoryPath, item: TreeItem)

  private func files(_ abbreviation: IDAbbreviation, at commit: ObjectID) throws(StoreError)
    -> [Place]
  {
    let tree = try tree(of: commit)
    return try git { () throws(GitError) in
      var places: [Place] = []
      try repository.walkTree(
        tree, under: folder,
        where: { RecordID(startOfFileName: $0).map(abbreviation.matches) ?? false }
      ) { (path, entry) throws(GitError) in
        guard let place = try? RecordPath(path, inFolder: folder) else { return }
        places.append((place.id, path, TreeItem(mode: entry.mode, id: entry.id)))
      }
      return places
    }
  }

  /// Returns the same at HEAD from the cache, or `nil` if there is none: it isn't worth building
  /// for one record. If history is needed anyway, the cache has all paths that the record may have.
  private func files(_ abbreviation: IDAbbreviation) throws(StoreError) -> [Place]? {
    // Without a prefix the record may be of any kind, even an unknown one.
    guard let prefix = abbreviation.prefix else { return nil }
    let start = "\(prefix)-\(abbreviation.digits)"
    let found = try answer(.records, builds: false) { (cache) throws(SQLiteError) in
      try cache.files(beginning: start).compactMap { file -> Place? in
        guard let id = (try? RecordPath(RepositoryPath(file.path), inFolder: folder))?.id,
          let mode = FileMode(rawValue: file.mode)
        else { return nil }
        return (id, RepositoryPath(file.path), TreeItem(mode: mode, id: ObjectID(row: file.blob)))
      }
    }
    if let found { return found }
    // A truncated history isn't enough: nothing is known of what came before.
    guard expected.contains(.history), !isTruncated, let tree = definitionTree else { return nil }
    let places = try answer(.history) { (cache) throws(SQLiteError) in
      try cache.places(beginning: start, limit: 16)
    }
    guard let paths = places ?? nil else { return nil }
    return try git { () throws(GitError) in
      var places: [Place] = []
      for path in paths.map({ RepositoryPath($0) }) {
        guard let id = (try? RecordPath(path, inFolder: folder))?.id,
          let entry = try repository.entry(at: path, inTree: tree), entry.mode != .tree
        else { continue }
        places.append((id, path, TreeItem(mode: entry.mode, id: entry.id)))
      }
      return places
    }
  }

  private func stagedPath(_ abbreviation: IDAbbreviation) throws(StoreError) -> RepositoryPath? {
    try workingRecords().records.first { abbreviation.matches($0.id) }?.path
  }

  private func candidates(_ entries: [(path: RepositoryPath, item: TreeItem)]) throws(StoreError)
    -> [String]
  {
    let found = try git { () throws(GitError) in try state(of: entries, folder: folder) }
    return found.records.map { record in
      "  \(record.id)  \(catalog.kind(of: record.id)?.heading(of: record.root) ?? "")"
    }
  }

  /// Reads a record that `find` returned.
  package func read(_ found: FoundRecord) throws(StoreError) -> RecordFile {
    let bytes = try git { () throws(GitError) in try repository.blob(found.item.id) }
    switch RecordFile.read(bytes, path: found.path, folder: folder) {
    case .success(let record): return record
    case .failure(let problem): throw .findings([problem.finding])
    }
  }
}

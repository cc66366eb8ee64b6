import Cache
import Git
import JSONText
import Records

/// Brings what the cache knows of earlier versions: their links, and the items of lists that are
/// records of their own now.
extension CacheUpdate {
  /// This many records, or changes, are read together, in the order of their packs.
  private static let size = 2_000

  func bringFormerLinks() throws(StoreError) {
    let (last, done) = try cached { () throws(SQLiteError) in
      (try cache.lastChange(), try cache.lastLinkedChange())
    }
    if done == last { return }
    let relations = tracker.catalog.collectionRelations
    // The links of what has one version only, at HEAD, are in the cache anyway.
    let records = try cached { () throws(SQLiteError) in
      try cache.recordsWithFormerVersions(after: done, prefixes: relations.keys.sorted())
    }
    for start in stride(from: 0, to: records.count, by: Self.size) {
      tracker.onProgress?(start, records.count)
      let part = records[start..<min(start + Self.size, records.count)]
      let changes = try cached { () throws(SQLiteError) in try cache.changes(of: part) }
      var owners: [ObjectID: Set<String>] = [:]
      for change in changes {
        let blobs = [change.oldBlob, change.newBlob] + change.others.map { $0?.blob }
        for case .some(let blob) in blobs {
          owners[ObjectID(row: blob), default: []].insert(change.record)
        }
      }
      let blobs = Array(owners.keys)
      var links: Set<[String]> = []
      var failure: GitError?
      tracker.repository.blobs(blobs) { index, result in
        do throws(GitError) {
          guard let value = JSONValue.record(parsing: try result.get()) else { return }
          for record in owners[blobs[index]] ?? [] {
            let prefix = RecordID(record)?.prefix ?? ""
            for target in (relations[prefix] ?? []).flatMap({ $0.targets(in: value) }) {
              links.insert([target.text, record])
            }
          }
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw .git(failure) }
      try cached { () throws(SQLiteError) in
        for link in links.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
          try cache.insertFormerLink(from: link[1], to: link[0])
        }
      }
    }
    try cached { () throws(SQLiteError) in try cache.setNote(.formerLinks, String(last)) }
  }

  func bringFormerItems() throws(StoreError) {
    if try cached({ () throws(SQLiteError) in try cache.note(.formerItems) }) == tip.hex { return }
    var versions = FileVersions(tracker.repository, tracker.catalog)
    while true {
      let rows = try cached { () throws(SQLiteError) in
        try cache.changesOfFormerLists(limit: Self.size)
      }
      if rows.isEmpty { break }
      let files = rows.map { RecordFileChange(row: $0.change) }
      versions.load(files.lazy.compactMap { $0 })
      for (row, file) in zip(rows, files) {
        let change = try git { () throws(GitError) in
          try file.map { (file) throws(GitError) in try versions.change(file) }
        }
        try cached { () throws(SQLiteError) in
          try cache.insert(
            change?.itemsWritten(in: row.list.name) ?? [], of: row.list,
            change: row.change.sequence)
        }
      }
    }
    try cached { () throws(SQLiteError) in try cache.setNote(.formerItems, tip.hex) }
  }
}

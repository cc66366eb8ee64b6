/// What records were in earlier versions: in which collections, and items of which lists.
extension RecordCache {
  // MARK: Former links

  /// Returns the number of the newest change whose links are cached, or 0.
  package func lastLinkedChange() throws(SQLiteError) -> Int64 {
    try note(.formerLinks).flatMap { Int64($0) } ?? 0
  }

  /// Returns the records with one of the prefixes that changed after a change, and of which more than
  /// the version at HEAD is known.
  package func recordsWithFormerVersions(after sequence: Int64, prefixes: [String])
    throws(SQLiteError)
    -> [String]
  {
    var found: [String] = []
    let list = prefixes.map { "\"\($0)\"" }.joined(separator: ",")
    try database.forEach(
      """
      SELECT DISTINCT n.record FROM change n
      WHERE n.seq > ? AND substr(n.record, 1, instr(n.record, '-') - 1) IN
          (SELECT value FROM json_each(?))
        AND (EXISTS (SELECT 1 FROM change o WHERE o.record = n.record AND o.seq <> n.seq)
          OR NOT EXISTS (SELECT 1 FROM record r WHERE r.id = n.record))
      """, .integer(sequence), .text("[\(list)]")
    ) { (row) throws(SQLiteError) in found.append(row.text(0)) }
    return found
  }

  /// Returns all changes of some records, reachable from HEAD or not.
  package func changes(of records: some Sequence<String>) throws(SQLiteError) -> [CachedChange] {
    var found: [CachedChange] = []
    let list = records.map { "\"\($0)\"" }.joined(separator: ",")
    try database.forEach(
      """
      SELECT seq, record, old_path, old_blob, new_path, new_blob, others FROM change
        WHERE record IN (SELECT value FROM json_each(?)) ORDER BY seq
      """, .text("[\(list)]")
    ) { (row) throws(SQLiteError) in found.append(Self.change(row, from: 0)) }
    return found
  }

  package func insertFormerLink(from source: String, to target: String) throws(SQLiteError) {
    try database.statement("INSERT OR IGNORE INTO former_link(target, source) VALUES(?, ?)")
      .insert(.text(target), .text(source))
  }

  /// Returns the records that link to a record at HEAD, or did so in an earlier version.
  package func sourcesEver(of target: String) throws(SQLiteError) -> [String] {
    var found: [String] = []
    try database.forEach(
      """
      SELECT source FROM link WHERE target = ?1 UNION SELECT source FROM former_link WHERE target = ?1
      """, .text(target)
    ) { (row) throws(SQLiteError) in found.append(row.text(0)) }
    return found
  }

  // MARK: Former items

  /// A list of a record of which an item is a record of its own at HEAD.
  package struct FormerList: Sendable, Hashable {
    package let owner: String
    package let name: String
  }

  /// Returns the changes of owners of such lists that haven't been looked at, at most `limit`.
  package func changesOfFormerLists(limit: Int) throws(SQLiteError) -> [(
    list: FormerList, change: CachedChange
  )] {
    var found: [(list: FormerList, change: CachedChange)] = []
    try database.forEach(
      """
      SELECT o.list, c.seq, c.record, c.old_path, c.old_blob, c.new_path, c.new_blob, c.others
      FROM (SELECT DISTINCT owner, list FROM origin) o CROSS JOIN change c ON c.record = o.owner
        LEFT JOIN former_list k ON k.owner = o.owner AND k.list = o.list
      WHERE c.seq > coalesce(k.change_seq, 0) ORDER BY o.owner, o.list, c.seq LIMIT ?
      """, .integer(Int64(limit))
    ) { (row) throws(SQLiteError) in
      let change = Self.change(row, from: 1)
      found.append((FormerList(owner: change.record, name: row.text(0)), change))
    }
    return found
  }

  /// Inserts the items of a list that a change added or edited.
  package func insert(_ items: some Sequence<String>, of list: FormerList, change: Int64)
    throws(SQLiteError)
  {
    for item in items {
      try database.statement(
        "INSERT OR IGNORE INTO former_item(owner, list, item, change_seq) VALUES(?, ?, ?, ?)"
      ).insert(.text(list.owner), .text(list.name), .text(item), .integer(change))
    }
    try database.statement(
      "INSERT OR REPLACE INTO former_list(owner, list, change_seq) VALUES(?, ?, ?)"
    ).insert(.text(list.owner), .text(list.name), .integer(change))
  }

  struct FormerItemChange {
    let record: String
    let time: Int64
    let name: String
    let email: String
    let position: Int64
  }

  /// Returns the changes of items that HEAD reaches, oldest first.
  func formerItemChanges() throws(SQLiteError) -> [FormerItemChange] {
    var found: [FormerItemChange] = []
    try database.forEach(
      """
      SELECT o.record, h.committed_at, h.author_name, h.author_email, h.position
      FROM origin o JOIN former_item i ON i.owner = o.owner AND i.list = o.list AND i.item = o.item
        JOIN change c ON c.seq = i.change_seq JOIN history h ON h.seq = c.commit_seq
      WHERE h.position IS NOT NULL ORDER BY h.position, c.seq
      """
    ) { (row) throws(SQLiteError) in
      found.append(
        FormerItemChange(
          record: row.text(0), time: row.integer(1), name: row.text(2), email: row.text(3),
          position: row.integer(4)))
    }
    return found
  }
}

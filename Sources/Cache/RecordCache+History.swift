/// A cached commit: its own data, independent of HEAD, and its position in HEAD's history.
package struct CachedCommit: Sendable {
  package var sequence: Int64
  /// Twenty bytes, like all ids here.
  package let id: [UInt8]
  package let parents: [[UInt8]]
  package let committedAt: Int64
  package let authoredAt: Int64
  package let authorName: String
  package let authorEmail: String
  package let subject: String
  /// Counted from the oldest; `nil` if HEAD doesn't reach the commit.
  package var position: Int64?
  package var broughtAt: Int64?
  /// Whether every path from HEAD to older commits leads through this one.
  package var isNarrow = false

  package init(
    sequence: Int64 = 0, id: [UInt8], parents: [[UInt8]], committedAt: Int64, authoredAt: Int64,
    authorName: String, authorEmail: String, subject: String, position: Int64? = nil,
    broughtAt: Int64? = nil
  ) {
    self.sequence = sequence
    self.id = id
    self.parents = parents
    self.committedAt = committedAt
    self.authoredAt = authoredAt
    self.authorName = authorName
    self.authorEmail = authorEmail
    self.subject = subject
    self.position = position
    self.broughtAt = broughtAt
  }
}

/// The data of a commit that the order of history depends on.
package struct CachedLinks: Sendable {
  package let sequence: Int64
  package let id: [UInt8]
  package let parents: [[UInt8]]
  package let committedAt: Int64
  package let position: Int64?
  package let isNarrow: Bool
}

// Writing.
extension RecordCache {
  /// - Returns: the row's number, which the commit's changes refer to.
  package func insert(_ commit: CachedCommit) throws(SQLiteError) -> Int64 {
    try database.statement(
      """
      INSERT INTO history(oid, parents, committed_at, authored_at, author_name, author_email, subject,
        position, brought_at, narrow) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).insert(
      .bytes(commit.id), .bytes(commit.parents.flatMap { $0 }), .integer(commit.committedAt),
      .integer(commit.authoredAt), .text(commit.authorName), .text(commit.authorEmail),
      .text(commit.subject), .optional(commit.position), .optional(commit.broughtAt),
      .integer(commit.isNarrow ? 1 : 0))
    return database.lastInserted
  }

  /// Inserts a commit's change to a record.
  package func insert(_ change: CachedChange, of commit: Int64) throws(SQLiteError) {
    try database.statement(
      """
      INSERT INTO change(commit_seq, record, old_path, old_blob, new_path, new_blob, others)
        VALUES(?, ?, ?, ?, ?, ?, ?)
      """
    ).insert(
      .integer(commit), .text(change.record), .optional(change.oldPath),
      .optional(change.oldBlob), .optional(change.newPath), .optional(change.newBlob),
      change.others.isEmpty ? .null : .bytes(Self.packed(change.others)))
  }

  /// Encodes each as its path, a zero and its blob; a missing one is a zero alone.
  private static func packed(_ others: [(path: String, blob: [UInt8])?]) -> [UInt8] {
    others.flatMap { other in other.map { Array($0.path.utf8) + [0] + $0.blob } ?? [0] }
  }

  private static func unpacked(_ bytes: [UInt8]) -> [(path: String, blob: [UInt8])?] {
    var others: [(path: String, blob: [UInt8])?] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let path = rest.prefix { $0 != 0 }
      rest = rest.dropFirst(path.count + 1)
      guard !path.isEmpty else {
        others.append(nil)
        continue
      }
      others.append((String(decoding: path, as: UTF8.self), Array(rest.prefix(20))))
      rest = rest.dropFirst(20)
    }
    return others
  }

  package func place(
    _ sequence: Int64, position: Int64?, broughtAt: Int64?, isNarrow: Bool = false
  ) throws(SQLiteError) {
    try database.statement(
      "UPDATE history SET position = ?, brought_at = ?, narrow = ? WHERE seq = ?"
    ).insert(
      .optional(position), .optional(broughtAt), .integer(isNarrow ? 1 : 0), .integer(sequence))
  }

  package func forgetHistory() throws(SQLiteError) {
    try database.execute(
      """
      DELETE FROM field; DELETE FROM change; DELETE FROM history; DELETE FROM former_link;
      DELETE FROM former_item; DELETE FROM former_list;
      DELETE FROM meta WHERE key IN ('fields', 'formerLinks', 'formerItems')
      """
    )
  }

  package func forgetPlaces() throws(SQLiteError) {
    try database.execute(
      "UPDATE history SET position = NULL, brought_at = NULL WHERE position IS NOT NULL")
  }

  /// Returns a known commit's links with its position, or `nil`.
  package func links(of id: [UInt8]) throws(SQLiteError) -> CachedLinks? {
    var links: CachedLinks?
    try database.forEach(
      "SELECT seq, oid, parents, committed_at, position, narrow FROM history WHERE oid = ?",
      .bytes(id)
    ) { (row) throws(SQLiteError) in links = Self.links(row) }
    return links
  }

  /// Calls `body` with the commits that HEAD reaches, newest first, while it returns true.
  package func forEachPlaced(while body: (CachedLinks) -> Bool) throws(SQLiteError) {
    let statement = try database.statement(
      """
      SELECT seq, oid, parents, committed_at, position, narrow FROM history
        WHERE position IS NOT NULL
        ORDER BY position DESC
      """)
    defer { statement.reset() }
    while try statement.step() {
      guard body(Self.links(statement)) else { return }
    }
  }

  /// Returns the oldest narrow commit from position `lowest` up and below `position`.
  package func narrowCommit(from lowest: Int64, below position: Int64) throws(SQLiteError)
    -> [UInt8]?
  {
    var found: [UInt8]?
    try database.forEach(
      """
      SELECT oid FROM history WHERE position >= ? AND position < ? AND narrow ORDER BY position LIMIT 1
      """, .integer(lowest), .integer(position)
    ) { (row) throws(SQLiteError) in found = row.bytes(0) }
    return found
  }

  private static func links(_ row: Statement) -> CachedLinks {
    CachedLinks(
      sequence: row.integer(0), id: row.bytes(1), parents: ids(row.bytes(2)),
      committedAt: row.integer(3), position: row.optionalInteger(4), isNarrow: row.integer(5) != 0)
  }

  static func ids(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count - bytes.count % 20, by: 20).map { Array(bytes[$0..<($0 + 20)]) }
  }
}

// Reading.
extension RecordCache {
  /// A query of history; an unset property matches everything.
  package struct HistoryQuestion: Sendable {
    package var records: [String] = []
    package var broughtSince: Int64?
    package var broughtUntil: Int64?
    /// Only changes of this property of the record, or of values inside it.
    package var field: String?
    /// With a property, also every change of records with these prefixes.
    package var prefixes: [String] = []
    package init() {}
  }

  /// Returns the commits that HEAD reaches with their changes to records, newest first.
  package func history(_ question: HistoryQuestion = HistoryQuestion()) throws(SQLiteError)
    -> [(commit: CachedCommit, changes: [CachedChange])]
  {
    var conditions = ["h.position IS NOT NULL"]
    var values: [SQLiteValue] = []
    if !question.records.isEmpty {
      conditions.append("c.record IN (SELECT value FROM json_each(?))")
      let list = question.records.map { "\"\($0)\"" }.joined(separator: ",")
      values.append(.text("[\(list)]"))
    }
    if let since = question.broughtSince {
      conditions.append("h.brought_at >= ?")
      values.append(.integer(since))
    }
    if let until = question.broughtUntil {
      conditions.append("h.brought_at <= ?")
      values.append(.integer(until))
    }
    if let field = question.field {
      // The names of nested fields depend on the kinds that a commit had.
      conditions.append(
        """
        (EXISTS (SELECT 1 FROM field f WHERE f.change_seq = c.seq
            AND (f.name = ? OR substr(f.name, 1, length(?) + 1) = ? || '.'))
          OR substr(c.record, 1, instr(c.record, '-') - 1) IN (SELECT value FROM json_each(?)))
        """)
      let prefixes = question.prefixes.map { "\"\($0)\"" }.joined(separator: ",")
      values += [.text(field), .text(field), .text(field), .text("[\(prefixes)]")]
    }
    var found: [(commit: CachedCommit, changes: [CachedChange])] = []
    let statement = try database.statement(
      """
      SELECT h.seq, h.oid, h.parents, h.committed_at, h.authored_at, h.author_name, h.author_email,
        h.subject, h.position, h.brought_at, c.seq, c.record, c.old_path, c.old_blob, c.new_path,
        c.new_blob, c.others
      FROM \(question.records.isEmpty ? "history h CROSS JOIN change c" : "change c JOIN history h")
        ON h.seq = c.commit_seq
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY h.position DESC, c.seq
      """)
    try statement.bind(values)
    defer { statement.reset() }
    while try statement.step() {
      if found.last?.commit.sequence != statement.integer(0) {
        found.append((Self.commit(statement), []))
      }
      found[found.count - 1].changes.append(Self.change(statement, from: 10))
    }
    return found
  }

  private static func commit(_ row: Statement) -> CachedCommit {
    CachedCommit(
      sequence: row.integer(0), id: row.bytes(1), parents: ids(row.bytes(2)),
      committedAt: row.integer(3), authoredAt: row.integer(4), authorName: row.text(5),
      authorEmail: row.text(6), subject: row.text(7), position: row.optionalInteger(8),
      broughtAt: row.optionalInteger(9))
  }

  static func change(_ row: Statement, from column: Int32) -> CachedChange {
    var change = CachedChange(
      record: row.text(column + 1), oldPath: row.optionalText(column + 2),
      oldBlob: row.optionalBytes(column + 3), newPath: row.optionalText(column + 4),
      newBlob: row.optionalBytes(column + 5),
      others: unpacked(row.optionalBytes(column + 6) ?? []))
    change.sequence = row.integer(column)
    return change
  }

  /// Returns every path, past or present, of records whose ids begin with `start`; `nil` if there
  /// are more than `limit`.
  package func places(beginning start: String, limit: Int) throws(SQLiteError) -> [String]? {
    var found: [String] = []
    try database.forEach(
      """
      SELECT DISTINCT new_path FROM change
        WHERE record >= ? AND record < ? AND new_path IS NOT NULL ORDER BY new_path LIMIT ?
      """, .text(start), .text(start + "~"), .integer(Int64(limit + 1))
    ) { (row) throws(SQLiteError) in found.append(row.text(0)) }
    return found.count > limit ? nil : found
  }

  /// Calls `body` with each change that HEAD reaches, oldest first: record, committer time, author.
  /// For what is an item's record now, also with each change of the item.
  package func forEachChange(
    _ body: (_ record: String, _ time: Int64, _ name: String, _ email: String) -> Void
  ) throws(SQLiteError) {
    var items = try formerItemChanges()[...]
    try database.forEach(
      """
      SELECT c.record, h.committed_at, h.author_name, h.author_email, h.position
      FROM history h JOIN change c ON c.commit_seq = h.seq
      WHERE h.position IS NOT NULL ORDER BY h.position, c.seq
      """
    ) { (row) throws(SQLiteError) in
      while let item = items.first, item.position <= row.integer(4) {
        body(item.record, item.time, item.name, item.email)
        items.removeFirst()
      }
      body(row.text(0), row.integer(1), row.text(2), row.text(3))
    }
  }
}

// Fields.
extension RecordCache {
  /// Returns the number of the newest change, or 0 if there is none.
  package func lastChange() throws(SQLiteError) -> Int64 {
    try database.integer("SELECT max(seq) FROM change") ?? 0
  }

  /// Returns the number of the newest change whose fields are cached, or 0.
  package func lastCachedChange() throws(SQLiteError) -> Int64 {
    try note(.fields).flatMap { Int64($0) } ?? 0
  }

  /// Returns the changes after `sequence`, at most `limit`.
  package func changes(after sequence: Int64, limit: Int) throws(SQLiteError) -> [CachedChange] {
    var changes: [CachedChange] = []
    try database.forEach(
      """
      SELECT seq, record, old_path, old_blob, new_path, new_blob, others FROM change WHERE seq > ?
        ORDER BY seq LIMIT ?
      """, .integer(sequence), .integer(Int64(limit))
    ) { (row) throws(SQLiteError) in changes.append(Self.change(row, from: 0)) }
    return changes
  }

  package func insertField(
    change: Int64, place: Int, pointer: String, key: String, name: String, before: [UInt8]?,
    after: [UInt8]?
  ) throws(SQLiteError) {
    try database.statement(
      """
      INSERT INTO field(change_seq, place, pointer, key, name, before, after)
        VALUES(?, ?, ?, ?, ?, ?, ?)
      """
    ).insert(
      .integer(change), .integer(Int64(place)), .text(pointer), .text(key), .text(name),
      before.map { .textBytes($0) } ?? .null, after.map { .textBytes($0) } ?? .null)
  }
}

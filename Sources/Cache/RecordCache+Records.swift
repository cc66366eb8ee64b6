/// A record's file at HEAD, as stored in the cache.
package struct CachedRecord: Sendable {
  package let path: String
  package let blob: [UInt8]?
  /// The file mode as git writes it.
  package let mode: UInt32
  package let id: String?
  package let kind: String?
  package let heading: String
  package let state: String?
  /// The file's bytes; `nil` if it can't be read as a record, and `problem` says why.
  package let json: [UInt8]?
  package let body: [UInt8]
  package let facets: Set<Int64>
  package let links: [(relation: String, target: String)]
  /// The item of another record's list that it was before a migration.
  package var origin: (owner: String, list: String, item: String)?
  package let line: Int?
  package let column: Int?
  package let problem: String?

  package init(
    path: String, blob: [UInt8]?, mode: UInt32 = 0o100644, id: String?, kind: String?,
    heading: String, state: String?, json: [UInt8], body: [UInt8], facets: Set<Int64>,
    links: [(relation: String, target: String)]
  ) {
    self.path = path
    self.blob = blob
    self.mode = mode
    self.id = id
    self.kind = kind
    self.heading = heading
    self.state = state
    self.json = json
    self.body = body
    self.facets = facets
    self.links = links
    (line, column, problem) = (nil, nil, nil)
  }

  package init(
    path: String, blob: [UInt8]?, mode: UInt32 = 0o100644, id: String?, line: Int?, column: Int?,
    problem: String
  ) {
    (self.path, self.blob, self.id, self.line, self.column) = (path, blob, id, line, column)
    self.mode = mode
    self.problem = problem
    (kind, state, json) = (nil, nil, nil)
    (heading, body, facets, links) = ("", [], [], [])
  }
}

/// A record's file found by a query.
package struct FoundFile: Sendable {
  package let path: String
  package let json: [UInt8]
}

// Writing.
extension RecordCache {
  package func forgetRecords() throws(SQLiteError) {
    try database.execute(
      "INSERT OR IGNORE INTO former_link(target, source) SELECT target, source FROM link")
    for table in ["record", "body", "facet", "link", "origin"] {
      try database.execute("DELETE FROM \(table)")
    }
    try database.execute("INSERT INTO word(word) VALUES('delete-all')")
  }

  /// Removes whatever is cached for a path.
  package func remove(path: String, keepingWords: Bool) throws(SQLiteError) {
    guard
      let sequence = try database.integer("SELECT seq FROM record WHERE path = ?", .text(path))
    else { return }
    var facets: [UInt8]?
    try database.forEach("SELECT json FROM record WHERE seq = ?", .integer(sequence)) {
      (row) throws(SQLiteError) in facets = row.optionalBytes(0)
    }
    if keepingWords {
      try database.run(
        """
        INSERT INTO word(word, rowid, text, record)
          SELECT 'delete', seq, text, record FROM body WHERE seq = ?
        """, .integer(sequence))
    }
    if let facets {
      let statement = try database.statement("DELETE FROM facet WHERE hash = ? AND record_seq = ?")
      for facet in RecordFacets(facets).hashes {
        try statement.insert(.integer(facet), .integer(sequence))
      }
    }
    try database.run(
      """
      INSERT OR IGNORE INTO former_link(target, source)
        SELECT target, source FROM link WHERE record_seq = ?
      """, .integer(sequence))
    try database.run("DELETE FROM body WHERE seq = ?", .integer(sequence))
    try database.run("DELETE FROM link WHERE record_seq = ?", .integer(sequence))
    try database.run("DELETE FROM origin WHERE record_seq = ?", .integer(sequence))
    try database.run("DELETE FROM record WHERE seq = ?", .integer(sequence))
  }

  /// - Returns: the row's number, which the record's facets refer to.
  package func insert(_ record: CachedRecord, keepingWords: Bool) throws(SQLiteError) -> Int64 {
    try database.statement(
      """
      INSERT INTO record(path, blob, mode, id, kind, heading, state, json, line, "column", problem)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).insert(
      .text(record.path), .optional(record.blob), .integer(Int64(record.mode)),
      .optional(record.id), .optional(record.kind), .text(record.heading), .optional(record.state),
      record.json.map { .textBytes($0) } ?? .null,
      .optional(record.line.map(Int64.init)), .optional(record.column.map(Int64.init)),
      .optional(record.problem))
    let sequence = database.lastInserted
    guard record.json != nil else { return sequence }
    try database.statement("INSERT INTO body(seq, text, record) VALUES(?, ?, ?)").insert(
      .integer(sequence), .textBytes(record.body), .text(record.id ?? ""))
    if keepingWords {
      try database.run(
        "INSERT INTO word(rowid, text, record) VALUES(?, ?, ?)", .integer(sequence),
        .textBytes(record.body), .text(record.id ?? ""))
    }
    for link in record.links {
      try database.statement(
        "INSERT INTO link(record_seq, source, relation, target) VALUES(?, ?, ?, ?)"
      ).insert(
        .integer(sequence), .text(record.id ?? ""), .text(link.relation), .text(link.target))
    }
    if let origin = record.origin {
      try database.statement(
        "INSERT INTO origin(record_seq, record, owner, list, item) VALUES(?, ?, ?, ?, ?)"
      ).insert(
        .integer(sequence), .text(record.id ?? ""), .text(origin.owner), .text(origin.list),
        .text(origin.item))
    }
    return sequence
  }

  /// Inserts facets. Pass them in the table's order, which is many times faster than any other.
  package func insert(facets: [(hash: Int64, record: Int64)]) throws(SQLiteError) {
    let statement = try database.statement(
      "INSERT OR IGNORE INTO facet(hash, record_seq) VALUES(?, ?)")
    for facet in facets { try statement.insert(.integer(facet.hash), .integer(facet.record)) }
  }

  package func rebuildWords() throws(SQLiteError) {
    try database.execute("INSERT INTO word(word) VALUES('rebuild')")
  }
}

// Reading.
extension RecordCache {
  /// A query of the records at HEAD: necessary conditions, so results may include records that
  /// don't match.
  package struct RecordQuestion: Sendable {
    /// Conditions that must all hold; each lists alternative hashes, one of which the record must
    /// have.
    package var facets: [[Int64]] = []
    package var kinds: [String]?
    /// ASCII, in lower case.
    package var words: [String] = []
    package init() {}
  }

  /// Returns the records at HEAD that may match, in order of paths.
  package func records(_ question: RecordQuestion) throws(SQLiteError) -> [FoundFile] {
    var conditions = ["r.kind IS NOT NULL"]
    var values: [SQLiteValue] = []
    if !question.facets.isEmpty {
      let rows = try rows(having: question.facets)
      conditions.append("r.seq IN (SELECT value FROM json_each(?))")
      values.append(.text(Self.list(rows)))
    }
    if let kinds = question.kinds {
      conditions.append("r.kind IN (\(kinds.map { _ in "?" }.joined(separator: ",")))")
      values += kinds.map { .text($0) }
    }
    if !question.words.isEmpty {
      try SQLFunctions.addContains(to: database)
      let tests = question.words.map { _ in "docket_contains(text, ?)" }
      conditions.append("r.seq IN (SELECT seq FROM body WHERE \(tests.joined(separator: " AND ")))")
      values += question.words.map { .text($0) }
    }
    let statement = try Statement(
      "SELECT r.path, r.json FROM record r WHERE \(conditions.joined(separator: " AND "))",
      in: database)
    try statement.bind(values)
    var found: [FoundFile] = []
    while try statement.step() {
      found.append(FoundFile(path: statement.text(0), json: statement.bytes(1)))
    }
    return found.sorted { PathBytes.precedes($0.path, $1.path) }
  }

  /// Returns the row numbers that satisfy all conditions, in order.
  private func rows(having facets: [[Int64]]) throws(SQLiteError) -> [Int64] {
    if facets.count > 1, let few = try fewRows(having: facets) { return few }
    var common: [Int64]?
    for alternatives in facets {
      let rows = try rows(havingOneOf: alternatives, limit: -1)
      common = common.map { Self.intersection($0, rows) } ?? rows
      if common?.isEmpty == true { break }
    }
    return common ?? []
  }

  private static let few = 1_000

  /// Does the same if one condition matches few rows, by checking each row against the others;
  /// `nil` if none does.
  private func fewRows(having facets: [[Int64]]) throws(SQLiteError) -> [Int64]? {
    var fewest: (place: Int, rows: [Int64])?
    for (place, alternatives) in facets.enumerated() {
      let rows = try rows(havingOneOf: alternatives, limit: Self.few + 1)
      if rows.count <= min(Self.few, fewest?.rows.count ?? Self.few) { fewest = (place, rows) }
    }
    guard let fewest else { return nil }
    let others = facets.enumerated().filter { $0.offset != fewest.place }.map(\.element)
    let tests = others.map { alternatives in
      let hashes = alternatives.map(String.init).joined(separator: ",")
      return "EXISTS (SELECT 1 FROM facet WHERE hash IN (\(hashes)) AND record_seq = value)"
    }
    var found: [Int64] = []
    let statement = try Statement(
      "SELECT value FROM json_each(?) WHERE \(tests.joined(separator: " AND "))", in: database)
    try statement.bind([.text(Self.list(fewest.rows))])
    while try statement.step() { found.append(statement.integer(0)) }
    return found
  }

  /// Returns the numbers as a JSON array.
  private static func list(_ rows: [Int64]) -> String {
    "[" + rows.map(String.init).joined(separator: ",") + "]"
  }

  /// - Parameter limit: the number of rows to read for each hash; all if negative.
  private func rows(havingOneOf hashes: [Int64], limit: Int) throws(SQLiteError) -> [Int64] {
    var rows: [Int64] = []
    for hash in hashes {
      try database.forEach(
        "SELECT record_seq FROM facet WHERE hash = ? LIMIT ?", .integer(hash),
        .integer(Int64(limit))
      ) { (row) throws(SQLiteError) in rows.append(row.integer(0)) }
    }
    return hashes.count > 1 ? Set(rows).sorted() : rows
  }

  private static func intersection(_ left: [Int64], _ right: [Int64]) -> [Int64] {
    var result: [Int64] = []
    var (one, other) = (0, 0)
    while one < left.count, other < right.count {
      if left[one] == right[other] {
        result.append(left[one])
        one += 1
        other += 1
      } else if left[one] < right[other] {
        one += 1
      } else {
        other += 1
      }
    }
    return result
  }

  /// Returns the records at HEAD after a row, at most `limit`, for reading all in batches.
  package func records(after sequence: Int64, limit: Int) throws(SQLiteError) -> (
    files: [FoundFile], last: Int64
  ) {
    var found: (files: [FoundFile], last: Int64) = ([], sequence)
    try database.forEach(
      """
      SELECT seq, path, json FROM record WHERE seq > ? AND json IS NOT NULL AND kind IS NOT NULL
        ORDER BY seq LIMIT ?
      """, .integer(sequence), .integer(Int64(limit))
    ) { (row) throws(SQLiteError) in
      found.last = row.integer(0)
      found.files.append(FoundFile(path: row.text(1), json: row.bytes(2)))
    }
    return found
  }

  /// Returns the files at HEAD that can't be read as records, in order of paths.
  package func unreadable() throws(SQLiteError) -> [(
    path: String, line: Int?, column: Int?, problem: String
  )] {
    var found: [(path: String, line: Int?, column: Int?, problem: String)] = []
    try database.forEach(
      """
      SELECT path, line, "column", problem FROM record WHERE problem IS NOT NULL ORDER BY path
      """
    ) { (row) throws(SQLiteError) in
      found.append(
        (
          row.text(0), row.optionalInteger(1).map { Int($0) },
          row.optionalInteger(2).map { Int($0) }, row.text(3)
        ))
    }
    return found
  }

  /// Returns the records at HEAD whose kind isn't known here, in order of paths.
  package func pathsWithoutKind() throws(SQLiteError) -> [(path: String, id: String)] {
    var found: [(path: String, id: String)] = []
    try database.forEach(
      "SELECT path, id FROM record WHERE kind IS NULL AND problem IS NULL ORDER BY path"
    ) { (row) throws(SQLiteError) in found.append((row.text(0), row.text(1))) }
    return found
  }

  /// Returns the files at HEAD whose ids begin with `start`, with modes and blobs, in order of
  /// paths.
  package func files(beginning start: String) throws(SQLiteError) -> [(
    path: String, mode: UInt32, blob: [UInt8]
  )] {
    var found: [(path: String, mode: UInt32, blob: [UInt8])] = []
    try database.forEach(
      "SELECT path, mode, blob FROM record WHERE id >= ? AND id < ? ORDER BY path", .text(start),
      .text(start + "~")
    ) { (row) throws(SQLiteError) in
      found.append((row.text(0), UInt32(clamping: row.integer(1)), row.bytes(2)))
    }
    return found
  }

  /// Returns the files at HEAD of records with these ids, in order of paths.
  package func files(of ids: some Sequence<String>) throws(SQLiteError) -> [FoundFile] {
    var found: [FoundFile] = []
    for id in Set(ids) {
      try database.forEach(
        "SELECT path, json FROM record WHERE id = ? AND json IS NOT NULL", .text(id)
      ) { (row) throws(SQLiteError) in
        found.append(FoundFile(path: row.text(0), json: row.bytes(1)))
      }
    }
    return found.sorted { PathBytes.precedes($0.path, $1.path) }
  }

  /// Returns id, heading and state of the records of a kind at HEAD, in order of paths.
  package func headings(ofKind kind: String) throws(SQLiteError) -> [(
    id: String, heading: String, state: String?
  )] {
    var found: [(id: String, heading: String, state: String?)] = []
    try database.forEach(
      """
      SELECT id, heading, state FROM record
        WHERE kind = ? AND id IS NOT NULL AND heading IS NOT NULL ORDER BY path
      """, .text(kind)
    ) { (row) throws(SQLiteError) in
      found.append((row.text(0), row.text(1), row.optionalText(2)))
    }
    return found
  }

  /// Returns the ids of records at HEAD that a link targets, and of those in more than one file.
  package func targetsAndCopies() throws(SQLiteError) -> [String] {
    var found: [String] = []
    try database.forEach(
      """
      SELECT target FROM link UNION SELECT id FROM record WHERE id IS NOT NULL
        GROUP BY id HAVING count(*) > 1
      """
    ) { (row) throws(SQLiteError) in found.append(row.text(0)) }
    return found
  }

  /// Returns the records at HEAD that link to `id`, once per link, in order of paths.
  package func sources(of id: String) throws(SQLiteError) -> [String] {
    var found: [String] = []
    try database.forEach(
      """
      SELECT l.source FROM link l JOIN record r ON r.seq = l.record_seq WHERE l.target = ?
        ORDER BY r.path, l.rowid
      """, .text(id)
    ) { (row) throws(SQLiteError) in found.append(row.text(0)) }
    return found
  }
}

enum PathBytes {
  /// Whether `left` sorts before `right` in git's order of paths, byte by byte.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

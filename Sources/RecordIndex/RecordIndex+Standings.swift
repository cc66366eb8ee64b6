/// How a record stands among those of its kind, as the index keeps it.
package struct IndexedStanding: Sendable {
  package let record: String
  package let head: String
  package let state: String?
  package let isClosed: Bool
  package let tenths: Int
  package let rank: Int
  package let total: Int
  package let countsClosed: Bool

  package init(
    record: String, head: String, state: String?, isClosed: Bool, tenths: Int, rank: Int,
    total: Int, countsClosed: Bool
  ) {
    (self.record, self.head, self.state, self.isClosed) = (record, head, state, isClosed)
    (self.tenths, self.rank, self.total) = (tenths, rank, total)
    self.countsClosed = countsClosed
  }
}

extension RecordIndex {
  package func forgetStandings() throws(SQLiteError) {
    try database.execute("DELETE FROM standing")
  }

  package func insert(_ standing: IndexedStanding, kind: String) throws(SQLiteError) {
    try database.statement("INSERT INTO standing VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)").insert(
      .text(standing.record), .text(kind), .text(standing.head), .optional(standing.state),
      .integer(standing.isClosed ? 1 : 0), .integer(Int64(standing.tenths)),
      .integer(Int64(standing.rank)), .integer(Int64(standing.total)),
      .integer(standing.countsClosed ? 1 : 0))
  }

  /// How a record stands among those of a kind; `nil` where it isn't ranked there.
  package func standing(of record: String, kind: String) throws(SQLiteError) -> IndexedStanding? {
    var found: IndexedStanding?
    try database.forEach(
      """
      SELECT record, head, state, is_closed, tenths, place, total, counts_closed FROM standing
        WHERE record = ? AND kind = ?
      """, .text(record), .text(kind)
    ) { (row) throws(SQLiteError) in
      found = IndexedStanding(
        record: row.text(0), head: row.text(1), state: row.optionalText(2),
        isClosed: row.integer(3) != 0, tenths: Int(row.integer(4)), rank: Int(row.integer(5)),
        total: Int(row.integer(6)), countsClosed: row.integer(7) != 0)
    }
    return found
  }
}

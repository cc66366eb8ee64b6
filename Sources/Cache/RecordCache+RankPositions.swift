/// A cached rank position: a record's score within its kind.
package struct CachedRankPosition: Sendable {
  package let record: String
  package let head: String
  package let state: String?
  package let isClosed: Bool
  package let tenths: Int

  package init(record: String, head: String, state: String?, isClosed: Bool, tenths: Int) {
    (self.record, self.head, self.state, self.isClosed) = (record, head, state, isClosed)
    self.tenths = tenths
  }
}

extension RecordCache {
  package func forgetRankPositions() throws(SQLiteError) {
    try database.execute("DELETE FROM standing; DELETE FROM tally")
  }

  /// Inserts a rank position; a record that is its own head is also counted.
  package func insert(_ rankPosition: CachedRankPosition, kind: String) throws(SQLiteError) {
    try database.statement("INSERT INTO standing VALUES(?, ?, ?, ?, ?, ?)").insert(
      .text(rankPosition.record), .text(kind), .text(rankPosition.head),
      .optional(rankPosition.state),
      .integer(rankPosition.isClosed ? 1 : 0), .integer(Int64(rankPosition.tenths)))
    if rankPosition.record == rankPosition.head { try count(rankPosition, kind: kind, by: 1) }
  }

  /// Removes a record's rank position and its count.
  package func remove(rankPositionOf record: String, kind: String) throws(SQLiteError) {
    guard let known = try rankPosition(of: record, kind: kind) else { return }
    try database.run(
      "DELETE FROM standing WHERE record = ? AND kind = ?", .text(record), .text(kind))
    if known.record == known.head { try count(known, kind: kind, by: -1) }
  }

  private func count(_ rankPosition: CachedRankPosition, kind: String, by step: Int64)
    throws(SQLiteError)
  {
    try database.statement(
      """
      INSERT INTO tally VALUES(?, ?, ?, ?)
        ON CONFLICT(kind, is_closed, tenths) DO UPDATE SET heads = heads + excluded.heads
      """
    ).insert(
      .text(kind), .integer(rankPosition.isClosed ? 1 : 0), .integer(Int64(rankPosition.tenths)),
      .integer(step))
  }

  /// Returns a record's rank position within a kind, or `nil` if it isn't ranked there.
  package func rankPosition(of record: String, kind: String) throws(SQLiteError)
    -> CachedRankPosition?
  {
    var found: CachedRankPosition?
    try database.forEach(
      """
      SELECT record, head, state, is_closed, tenths FROM standing WHERE record = ? AND kind = ?
      """, .text(record), .text(kind)
    ) { (row) throws(SQLiteError) in
      found = CachedRankPosition(
        record: row.text(0), head: row.text(1), state: row.optionalText(2),
        isClosed: row.integer(3) != 0, tenths: Int(row.integer(4)))
    }
    return found
  }

  /// Returns the rank of a score among the open heads of a kind, or among all heads, and the number
  /// of these heads.
  package func place(ofTenths tenths: Int, kind: String, countingClosed: Bool) throws(SQLiteError)
    -> (rank: Int, total: Int)
  {
    var place = (rank: 1, total: 0)
    try database.forEach(
      """
      SELECT coalesce(sum(heads) FILTER (WHERE tenths > ?), 0), coalesce(sum(heads), 0) FROM tally
        WHERE kind = ? AND is_closed <= ?
      """, .integer(Int64(tenths)), .text(kind), .integer(countingClosed ? 1 : 0)
    ) { (row) throws(SQLiteError) in
      place = (Int(row.integer(0)) + 1, Int(row.integer(1)))
    }
    return place
  }
}
